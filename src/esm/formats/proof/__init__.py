"""The proof of a file: how a file carries it, and how it is found again."""
