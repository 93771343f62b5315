"""Writes GitHub-flavoured Markdown: headings, tables and paragraphs; names are escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from esm.formats.write.cell_text import NUMBERS, for_people, head_word, holds_only, sheets_for_people, visible, word
from esm.sheets.sheet.sheet import Cell, Document, Report, Sheet

_MARKUP = re.compile(r"([\\`*_\[\]|~#]|(?<=:)//|(?<=www)\.)", re.IGNORECASE)
_STARTS_A_BLOCK = re.compile(r"^(\d+(?=[.)])|(?=[-+]))")


def text(shown: Document) -> str:
    """Return the Markdown text: title, facts, tables with their labels, and notes as paragraphs."""
    return "\n\n".join(_blocks(shown, "##")) + "\n"


def _blocks(shown: Document, heading: str) -> Iterator[str]:
    yield f"{heading} {_escape(shown.title)}"
    if isinstance(shown, Report):
        facts = [[_escape(fact.label), _escape(head_word(fact.value))] for fact in shown.facts if fact.table]
        if facts:
            yield _table([["", ""], ["---", "---"], *facts])
        for sheet in sheets_for_people(shown):
            yield from _blocks(sheet, heading + "#")
    elif shown.rows:
        yield _listing(for_people(shown))
    elif shown.empty:
        yield _paragraph(shown.empty)
    yield from map(_paragraph, shown.notes)


def _listing(sheet: Sheet) -> str:
    labels = [_escape(column.label) for column in sheet.columns]
    rules = ["---:" if holds_only(sheet, number, NUMBERS) else "---" for number in range(len(labels))]
    return _table([labels, rules, *([_cell(cell) for cell in row] for row in sheet.rows)])


def _table(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return _escape(word(cell))


def _escape(text: str) -> str:
    return html.escape(_MARKUP.sub(r"\\\1", visible(text)), quote=False)


def _paragraph(text: str) -> str:
    return _STARTS_A_BLOCK.sub(r"\1\\", _escape(text.strip()))
