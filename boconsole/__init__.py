"""The rules: what people may do with the records, and what follows from it."""

__version__ = "0.1.0"
