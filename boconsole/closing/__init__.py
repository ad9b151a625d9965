"""The closing room: months and years over all features of the books."""
