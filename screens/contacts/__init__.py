"""The area Contacts: people, organisations, and who is there twice."""
