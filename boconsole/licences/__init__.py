"""Software: products, where they are installed, licences, and who has their seats."""
