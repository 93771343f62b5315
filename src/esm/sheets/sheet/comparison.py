"""A report beside that of an earlier day or period: the change of every figure (docs/rules.md, Comparison)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from itertools import takewhile
from typing import TypeGuard

from esm.sheets.sheet.message_translation import day_text
from esm.sheets.sheet.sheet import Cell, Column, Compared, Fact, Figure, Money, Ratio, Report, Sheet

_SPANS = ("as_of", "period", "month", "since", "until")
_OF_TIME = {"by_month", "by_month_course", "relief_by_year"}  # their groups are other ones in another period
_KEYS = ("key", "code")

Row = tuple[Cell, ...]


def compared(now: Report, before: Report, *, is_further_on: bool = False) -> Report:
    """Return a report with the change against an earlier one, of the same kind, beside every figure.

    `is_further_on`: the earlier one is of a whole period, this one of a period that goes on.
    """
    earlier = {sheet.key: sheet for sheet in before.sheets}
    sheets = tuple(
        _compared_sheet(sheet, earlier[sheet.key]) if sheet.key in earlier and sheet.key not in _OF_TIME else sheet
        for sheet in now.sheets
    )
    notes = [_("Changes since {other}: counts in numbers, shares in points.")]
    if is_further_on:
        notes.append(_("That period is over, this one is not: to compare like with like, give a date."))
    told = [note.format(other=_name(before)) for note in notes]
    return replace(now, facts=tuple(_facts(now, before)), sheets=sheets, notes=(*now.notes, *told))


def change(now: Cell, before: Cell) -> int | Decimal | None:
    """Return by how much a figure changed, a share in percentage points between the shares as they are shown."""
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        if now.tenths is None or before.tenths is None:
            return None
        return Decimal(now.tenths - before.tenths).scaleb(-1)
    if isinstance(now, Money) and isinstance(before, Money):
        return now.yuan - before.yuan
    return now - before if _is_number(now) and _is_number(before) else None


def _is_number(cell: Cell) -> TypeGuard[int | Decimal]:
    return isinstance(cell, int | Decimal) and not isinstance(cell, bool)


def _is_figure(cell: Cell) -> TypeGuard[Figure]:
    return isinstance(cell, Ratio | Money) or _is_number(cell)


def _name(before: Report) -> str:
    values = {fact.key: fact.value for fact in before.facts}
    span, as_of = values.get("told_period"), values["as_of"]
    day = day_text(as_of) if isinstance(as_of, date) else str(as_of)
    return _("{period}, as of {day}").format(period=span, day=day) if span else day


def _facts(now: Report, before: Report) -> Iterator[Fact]:
    """Yield the facts with their changes: for people in one, for machines each beside the other."""
    earlier = {fact.key: fact for fact in before.facts}
    for fact in now.facts:
        old = earlier.get(fact.key)
        if fact.key in _SPANS or not _is_figure(fact.value):
            yield fact
            continue
        if fact.data:
            yield replace(fact, table=False)
        changed = None if old is None else change(fact.value, old.value)
        if fact.data or isinstance(fact.value, Ratio):
            yield Fact(f"{fact.key}_change", change_label(fact.label), changed, table=False)
        if fact.table:
            yield replace(fact, value=Compared(fact.value, changed), data=False)
    yield Fact("compared_with", _("Compared with"), _name(before), data=False)
    for key in _SPANS:
        if key in earlier and earlier[key].data:
            yield Fact(f"against_{key}", _("Compared with: {what}").format(what=earlier[key].label),
                       earlier[key].value, table=False)  # fmt: skip


def change_label(label: str) -> str:
    """Return the heading of a change."""
    return _("{figure}, change").format(figure=label)


def _compared_sheet(now: Sheet, before: Sheet) -> Sheet:
    figures = [number for number in range(len(now.columns)) if _holds_figures(now, number)]
    if not figures:
        return now
    identity = _identity(now, figures[0])
    places = [_place(before, now.columns[number].key) for number in range(len(now.columns))]
    old_rows = {_picked(row, [places[number] for number in identity]): row for row in before.rows}
    columns: list[Column] = []
    values: list[list[Cell]] = []
    for number, column in enumerate(now.columns):
        cells: list[Cell] = [row[number] for row in now.rows]
        if number not in figures:
            columns.append(column)
            values.append(cells)
            continue
        old = [_old_value(row, old_rows.get(_picked(row, identity)), number, places[number]) for row in now.rows]
        changes = [change(cell, other) for cell, other in zip(cells, old, strict=True)]
        for added, of_rows in _column_parts(column, cells, changes):
            columns.append(added)
            values.append(of_rows)
    rows = list(zip(*values, strict=True)) if now.rows else []
    return replace(now, columns=tuple(columns), rows=rows)


def _column_parts(
    column: Column, cells: list[Cell], changes: Sequence[int | Decimal | None]
) -> Iterator[tuple[Column, list[Cell]]]:
    """Yield a column for machines, its change, and the two in one for people, as far as they read it."""
    if column.data:
        yield replace(column, table=False), cells
    if column.data or any(isinstance(cell, Ratio) for cell in cells):
        yield Column(f"{column.key}_change", change_label(column.label), table=False), [*changes]
    if column.table:
        pairs = zip(cells, changes, strict=True)
        yield replace(column, data=False), [Compared(cell, by) if _is_figure(cell) else cell for cell, by in pairs]


def _identity(sheet: Sheet, first_figure: int) -> list[int]:
    """Return the columns that tell rows apart: the key, else what machines read before the first figure."""
    keyed = [number for number, column in enumerate(sheet.columns) if column.key in _KEYS]
    leading = takewhile(lambda number: number < first_figure, range(len(sheet.columns)))
    return keyed[:1] or [number for number in leading if sheet.columns[number].data]


def _place(sheet: Sheet, key: str) -> int:
    return next(number for number, column in enumerate(sheet.columns) if column.key == key)


def _picked(row: Row, numbers: Sequence[int]) -> Row:
    return tuple(row[number] for number in numbers)


def _old_value(row: Row, old: Row | None, number: int, place: int) -> Cell:
    """Return a figure of the earlier report; a group that was not in it had a count of 0, and no share or median."""
    if old is not None:
        return old[place]
    return Money(0) if isinstance(row[number], Money) else 0 if isinstance(row[number], int) else None


def _holds_figures(sheet: Sheet, number: int) -> bool:
    known = [row[number] for row in sheet.rows if row[number] is not None]
    return bool(known) and all(map(_is_figure, known))
