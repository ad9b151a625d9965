"""Software products, licences and their seats as they are stored."""
