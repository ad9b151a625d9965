"""Recruitment as it is stored."""
