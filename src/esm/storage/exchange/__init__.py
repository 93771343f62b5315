"""Import, export and template."""
