"""Counted things and stocktakes as they are stored."""
