"""Which values say that a promise is broken: overdue, late or unserved. They are red wherever there is colour.

The values go by the keys of JSON, so that one colour means one thing in every table, page and workbook
(docs/cli.md, Output).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from esm.sheets.sheet.sheet import Cell, Compared, Sheet, Term

COUNTS = frozenset(
    ("overdue", "unserved", "days_overdue", "days_late", "never_visited_overdue", "late", "accepted_late")
)
CODES = frozenset(("overdue", "unserved", "late"))
# What stands in words for people is red where the number behind it is.
_IN_WORDS = {"days": "days_overdue", "told_days": "late"}


class AlarmingText(str):
    """Words that say that a promise is broken, because the number behind them does."""

    __slots__ = ()


def is_alarming(key: str, cell: Cell) -> bool:
    """Return whether the value under this key says that a promise is broken."""
    if isinstance(cell, Compared):
        cell = cell.value
    if isinstance(cell, Term):
        return cell.code in CODES
    if isinstance(cell, AlarmingText):
        return True
    return key in COUNTS and isinstance(cell, int) and cell > 0


def with_alarming_words(sheet: Sheet) -> Sheet:
    """Return a listing in which words are `AlarmingText` where the number behind them tells of a broken promise."""
    numbers = {column.key: number for number, column in enumerate(sheet.columns)}
    behind = {number: numbers[_IN_WORDS[key]] for key, number in numbers.items() if _IN_WORDS.get(key) in numbers}
    if not behind:
        return sheet

    def marked(number: int, row: Sequence[Cell]) -> Cell:
        cell, deciding = row[number], behind.get(number)
        if deciding is None or not isinstance(cell, str) or not is_alarming(sheet.columns[deciding].key, row[deciding]):
            return cell
        return AlarmingText(cell)

    return replace(sheet, rows=[tuple(marked(number, row) for number in range(len(row))) for row in sheet.rows])


def key_behind(key: str) -> str:
    """Return the key of the value that decides whether one in words is red; of others it is their own."""
    return _IN_WORDS.get(key, key)
