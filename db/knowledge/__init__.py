"""Articles of the knowledge base as they are stored."""
