"""Rules of pay as dated data, and what follows from them: no records, no people, no clock."""
