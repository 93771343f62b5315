"""Takes the hints for the command line out of a document that goes to people who have none.

A file is handed on, printed and signed: what to type next belongs on the screen of whoever made it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from esm.sheets.sheet.message_translation import sentences
from esm.sheets.sheet.sheet import Cell, Document, Sheet

_OURS = frozenset({"detail", "question", "text", "what"})  # columns of sentences; names and codes stay as they are
_SENTENCE = re.compile(r"(?:`[^`]*`|[^`。？?.]|[.?](?!\s|$))+[。？?.]?\s*")
_CLAUSE = re.compile(r"[;；,，:：](?:[^;；,，:：`]*)`esm [^`]*`.*$", re.DOTALL)


def without_commands(shown: Document) -> Document:
    """Return the document without the clauses and sentences that name a command in backticks."""
    if isinstance(shown, Sheet):
        return _sheet(shown)
    return replace(shown, sheets=tuple(map(_sheet, shown.sheets)), notes=_notes(shown.notes))


def without_command(text: str) -> str:
    """Return a text without such clauses: `5 are due; run `esm request elevate`.` is `5 are due.`"""
    if "`esm " not in text:
        return text
    return sentences(filter(None, (_rest(found[0].strip()) for found in _SENTENCE.finditer(text))))


def _rest(sentence: str) -> str:
    if "`esm " not in sentence:
        return sentence
    rest = _CLAUSE.sub("", sentence)
    return "" if "`esm " in rest else rest + (sentence[-1] if sentence[-1] in "。." else "")


def _notes(notes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(without_command, notes)))


def _sheet(sheet: Sheet) -> Sheet:
    rows, places = sheet.rows, frozenset(at for at, column in enumerate(sheet.columns) if column.key in _OURS)
    if places:
        rows = [tuple(_cell(cell) if at in places else cell for at, cell in enumerate(row)) for row in rows]
    return replace(sheet, rows=rows, notes=_notes(sheet.notes))


def _cell(cell: Cell) -> Cell:
    return without_command(cell) if isinstance(cell, str) else cell
