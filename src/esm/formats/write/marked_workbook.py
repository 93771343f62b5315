"""Returns a roster as a workbook in which every cell with an error is coloured and has a note.

The workbook is written anew, since no library that esm uses edits one in place: sheets, cells, merged areas
and what they say are as they were; fonts, colours and formulas are not (docs/decisions/0013).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from datetime import date, datetime
from gettext import gettext as _
from io import BytesIO
from pathlib import PurePath

from xlsxwriter import Workbook
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esm.errors import Problem
from esm.formats.proof.attachment import NATURE
from esm.formats.write.cell_text import visible, width
from esm.formats.write.worksheet import lay_out_page, properties
from esm.formats.write.xlsx import free_name
from esm.sheets.exchange.grid import Cell, Grid
from esm.sheets.exchange.import_answer import fault_cells
from esm.sheets.sheet.message_translation import tell

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_RED, _DARK_RED = "#FFC7CE", "#9C0006"
_ADDRESS = re.compile("([A-Z]{1,3})([1-9][0-9]*)")
_MOST_LINKS = 60_000
_MOST_MERGED = 10_000  # cells of an area
_MOST_MERGED_CELLS = 1_000_000  # of all areas of a sheet
_SAMPLE = 200
_WIDEST = 40
_LINE_HEIGHT, _MOST_LINES = 15, 10
_FIRST_YEAR = 1900


class _Book:
    """The workbook with its formats; each format is created once."""

    def __init__(self, buffer: BytesIO) -> None:
        self.workbook = Workbook(buffer, _OPTIONS)
        self.workbook.set_properties(properties(_("Errors")))
        self.workbook.set_custom_property(NATURE, "errors")
        self.formats: dict[tuple[str, bool, bool], Format] = {}
        self.bold = self.workbook.add_format({"bold": True})

    def format(self, number_format: str, *, is_faulty: bool, wraps: bool = False) -> Format:
        key = number_format, is_faulty, wraps
        if key not in self.formats:
            colour = {"bg_color": _RED, "font_color": _DARK_RED} if is_faulty else {}
            self.formats[key] = self.workbook.add_format({"num_format": number_format, "text_wrap": wraps, **colour})
        return self.formats[key]


def content(grids: Sequence[Grid], problems: Sequence[Problem]) -> bytes:
    """Return the sheets of all files in one workbook, preceded by a sheet that lists every error."""
    buffer = BytesIO()
    book = _Book(buffer)
    names = [_("Errors")]
    summary = book.workbook.add_worksheet(names[0])
    is_one_file = len({grid.file for grid in grids}) == 1
    named: dict[tuple[str, str], str] = {}
    for grid in grids:
        stem = PurePath(grid.file).stem
        title = grid.sheet if is_one_file or grid.sheet == stem else f"{grid.sheet} {stem}"
        names.append(free_name(title, names, "sheet"))
        named[grid.file, grid.sheet] = names[-1]
        _write_grid(book, book.workbook.add_worksheet(names[-1]), grid, _of_grid(grid, problems))
    _write_summary(book, summary, problems, named)
    book.workbook.close()
    return buffer.getvalue()


def _of_grid(grid: Grid, problems: Sequence[Problem]) -> dict[tuple[int, int], str]:
    """Return the errors of each cell of a sheet, by zero-based row and column."""
    faults: dict[tuple[int, int], str] = {}
    for problem in problems:
        place = _ADDRESS.fullmatch(problem.cell)
        if place is None or (problem.file, problem.sheet) != (grid.file, grid.sheet):
            continue
        column = 0
        for letter in place[1]:
            column = column * 26 + ord(letter) - ord("A") + 1
        at = int(place[2]) - 1, column - 1
        faults[at] = "\n".join(filter(None, (faults.get(at), tell(problem.reason))))
    return faults


def _write_grid(book: _Book, sheet: Worksheet, grid: Grid, faults: dict[tuple[int, int], str]) -> None:
    top = grid.first_row - 1
    covered = _merge(book, sheet, grid, faults)
    for number, row in enumerate(grid.rows, start=top):
        lines = 1 + max((cell.count("\n") for cell in row if isinstance(cell, str)), default=0)
        if lines > 1:
            sheet.set_row(number, _LINE_HEIGHT * min(lines, _MOST_LINES))
        for position, cell in enumerate(row):
            if cell not in (None, "") and (number, position) not in covered:
                _write_cell(book, sheet, (number, position), cell, is_faulty=(number, position) in faults)
    for (number, position), reason in faults.items():
        if (number, position) not in covered and _is_blank(grid, number - top, position):
            sheet.write_blank(number, position, None, book.format("@", is_faulty=True))
        sheet.write_comment(number, position, visible(reason), {"x_scale": 2, "author": "esm"})
    _set_widths(sheet, grid, covered)
    lay_out_page(sheet)


def _set_widths(sheet: Worksheet, grid: Grid, covered: Set[tuple[int, int]]) -> None:
    """Fit the columns to the texts of one line in the first rows; merged areas take the width that there is."""
    widths: dict[int, int] = {}
    for number, row in enumerate(grid.rows[:_SAMPLE], start=grid.first_row - 1):
        for position, cell in enumerate(row):
            longest = 0 if (number, position) in covered or "\n" in str(cell) else width(str(cell))
            widths[position] = max(widths.get(position, 0), longest)
    for position, longest in widths.items():
        sheet.set_column(position, position, min(_WIDEST, max(longest + 2, 8)))


def _is_blank(grid: Grid, row: int, column: int) -> bool:
    if not (0 <= row < len(grid.rows) and 0 <= column < len(grid.rows[row])):
        return True
    return grid.rows[row][column] in (None, "")


def _merge(book: _Book, sheet: Worksheet, grid: Grid, faults: dict[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Write the merged areas and return the cells they cover; an error inside one moves to its first cell."""
    covered: set[tuple[int, int]] = set()
    room = _MOST_MERGED_CELLS
    for (top, left), (bottom, right) in grid.merged:
        size = (bottom - top + 1) * (right - left + 1)
        room -= size if size <= _MOST_MERGED else 0
        if not 1 < size <= _MOST_MERGED or room < 0:
            continue
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        if cells & covered:
            continue
        reasons = [faults.pop(cell) for cell in sorted(cells & faults.keys())]
        if reasons:
            faults[top, left] = "\n".join(dict.fromkeys(reasons))
        value = "" if _is_blank(grid, top, left) else grid.rows[top][left]
        try:
            sheet.merge_range(top, left, bottom, right, "", book.format("General", is_faulty=bool(reasons)))
        except OverlappingRange:
            continue
        covered |= cells
        _write_cell(book, sheet, (top, left), value, is_faulty=bool(reasons))
    return covered


