"""The rooms of documents and contracts."""
