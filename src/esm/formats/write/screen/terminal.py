"""Writes tables for a terminal, with rich."""

from __future__ import annotations

import io
import shutil
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Literal, cast

from esm.formats.write.cell_text import NUMBERS, for_people, holds_only, visible, word
from esm.formats.write.screen.row_budget import fitted_sheets, omission
from esm.formats.write.screen.table_layout import GAP, TableLayout, fitted_columns, table_layout
from esm.sheets.sheet.alarms import is_alarming, with_alarming_words
from esm.sheets.sheet.message_translation import day_text, sentences
from esm.sheets.sheet.sheet import Bar, Cell, Document, Report, Sheet

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

UNBOUNDED = 1_000_000  # columns: what is coloured, but not for a terminal, is neither wrapped nor cut
Block = list["RenderableType"]
# Eight rows of four characters, as rich draws them: a rule under the heading alone, and of hyphens, for fonts of
# Chinese consoles draw a line twice as wide as it counts.
_RULE = "\n".join(("    ", "    ", " -- ", *["    "] * 5))


def print_rich(
    shown: Document, *, color: bool, width: int | None = None, write: Callable[[str], object] | None = None
) -> None:
    """Write an answer, by default to standard output; without colour, no escape codes.

    It is fitted to `width`, by default that of the terminal, 80 where that tells none.
    """
    console = _console(width, color=color)
    if color:
        shown = (
            with_alarming_words(shown)
            if isinstance(shown, Sheet)
            else replace(shown, sheets=tuple(map(with_alarming_words, shown.sheets)))
        )
    for number, block in enumerate(_blocks(shown, console)):
        if number:
            console.print()
        for part in block:
            console.print(part)
    (write or sys.stdout.write)(cast(io.StringIO, console.file).getvalue())


def fitting_rows(sheet: Sheet, height: int, width: int | None = None) -> int:
    """Return how many rows of a listing a screen of so many lines has room for, one at least."""
    console = _console(width, color=False)

    def lines(count: int) -> int:
        blocks = [*_blocks(replace(sheet, rows=sheet.rows[:count]), console)]
        return sum(_line_count(block, console) for block in blocks) + len(blocks) - 1

    return max(bisect_right(range(len(sheet.rows) + 1), height, lo=1, key=lines) - 1, 1)


def _console(width: int | None, *, color: bool) -> Console:
    """Return a console that keeps what it is given; one of old Windows would take escape codes for text."""
    from rich.console import Console, detect_legacy_windows  # noqa: PLC0415 - piped output must not pay for rich

    size = shutil.get_terminal_size()
    color = color and not detect_legacy_windows()
    return Console(
        file=io.StringIO(),
        width=width or size.columns,
        height=size.lines,
        color_system="auto" if color else None,
        force_terminal=color,
        no_color=not color,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _blocks(shown: Document, console: Console) -> Iterator[Block]:
    notes: Block = [_rich_text(note) for note in shown.notes]
    if isinstance(shown, Report):
        head = [*_head(shown)]
        yield head
        around = _line_count([*head, *notes], console) + 1

        def height(sheet: Sheet) -> int:
            return 1 + _line_count(_short_listing(sheet, console.width), console)

        for sheet in fitted_sheets(shown, around, height):
            yield from (
                _whole_listing(sheet, console.width) if shown.lines is None else [_short_listing(sheet, console.width)]
            )
    else:
        people = for_people(shown)
        yield [*_listing(fitted_columns(people, console.width)[0] if people.rows else people, console.width)]
    if notes:
        yield notes


def _line_count(block: Block, console: Console) -> int:
    return sum(len(console.render_lines(part, pad=False)) for part in block)


def _head(report: Report) -> Iterator[RenderableType]:
    yield _rich_text(report.title, style="bold")
    facts = [(fact.label, fact.value) for fact in report.facts if fact.table]
    if facts:
        yield _rich_pairs((label, day_text(cell) if isinstance(cell, date) else cell) for label, cell in facts)


def _whole_listing(sheet: Sheet, room: int) -> Iterator[Block]:
    """Yield a listing with all its columns: those that do not fit stand in a further table."""
    kept, further = fitted_columns(sheet, room, may_break=True) if sheet.rows else (sheet, None)
    yield [*_listing(kept, room)]
    if further is not None:
        yield [*_listing(further, room)]
    if sheet.notes:
        yield [_rich_text(note) for note in sheet.notes]


def _short_listing(sheet: Sheet, room: int) -> Block:
    """Return a listing with what of its rows and columns there is room for, and below it what is left out."""
    kept, further = fitted_columns(sheet, room, may_break=not sheet.is_dense) if sheet.rows else (sheet, None)
    names = [] if further is None else _left_out(further, kept)
    told = [omission(sheet), _("Columns left out: {names}.").format(names=_(", ").join(names)) if names else ""]
    line = sentences(filter(None, told))
    return [*_listing(kept, room), *([_rich_text(line)] if line else ())]


def _left_out(further: Sheet, kept: Sheet) -> list[str]:
    """Return the headings of the columns that are left out; a bar only repeats what a number says."""
    return [
        column.label
        for number, column in enumerate(further.columns)
        if column not in kept.columns and not holds_only(further, number, (Bar,))
    ]


def _listing(sheet: Sheet, room: int) -> Iterator[RenderableType]:
    """Yield the title and one table, or one table a row if the columns do not fit even when wrapped."""
    yield _rich_text(sheet.title, style="bold")
    if not sheet.rows:
        yield from [_rich_text(sheet.empty)] if sheet.empty else []
        return
    layout = table_layout(sheet, has_whole_labels=room >= UNBOUNDED)
    if layout.fits(room):
        yield _rich_table(sheet, layout)
        return
    names = [column.label for column in sheet.columns]
    for number, row in enumerate(sheet.rows):
        if number:
            yield ""
        yield _rich_pairs(zip(names, row, strict=True))


def _rich_table(sheet: Sheet, layout: TableLayout) -> Table:
    from rich.box import Box  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(
        box=Box(_RULE, ascii=True), show_edge=False, pad_edge=False, collapse_padding=True, header_style="bold"
    )
    for number, (label, fixed) in enumerate(zip(layout.labels, layout.is_fixed, strict=True)):
        is_number = holds_only(sheet, number, NUMBERS)
        justify: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(_rich_text(*label), justify=justify, no_wrap=fixed, overflow="fold")
    for row in sheet.rows:
        table.add_row(*(_rich_cell(cell, column.key) for column, cell in zip(sheet.columns, row, strict=True)))
    return table


def _rich_pairs(pairs: Iterable[tuple[str, Cell]]) -> Table:
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, GAP))
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
