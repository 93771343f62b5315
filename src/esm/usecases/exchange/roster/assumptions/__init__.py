"""What a sheet leaves out and an import takes for granted, each said with what follows from it."""
