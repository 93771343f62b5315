"""The entries of visit forms in a file: one form a sheet, label beside entry, or a table with a visit a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from esm.domain.values import cell_parsing
from esm.domain.values.raw_text import fold
from esm.errors import Message, Problem
from esm.sheets.exchange.grid import Cell, Grid
from esm.sheets.visits.form import BY_NAME, FormLine

_FEWEST_LABELS = 2  # of what is a form or the header of a table
_HEADER_ROWS = 10  # among which the header of a table is looked for


@dataclass(frozen=True, slots=True)
class FormEntries:
    """The entries of one visit by the keys of their lines: values, where each stands, and what cannot be read.

    `row` is where a missing entry of a table is reported, `place` what names the visit among others.
    """

    sheet: str
    place: str
    row: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Return whether anything was entered."""
        return bool(self.values or self.problems)


def read_entries(grid: Grid) -> list[FormEntries]:
    """Return the form on a sheet, filled in or blank, or the rows of a table that have an entry; nothing of others."""
    form = form_entries(grid)
    return [form] if len(form.places) >= _FEWEST_LABELS else [*_rows(grid)]


def form_entries(grid: Grid) -> FormEntries:
    """Return the entries beside the labels in the first column."""
    return _filled(grid, FormEntries(grid.sheet, grid.sheet), _beside_labels(grid))


def unread_columns(grid: Grid) -> list[str]:
    """Return the headings of a table of visits that are no line of the form."""
    header, columns = _header(grid)
    cells = enumerate(grid.rows[header]) if columns else ()
    return [str(cell) for number, cell in cells if cell not in {None, ""} and number not in columns]


def _beside_labels(grid: Grid) -> Iterator[tuple[FormLine, Cell, str]]:
    for index, row in enumerate(grid.rows):
        line = _line(row[0]) if row else None
        if line is not None:
            yield line, row[1] if len(row) > 1 else None, _address(grid, index, 1)


def _rows(grid: Grid) -> Iterator[FormEntries]:
    header, columns = _header(grid)
    for index in range(header + 1, len(grid.rows) if columns else 0):
        row, place = grid.rows[index], _address(grid, index, 0)
        cells = [
            (line, row[number] if number < len(row) else None, _address(grid, index, number))
            for number, line in columns.items()
        ]
        entries = _filled(grid, FormEntries(grid.sheet, f"{grid.sheet} {place}".strip(), place), cells)
        if entries.is_filled:
            yield entries


def _header(grid: Grid) -> tuple[int, dict[int, FormLine]]:
    """Return which row has the labels of a table, and the line of the form that each of its columns is."""
    for index, row in enumerate(grid.rows[:_HEADER_ROWS]):
        found = {number: line for number, cell in enumerate(row) if (line := _line(cell)) is not None}
        keys = {line.key for line in found.values()}
        if "enterprise" in keys and len(keys) >= _FEWEST_LABELS:
            return index, found
    return 0, {}


def _line(cell: Cell) -> FormLine | None:
    return None if cell is None else BY_NAME.get(fold(str(cell)))


def _filled(grid: Grid, entries: FormEntries, cells: Iterable[tuple[FormLine, Cell, str]]) -> FormEntries:
    """Enter what stands in the cells; of two for one line the first counts, in a table the first with an entry."""
    for line, cell, place in cells:
        if line.key in (entries.values if entries.row else entries.places):
            continue
        entries.places[line.key] = place
        value = None if cell in {None, ""} else cell_parsing.parser(line.kind)(cell)
        if isinstance(value, Message):
            entries.problems.append(Problem(grid.file, grid.sheet, place, str(cell), value))
        elif value is not None:
            entries.values[line.key] = value
    return entries


def _address(grid: Grid, index: int, number: int) -> str:
    """Return where a cell stands; in a text the number of its line."""
    return grid.address(index, number) if grid.sheet else str(grid.first_row + index)
