"""The digest of the figures of a document: numbers, amounts, shares and dates, without names and other words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from esm.sheets.sheet.sheet import Cell, Compared, Document, Money, Ratio, Report


def digest(shown: Document) -> str:
    """Return the SHA-256 of all figures with their places; the language and the format do not matter."""
    found = hashlib.sha256()
    for place, text in _figures(shown):
        found.update(f"{place}\t{text}\n".encode())
    return found.hexdigest()


def _figures(shown: Document) -> Iterator[tuple[str, str]]:
    report = shown if isinstance(shown, Report) else Report(shown.title, (), (shown,))
    for fact in report.facts:
        if text := _figure(fact.value):
            yield fact.key, text
    for sheet in report.sheets:
        cells_by_column = zip(*sheet.rows, strict=True)
        keys = {
            place: column.key
            for place, (column, cells) in enumerate(zip(sheet.columns, cells_by_column, strict=False))
            if not all(cell is None or isinstance(cell, str) for cell in cells)
        }
        for number, row in enumerate(sheet.rows):
            for place, key in keys.items():
                if text := _figure(row[place]):
                    yield f"{sheet.key}\t{number}\t{key}", text


def _figure(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return ""
    if isinstance(cell, Compared):
        return f"{_figure(cell.value)} {cell.change}"
    if isinstance(cell, Ratio):
        return f"{cell.part}/{cell.whole}"
    if isinstance(cell, Money):
        cell = cell.yuan
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return str(cell) if isinstance(cell, int | date) and not isinstance(cell, bool) else ""
