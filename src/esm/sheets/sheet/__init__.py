"""The sheet itself, and how its words are found."""
