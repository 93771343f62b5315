"""Word documents: our own layouts, and templates of an office, filled with a report."""
