"""The furniture of the rooms: widgets that know no feature."""
