"""Rosters from raw cells to rows: what each sheet is, whom each row means, and what is wrong."""
