"""Reads an Excel workbook, .xlsx or .xls: every sheet as raw cells that stand where Excel shows them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from esm.errors import InputRefused, say
from esm.formats import xlsx_archive
from esm.sheets.grid import Cell, Grid

_ZIP = b"PK"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_NO_MARKS: xlsx_archive.Marks = {}


def read(data: bytes, file: str) -> list[Grid]:
    """Return the sheets of the workbook in their order; sheets of charts alone are not among them.

    Whole numbers are integers and dates are dates. A cell merged downwards counts for all its rows. What is
    protected, damaged or no workbook is refused.
    """
    if not data.startswith(_ZIP) and _ENCRYPTED in data:
        raise _protected(file)
    try:
        marks = xlsx_archive.inspect(data, file) if data.startswith(_ZIP) else {}
        return _grids(data, file, marks)
    except (InputRefused, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except PasswordError as error:
        raise _protected(file) from error
    except BaseException as error:  # a panic of the parser is no Exception
        raise InputRefused(
            say("{file} is damaged, incomplete or not an Excel workbook.", file=file),
            say("Open it in Excel or WPS and save it as .xlsx."),
        ) from error


def _protected(file: str) -> InputRefused:
    return InputRefused(
        say("{file} is protected by a password.", file=file),
        say("Open it in Excel or WPS, take the password off and save it again."),
    )


def _grids(data: bytes, file: str, marks: Mapping[str, xlsx_archive.Marks]) -> list[Grid]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        names = [about.name for about in workbook.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
        return [Grid(file, name, _rows(workbook.get_sheet_by_name(name), marks.get(name, _NO_MARKS))) for name in names]


def _rows(sheet: CalamineSheet, marks: xlsx_archive.Marks) -> list[list[Cell]]:
    rows: list[list[Cell]] = [
        [cell if cell.__class__ is str else _raw(cell) for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), text in marks.items():
        rows += [[] for _ in range(row + 1 - len(rows))]
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = text
    _fill_merged(rows, sheet.merged_cell_ranges or [])
    return [row if any(row) or row.count("") < len(row) else [] for row in rows]


def _raw(cell: object) -> Cell:
    if isinstance(cell, float):
        if not math.isfinite(cell):
            return "#NUM!"
        return int(cell) if cell.is_integer() else cell
    # What is left are times and durations, which no column takes.
    return cell if isinstance(cell, bool | int | date | datetime) else str(cell)


def _fill_merged(rows: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    for (first, column), (last, _) in merged:
        if first >= len(rows) or column >= len(rows[first]) or rows[first][column] == "":
            continue
        for row in rows[first + 1 : last + 1]:
            if column < len(row):
                row[column] = rows[first][column]
