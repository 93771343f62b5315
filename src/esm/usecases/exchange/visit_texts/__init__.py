"""Visits told in texts from phones: recorded, or known to be on record."""
