"""Courses, sessions and who takes part, as they are stored."""
