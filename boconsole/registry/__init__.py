"""The registry: documents with their versions, retention and holds, and contracts."""
