"""The administration: what an organisation sets up, and the audit trail."""
