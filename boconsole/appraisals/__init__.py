"""Appraisals: cycles of goals, two reviews, a rating, and what follows from it."""
