"""How a sheet is written: one file a format."""
