"""Reading one sheet of a roster: where its header is, what each row says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from esm.domain.values import cell_parsing as reading
from esm.domain.values import money, phones
from esm.domain.values.raw_text import Parser, RawCell, excel_fault
from esm.errors import Message, Problem, say
from esm.sheets.exchange import header_row
from esm.sheets.exchange.examples import STARTS as EXAMPLE_STARTS
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import Heading, Recognised, nearest_header
from esm.sheets.exchange.surroundings import remark, unit_above

# Texts of a column whose values are kept, because streets, dates and tiers come again and again.
_REMEMBERED = 4096


class RosterRow(NamedTuple):
    """One row of a roster: `values` holds the columns whose cells are not blank, and no others.

    `kind` is the key of its sheet in `domain.exchange.sheet_catalogue`.
    """

    kind: str
    file: str
    sheet: str
    number: int
    values: Mapping[str, Any]
    letters: Mapping[str, str]

    @property
    def cells(self) -> Mapping[str, str]:
        """Return where the cell of each column of the sheet stands: `{"uscc": "B7"}`."""
        return {key: f"{letters}{self.number}" for key, letters in self.letters.items()}

    def problem(self, key: str, reason: Message) -> Problem:
        """Return the fault of the cell under `key`, with its value as it was understood."""
        value = self.values.get(key)
        cell = f"{self.letters.get(key, '')}{self.number}"
        return Problem(self.file, self.sheet, cell, "" if value is None else str(value), reason)


@dataclass(slots=True)
class SheetRows:
    """What one sheet holds: the rows without a fault, and those with one, in `refused`."""

    found: Recognised
    rows: list[RosterRow] = field(default_factory=list)
    refused: list[RosterRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)
    has_example: bool = False

    @property
    def is_bare(self) -> bool:
        """Return whether there is a header and nothing else, not even an example."""
        return not (self.rows or self.refused or self.problems or self.has_example)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns stand and how they are read, worked out once a sheet."""

    columns: tuple[tuple[str, int, Parser, dict[str, object]], ...]
    required: tuple[str, ...]
    letters: Mapping[str, str]
    width: int


def read_sheet(grid: Grid) -> SheetRows | None:
    """Return what the sheet holds, every fault included, or None when it is no sheet of a roster."""
    header = header_row.find(grid)
    if header is None:
        return None
    index, found = header
    sheet = SheetRows(found)
    _check_header(sheet, grid, index)
    layout = _layout(grid, index, found, _unit(sheet, grid, index))
    for number in range(index + 1, len(grid.rows)):
        row = grid.rows[number]
        if row and row != grid.rows[index] and not _is_example(sheet, grid, number):
            _read_row(sheet, grid, number, layout)
    if found.missing or found.repeated:
        sheet.refused, sheet.rows = sorted(sheet.refused + sheet.rows, key=lambda row: row.number), []
    return sheet


def _place(grid: Grid) -> dict[str, object]:
    return {"file": grid.file, "sheet": grid.sheet}


def _check_header(sheet: SheetRows, grid: Grid, index: int) -> None:
    found = sheet.found
    for column in found.missing:
        close = nearest_header(column, found.unknown)
        reason = say("the column {column} is missing", column=column.title)
        if close is not None:
            reason = say("the column {column} is missing; is it {header}?", column=column.title, header=close)
        sheet.problems.append(Problem(grid.file, grid.sheet, grid.address(index, 0), close or "", reason))
    first = {heading.column.key: grid.letters(heading.position) for heading in found.headings}
    for heading in found.repeated:
        other = first[heading.column.key]
        reason = say("the column {column} appears twice: also in {other}", column=heading.column.title, other=other)
        cell = grid.address(index, heading.position)
        sheet.problems.append(Problem(grid.file, grid.sheet, cell, heading.header, reason))
    if found.unknown:
        headers = ", ".join(found.unknown)
        sheet.notes.append(
            say("{file}, {sheet}: unknown columns, not imported: {headers}", headers=headers, **_place(grid))
        )


_PARSERS_IN = {"money": money.money_in, "yuan": money.yuan_in}
_USUAL_UNITS = {"money": money.UNITS["万元"], "yuan": money.UNITS["元"]}


