"""Appraisals as they are stored."""
