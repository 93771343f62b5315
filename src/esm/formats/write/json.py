"""Writes JSON: a sheet is an array of objects or one object per line, a report one object with its sheets by key."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal

from esm.formats.write.cell_text import HIDDEN, for_machines, sheets_for_machines
from esm.sheets.sheet.sheet import Cell, Document, Money, Ratio, Report, Sheet, Term

_HIDDEN = re.compile(f"[{HIDDEN}]")


def text(shown: Document) -> str:
    """Return the JSON text; invisible and unencodable characters are escaped, nothing else."""
    content = _report(shown) if isinstance(shown, Report) else _rows(shown)
    return _written(content, indent=2) + "\n"


def lines(sheet: Sheet) -> str:
    """Return one JSON object per row, each on a line of its own."""
    return "".join(_written(row) + "\n" for row in _rows(sheet))


def _written(content: object, indent: int | None = None) -> str:
    written = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent)
    return _HIDDEN.sub(lambda found: json.dumps(found[0])[1:-1], written)


def _report(report: Report) -> dict[str, object]:
    """Return a report as an object; facts whose keys begin alike before a dot stand together in one of their own."""
    facts: dict[str, object] = {}
    for fact in report.facts:
        whole, _dot, part = fact.key.partition(".")
        within = facts.get(whole, {}) if part else None
        if fact.data:
            facts[whole] = {**within, part: _value(fact.value)} if isinstance(within, dict) else _value(fact.value)
    return {**facts, **{sheet.key: _rows(sheet) for sheet in sheets_for_machines(report)}, "notes": list(report.notes)}


def _rows(sheet: Sheet) -> list[dict[str, object]]:
    kept = for_machines(sheet)
    keys = [column.key for column in kept.columns]
    return [dict(zip(keys, map(_value, row), strict=True)) for row in kept.rows]


def _value(cell: Cell) -> object:
    if isinstance(cell, Term):
        return cell.code
    if isinstance(cell, tuple):
        return [_value(part) for part in cell]
    if isinstance(cell, Ratio):
        return {"part": cell.part, "whole": cell.whole}
    if isinstance(cell, Money):
        cell = cell.yuan
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell
