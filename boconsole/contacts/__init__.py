"""People and organisations: kept, found, told apart and merged."""
