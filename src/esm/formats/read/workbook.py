"""Reads an Excel workbook, .xlsx or .xls: every sheet as raw cells at their positions in Excel."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from esm.errors import InputRefused, Message, say
from esm.formats.read import xls_container_check, xls_record_check, xlsx_archive_check
from esm.formats.read.size_limits import MOST_CELLS, MOST_COLUMNS, too_many_cells
from esm.sheets.exchange.grid import Area, Cell, Grid

_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NOTHING = xlsx_archive_check.Part()


def read(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of the workbook in order, without chart sheets.

    Whole numbers are integers and dates are dates. A cell merged downwards counts for all its rows. What is
    protected, damaged or no workbook is refused.
    """
    try:
        archive = xlsx_archive_check.inspect(data, file) if data.startswith(_ZIP) else _old(data, file)
        return list(_grids(file, archive))
    except (InputRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the parser is no Exception
        raise _damaged(file) from error


def _old(data: bytes, file: str) -> xlsx_archive_check.Archive:
    """Return what the parser does not report of an .xls file. Raises InputRefused if it is encrypted or damaged."""
    if _ENCRYPTED in data:
        raise _protected(file)
    records = xls_record_check.look(data) if xls_container_check.is_sound(data) else None
    if records is None or not records.is_sound:
        raise _damaged(file)
    if records.is_encrypted:
        raise _protected(file)
    if records.cells > MOST_CELLS:
        raise too_many_cells(file)
    sheets = {name: xlsx_archive_check.Part({}, *hidden) for name, hidden in records.hidden.items()}
    return xlsx_archive_check.Archive(data, sheets)


def _damaged(file: str) -> InputRefused:
    return InputRefused(
        say("{file} is damaged, incomplete or not an Excel workbook.", file=file),
        say("Open it in Excel or WPS and save it as .xlsx."),
    )


def _protected(file: str) -> InputRefused:
    return InputRefused(
        say("{file} is protected by a password.", file=file),
        say("Open it in Excel or WPS, remove the password and save it again."),
    )


def _grids(file: str, archive: xlsx_archive_check.Archive) -> Iterator[Grid]:
    notes = archive.notes
    room = 0
    with CalamineWorkbook.from_filelike(BytesIO(archive.data)) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            part = archive.sheets.get(about.name, _NOTHING)
            sheet = workbook.get_sheet_by_name(about.name)
            room += sheet.total_height * sheet.total_width
            if room > MOST_CELLS:
                raise too_many_cells(file)
            merged = _disjoint(sheet.merged_cell_ranges or [], sheet.total_height)
            rows = _rows(sheet, part.marks, merged)
            yield Grid(
                file, about.name, rows, merged=merged, notes=(*notes, *_hidden_columns(file, about.name, part)),
                is_hidden=about.visible != SheetVisibleEnum.Visible, hidden_rows=frozenset(part.hidden_rows),
            )  # fmt: skip
            notes = ()


def _hidden_columns(file: str, sheet: str, part: xlsx_archive_check.Part) -> Iterator[Message]:
    """Yield a note when columns are hidden, because they are read too."""
    if part.hidden_columns:
        count = part.hidden_columns
        yield say("{file}, {sheet}: hidden columns, also read: {count}", count=count, file=file, sheet=sheet)


def _rows(sheet: CalamineSheet, marks: xlsx_archive_check.Marks, merged: Sequence[Area]) -> list[list[Cell]]:
    """Return the rows from the top of the sheet; a row without values is empty."""
    blank: list[Cell] = []  # one for all: nobody writes into it
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)  # the columns on the left that are blank
    rows: list[list[Cell]] = [
        before + [cell if cell.__class__ is str else _raw(cell) for cell in row] if _is_filled(row) else blank
        for row in sheet.iter_rows()
    ]
    for (row, column), text in marks.items():
        rows += [blank] * (row + 1 - len(rows))
        rows[row] = rows[row] + [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    _fill_merged(rows, merged)
    return rows


def _is_filled(row: Sequence[object]) -> bool:
    return any(row) or row.count("") < len(row)  # a zero and a no are something


def _raw(cell: object) -> Cell:
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return "#NUM!"
        return int(cell) if cell.is_integer() else cell
    # What is left are times and durations, which no column takes.
    return cell if isinstance(cell, bool | int | date | datetime) else str(cell)


def _disjoint(merged: list[Area], height: int) -> list[Area]:
    """Return the merged areas. Raises ValueError if so many cannot lie side by side: cells would be filled anew."""
    widths: Counter[int] = Counter()
    heights: Counter[int] = Counter()
    for (top, left), (bottom, right) in merged:
        widths[top] += right - left + 1
        heights[left] += max(min(bottom + 1, height) - top, 0)
    if max(widths.values(), default=0) > MOST_COLUMNS or max(heights.values(), default=0) > height:
        raise ValueError
    return merged


def _fill_merged(rows: list[list[Cell]], merged: Sequence[Area]) -> None:
    for (first, column), (last, _) in merged:
        if first >= len(rows) or column >= len(rows[first]) or rows[first][column] == "":
            continue
        for row in rows[first + 1 : last + 1]:
            if column < len(row):
                row[column] = rows[first][column]
