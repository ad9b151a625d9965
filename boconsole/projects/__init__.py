"""Projects: what is to be reached, by whom, until when, at what cost, and how it stands."""
