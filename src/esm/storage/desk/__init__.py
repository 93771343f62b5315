"""What lies above a single database."""
