"""Visits told in texts from a phone: found among other words, and what an import made of them."""
