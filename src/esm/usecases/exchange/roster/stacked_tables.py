"""Sheets on which one table stands below another: 一、入库企业 with its header, 二、退库企业 with its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace

from esm.domain.values.raw_text import RawCell
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import is_known
from esm.sheets.exchange.recognised_sheet import Recognised

Found = tuple[int, Recognised] | None
_IN_COMMON = 2  # headers that two tables of one sheet share


def tables(grid: Grid, find_header: Callable[[Grid], Found]) -> Iterator[tuple[Grid, Found]]:
    """Yield the tables of a sheet from the top, each with its header; the sheet itself where it has one.

    Each begins with its titles. `find_header` returns what heads the first or the fullest one, its row first, or None.
    The same header again is that of a page.
    """
    header = find_header(grid)
    start = None if header is None else _next_table(grid, header[0])
    if start is None:
        yield grid, header
        return
    upper = _until(grid, start)
    yield upper, find_header(upper)
    yield from tables(_from(grid, start), find_header)


def _next_table(grid: Grid, header: int) -> int | None:
    """Return the row with which the second table of a sheet begins; above `header` there may be the first."""
    heads, upper = grid.rows[header], grid.rows[max(header - 1, 0)]
    known = {cell for cell in heads if isinstance(cell, str) and cell}
    others = (
        number for number, row in enumerate(grid.rows) if row not in (heads, upper) and _heads_another(row, known)
    )
    first = next((number for number in others if abs(number - header) > 1), None)
    if first is None:
        return None
    second = max(first, header)
    is_of_two_lines = any(top == bottom == second - 1 for (top, _), (bottom, _) in grid.merged)
    second -= is_of_two_lines and len(_texts(grid.rows[second - 1])) > 1
    return second - _titles_above(grid, second, min(first, header))


def _until(grid: Grid, end: int) -> Grid:
    return replace(
        grid,
        rows=grid.rows[:end],
        merged=[(first, last) for first, last in grid.merged if first[0] < end],
        hidden_rows=[row for row in grid.hidden_rows if row < end],
    )


def _heads_another(row: Sequence[RawCell], known: Set[str]) -> bool:
    """Return whether a row is a header beside the one with the texts `known`: both have texts in common."""
    if sum(cell in known for cell in row) < _IN_COMMON:
        return False
    texts = _texts(row)
    others = [text for text in texts if text not in known]
    return bool(others) and all(isinstance(text, str) for text in texts) and any(is_known(str(each)) for each in texts)


def _titles_above(grid: Grid, number: int, header: int) -> int:
    """Return how many rows above a header hold one text each and so are its titles; a blank one ends them."""
    count = 0
    while number - count - 1 > header and len(_texts(grid.rows[number - count - 1])) == 1:
        count += 1
    return count


def _texts(row: Sequence[RawCell]) -> Sequence[RawCell]:
    return [cell for cell in row if cell not in {None, ""}]


def _from(grid: Grid, start: int) -> Grid:
    return replace(
        grid,
        rows=grid.rows[start:],
        first_row=grid.first_row + start,
        merged=list(_moved_up(grid, start)),
        hidden_rows=[row - start for row in grid.hidden_rows if row >= start],
        notes=(),
    )


def _moved_up(grid: Grid, start: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for (top, left), (bottom, right) in grid.merged:
        if top >= start:
            yield (top - start, left), (bottom - start, right)
