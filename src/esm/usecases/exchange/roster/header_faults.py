"""What is wrong with the header of a sheet: none recognised, or columns missing, there twice, in doubt or not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from esm.domain.pairing.columns import PAIRINGS
from esm.domain.register.columns import CADRES
from esm.domain.values.column_spec import ColumnSpec, Name
from esm.errors import Listed, Message, Problem, joined, say
from esm.sheets.exchange import column_values
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import header_meant, is_known, nearest_header, nearest_sheets
from esm.sheets.exchange.header_row import WITHIN as HEADER_WITHIN
from esm.sheets.exchange.header_row import headers_of
from esm.sheets.exchange.recognised_sheet import Doubt, Ground, Heading, Recognised
from esm.usecases.exchange.roster.roster_rows import SheetRows

_MOST_HEADERS = 12
_NAMES_A_FIRM = re.compile("(?:企业|公司|单位|厂)(?:详细|全)?名称|公司名|企业名")


def check_header(sheet: SheetRows, grid: Grid, index: int) -> None:
    """Note what is wrong with the columns of a sheet, and which are passed over."""
    found = sheet.found
    asked = {reading.rpartition(".")[2] for doubt in found.doubts for reading in doubt.readings}
    sheet.problems += [_missing(found, grid, index, column) for column in found.missing if column.key not in asked]
    sheet.unnamed = {column.key: _missing(found, grid, index, column) for column in found.by_name}
    if found.rivals:
        sheet.problems.append(_who_serves(found, grid, index))
    sheet.problems += _repeated(found, grid, index)
    for doubt in found.doubts:
        cell = grid.address(index, doubt.position)
        sheet.problems.append(Problem(grid.file, grid.sheet, cell, doubt.header, _what_it_may_be(grid, doubt)))
    for position, value in column_values.without_header(grid, index, found):
        over = _merged_over(found, grid, index, position)
        if over is not None:
            cell = grid.address(index, position)
            sheet.problems.append(Problem(grid.file, grid.sheet, cell, value, _of_several(grid, over, position)))
            continue
        sheet.notes.append(
            say(
                "{file}, {sheet}: column {column} has no header and is not imported; it holds {value}",
                column=grid.letters(position), value=value, file=grid.file, sheet=grid.sheet,
            )
        )  # fmt: skip
    sheet.notes += _left_out(found, grid)
    sheet.notes += _unknown(found, grid)


def _repeated(found: Recognised, grid: Grid, index: int) -> Iterator[Problem]:
    """Yield the columns that say the same as one before them."""
    first = {heading.column.key: grid.letters(heading.position) for heading in found.headings}
    for heading in (each for each in found.repeated if each not in found.rivals):
        reason = say(
            'the column {column} appears twice: also in {other}; to leave this one out: --map "{header}=-"',
            column=heading.column.title, other=first[heading.column.key], header=heading.header,
        )  # fmt: skip
        cell = grid.address(index, heading.position)
        yield Problem(grid.file, grid.sheet, cell, heading.header, reason)


def _merged_over(found: Recognised, grid: Grid, index: int, position: int) -> Heading | None:
    """Return the column whose header is merged over another one that has values too, or None."""
    lefts = {
        left for (top, left), (bottom, right) in grid.merged if top <= index <= bottom and left < position <= right
    }  # fmt: skip
    return next((heading for heading in found.headings if heading.position in lefts), None)


def _of_several(grid: Grid, heading: Heading, position: int) -> Message:
    return say(
        "the header “{header}” stands over several columns, and only {first} would be read: give each a header of its "
        'own, or each value a row of its own; to leave this column out: --map "{column}=-"',
        header=heading.header, first=grid.letters(heading.position), column=grid.letters(position),
    )  # fmt: skip


def _left_out(found: Recognised, grid: Grid) -> Iterator[Message]:
    """Yield which columns are left out although nobody says so, and why."""
    reasons = {
        Ground.PERSON: say("of others than the one who serves"),
        Ground.NEIGHBOUR: say("a second telephone of one person"),
        Ground.VALUES: say("numbers, where names were expected"),
    }
    for ground, reason in reasons.items():
        headers = Listed(each.header for each in found.left_out if each.ground is ground)
        if headers:
            yield say(
                "{file}, {sheet}: not imported ({reason}): {headers}",
                reason=reason, headers=headers, file=grid.file, sheet=grid.sheet,
            )  # fmt: skip


def _unknown(found: Recognised, grid: Grid) -> Iterator[Message]:
    """Yield which columns nobody knows, and which of them tell the industry in words."""
    for _, header in found.unknown:
        if column_values.industry_column(found, header) is not None:
            yield say(
                "{file}, {sheet}: {header} has the industry in words and is not imported; the "
                "industry code (GB/T 4754) decides the threshold: add 行业代码",
                header=header, file=grid.file, sheet=grid.sheet,
            )  # fmt: skip
    if found.unknown:
        headers = Listed(header for _, header in found.unknown)
        yield say(
            "{file}, {sheet}: unknown columns, not imported: {headers}",
            headers=headers, file=grid.file, sheet=grid.sheet,
        )  # fmt: skip


def _who_serves(found: Recognised, grid: Grid, index: int) -> Problem:
    """Return the fault that columns name several persons, with what to say for each of them."""
    last = found.rivals[-1]
    told = {
        "headers": Listed(heading.header for heading in found.rivals),
        "choices": Listed(
            f'--map "{each.header}={column_values.mapped_name(found, each.column)}"' for each in found.rivals
        ),
    }
    reason = say(
        "these columns name several persons: {headers}. Which of them visits the enterprise? "
        "State it with one of {choices}; the columns of the others are not imported",
        **told,
    )
    if found.spec is PAIRINGS:
        reason = say(
            'these columns name several persons: {headers}. Which of them visits the '
            'enterprise? State it with one of {choices}; the columns of the others are not '
            'imported, and --map "{other}=deputy.name" makes one of them a deputy',
            other=last.header, **told,
        )  # fmt: skip
    return Problem(grid.file, grid.sheet, grid.address(index, last.position), last.header, reason)


def _missing(found: Recognised, grid: Grid, index: int, column: ColumnSpec) -> Problem:
    close = nearest_header(column, [header for _, header in found.unknown])
    reason = say("the column {column} is missing", column=column.title)
    if close is not None:
        reason = say("the column {column} is missing; is it {header}?", column=column.title, header=close)
    if found.spec is CADRES and column.key == "staff_no":
        reason = say("the column {column} is missing: --number-cadres gives numbers to cadres", column=column.title)
    elif column in found.by_name and close is None:
        reason = say("the column {column} is missing, and no name of this sheet is on record", column=column.title)
    return Problem(grid.file, grid.sheet, grid.address(index, 0), close or "", reason)


def _what_it_may_be(grid: Grid, doubt: Doubt) -> Message:
    header = doubt.header or grid.letters(doubt.position)
    first, *others = doubt.readings
    if others:
        return say(
            'this column may be {first} or {other}: say which with --map "{header}={first}", or for neither '
            '--map "{header}=-"',
            first=first, other=Listed(others), header=header,
        )  # fmt: skip
    if first == "visits.minutes":
        return say(
            'texts of this column may say that a visit does not count (无人, 改期, 电话联系), and no '
            'column states it: add 走访结果 or 走访方式; to keep the texts as minutes alone: --map '
            '"{header}={field}"',
            field=first, header=header,
        )  # fmt: skip
    return say(
        'this column seems to decide {field}, but not all of it is understood; correct its '
        'values and confirm with --map "{header}={field}", or skip it with --map "{header}=-"',
        field=first, header=header,
    )  # fmt: skip


def fullest_row(grid: Grid) -> list[str]:
    """Return the texts of the row where a header may be that names most columns, or else is the fullest."""
    rows = [list(filter(None, headers_of(row))) for row in grid.rows[:HEADER_WITHIN]]
    return max(rows, key=lambda row: (sum(map(is_known, row)), len(row)), default=[])


def why_not_understood(file: str, others: Iterable[tuple[Grid, list[str]]]) -> Problem:
    """Return why no sheet of a file is one of a roster, given those of all files with the texts of a row of each."""
    own = [(grid, texts) for grid, texts in others if grid.file == file]
    grid, texts = max(own, key=lambda other: len(other[1]))
    if texts:
        return Problem(file, grid.sheet, "", ", ".join(texts[:_MOST_HEADERS]), _why_no_header(texts))
    far = next((other for other, _ in own if any(other.rows)), None)
    if far is None:
        return Problem(file, grid.sheet, "", "", say("there are no rows"))
    return Problem(
        file, far.sheet, "", "", say("there is no header in the first {count:row|rows}", count=HEADER_WITHIN)
    )


def _why_no_header(texts: Sequence[str]) -> Message:
    meant = next((found for text in texts if (found := header_meant(text)) is not None), None)
    if meant is not None:
        return say(
            "the text is garbled because it was saved with the wrong encoding: it should read {meant}", meant=meant
        )
    near = nearest_sheets(texts)
    if near:
        return say("required columns are missing – {columns}", columns=joined(list(map(_lacking, near)), "; "))
    if any(_NAMES_A_FIRM.search(text) for text in texts):
        return say(
            "this looks like a list of enterprises, but no column holds their credit codes: add 统一社会信用代码, or "
            "with the names of those on record a column of cadres, visits or requests"
        )
    return say("no roster sheet was recognised; a roster has headers such as 工号 and 姓名, or staff_no and name")


def _lacking(found: Recognised) -> Message:
    """Return the columns that a sheet lacks, each with the one that may stand for it by name."""
    told = {column.key: column.chinese for column in found.spec.told}
    columns = [
        say("{column} / {name}", column=column.title, name=name) if name else column.title
        for column in found.missing or found.by_name
        for name in (told.get(found.spec.stand_in(column.key) or ""),)
    ]
    sheet = Name(found.spec.chinese, found.spec.key)
    return say("{sheet:key}: {columns}", sheet=sheet, columns=joined(columns, ", "))
