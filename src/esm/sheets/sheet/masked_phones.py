"""Hides the telephone numbers that stand inside the texts of a listing or a report."""

from __future__ import annotations

from dataclasses import replace

from esm.domain.values import phones
from esm.sheets.sheet.sheet import Bar, Cell, Document, Fact, Report, Sheet

_KEYS = ("uscc", "staff_no", "_nos", "key", "hash", "code", "file", "files")  # what these end in is no free text


def with_masked_phones(shown: Document) -> Document:
    """Return the document with every number inside a text masked; codes and staff numbers stay."""
    return _sheet(shown) if isinstance(shown, Sheet) else report_with_masked_phones(shown)


def report_with_masked_phones(shown: Report) -> Report:
    """Return the report, masked alike."""
    return replace(
        shown,
        facts=tuple(map(_fact, shown.facts)),
        sheets=tuple(map(_sheet, shown.sheets)),
        notes=tuple(map(phones.mask_within, shown.notes)),
    )


def _fact(fact: Fact) -> Fact:
    return fact if fact.key.endswith(_KEYS) else replace(fact, value=_cell(fact.value))


def _sheet(sheet: Sheet) -> Sheet:
    masked = [
        cells if column.key.endswith(_KEYS) else [*map(_cell, cells)]
        for column, cells in zip(sheet.columns, zip(*sheet.rows, strict=True), strict=False)  # none without rows
    ]
    return replace(sheet, rows=[*zip(*masked, strict=True)], notes=tuple(map(phones.mask_within, sheet.notes)))


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str) and not isinstance(cell, Bar):
        return phones.mask_within(cell)
    if isinstance(cell, tuple):
        return tuple(phones.mask_within(each) if isinstance(each, str) else each for each in cell)
    return cell
