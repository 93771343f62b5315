"""The columns of a worksheet: in which order they stand, how wide they are and which of them are printed.

On paper are the columns that people see in tables, as many as fit on landscape A4; the others stand to the right of
them, outside the print area (docs/cli.md, Workbooks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from esm.formats.write.cell_text import holds_only, in_order, visible, width, word
from esm.sheets.sheet.comparison import change_label
from esm.sheets.sheet.sheet import Bar, Cell, Column, Compared, Ratio, Sheet

CHANGE = "change"  # the column of figures whose changes alone are written
PORTRAIT, LANDSCAPE = 98, 146  # characters of 11 points on A4
_SMALLEST, _SMALLEST_BY_HAND = 0.72, 0.85  # of the size of letters on the screen
_WIDEST, _NARROWEST = 50, 14
_PEN = 30
_UNBROKEN = re.compile(r"[!-~]+")
_ARROW, _AROUND = 2, 3


@dataclass(frozen=True, slots=True)
class LaidColumn:
    """A column as it stands on a worksheet."""

    column: Column
    label: str
    cells: Sequence[Cell]
    width: int
    is_printed: bool
    wraps: bool = False


def laid_columns(sheet: Sheet) -> list[LaidColumn]:
    """Return the columns of a worksheet, those on paper first; a share stands beside its part and its whole."""
    found = _widened(sheet)
    return [*(each for each in found if each.is_printed), *(each for each in found if not each.is_printed)]


def printed_width(columns: Sequence[LaidColumn]) -> int:
    """Return the width of what is printed, in characters."""
    return sum(each.width for each in columns if each.is_printed)


def has_pen(columns: Sequence[LaidColumn]) -> bool:
    """Return whether there is a column to write in by hand."""
    return any(each.column.by_hand for each in columns)


def _widened(sheet: Sheet) -> list[LaidColumn]:
    """Return the columns with widths at which those on paper fit; what does not fit even then is not printed."""
    found = [_laid(column, cells) for column, cells in _ordered(sheet)]
    most = int(LANDSCAPE / (_SMALLEST_BY_HAND if has_pen(found) else _SMALLEST))
    limit = _WIDEST
    while printed_width(found) > most and limit > _NARROWEST:
        limit -= 1
        found = [_narrowed(each, limit) for each in found]
    while printed_width(found) > most:
        last = max(at for at, each in enumerate(found) if each.is_printed and not each.column.by_hand)
        found[last] = replace(found[last], is_printed=False)
    return found


def _laid(column: Column, cells: Sequence[Cell]) -> LaidColumn:
    label = visible(column.label)
    if column.by_hand:
        return LaidColumn(column, label, cells, _PEN, column.table)
    heading = max([(width(label) + 1) // 2, *map(len, _UNBROKEN.findall(label))]) + _ARROW
    wide = max([heading, *(width(cell_text(cell)) for cell in set(cells))]) + _AROUND
    return _narrowed(LaidColumn(column, label, cells, wide, column.table), _WIDEST)


def _narrowed(column: LaidColumn, limit: int) -> LaidColumn:
    """Return the column at most so wide; the text of one on paper goes on below then."""
    if column.width <= limit or column.column.by_hand:
        return column
    return replace(column, width=limit, wraps=column.is_printed)


def cell_text(cell: Cell) -> str:
    """Return about what a cell of a worksheet shows."""
    if isinstance(cell, Compared):
        return cell.change_text
    return "100.0%" if isinstance(cell, Ratio) else word(cell)


def _ordered(sheet: Sheet) -> Iterator[tuple[Column, Sequence[Cell]]]:
    """Yield each column once, with its values: a share after its part and its whole."""
    sheet = _split(in_order(sheet))
    columns = sheet.columns
    cells: list[Sequence[Cell]] = list(zip(*sheet.rows, strict=True)) if sheet.rows else [()] * len(columns)
    shares = {number for number in range(len(columns)) if holds_only(sheet, number, (Ratio,))}
    best = _best_of_label(columns, shares)
    numbers = {column.key: best.get(column.label, number) for number, column in enumerate(columns)}
    on_paper = {numbers[key] for column in columns if column.table for key in column.of if key in numbers}
    done: set[int] = set()
    for number, column in enumerate(columns):
        if (number not in shares and best[column.label] != number) or holds_only(sheet, number, (Bar,)):
            continue
        beside = [numbers[key] for key in column.of if key in numbers]
        for other in beside:
            if other not in done:
                yield replace(columns[other], table=other in on_paper or columns[other].table), cells[other]
        if number in shares and not beside:
            yield from _parts(column, cells[number])
        if number not in done:
            told = _of_share(column, columns) if number in shares else column
            yield replace(told, table=column.table or number in on_paper), cells[number]
        done |= {number, *beside}


def _split(sheet: Sheet) -> Sheet:
    """Return the sheet with each compared figure in two columns: the figure, and its change, which stays `Compared`."""
    whole = list(zip(*sheet.rows, strict=True))
    if not any(Compared in set(map(type, cells)) for cells in whole):
        return sheet
    columns: list[Column] = []
    values: list[Sequence[Cell]] = []
    for column, cells in zip(sheet.columns, whole, strict=True):
        if column.key != CHANGE and Compared in set(map(type, cells)):
            columns += [column, replace(column, key=f"{column.key}_change", label=change_label(column.label))]
            values += [[cell.value if isinstance(cell, Compared) else cell for cell in cells]]
            values += [[cell if isinstance(cell, Compared) else None for cell in cells]]
        else:
            columns, values = [*columns, column], [*values, cells]
    return replace(sheet, columns=tuple(columns), rows=list(zip(*values, strict=True)))


def _best_of_label(columns: Sequence[Column], shares: set[int]) -> dict[str, int]:
    """Return by heading which of the columns under it stands for all: words before keys; shares are left out."""
    best: dict[str, int] = {}
    for number, column in enumerate(columns):
        if number not in shares and (column.label not in best or not columns[best[column.label]].table):
            best[column.label] = number if column.table else best.get(column.label, number)
    return best


def _parts(column: Column, cells: Sequence[Cell]) -> Iterator[tuple[Column, Sequence[Cell]]]:
    part, whole = _("{label}: part"), _("{label}: whole")
    shares = [cell if isinstance(cell, Ratio) else None for cell in cells]
    yield (
        replace(column, key=f"{column.key}_part", label=part.format(label=column.label)),
        [cell and cell.part for cell in shares],
    )
    yield (
        replace(column, key=f"{column.key}_whole", label=whole.format(label=column.label)),
        [cell and cell.whole for cell in shares],
    )


def _of_share(column: Column, columns: Sequence[Column]) -> Column:
    """Return the column of a share, with another heading where that of a count is the same."""
    is_alone = sum(other.label == column.label for other in columns) == 1
    return column if is_alone else replace(column, label=f"{column.label} (%)")
