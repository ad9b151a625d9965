"""The knowledge base: articles, their versions and reviews, and their use at tickets."""
