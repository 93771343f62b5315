"""What can be shown: titles, columns and plain cells."""
