"""As many rows of a report as its lines allow: the last listing is cut first, and says so.

Of a series, which is a line in a chart, the latest rows stay; of others the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from esm.formats.write.cell_text import for_people, sheets_for_people
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.selection import total_line
from esm.sheets.sheet.sheet import Report, Sheet

_TALL = 4  # lines of a row with a long name
_FEW = 6  # rows that the last listing keeps while one before it has more


def fitted_sheets(report: Report, around: int, height: Callable[[Sheet], int]) -> list[Sheet]:
    """Return the listings as people see them, on a screen with some of their rows.

    `around` counts the lines of everything else, `height` those of a listing. Each keeps a row at least.
    """
    sheets = [for_people(sheet) for sheet in sheets_for_people(report)]
    if report.lines is None or not sheets:
        return sheets
    sheets = [_cut(sheet, min(report.lines, sheet.short or report.lines)) for sheet in sheets]
    heights = [height(sheet) for sheet in sheets]
    for least in (_FEW, 1):
        for number in reversed(range(len(sheets))):
            while (excess := around + sum(heights) - report.lines) > 0 and len(sheets[number].rows) > least:
                count = len(sheets[number].rows) - max(1, excess // _TALL)
                sheets[number] = _cut(sheets[number], max(least, count))
                heights[number] = height(sheets[number])
    return sheets


def omission(sheet: Sheet) -> str:
    """Return the line below a listing of which some rows are left out, otherwise an empty one."""
    count = len(sheet.rows)
    if sheet.total is None or sheet.total == count:
        return ""
    return tell(total_line(sheet, sheet.total - count if _is_series(sheet) else 0))


def _cut(sheet: Sheet, count: int) -> Sheet:
    total = len(sheet.rows)
    if total <= count:
        return sheet
    kept = sheet.rows[-count:] if _is_series(sheet) else sheet.rows[:count]
    return replace(sheet, rows=kept, total=total if sheet.total is None else sheet.total)


def _is_series(sheet: Sheet) -> bool:
    return sheet.chart is not None and sheet.chart.is_line
