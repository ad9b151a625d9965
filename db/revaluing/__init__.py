"""Records of revaluations: what is held in foreign currencies, and by how much it was revalued."""
