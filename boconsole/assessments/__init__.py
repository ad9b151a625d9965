"""Questionnaires with scored answers, kept over time."""
