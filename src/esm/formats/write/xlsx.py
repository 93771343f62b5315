"""Writes an Excel workbook: one worksheet per listing, with dates and numbers as such and all else as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from io import BytesIO
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esm.errors import UsageRefused, say
from esm.formats.write.cell_text import (
    for_people,
    holds_only,
    in_order,
    sheets_for_machines,
    visible,
    width,
    with_columns,
    word,
)
from esm.sheets.sheet.sheet import Cell, Compared, Document, Fact, Money, Ratio, Report, Sheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_MOST_ROWS = 1_048_576
_WIDEST = 50
_FIRST_YEAR = 1900
_A4 = 9


def write(shown: Document, path: Path) -> None:
    """Write the workbook to `path`; raises OSError if the disk fails."""
    path.write_bytes(content(shown))


def content(shown: Document) -> bytes:
    """Return the workbook. Raises UsageRefused if a listing has more rows than a worksheet can hold."""
    every = sheets_for_machines(shown) if isinstance(shown, Report) else [shown]
    sheets = [_without_twins(in_order(sheet)) for sheet in every]
    _require_room(sheets)
    buffer = BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": visible(shown.title)})
    bold = workbook.add_format({"bold": True})
    names: list[str] = []
    if isinstance(shown, Report) and (shown.facts or shown.notes):
        names.append(_("summary"))
        _write_summary(workbook.add_worksheet(names[0]), shown, bold)
    for page, parts in _pages(shown):
        names.append(free_name(page, names, "page"))
        _write_page(workbook.add_worksheet(names[-1]), parts, bold)
    for sheet in sheets:
        names.append(free_name(sheet.title, names, sheet.key))
        _write_sheet(workbook.add_worksheet(names[-1]), sheet, bold)
    workbook.close()
    return buffer.getvalue()


def _pages(shown: Document) -> list[tuple[str, list[Sheet]]]:
    """Return the excerpts that share a page, by the name of the page."""
    parts = [sheet for sheet in shown.sheets if sheet.page] if isinstance(shown, Report) else []
    return [(page, [for_people(part) for part in group]) for page, group in groupby(parts, key=lambda part: part.page)]


def _without_twins(sheet: Sheet) -> Sheet:
    """Drop columns that repeat another under the same heading: prefer numbers to shares, words to keys."""
    best: dict[str, int] = {}
    for number, column in enumerate(sheet.columns):
        twin = best.get(column.label)
        if twin is None or (_price(sheet, number), number) < (_price(sheet, twin), twin):
            best[column.label] = number
    return with_columns(sheet, [best[column.label] == number for number, column in enumerate(sheet.columns)])


def _price(sheet: Sheet, number: int) -> int:
    return 2 if holds_only(sheet, number, (Compared, Ratio)) else 0 if sheet.columns[number].table else 1


def _require_room(sheets: Sequence[Sheet]) -> None:
    for sheet in sheets:
        if len(sheet.rows) + len(sheet.notes) + 2 > _MOST_ROWS:
            raise UsageRefused(
                say(
                    "{title}: an Excel worksheet cannot hold {count:row|rows}.",
                    title=sheet.title,
                    count=len(sheet.rows),
                ),
                say("Write a .csv file instead."),
            )


def free_name(title: str, taken: Sequence[str], otherwise: str) -> str:
    r"""Return a valid worksheet name: at most 31 UTF-16 units, none of []:*?/\, unique regardless of case."""
    wanted = re.sub(r"[\[\]:*?/\\]", " ", visible(title)).strip(" '") or otherwise
    used = {name.casefold() for name in taken} | {"history"}
    name, number = _cut(wanted, 31), 1
    while name.casefold() in used:
        number += 1
        name = f"{_cut(wanted, 26)} {number}"
    return name


def _cut(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").strip(" '")


def _write_summary(worksheet: Worksheet, report: Report, bold: Format) -> None:
    best: dict[str, Fact] = {}
    for fact in report.facts:
        if fact.label not in best or fact.table:
            best[fact.label] = fact  # what people read goes before its twin for machines
    facts = [fact for fact in report.facts if best[fact.label] is fact]
    labels = [visible(fact.label) for fact in facts]
    for number, fact in enumerate(facts):
        worksheet.write_string(number, 0, labels[number], bold)
        _write_cell(worksheet, number, 1, fact.value)
    _set_width(worksheet, 0, labels)
    _set_width(worksheet, 1, [word(fact.value) for fact in facts])
    _write_notes(worksheet, report.notes, len(labels))


def _write_sheet(worksheet: Worksheet, sheet: Sheet, bold: Format) -> None:
    for number, column in enumerate(sheet.columns):
        label = visible(column.label)
        worksheet.write_string(0, number, label, bold)
        _set_width(worksheet, number, [label + " ▼", *(word(row[number]) for row in sheet.rows)])
    for row_number, row in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(row):
            _write_cell(worksheet, row_number, number, cell)
    worksheet.freeze_panes(1, 0)
    lay_out_page(worksheet)
    worksheet.repeat_rows(0)
    worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    _write_notes(worksheet, sheet.notes, len(sheet.rows) + 1)


def _write_page(worksheet: Worksheet, parts: Sequence[Sheet], bold: Format) -> None:
    """Write several listings below one another, each under its title."""
    used = 0
    texts: dict[int, list[str]] = {}
    for part in parts:
        worksheet.write_string(used, 0, visible(part.title), bold)
        heads = [visible(column.label) for column in part.columns]
        for number, label in enumerate(heads):
            worksheet.write_string(used + 1, number, label, bold)
            texts.setdefault(number, []).extend([label, *(word(row[number]) for row in part.rows)])
        for row_number, row in enumerate(part.rows, start=used + 2):
            for number, cell in enumerate(row):
                _write_cell(worksheet, row_number, number, cell)
        used += len(part.rows) + 3
    for number, said in texts.items():
        _set_width(worksheet, number, said)
    lay_out_page(worksheet)


def lay_out_page(worksheet: Worksheet) -> None:
    """Print on landscape A4, all columns on one page."""
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)


def _write_cell(worksheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    if cell is None:
        return
    if isinstance(cell, Money):
        cell = cell.yuan
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        worksheet.write_number(row, column, cell)
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        worksheet.write_datetime(row, column, cell)
    else:
        worksheet.write_string(row, column, word(cell))


def _write_notes(worksheet: Worksheet, notes: Sequence[str], used_rows: int) -> None:
    for number, note in enumerate(notes, start=used_rows + 1):
        worksheet.write_string(number, 0, visible(note))


def _set_width(worksheet: Worksheet, column: int, texts: Sequence[str]) -> None:
    worksheet.set_column(column, column, min(_WIDEST, max(map(width, texts), default=0) + 2))
