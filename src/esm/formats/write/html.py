"""Writes one self-contained HTML page for screen and print, without scripts or external resources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from esm.formats.write.cell_text import NUMBERS, for_people, head_word, holds_only, in_order, sheets_for_people, word
from esm.formats.write.pages.template_loader import language, template
from esm.sheets.sheet.alarms import is_alarming, key_behind
from esm.sheets.sheet.cards import CardPage
from esm.sheets.sheet.page import Page
from esm.sheets.sheet.sheet import Cell, Column, Document, Report, Sheet

_CODE = re.compile("[0-9A-Z-]{1,18}")


def text(shown: Document) -> str:
    """Return the page; all names are escaped."""
    if isinstance(shown, Page):
        from esm.formats.write.pages import sections  # noqa: PLC0415 - few reports are pages

        return sections.text(shown)
    if isinstance(shown, CardPage):
        from esm.formats.write.pages import cards  # noqa: PLC0415 - few reports are cards

        return cards.text(shown)
    report = shown if isinstance(shown, Report) else Report(shown.title, (), (shown,), heading=shown.heading)
    facts = [
        (word(fact.label), head_word(fact.value), _kind(fact.key, fact.value)) for fact in report.facts if fact.table
    ]
    sheets = sheets_for_people(report)
    return template("page.html.jinja").render(
        lang=language(),
        title=word(report.title),
        heading=[word(line) for line in report.heading],
        is_wide=any(column.by_hand for sheet in sheets for column in sheet.columns),
        facts=facts,
        sheets=[_sheet_values(sheet) for sheet in sheets],
        notes=[word(note) for note in report.notes],
    )


def _sheet_values(sheet: Sheet) -> dict[str, object]:
    told = for_people(sheet)
    numeric = [holds_only(told, number, NUMBERS) for number in range(len(told.columns))]
    return {
        "title": word(told.title),
        "labels": [word(column.label) for column in told.columns],
        "numeric": numeric,
        "rows": [list(_cells(sheet.columns, row)) for row in in_order(sheet).rows],
        "notes": [word(note) for note in told.notes],
        "empty": word(told.empty),
    }


def _cells(columns: Sequence[Column], row: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """Yield the text and the class of each cell that people see."""
    values = {column.key: cell for column, cell in zip(columns, row, strict=True)}
    for column, cell in zip(columns, row, strict=True):
        behind = key_behind(column.key)
        if column.by_hand:
            yield "", "by-hand"
        elif column.table:
            is_bad = behind != column.key and is_alarming(behind, values.get(behind))
            yield word(cell), f"{_kind(column.key, cell) or 'text'}{' bad' if is_bad else ''}"


def _kind(key: str, cell: Cell) -> str:
    """Return the class of a value: what is not broken over two lines, and what tells of a broken promise."""
    is_number = isinstance(cell, NUMBERS) and not isinstance(cell, bool)
    is_whole = isinstance(cell, date) or (isinstance(cell, str) and _CODE.fullmatch(cell) is not None)
    kind = "number" if is_number else "whole" if is_whole else ""
    return f"{kind} bad".strip() if is_alarming(key, cell) else kind
