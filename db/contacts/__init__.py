"""People and organisations as they are stored."""

from db.contacts.tables import Contact, Organisation

__all__ = ["Contact", "Organisation"]
