"""Numbered steps of the schema; each file stands alone and never changes once released."""
