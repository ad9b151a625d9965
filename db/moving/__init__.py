"""Carrying a whole database into another one, of the same engine or the other.

Rows travel as they are, in chunks; count and hash of each table are compared before the target
commits. Indexes, references and triggers stand again on the target when it does.
"""
