"""Hides the telephone numbers that stand inside the texts of a listing or a report."""

from __future__ import annotations

from collections.abc import Sequence
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
    columns = [*zip(sheet.columns, zip(*sheet.rows, strict=True), strict=False)]  # none without rows
    masked = [cells if column.key.endswith(_KEYS) else _cells(cells) for column, cells in columns]
    is_same = all(own is cells for own, (_column, cells) in zip(masked, columns, strict=True))
    rows = sheet.rows if is_same else [*zip(*masked, strict=True)]
    return replace(sheet, rows=rows, notes=tuple(map(phones.mask_within, sheet.notes)))


def _cells(cells: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells of a column masked; where no text of it holds a number, which is seen at once, as they are."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    whole = "\n".join(texts)
    has_none = phones.mask_within(whole) == whole and tuple not in set(map(type, cells))
    return cells if has_none else [*map(_cell, cells)]


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, str) and not isinstance(cell, Bar):
        return phones.mask_within(cell)
    if isinstance(cell, tuple):
        return tuple(phones.mask_within(each) if isinstance(each, str) else each for each in cell)
    return cell
