"""Writers: one module per file format."""
