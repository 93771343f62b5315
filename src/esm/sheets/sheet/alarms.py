"""Which values say that a promise is broken: overdue, late or unserved. They are red wherever there is colour.

The values go by the keys of JSON, so that one colour means one thing in every table, page and workbook
(docs/cli.md, Output).
"""

from __future__ import annotations

from esm.sheets.sheet.sheet import Cell, Compared, Term

COUNTS = frozenset(
    ("overdue", "unserved", "days_overdue", "days_late", "never_visited_overdue", "late", "accepted_late")
)
CODES = frozenset(("overdue", "unserved", "late"))
# What stands in words for people is red where the number behind it is.
_IN_WORDS = {"days": "days_overdue", "told_days": "late"}


def is_alarming(key: str, cell: Cell) -> bool:
    """Return whether the value under this key says that a promise is broken."""
    if isinstance(cell, Compared):
        cell = cell.value
    if isinstance(cell, Term):
        return cell.code in CODES
    return key in COUNTS and isinstance(cell, int) and cell > 0


def key_behind(key: str) -> str:
    """Return the key of the value that decides whether one in words is red; of others it is their own."""
    return _IN_WORDS.get(key, key)