def _unit(sheet: SheetRows, grid: Grid, index: int) -> Decimal | None:
    """Return the unit that the title rows name for amounts whose header names none; it is said if it is unusual."""
    said = unit_above(grid.rows[:index])
    usual = {_USUAL_UNITS[each.column.kind] for each in sheet.found.headings
             if each.column.kind in _USUAL_UNITS and each.unit is None}  # fmt: skip
    if said is None or not usual:
        return None
    name, unit = said
    if usual != {unit}:
        sheet.notes.append(
            say("{file}, {sheet}: amounts are read in {unit}, as stated in the title", unit=name, **_place(grid))
        )
    return unit


def _layout(grid: Grid, index: int, found: Recognised, unit: Decimal | None) -> _Layout:
    return _Layout(
        tuple((heading.column.key, heading.position, _parser(heading, unit), {}) for heading in found.headings),
        tuple(heading.column.key for heading in found.headings if heading.column.is_required),
        {heading.column.key: grid.letters(heading.position) for heading in found.headings},
        len(grid.rows[index]),
    )


def _parser(heading: Heading, unit: Decimal | None) -> Parser:
    kind = heading.column.kind
    if kind not in _PARSERS_IN:
        return reading.parser(kind)
    return _PARSERS_IN[kind](heading.unit or unit or _USUAL_UNITS[kind])


def _read_row(sheet: SheetRows, grid: Grid, index: int, layout: _Layout) -> None:
    cells = grid.rows[index]
    if len(cells) < layout.width:
        cells = [*cells, *[None] * (layout.width - len(cells))]
    values, faults = _parse_cells(cells, layout)
    lacking = [key for key in layout.required if key not in values]
    if lacking and (_is_remark(sheet, grid, index) or not (values or faults)):
        return
    row = RosterRow(sheet.found.spec.key, grid.file, grid.sheet, grid.first_row + index, values, layout.letters)
    problems = [_fault(grid, index, key, *fault) for key, fault in faults.items()]
    problems += [row.problem(key, say("a value is required here")) for key in lacking if key not in faults]
    if len(cells) > layout.width:
        problems += _beyond_the_header(grid, index, layout.width)
    sheet.problems += problems
    (sheet.refused if problems else sheet.rows).append(row)


def _beyond_the_header(grid: Grid, index: int, width: int) -> Iterator[Problem]:
    if any(cell not in {None, ""} for cell in grid.rows[index][width:]):
        reason = say("the row has more cells than the header: text that contains a separator needs quotation marks")
        yield Problem(grid.file, grid.sheet, grid.address(index, width), "", reason)


def _parse_cells(cells: Sequence[RawCell], layout: _Layout) -> tuple[dict[str, Any], dict[str, tuple[int, Message]]]:
    """Return the values of a row by column, and where it has which fault; blank cells are in neither."""
    values: dict[str, Any] = {}
    faults: dict[str, tuple[int, Message]] = {}
    for key, position, parse, known in layout.columns:
        cell = cells[position]
        if cell is None or cell == "":
            continue
        if cell.__class__ is str:
            value = known.get(cell)
            if value is None:
                value = parse(cell)
                if len(known) < _REMEMBERED:
                    known[cell] = value
        else:
            value = parse(cell)
        if isinstance(value, Message):
            faults[key] = position, value
        elif value is not None:
            values[key] = value
    return values, faults


def _is_example(sheet: SheetRows, grid: Grid, index: int) -> bool:
    """Return whether a row is an example, such as the template has, and say so if it is."""
    first = grid.rows[index][0]
    if not (isinstance(first, str) and first.startswith(EXAMPLE_STARTS)):
        return False
    sheet.has_example = True
    place = {"row": grid.first_row + index, **_place(grid)}
    sheet.notes.append(say("{file}, {sheet}: row {row} is an example and was skipped", **place))
    return True


def _is_remark(sheet: SheetRows, grid: Grid, index: int) -> bool:
    """Return whether a row without all required values is a total, a note or a signature, and say so if it is."""
    text = remark(grid.rows[index])
    if text is None:
        return False
    place = {"row": grid.first_row + index, **_place(grid)}
    sheet.notes.append(
        say("{file}, {sheet}: row {row} is a total or a note and was skipped: {text}", text=text, **place)
    )
    return True


def _fault(grid: Grid, index: int, key: str, position: int, reason: Message) -> Problem:
    shown = str(grid.rows[index][position]).strip()
    if key.endswith("phone"):
        shown = phones.safe_excerpt(shown)
    return Problem(grid.file, grid.sheet, grid.address(index, position), shown, excel_fault(shown) or reason)
