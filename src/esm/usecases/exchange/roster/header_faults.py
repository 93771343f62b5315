"""What is wrong with the header of a sheet: columns missing, there twice, in doubt or not known."""

from __future__ import annotations

from esm.domain.register.columns import CADRES
from esm.domain.values.column_spec import ColumnSpec
from esm.errors import Message, Problem, say
from esm.sheets.exchange import column_values
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import nearest_header
from esm.sheets.exchange.recognised_sheet import Doubt, Recognised
from esm.usecases.exchange.roster.roster_rows import SheetRows


def check_header(sheet: SheetRows, grid: Grid, index: int) -> None:
    """Note what is wrong with the columns of a sheet, and which are passed over."""
    found = sheet.found
    sheet.problems += [_missing(found, grid, index, column) for column in found.missing]
    sheet.unnamed = {column.key: _missing(found, grid, index, column) for column in found.by_name}
    first = {heading.column.key: grid.letters(heading.position) for heading in found.headings}
    for heading in found.repeated:
        other = first[heading.column.key]
        reason = say(
            'the column {column} appears twice: also in {other}; to leave this one out: --map "{header}=-"',
            column=heading.column.title, other=other, header=heading.header,
        )  # fmt: skip
        cell = grid.address(index, heading.position)
        sheet.problems.append(Problem(grid.file, grid.sheet, cell, heading.header, reason))
    for doubt in found.doubts:
        cell = grid.address(index, doubt.position)
        sheet.problems.append(Problem(grid.file, grid.sheet, cell, doubt.header, _what_it_may_be(grid, doubt)))
    for position, value in column_values.without_header(grid, index, found):
        sheet.notes.append(
            say(
                "{file}, {sheet}: column {column} has no header and is not imported; it holds {value}",
                column=grid.letters(position), value=value, file=grid.file, sheet=grid.sheet,
            )
        )  # fmt: skip
    if found.unknown:
        headers = ", ".join(header for _, header in found.unknown)
        sheet.notes.append(
            say(
                "{file}, {sheet}: unknown columns, not imported: {headers}",
                headers=headers,
                file=grid.file,
                sheet=grid.sheet,
            )
        )


def _missing(found: Recognised, grid: Grid, index: int, column: ColumnSpec) -> Problem:
    close = nearest_header(column, [header for _, header in found.unknown])
    reason = say("the column {column} is missing", column=column.title)
    if close is not None:
        reason = say("the column {column} is missing; is it {header}?", column=column.title, header=close)
    if found.spec is CADRES and column.key == "staff_no":
        reason = say("the column {column} is missing: --number-cadres gives numbers to cadres", column=column.title)
    elif column in found.by_name and close is None:
        reason = say(
            "the column {column} is missing, and nobody on record has a name of this sheet", column=column.title
        )
    return Problem(grid.file, grid.sheet, grid.address(index, 0), close or "", reason)


def _what_it_may_be(grid: Grid, doubt: Doubt) -> Message:
    header = doubt.header or grid.letters(doubt.position)
    first, *others = doubt.readings
    if others:
        return say(
            'this column may be {first} or {other}: say which with --map "{header}={first}", or for neither '
            '--map "{header}=-"',
            first=first, other=", ".join(others), header=header,
        )  # fmt: skip
    return say(
        'this column seems to decide {field}, but not all of it is understood; correct its values and say '
        '--map "{header}={field}", or --map "{header}=-" to leave it out',
        field=first, header=header,
    )  # fmt: skip
