"""The bulletin: its figures in words, its sections, its tables."""
