"""How a file is read: one file a format."""
