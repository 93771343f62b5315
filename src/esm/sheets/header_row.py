"""Finds the row that heads the table of a sheet, among titles above it and groups of columns over it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from esm.domain.cell_text import RawCell
from esm.sheets.grid import Grid
from esm.sheets.headers import Header, Recognised, joined, recognise

WITHIN = 20  # rows from the top


def find(grid: Grid) -> tuple[int, Recognised] | None:
    """Return the row that names most columns, title rows above it tolerated; the first one if equal.

    Of a header of two lines it is the second.
    """
    best: tuple[int, Recognised] | None = None
    for index in range(min(WITHIN, len(grid.rows))):
        for last, headers in _readings(grid, index):
            found = recognise(grid.sheet, headers) if any(headers) else None
            if found is not None and (best is None or found.order > best[1].order):
                best = last, found
    return best


def _readings(grid: Grid, index: int) -> Iterator[tuple[int, Sequence[Header]]]:
    """Yield what a row says as a header, and what it says with the row under it when it has cells merged sideways."""
    upper = headers_of(grid.rows[index])
    groups = [(left, right) for (top, left), (bottom, right) in grid.merged if top == bottom == index and left < right]
    if not groups or index + 1 == len(grid.rows):
        yield index, upper
        return
    for left, right in groups:
        upper[left : right + 1] = [upper[left] if left < len(upper) else ""] * (right + 1 - left)
    lower = headers_of(grid.rows[index + 1])
    grouped = {at for left, right in groups for at in range(left, right + 1)}
    goes_on = all(not text or at in grouped or [text] == upper[at : at + 1] for at, text in enumerate(lower))
    if not (goes_on and any(lower)):
        yield index, headers_of(grid.rows[index])
    yield index + 1, joined(upper, lower)


def headers_of(row: Sequence[RawCell]) -> list[str]:
    """Return the cells of a row as headers; a blank cell is the empty text."""
    return ["" if cell is None else str(cell).strip() for cell in row]
