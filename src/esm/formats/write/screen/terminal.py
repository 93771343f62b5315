"""Writes tables for a terminal, with rich."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from esm.formats.write.cell_text import (
    NUMBERS,
    UNBREAKABLE,
    for_people,
    holds_only,
    sheets_for_people,
    visible,
    width,
    with_columns,
    word,
)
from esm.sheets.sheet.alarms import is_alarming
from esm.sheets.sheet.message_text import day_text
from esm.sheets.sheet.sheet import Cell, Document, Report, Sheet

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

_GAP = 2
_NARROWEST_TEXT = 6
_NARROWEST_CHINESE = 8  # four characters of a label
_CODE = re.compile("[0-9A-Z]{1,18}")


def print_rich(shown: Document, *, color: bool, width: int | None = None) -> None:
    """Print to standard output, fitted to `width` (default: that of the terminal); without colour, no escape codes."""
    from rich.console import Console  # noqa: PLC0415 - piped output must not pay for rich

    console = Console(
        width=width,
        color_system="auto" if color else None,
        force_terminal=color,
        no_color=not color,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    for number, part in enumerate(_rich_parts(shown, console.width)):
        if number:
            console.print()
        console.print(part)


def _rich_parts(shown: Document, room: int) -> Iterator[RenderableType]:
    yield _rich_text(shown.title, style="bold")
    if isinstance(shown, Report):
        facts = [(fact.label, fact.value) for fact in shown.facts if fact.table]
        if facts:
            yield _rich_pairs([(label, day_text(cell) if isinstance(cell, date) else cell) for label, cell in facts])
        for sheet in sheets_for_people(shown):
            yield from _rich_parts(sheet, room)
    elif shown.rows:
        yield from _rich_rows(_fitted(for_people(shown), room), room)
    elif shown.empty:
        yield _rich_text(shown.empty)
    if shown.notes:
        yield _rich_text(*shown.notes)


def _fitted(sheet: Sheet, room: int) -> Sheet:
    """Return the sheet without the last of the columns that need room, one by one until the others fit unbroken."""
    widths = [
        max(map(width, (visible(column.label), *(word(row[number]) for row in sheet.rows))))
        for number, column in enumerate(sheet.columns)
    ]
    for number in reversed(range(len(widths))):
        if sum(widths) + _GAP * (len(widths) - 1) > room and sheet.columns[number].needs_room:
            kept = [other != number for other in range(len(widths))]
            sheet, widths = with_columns(sheet, kept), widths[:number] + widths[number + 1 :]
    return sheet


def _rich_rows(sheet: Sheet, room: int) -> Iterator[Table]:
    """Yield one table, or one per row if the columns do not fit even when wrapped."""
    numbers = range(len(sheet.columns))
    is_fixed = [holds_only(sheet, number, UNBREAKABLE) or _holds_codes(sheet, number) for number in numbers]
    contents = [max(width(word(row[number])) for row in sheet.rows) for number in numbers]
    labels = [
        _label_lines(column.label, content) if fixed else [column.label]
        for column, content, fixed in zip(sheet.columns, contents, is_fixed, strict=True)
    ]
    wanted = [max(content, *map(width, label)) for content, label in zip(contents, labels, strict=True)]
    least = [size if fixed else min(size, _NARROWEST_TEXT) for size, fixed in zip(wanted, is_fixed, strict=True)]
    if sum(least) + _GAP * (len(least) - 1) <= room:
        yield _rich_listing(sheet, labels, is_fixed)
    else:
        names = [column.label for column in sheet.columns]
        yield from (_rich_pairs(zip(names, row, strict=True)) for row in sheet.rows)


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


def _rich_listing(sheet: Sheet, labels: Sequence[Sequence[str]], is_fixed: Sequence[bool]) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True, header_style="bold")
    for number, (label, fixed) in enumerate(zip(labels, is_fixed, strict=True)):
        is_number = holds_only(sheet, number, NUMBERS)
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(_rich_text(*label), justify=justify, no_wrap=fixed, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(_rich_cell(cell, column.key) for column, cell in zip(sheet.columns, row, strict=True)))
    return table


def _rich_pairs(pairs: Iterable[tuple[str, Cell]]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, _GAP))
    table.add_column(overflow="fold")
    table.add_column(overflow="fold")
    for label, cell in pairs:
        table.add_row(_rich_text(label), _rich_cell(cell))
    return table


def _rich_cell(cell: Cell, key: str = "") -> Text:
    return _rich_text(word(cell), style="red" if is_alarming(key, cell) else "")


def _rich_text(*lines: str, style: str = "") -> Text:
    from rich.text import Text  # noqa: PLC0415

    return Text("\n".join(map(visible, lines)), style=style)
