"""Reading one sheet of a roster: where its header is, what each row says, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from esm.domain.exchange.hidden_content_choice import HiddenContent
from esm.domain.register.columns import CADRES, ENTERPRISES
from esm.domain.register.name_extraction import hint_of
from esm.domain.values import phones
from esm.domain.values.column_spec import ColumnSpec
from esm.domain.values.person_list import is_like_a_name
from esm.domain.values.raw_text import Parser, RawCell, excel_fault, is_blank_word
from esm.domain.visits.completion_words import Completion, completion_of
from esm.errors import Message, Problem, say
from esm.sheets.exchange import column_values, header_row
from esm.sheets.exchange.examples import STARTS as EXAMPLE_STARTS
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.mislabelled_columns import not_as_headed
from esm.sheets.exchange.recognised_sheet import NO_MAPPING, Assigned, Recognised
from esm.sheets.exchange.surroundings import heading_text, remark
from esm.usecases.exchange.roster.assumptions.heading_year import TitleYear, title_year
from esm.usecases.exchange.roster.assumptions.money_units import parser_in, suppose_units, unit_of
from esm.usecases.exchange.roster.doubtful_visits import is_planned_only
from esm.usecases.exchange.roster.header_faults import check_header
from esm.usecases.exchange.roster.hidden_rows import set_hidden_aside
from esm.usecases.exchange.roster.roster_rows import RosterRow, SheetRows

# Texts of a column whose values are kept, because streets, dates and tiers come again and again.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the columns stand and how they are read, worked out once a sheet."""

    columns: tuple[tuple[str, int, Parser, dict[str, object], bool], ...]
    required: tuple[tuple[str, ...], ...]
    own: tuple[str, ...]
    letters: Mapping[str, str]
    width: int


def read_sheet(
    grid: Grid,
    header: tuple[int, Recognised] | None,
    mapping: Mapping[str, Assigned] = NO_MAPPING,
    hidden: HiddenContent | None = None,
) -> SheetRows | None:
    """Return what the sheet with this header holds, every fault included; without a header it is none of a roster."""
    heading = None if header is None else _without_other_kinds(grid, header, mapping)
    if heading is None:
        return None
    index, found = heading
    found = column_values.with_values(grid, index, found)
    titles = (text for row in grid.rows[:index] for text in header_row.headers_of(row) if text)
    sheet = SheetRows(found, grid.file, grid.sheet, titles=tuple(titles))
    check_header(sheet, grid, index)
    year = title_year(sheet)
    layout = _layout(grid, index, found, unit_of(sheet, grid, index), year)
    for number in range(index + 1, len(grid.rows)):
        if grid.rows[number] and not _repeats_header(grid, index, number) and not _is_example(sheet, grid, number):
            _read_row(sheet, grid, number, layout)
    set_hidden_aside(sheet, grid, hidden)
    suppose_units(sheet)
    year.suppose(sheet, grid)
    if found.missing or found.repeated or found.doubts:
        sheet.refused, sheet.rows = sorted(sheet.refused + sheet.rows, key=lambda row: row.number), []
    return sheet


def _without_other_kinds(
    grid: Grid, header: tuple[int, Recognised], mapping: Mapping[str, Assigned]
) -> tuple[int, Recognised] | None:
    """Return the header, where columns whose values are of another kind are left out."""
    others = not_as_headed(grid, *header)
    return header_row.find(grid, {**mapping, **others}) if others else header


def _repeats_header(grid: Grid, index: int, number: int) -> bool:
    """Return whether a row is the header again, or the upper line of one of two lines."""
    row = grid.rows[number]
    if row == grid.rows[index]:
        return True
    is_next = number + 1 < len(grid.rows) and grid.rows[number + 1] == grid.rows[index]
    return is_next and index > 0 and row == grid.rows[index - 1] and sum(map(bool, row)) > 1


def _place(grid: Grid) -> dict[str, object]:
    return {"file": grid.file, "sheet": grid.sheet}


