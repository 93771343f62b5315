"""Writes CSV with the keys as header; a report becomes one table whose first column names the section."""

from __future__ import annotations

import csv
import io

from esm.formats.write.cell_text import for_machines, sheets_for_machines, simple, visible
from esm.sheets.sheet.sheet import Cell, Document, Ratio, Report, Sheet, Term

_FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")


def text(shown: Document) -> str:
    """Return the CSV text, each line ending in a newline; no cell is a formula to a spreadsheet."""
    keys, records = _report(shown) if isinstance(shown, Report) else (_keys(shown), _records(shown))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, keys, lineterminator="\n")
    writer.writeheader()
    writer.writerows(records)
    return buffer.getvalue()


def _report(report: Report) -> tuple[list[str], list[dict[str, str]]]:
    facts = {fact.key: _field(fact.value) for fact in report.facts if fact.data}
    keys = ["part", *facts, *(key for sheet in sheets_for_machines(report) for key in _keys(sheet))]
    records = [{"part": "summary", **facts}] if facts else []
    for sheet in sheets_for_machines(report):
        records += [{"part": sheet.key, **record} for record in _records(sheet)]
    return list(dict.fromkeys(keys)), records


def _keys(sheet: Sheet) -> list[str]:
    return [column.key for column in for_machines(sheet).columns]


def _records(sheet: Sheet) -> list[dict[str, str]]:
    keys = _keys(sheet)
    return [dict(zip(keys, map(_field, row), strict=True)) for row in for_machines(sheet).rows]


def _field(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Ratio):
        return f"{cell.part}/{cell.whole}"
    if isinstance(cell, Term):
        return _without_formula(cell.code or "")
    if isinstance(cell, tuple):
        return _without_formula(";".join(part if isinstance(part, str) else part.code or "" for part in cell))
    return _without_formula(cell) if isinstance(cell, str) else simple(cell)


def _without_formula(text: str) -> str:
    """Escape a leading formula character and invisible characters.

    Newlines are kept, since a quoted field may contain them.
    """
    return ("'" if text.startswith(_FORMULA_STARTS) else "") + "\n".join(map(visible, text.split("\n")))
