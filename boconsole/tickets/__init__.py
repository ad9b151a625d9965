"""What people may do with tickets."""
