"""Settings, undo and the database itself."""
