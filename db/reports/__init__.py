"""What reports read: sums of tickets, kept beside them, and schedules."""
