"""The parts of a worksheet: title, table with borders and red for broken promises, chart, notes, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from gettext import gettext as _

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from esm.formats.write.cell_text import visible, width, word
from esm.formats.write.laid_column import LANDSCAPE, PORTRAIT, LaidColumn, cell_text, has_pen, printed_width
from esm.formats.write.workbook_styles import Styles
from esm.sheets.sheet.alarms import COUNTS, is_alarming, key_behind
from esm.sheets.sheet.sheet import Ratio, Sheet, Term

_A4 = 9
_TITLE, _HEADER, _LINE, _TO_WRITE_IN = 28, 32, 15, 42  # heights of rows in points
_CHART_ROWS, _ROW_PIXELS, _CHARACTER_PIXELS, _WIDEST_CHART = 18, 20, 7, 900
_NO_DAY = date(2026, 1, 1)  # of what is the same on every day
_COLOURS = ("#1F4E79", "#C55A11", "#7F7F7F")


def properties(title: str, made_on: date | None = None) -> dict[str, object]:
    """Return the properties of a workbook. The hour is not told, so that the same content is the same file."""
    return {"title": visible(title), "created": datetime.combine(made_on or _NO_DAY, time(), UTC)}


def write_title(worksheet: Worksheet, title: str, heading: Sequence[str], span: int, styles: Styles) -> int:
    """Write the title and the lines under it, in the middle of so many columns; return the next row."""
    for row, (text, style) in enumerate([(title, styles.title), *((line, styles.heading) for line in heading)]):
        worksheet.write_string(row, 0, visible(text), style)
        for column in range(1, span):
            worksheet.write_blank(row, column, None, style)
    worksheet.set_row(0, _TITLE)
    return 1 + len(heading)


def write_table(worksheet: Worksheet, top: int, columns: Sequence[LaidColumn], styles: Styles) -> int:
    """Write a table with its header; return the next row. The widths of columns are set by `set_widths`."""
    worksheet.set_row(top, _HEADER)
    rows = len(columns[0].cells)
    for number, each in enumerate(columns):
        worksheet.write_string(top, number, each.label, styles.header if each.is_printed else styles.aside)
        text = styles.wrapped if each.wraps else styles.text
        for row, cell in enumerate(each.cells, start=top + 1):
            if cell is not None or each.is_printed:
                styles.write(worksheet, row, number, cell, text)
    for row in range(rows) if has_pen(columns) else ():
        lines = max(-(-width(cell_text(each.cells[row])) // (each.width - 2)) for each in columns if each.is_printed)
        worksheet.set_row(top + 1 + row, max(_TO_WRITE_IN, _LINE * (lines + 1)))
    if rows:
        _mark_alarms(worksheet, top + 1, columns, styles)
    return top + 1 + rows


def set_widths(worksheet: Worksheet, columns: Sequence[LaidColumn]) -> None:
    """Make the columns of a worksheet as wide as they are laid."""
    for number, each in enumerate(columns):
        worksheet.set_column(number, number, each.width)


def write_notes(worksheet: Worksheet, top: int, notes: Sequence[str], columns: Sequence[LaidColumn],
                styles: Styles) -> int:  # fmt: skip
    """Write the notes below a table; return the next row."""
    room, last = printed_width(columns), sum(each.is_printed for each in columns) - 1
    for row, note in enumerate(notes, start=top):
        if last > 0:
            worksheet.merge_range(row, 0, row, last, "", styles.note)
        worksheet.write_string(row, 0, visible(note), styles.note)
        worksheet.set_row(row, _LINE * -(-width(note) * 10 // (9 * max(room, 1))))
        top = row + 1
    return top


def write_chart(
    workbook: Workbook, worksheet: Worksheet, place: tuple[int, int], sheet: Sheet, columns: Sequence[LaidColumn]
) -> int:
    """Draw the chart of the table that begins in the first row of `place`, at the second; return the next row."""
    chart = sheet.chart
    if chart is None or not sheet.rows:
        return place[1]
    first, top = place
    numbers = {each.column.key: number for number, each in enumerate(columns)}
    last, name = first + len(columns[0].cells) - 1, worksheet.get_name()
    drawing = workbook.add_chart({"type": "line" if chart.is_line else "bar"})
    shown = [numbers[key] for key in chart.values if key in numbers]
    aside = {numbers[key] for key in chart.aside if key in numbers}
    for number, colour in zip(shown, _COLOURS, strict=False):
        drawing.add_series({
            "name": [name, first - 1, number],
            "categories": [name, first, numbers[chart.label], last, numbers[chart.label]],
            "values": [name, first, number, last, number],
            "line": {"color": colour, "width": 2.25}, "marker": {"type": "circle"} if chart.is_line else None,
            "fill": {"color": colour}, "data_labels": {"value": True} if number == shown[0] else None,
            "y2_axis": number in aside,
        })  # fmt: skip
    is_share = any(isinstance(cell, Ratio) for number in shown for cell in columns[number].cells)
    scale: dict[str, object] = {"min": 0, "max": 1, "num_format": "0%"} if is_share else {"min": 0}
    scale["major_gridlines"] = {"visible": True, "line": {"color": "#D9D9D9"}}
    names = {} if chart.is_line else {"reverse": True}
    drawing.set_x_axis(names if chart.is_line else scale)
    drawing.set_y_axis(scale if chart.is_line else names)
    if aside:
        first_label, other = (columns[number].label for number in (shown[0], min(aside)))
        drawing.set_y_axis({**scale, "name": first_label})
        drawing.set_y2_axis({"min": 0, "name": other, "major_gridlines": {"visible": False}})
    drawing.set_title({"name": visible(sheet.title), "name_font": {"size": 12}})
    drawing.set_legend({"position": "bottom"})
    rows = max(_CHART_ROWS, len(columns[0].cells) + 6)
    wide = min(_WIDEST_CHART, printed_width(columns) * _CHARACTER_PIXELS)
    drawing.set_size({"width": wide, "height": (rows - 1) * _ROW_PIXELS})
    worksheet.insert_chart(top, 0, drawing)
    return top + rows


def set_up_print(
    worksheet: Worksheet, columns: Sequence[LaidColumn], rows: int, footer: Sequence[str], *, is_wide: bool = False
) -> None:
    """Print on A4, all columns on paper in one page's width, with page numbers at the foot."""
    if is_wide or printed_width(columns) > (PORTRAIT + LANDSCAPE) // 2:
        worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.fit_to_pages(1, 0)
    worksheet.center_horizontally()
    worksheet.print_area(0, 0, rows - 1, max(sum(each.is_printed for each in columns) - 1, 0))
    left, right = (visible(text).replace("&", "&&")[:80] for text in footer)
    pages = _("Page {page} of {pages}").format(page="&P", pages="&N")
    worksheet.set_footer(f"&L{left}&C{pages}&R{right}")


