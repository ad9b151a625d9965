"""Readers of statement files, pure: bytes in, exact statements out."""