def _write_cell(book: _Book, sheet: Worksheet, at: tuple[int, int], cell: Cell, *, is_faulty: bool) -> None:
    if isinstance(cell, bool):
        sheet.write_boolean(*at, cell, book.format("General", is_faulty=is_faulty))
    elif isinstance(cell, int | float):
        # A faulty number is often a code: what is typed over it must stay text.
        sheet.write_number(*at, cell, book.format("@" if is_faulty else "General", is_faulty=is_faulty))
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        timed = isinstance(cell, datetime) and (cell.hour or cell.minute)
        sheet.write_datetime(*at, cell, book.format("yyyy-mm-dd hh:mm" if timed else "yyyy-mm-dd", is_faulty=is_faulty))
    elif cell is not None:
        text = str(cell)
        sheet.write_string(*at, text, book.format("@", is_faulty=is_faulty, wraps="\n" in text))


def _write_summary(
    book: _Book, sheet: Worksheet, problems: Sequence[Problem], named: Mapping[tuple[str, str], str]
) -> None:
    for position, (label, wide) in enumerate(
        ((_("File"), 30), (_("Sheet"), 16), (_("Cell"), 8), (_("Value"), 30), (_("Reason"), 70))
    ):
        sheet.write_string(0, position, label, book.bold)
        sheet.set_column(position, position, wide)
    for number, problem in enumerate(problems, start=1):
        for position, text in enumerate(fault_cells(problem)):
            sheet.write_string(number, position, visible(text))
        name = named.get((problem.file, problem.sheet))
        if name is not None and number <= _MOST_LINKS and _ADDRESS.fullmatch(problem.cell):
            quoted = name.replace("'", "''")
            sheet.write_url(number, 2, f"internal:'{quoted}'!{problem.cell}", string=problem.cell)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(problems), 4)
    lay_out_page(sheet)