def lay_out_page(worksheet: Worksheet) -> None:
    """Print a worksheet to fill in on landscape A4, all columns on one page."""
    worksheet.set_landscape()
    worksheet.set_paper(_A4)
    worksheet.fit_to_pages(1, 0)


def _mark_alarms(worksheet: Worksheet, first: int, columns: Sequence[LaidColumn], styles: Styles) -> None:
    """Let the cells that tell of a broken promise be red, also after somebody corrects them."""
    numbers = {each.column.key: number for number, each in enumerate(columns)}
    last = first + len(columns[0].cells) - 1
    for number, each in enumerate(columns):
        deciding = numbers.get(key_behind(each.column.key))
        rules = [] if deciding is None else list(_rules(columns[deciding], first, deciding))
        for rule in rules:
            worksheet.conditional_format(
                first, number, last, number, {"type": "formula", "criteria": rule, "format": styles.alarm}
            )


def _rules(deciding: LaidColumn, first: int, number: int) -> Iterator[str]:
    """Yield the formulas that are true for the first cell of a column when it is alarming."""
    cell = xl_rowcol_to_cell(first, number, col_abs=True)
    if deciding.column.key in COUNTS:
        is_flag = any(isinstance(value, bool) for value in deciding.cells)
        yield f'={cell}="{word(True)}"' if is_flag else f"=AND(ISNUMBER({cell}),{cell}>0)"
    else:
        terms = {value for value in deciding.cells if isinstance(value, Term)}
        for label in sorted({word(term) for term in terms if is_alarming(deciding.column.key, term)}):
            quoted = label.replace('"', '""')
            yield f'={cell}="{quoted}"'
