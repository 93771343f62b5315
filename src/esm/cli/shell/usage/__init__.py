"""How the words of a command line are understood, and what is said about those that are not."""
