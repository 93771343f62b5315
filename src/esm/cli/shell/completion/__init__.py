"""Completion: what a shell offers when Tab is pressed on a half-typed command line of esm."""
