"""Training: courses, sessions, who needs what and who has it."""
