"""Revaluation: what foreign monetary items are worth at a closing rate."""
