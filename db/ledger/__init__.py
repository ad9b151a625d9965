"""The books as they are stored."""
