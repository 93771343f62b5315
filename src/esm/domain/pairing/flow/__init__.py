"""Cheapest flows on bare integers, with OR-Tools and without it."""
