"""Hidden sheets, and hidden or filtered rows: nobody sees them, so somebody says whether they count.

docs/rules.md, Import: they are asked about, not taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esm.domain.exchange.hidden_content_choice import HiddenContent
from esm.domain.exchange.import_summary import Question
from esm.errors import Listed, Problem, say
from esm.sheets.exchange.grid import Grid
from esm.usecases.exchange.roster.roster_rows import SheetRows

_HIDDEN_SHEET = say("the sheet is hidden: --hidden take imports it, --hidden leave does not, or unhide it")
_HIDDEN_ROW = say(
    "the row is hidden or filtered: --hidden take imports such rows, --hidden leave does not, or unhide it"
)


def set_hidden_aside(sheet: SheetRows, grid: Grid, choice: HiddenContent | None) -> None:
    """Take or leave out the rows that are hidden, as chosen, and say so; without a choice they are at fault."""
    hidden = {row.number for row in (*sheet.rows, *sheet.refused) if _is_hidden(grid, row.number)}
    if not hidden:
        return
    numbers = sorted(hidden)
    if choice is not HiddenContent.TAKE:
        sheet.rows = [row for row in sheet.rows if row.number not in hidden]
        sheet.refused = [row for row in sheet.refused if row.number not in hidden]
        sheet.problems = [fault for fault in sheet.problems if fault.row not in hidden]
    if choice is None:
        _ask(sheet, grid, numbers)
        return
    place = {"file": grid.file, "sheet": grid.sheet, "rows": _ranges(numbers)}
    if choice is HiddenContent.TAKE:
        sheet.notes.append(say("{file}, {sheet}: hidden rows, also imported: {rows}", **place))
    else:
        sheet.notes.append(say("{file}, {sheet}: hidden rows, not imported: {rows}", **place))


def _is_hidden(grid: Grid, number: int) -> bool:
    return grid.is_hidden or number - grid.first_row in grid.hidden_rows


def _ask(sheet: SheetRows, grid: Grid, numbers: Sequence[int]) -> None:
    reason = _HIDDEN_SHEET if grid.is_hidden else _HIDDEN_ROW
    sheet.problems += [
        Problem(grid.file, grid.sheet, grid.address(each - grid.first_row, 0), "", reason) for each in numbers
    ]
    sheet.questions.append(Question("hidden", grid.file, grid.sheet, "", f"{_ranges(numbers)}", reason))


def _ranges(numbers: Sequence[int]) -> Listed:
    """Return rows as people write them: `3, 7–9`."""
    return Listed(f"{first}" if first == last else f"{first}–{last}" for first, last in _runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
