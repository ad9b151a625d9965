"""Tables and statements of the registry: documents with their versions, and contracts."""
