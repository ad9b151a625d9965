"""What a machine says of itself: read, compared with what is kept, saved."""
