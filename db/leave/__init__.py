"""Leave, attendance and overtime as they are stored."""
