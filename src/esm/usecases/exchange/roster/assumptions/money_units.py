"""In which unit the amounts of a sheet are: by the header, by a note around the table, or by what is usual."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from esm.domain.exchange.import_summary import Assumption
from esm.domain.values import cell_parsing, money
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.column_spec import ColumnSpec
from esm.domain.values.raw_text import Parser
from esm.errors import Message, Problem, say
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.recognised_sheet import Heading
from esm.sheets.exchange.surroundings import unit_said
from esm.usecases.exchange.roster.roster_rows import SheetRows

_PARSERS_IN = {"money": money.money_in, "yuan": money.yuan_in}
_USUAL_UNITS = {"money": money.UNITS["万元"], "yuan": money.UNITS["元"]}


def unit_of(sheet: SheetRows, grid: Grid, index: int) -> Decimal | None:
    """Return the unit that the title rows name for amounts whose header names none; it is said if it is unusual."""
    said = unit_said(grid.rows[:index], grid.rows[index + 1 :])
    _check_units(sheet, grid, index, said)
    usual = {_USUAL_UNITS[each.column.kind] for each in sheet.found.headings
             if each.column.kind in _USUAL_UNITS and each.unit is None}  # fmt: skip
    if said is None or not usual:
        sheet.unstated = tuple(
            each for each in sheet.found.headings
            if each.column.kind in _USUAL_UNITS and each.unit is None and each.header not in _stated(each.column)
        )  # fmt: skip
        return None
    name, unit = said
    if usual != {unit}:
        sheet.notes.append(
            say(
                "{file}, {sheet}: amounts are read in {unit}, as stated in the title",
                unit=name,
                file=grid.file,
                sheet=grid.sheet,
            )
        )
    return unit


def _stated(column: ColumnSpec) -> set[str]:
    """Return the headers of amounts that say in which unit they are: esm's own."""
    return {column.key, column.label, column.chinese}


def _check_units(sheet: SheetRows, grid: Grid, index: int, said: tuple[str, Decimal] | None) -> None:
    """Refuse a unit in the header that is not the one around the table."""
    for heading in sheet.found.headings:
        if said is not None and heading.column.kind == "money" and heading.unit not in {None, said[1]}:
            reason = say("the note around the table says {unit}: which unit is meant?", unit=said[0])
            sheet.problems.append(
                Problem(grid.file, grid.sheet, grid.address(index, heading.position), heading.header, reason)
            )


def suppose_units(sheet: SheetRows) -> None:
    """Note the amounts whose unit nothing states."""
    for heading in sheet.unstated:
        key = heading.column.key
        count = sum(key in row.values for row in sheet.rows)
        if count:
            unit, words = _SUPPOSED_UNITS[heading.column.kind]
            sheet.assumed.append(Assumption(sheet.file, sheet.sheet, key, unit, count, words))


_SUPPOSED_UNITS: Mapping[Kind, tuple[str, Message]] = {
    "money": ("万元", say("no unit is stated: amounts are read in 10 000 yuan")),
    "yuan": ("元", say("no unit is stated: amounts are read in yuan")),
}


def parser_in(heading: Heading, unit: Decimal | None) -> Parser:
    """Return the parser of a column; an amount's unit is the header's, else `unit`, else the usual one."""
    kind = heading.column.kind
    if kind not in _PARSERS_IN:
        return cell_parsing.parser(kind)
    return _PARSERS_IN[kind](heading.unit or unit or _USUAL_UNITS[kind])
