"""Writes the workbook to fill in: frozen headers with notes, drop-down lists, text cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from esm.formats.proof.attachment import NATURE
from esm.formats.write.cell_text import width, word
from esm.formats.write.worksheet import lay_out_page, properties
from esm.formats.write.xlsx import free_name
from esm.sheets.exchange.fillable_workbook import Book, Field, Page
from esm.sheets.sheet.sheet import Cell, Money

# Rows go to a temporary file as they come, so that memory is the same for ten rows and a million.
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_NUMBER_FORMATS = {"text": "@", "date": "yyyy-mm-dd", "number": "General"}
_BLANK_ROWS = 2000
_SAMPLE = 200
_NARROWEST, _WIDEST = 10, 44
_LONGEST_LIST = 250  # characters of a list that stands in the rule itself
_LIST_ROOM = 200

Places = Mapping[tuple[Cell, ...], str]


def content(book: Book, nature: str = "form") -> bytes:
    """Return the workbook: the guide, the sheets, and a sheet of lists for those too long for a validation rule."""
    buffer = BytesIO()
    workbook = Workbook(buffer, _OPTIONS)
    workbook.set_properties(properties(book.title))
    workbook.set_custom_property(NATURE, nature)
    styles = _Styles(workbook)
    names = [book.guide_title, book.lists_title]
    _write_guide(workbook.add_worksheet(book.guide_title), book, styles)
    sheets = []
    for page in book.pages:
        names.append(free_name(page.title, names, "sheet"))
        sheets.append(workbook.add_worksheet(names[-1]))
    places = _write_lists(workbook, book, styles)
    for page, sheet in zip(book.pages, sheets, strict=True):
        _write_page(sheet, page, styles, places)
    sheets[0].activate()
    workbook.close()
    return buffer.getvalue()


class _Styles:
    def __init__(self, workbook: Workbook) -> None:
        def style(**properties: object) -> Format:
            return workbook.add_format(properties)

        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.required = style(**header, bg_color="#FCE4D6")
        self.optional = style(**header, bg_color="#DDEBF7")
        self.wrapped = style(text_wrap=True, valign="top")
        self.bold = style(bold=True)
        self.cells = {name: style(num_format=code) for name, code in _NUMBER_FORMATS.items()}
        grey = {"italic": True, "font_color": "#7F7F7F"}
        self.examples = {name: style(num_format=code, **grey) for name, code in _NUMBER_FORMATS.items()}


def _write_guide(sheet: Worksheet, book: Book, styles: _Styles) -> None:
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, book.title, styles.bold)
    for number, line in enumerate(book.guide, start=2):
        sheet.write_string(number, 0, line, styles.wrapped)
    lay_out_page(sheet)


def _write_lists(workbook: Workbook, book: Book, styles: _Styles) -> Places:
    """Write extensible and long lists into columns of their own; return their ranges."""
    long = {
        field.choices: field.header for page in book.pages for field in page.fields if field.choices and _is_long(field)
    }
    if not long:
        return {}
    sheet = workbook.add_worksheet(book.lists_title)
    places = {}
    for column, (choices, header) in enumerate(long.items()):
        sheet.set_column(column, column, _WIDEST // 2)
        sheet.write_string(0, column, header, styles.bold)
        for row, choice in enumerate(choices, start=1):
            sheet.write_string(row, column, word(choice))
        letters = xl_col_to_name(column)
        places[choices] = f"='{book.lists_title}'!${letters}$2:${letters}${len(choices) + _LIST_ROOM}"
    return places


def _is_long(field: Field) -> bool:
    return field.is_open or len(",".join(map(word, field.choices))) > _LONGEST_LIST


def _write_page(sheet: Worksheet, page: Page, styles: _Styles, places: Places) -> None:
    rows: Iterator[tuple[Cell, ...]] = iter([page.example] if page.example else page.rows)
    formats = styles.examples if page.example else styles.cells
    sample = list(islice(rows, _SAMPLE))
    _write_header(sheet, page, sample, styles)
    cell_formats = [formats[field.format] for field in page.fields]
    last = 0
    for last, row in enumerate(chain(sample, rows), start=1):
        for column, cell in enumerate(row):
            if cell is not None or page.example:  # of other rows the column's own style holds
                _write_cell(sheet, (last, column), cell, cell_formats[column])
    for column, field in enumerate(page.fields):
        if field.choices:
            filled = 0 if page.example else last
            sheet.data_validation(1, column, filled + _BLANK_ROWS, column, _rule(field, places))
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(last, 1), len(page.fields) - 1)
    lay_out_page(sheet)
    sheet.repeat_rows(0)


def _write_header(sheet: Worksheet, page: Page, sample: Sequence[tuple[Cell, ...]], styles: _Styles) -> None:
    """Write the headers with their notes; a column is as wide as the first rows need."""
    sheet.set_row(0, 32)
    for column, field in enumerate(page.fields):
        texts = [field.header, *(word(row[column]) for row in sample)]
        wide = max(map(width, texts)) + 2
        sheet.set_column(column, column, max(_NARROWEST, min(_WIDEST, wide)), styles.cells[field.format])
        sheet.write_string(0, column, field.header, styles.required if field.is_required else styles.optional)
        sheet.write_comment(0, column, field.note, {"x_scale": 1.5, "author": "esm"})


def _rule(field: Field, places: Places) -> dict[str, object]:
    source = places.get(field.choices) or [word(choice) for choice in field.choices]
    return {
        "validate": "list", "source": source, "input_title": field.header[:32], "input_message": field.note[:255],
        "error_type": "information" if field.is_open else "warning",
    }  # fmt: skip


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: Cell, style: Format) -> None:
    if isinstance(cell, Money):
        cell = cell.yuan
    if cell is None:
        sheet.write_blank(*at, None, style)
    elif isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        sheet.write_number(*at, cell, style)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, style)
    else:
        sheet.write_string(*at, cell if isinstance(cell, str) else word(cell), style)
