"""Recruitment: openings, candidates, how far they are, and how they are hired."""
