"""How the columns of a table share the width of a terminal, and which of them it has no room for."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass, replace
from gettext import gettext as _

from esm.formats.write.cell_text import NUMBERS, UNBREAKABLE, holds_only, visible, width, with_columns, word
from esm.sheets.sheet.sheet import Sheet

GAP = 2
_NARROWEST_TEXT = 6
_WORD = 12  # a long word, or six characters
_NARROWEST_CHINESE = 8  # four characters of a label
_NAME, _EACH_NAME = 20, 18  # to which a name is broken before a column makes room for it; where there are several
_CODE = re.compile("≥?[0-9A-Z]{1,18}")


@dataclass(frozen=True, slots=True)
class TableLayout:
    """The columns of a table: the lines of each heading, whether the cells must not be broken, how wide they are."""

    labels: list[list[str]]
    is_fixed: list[bool]
    widths: list[int]

    def fits(self, room: int, text_room: int = _NARROWEST_TEXT) -> bool:
        """Return whether the columns stand side by side when the texts in them are broken to so much."""
        least = [
            size if fixed else min(size, text_room) for size, fixed in zip(self.widths, self.is_fixed, strict=True)
        ]
        return sum(least) + GAP * (len(least) - 1) <= room


def table_layout(sheet: Sheet, *, has_whole_labels: bool = False) -> TableLayout:
    """Return the layout of a listing that has rows, its labels broken above narrow values unless they stay whole."""
    numbers = range(len(sheet.columns))
    is_fixed = [holds_only(sheet, number, UNBREAKABLE) or _holds_codes(sheet, number) for number in numbers]
    contents = [max(width(word(row[number])) for row in sheet.rows) for number in numbers]
    labels = [
        _label_lines(column.label, content) if fixed and not has_whole_labels else [column.label]
        for column, content, fixed in zip(sheet.columns, contents, is_fixed, strict=True)
    ]
    widths = [max(content, *map(width, label)) for content, label in zip(contents, labels, strict=True)]
    return TableLayout(labels, is_fixed, widths)


def fitted_columns(sheet: Sheet, room: int, *, may_break: bool = False) -> tuple[Sheet, Sheet | None]:
    """Return the listing without the last of the columns that need room, and these behind the names of its rows.

    They go one by one until the others fit unbroken; with `may_break`, names go on below first, and on a very narrow
    terminal other columns go, too, but for the first two.
    """
    left_out: list[int] = []
    layout = table_layout(sheet)
    text_room = room if not may_break else _NAME if layout.is_fixed.count(False) == 1 else _EACH_NAME
    for number in reversed(range(len(sheet.columns))):
        if sheet.columns[number].needs_room and not _without(layout, left_out).fits(room, text_room):
            left_out.append(number)
    for number in reversed(range(2, len(sheet.columns)) if may_break else ()):
        if number not in left_out and not _without(layout, left_out).fits(room, _WORD):
            left_out.append(number)
    if not left_out:
        return sheet, None
    figures = [number for number in range(len(sheet.columns)) if holds_only(sheet, number, NUMBERS)]
    names = range(min(figures, default=1))
    further = with_columns(sheet, [number in left_out or number in names for number in range(len(sheet.columns))])
    title = _("{title} (continued)").format(title=sheet.title)
    kept = with_columns(sheet, [number not in left_out for number in range(len(sheet.columns))])
    return kept, replace(further, title=title)


def _without(layout: TableLayout, numbers: list[int]) -> TableLayout:
    kept = [number for number in range(len(layout.widths)) if number not in numbers]
    return TableLayout(
        [layout.labels[number] for number in kept],
        [layout.is_fixed[number] for number in kept],
        [layout.widths[number] for number in kept],
    )


def _holds_codes(sheet: Sheet, number: int) -> bool:
    """Return whether the column contains keys, such as credit codes, which must not be broken."""
    return all(row[number] is None or _CODE.fullmatch(word(row[number])) for row in sheet.rows)


def _label_lines(label: str, room: int) -> list[str]:
    """Return the lines of a label above narrow values, broken between words, or between Chinese characters."""
    shown = visible(label)
    if shown and all(width(character) > 1 for character in shown):
        count = -(-width(shown) // max(room, _NARROWEST_CHINESE))
        size = -(-len(shown) // count)
        return [shown[start : start + size] for start in range(0, len(shown), size)]
    return textwrap.wrap(shown, max(room, 1), break_long_words=False, break_on_hyphens=False) or [""]
