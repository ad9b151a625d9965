"""The audit trail as people ask it: who did what to which record, and when."""
