"""Records of pay: groups, items, runs and slips."""
