"""The register of fixed assets: what they cost, wear off, and bring when they go."""
