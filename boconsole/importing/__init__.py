"""Bringing records in from files: tables, maps, checks and reports, for every area alike."""
