"""Fixed assets as they are stored."""
