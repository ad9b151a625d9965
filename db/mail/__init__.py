"""Mail: what came in, what is to go out, and where each belongs."""
