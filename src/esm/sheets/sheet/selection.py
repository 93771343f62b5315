"""What of a listing is shown: some columns, in an order, and a part of the rows. Nothing else changes.

Columns go by the keys of JSON and CSV, and rows are ordered by what those hold (docs/cli.md, Listings).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from esm.domain.values.nearest_spellings import nearest
from esm.domain.values.ratio import Ratio
from esm.errors import Listed, Message, UsageRefused, say
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Sheet, Term


@dataclass(frozen=True, slots=True)
class Selection:
    """The wish of the user: keys of columns, keys to order by (`-` before one: downwards), and which rows."""

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0

    @property
    def reach(self) -> int | None:
        """Return how many of the first rows are enough to answer, None when it takes all."""
        return None if self.limit is None or self.sort else self.offset + self.limit


def selected(sheet: Sheet, selection: Selection) -> Sheet:
    """Return the part of a listing that is wanted; its `total` tells of how many. An unknown key is refused."""
    require_keys([sheet], selection)
    numbers = {column.key: number for number, column in enumerate(sheet.columns) if column.data}
    rows = sheet.rows
    for key in reversed(selection.sort):
        rows = _ordered(rows, numbers[key.removeprefix("-")], is_downwards=key.startswith("-"))
    last = None if selection.limit is None else selection.offset + selection.limit
    part = rows[selection.offset : last]
    total = len(rows) if sheet.total is None else sheet.total
    shown = replace(sheet, rows=part, total=total, empty="" if total else sheet.empty)
    return _narrowed(shown, [numbers[key] for key in selection.columns]) if selection.columns else shown


def with_empty_of(sheet: Sheet, *asked: object) -> Sheet:
    """Return a listing that says, where it is empty, that nothing fits what was asked for, if something was."""
    if all(word is None or word is False for word in asked):
        return sheet
    return replace(sheet, empty=tell(say("Nothing on record fits what was asked for.")))


def _narrowed(sheet: Sheet, chosen: Sequence[int]) -> Sheet:
    columns = tuple(replace(sheet.columns[number], table=True, needs_room=False) for number in chosen)
    return replace(sheet, columns=columns, rows=[tuple(row[number] for number in chosen) for row in sheet.rows])


def require_keys(sheets: Sequence[Sheet], selection: Selection) -> None:
    """Raise UsageRefused for the key of a column that none of the sheets has; without a sheet, any will do."""
    known = list(dict.fromkeys(column.key for sheet in sheets for column in sheet.columns if column.data))
    wanted = [*(key.removeprefix("-") for key in reversed(selection.sort)), *selection.columns]
    for key in wanted if sheets else ():
        if key not in known:
            close = nearest(key, known, share=0.6)
            hint = (
                say("Did you mean {candidates}?", candidates=Listed(close))
                if close
                else say("Available columns: {names}.", names=Listed(known))
            )
            raise UsageRefused(say("This listing has no column “{key}”.", key=key), hint)


def total_line(sheet: Sheet, offset: int) -> Message:
    """Return how many rows there are, and which of them the sheet shows after `offset` left out."""
    total, count = len(sheet.rows) if sheet.total is None else sheet.total, len(sheet.rows)
    if count == total:
        return say("{total} in all.", total=total)
    if not count:
        return say("{total} in all, none shown.", total=total)
    if not offset:
        return say("{total} in all, the first {count} shown.", total=total, count=count)
    return say("{total} in all, {first} to {last} shown.", total=total, first=offset + 1, last=offset + count)


def _ordered(rows: Iterable[tuple[Cell, ...]], number: int, *, is_downwards: bool) -> list[tuple[Cell, ...]]:
    """Return the rows by one column, those equal there as they stood, those without a value last."""
    known = [row for row in rows if _rank(row[number]) is not None]
    known.sort(key=lambda row: _rank(row[number]), reverse=is_downwards)
    return [*known, *(row for row in rows if _rank(row[number]) is None)]


def _rank(cell: Cell | Term) -> Any:
    """Return what a cell is compared by: numbers before texts, a share by its size; None when it is unknown."""
    if isinstance(cell, tuple):
        return (2, tuple(part if isinstance(part, str) else part.code or "" for part in cell))
    if isinstance(cell, Term):
        cell = cell.code
    elif isinstance(cell, Ratio):
        cell = Decimal(cell.part) / cell.whole if cell.whole else None
    elif isinstance(cell, date):
        cell = cell.isoformat()
    return None if cell is None else (isinstance(cell, str), cell)
