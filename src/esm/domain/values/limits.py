"""The largest numbers and the farthest days that can be meant: beyond them it is a slip of the finger."""

from __future__ import annotations

LARGEST_NUMBER = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1901, 2199
FARTHEST_DAYS = 36_500  # a century of looking ahead
LARGEST_AMOUNT = 10_000_000_000  # yuan; more at once for one enterprise is a slip of the pen
