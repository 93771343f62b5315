"""What looks across subjects."""
