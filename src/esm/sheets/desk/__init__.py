"""Settings, history, undo and the database itself."""
