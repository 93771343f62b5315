"""Writes aligned plain text, for a pipe: full values, columns two blanks apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esm.formats.write.cell_text import (
    NUMBERS,
    for_people,
    head_word,
    holds_only,
    visible,
    width,
    word,
)
from esm.formats.write.screen.row_budget import fitted_sheets, omission
from esm.sheets.sheet.sheet import Document, Report, Sheet

_GAP = 2


def text(shown: Document) -> str:
    """Return plain text for pipes: full values aligned by display width, columns two blanks apart."""
    return "\n\n".join("\n".join(line.rstrip(" ") for line in block) for block in _plain_blocks(shown)) + "\n"


def _plain_blocks(shown: Document) -> Iterator[list[str]]:
    notes = [visible(note) for note in shown.notes]
    if isinstance(shown, Report):
        facts = [[visible(fact.label), head_word(fact.value)] for fact in shown.facts if fact.table]
        head = [visible(shown.title), *_align(facts, [False, False])]
        yield head
        for sheet in fitted_sheets(shown, len(head) + len(notes) + 1, lambda sheet: 1 + len(_with_omission(sheet))):
            yield from _plain_blocks(sheet) if shown.lines is None else [_with_omission(sheet)]
    else:
        yield [visible(shown.title), *_plain_rows(for_people(shown))]
    if notes:
        yield notes


def _with_omission(sheet: Sheet) -> list[str]:
    return [visible(sheet.title), *_plain_rows(sheet), *filter(None, [omission(sheet)])]


def _plain_rows(sheet: Sheet) -> list[str]:
    if not sheet.rows:
        return [visible(sheet.empty)] if sheet.empty else []
    labels = [visible(column.label) for column in sheet.columns]
    is_right = [holds_only(sheet, number, NUMBERS) for number in range(len(labels))]
    return _align([labels, *([word(cell) for cell in row] for row in sheet.rows)], is_right)


def _align(rows: Sequence[Sequence[str]], is_right: Sequence[bool]) -> list[str]:
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [(" " * _GAP).join(map(_pad, row, widths, is_right)) for row in rows]


def _pad(text: str, columns: int, is_right: bool) -> str:
    blanks = " " * (columns - width(text))
    return blanks + text if is_right else text + blanks