def _layout(grid: Grid, index: int, found: Recognised, unit: Decimal | None, year: TitleYear) -> _Layout:
    return _Layout(
        tuple(
            (
                heading.column.key,
                heading.position,
                year.parser(heading, parse) if heading.column.kind == "date" else parse,
                {},
                _has_blank_words(found, heading.column),
            )
            for heading in found.headings
            for parse in (parser_in(heading, unit),)
        ),
        _required(found),
        tuple(column.key for column in found.spec.columns if column.is_required),
        {heading.column.key: grid.letters(heading.position) for heading in found.headings},
        len(grid.rows[index]),
    )


def _has_blank_words(found: Recognised, column: ColumnSpec) -> bool:
    """Return whether 无 and / are blank in a column: not where 无 is a no, nor in free or exported texts."""
    is_free = column.kind in {"text", "name"} and "." not in column.key and found.spec not in (CADRES, ENTERPRISES)
    is_kept_as_it_is = is_free or (found.is_of_esm and column.kind in {"text", "name"})
    return column.kind != "yes_no" and not is_kept_as_it_is


def _required(found: Recognised) -> tuple[tuple[str, ...], ...]:
    """Return for each required column that is there which columns tell it: itself, or who is meant by name."""
    spec, keys = found.spec, found.keys
    told = [(column.key, spec.stand_in(column.key)) for column in spec.columns if column.is_required]
    may_lack = {key for key, by_name in told if key in spec.supposed and by_name in keys}
    named = [tuple(key for key in each if key in keys) for each in told if each[0] not in may_lack]
    return tuple(filter(None, named))


def _read_row(sheet: SheetRows, grid: Grid, index: int, layout: _Layout) -> None:
    cells = grid.rows[index]
    if len(cells) < layout.width:
        cells = [*cells, *[None] * (layout.width - len(cells))]
    values, faults = _parse_cells(cells, layout)
    lacking = [keys[0] for keys in layout.required if not any(key in values for key in keys)]
    if completion_of(values.get("completion", "")) is Completion.NOT_DONE:
        lacking = []  # no visit, and so no day of one
    is_by_name = any(key not in values for key in layout.own)
    if (lacking or is_by_name) and (
        _is_remark(sheet, grid, index)
        or _is_heading(sheet, grid, index, holds_values=bool(values or faults))
        or not (values or faults)
    ):
        return
    if lacking == ["done_on"] and not faults and is_planned_only(sheet, cells, values):
        place = {"row": grid.first_row + index, **_place(grid)}
        sheet.notes.append(say("{file}, {sheet}: row {row} is planned and no visit yet, not imported", **place))
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
    for key, position, parse, known, blanks in layout.columns:
        cell = cells[position]
        if cell is None or cell == "":
            continue
        if cell.__class__ is str:
            value = known.get(cell)
            if value is None:
                if blanks and is_blank_word(cell):
                    continue
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


def _is_heading(sheet: SheetRows, grid: Grid, index: int, *, holds_values: bool) -> bool:
    """Return whether a row heads those below it, and note it; one without a text is blank."""
    text = heading_text(grid.rows[index], is_sure=holds_values)
    if text is None or (holds_values and is_like_a_name(text)):
        return False
    number = grid.first_row + index
    sheet.sections.append((number, text))
    sheet.notes.append(
        say("{file}, {sheet}: row {row} heads those below it and was skipped: {text}", row=number, text=text,
            **_place(grid))
    )  # fmt: skip
    return True


def _fault(grid: Grid, index: int, key: str, position: int, reason: Message) -> Problem:
    shown = str(grid.rows[index][position]).strip()
    if key.endswith("phone"):
        shown = phones.safe_excerpt(shown)
    return Problem(
        grid.file,
        grid.sheet,
        grid.address(index, position),
        shown,
        excel_fault(shown) or _state_fault(key, shown) or reason,
    )


def _state_fault(key: str, shown: str) -> Message | None:
    """Return what to say of a state that speaks of an end or a standstill and is none of the words."""
    if not key.endswith("status") or hint_of(shown) is None:
        return None
    return say("has it left the register? If so, write 注销 here; if not, 停产 or 存续")
