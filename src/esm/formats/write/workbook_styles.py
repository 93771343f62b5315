"""How the cells of a workbook look: borders, number formats, and red for a broken promise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from esm.formats.write.cell_text import visible, word
from esm.sheets.sheet.sheet import Cell, Compared, Money, Ratio

_FIRST_YEAR = 1900
_LINE = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
NO_SHARE = "–"


class Styles:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        def style(**properties: object) -> Format:
            return workbook.add_format(properties)

        self.title = style(bold=True, font_size=16, align="center_across", valign="vcenter")
        self.heading = style(align="center_across", font_color="#404040", valign="vcenter")
        self.part = style(bold=True, font_size=12)
        header = {**_LINE, "bold": True, "text_wrap": True, "align": "center"}
        self.header, self.aside = style(**header, bg_color="#DDEBF7"), style(**header, bg_color="#EDEDED")
        text = {**_LINE, "align": "left", "indent": 1}
        self.text, self.wrapped = style(**text), style(**text, text_wrap=True)
        self.whole, self.amount = style(**_LINE, num_format="0"), style(**_LINE, num_format="#,##0.00")
        self.count, self.fraction = style(**_LINE, num_format="#,##0"), style(**_LINE, num_format="#,##0.00####")
        self.day, self.share = (
            style(**_LINE, align="center", num_format="yyyy-mm-dd"),
            style(**_LINE, num_format="0.0%"),
        )
        self.change, self.points = (
            style(**_LINE, num_format=code) for code in ('+#,##0;-#,##0;"±0"', '+0.0#;-0.0#;"±0"')
        )
        self.right = style(**_LINE, align="right")
        self.note = style(text_wrap=True, valign="top")
        self.alarm = style(font_color="#9C0006", bg_color="#FFC7CE")

    def write(self, worksheet: Worksheet, row: int, column: int, cell: Cell, text: Format) -> None:
        """Write a cell with the type of its value; a text, in its own format, is never a formula, link or number."""
        if isinstance(cell, str):
            worksheet.write_string(row, column, visible(cell), text)
        elif cell is None:
            worksheet.write_blank(row, column, None, text)
        elif isinstance(cell, Ratio):
            self._write_share(worksheet, row, column, cell)
        elif isinstance(cell, Compared):
            self._write_change(worksheet, row, column, cell)
        elif isinstance(cell, Money):
            worksheet.write_number(row, column, cell.yuan, self.amount)
        elif isinstance(cell, int) and not isinstance(cell, bool):
            worksheet.write_number(row, column, cell, self.whole)
        elif isinstance(cell, Decimal):
            is_whole = cell == cell.to_integral_value()
            worksheet.write_number(row, column, cell, self.count if is_whole else self.fraction)
        elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            worksheet.write_datetime(row, column, cell, self.day)
        else:
            worksheet.write_string(row, column, word(cell), text)

    def _write_change(self, worksheet: Worksheet, row: int, column: int, cell: Compared) -> None:
        if cell.change is None:
            worksheet.write_blank(row, column, None, self.text)
        else:
            style = self.change if isinstance(cell.change, int) else self.points
            worksheet.write_number(row, column, cell.change, style)

    def _write_share(self, worksheet: Worksheet, row: int, column: int, share: Ratio) -> None:
        if share.whole:
            worksheet.write_number(row, column, share.part / share.whole, self.share)
        else:
            worksheet.write_string(row, column, NO_SHARE, self.right)
