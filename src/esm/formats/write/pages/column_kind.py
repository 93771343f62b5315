"""How the cells of a column stand on a page, which a telephone shows too: the name of a class of the style sheet."""

from __future__ import annotations

from esm.formats.write.cell_text import NUMBERS, UNBREAKABLE, holds_only, width, word
from esm.sheets.sheet.sheet import Sheet

_SHORT = 16  # cells of a terminal, eight Chinese characters: a text up to this is not broken on a telephone


def column_kind(sheet: Sheet, place: int) -> str:
    """Return `number` (to the right), `fixed` (a date, say), `short` or `long`; only the last is broken into lines."""
    if holds_only(sheet, place, NUMBERS):
        return "number"
    if holds_only(sheet, place, UNBREAKABLE):
        return "fixed"
    is_long = any(width(word(cell)) > _SHORT for cell in {row[place] for row in sheet.rows})
    return "long" if is_long else "short"
