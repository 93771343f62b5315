"""Finds the row that heads the table of a sheet, among titles above it and groups of columns over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest

from esm.domain.values.raw_text import RawCell
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import recognise
from esm.sheets.exchange.persons.header_owner import Header
from esm.sheets.exchange.recognised_sheet import NO_MAPPING, Assigned, Recognised

WITHIN = 20  # rows from the top
_LONGEST = 200  # characters of a header


def find(grid: Grid, mapping: Mapping[str, Assigned] = NO_MAPPING) -> tuple[int, Recognised] | None:
    """Return the row that names most columns, title rows above it tolerated; the first one if equal.

    Of a header of two lines it is the second.
    """
    best: tuple[int, Recognised] | None = None
    for last, headers in sorted(_readings(grid), key=_is_joined):
        found = recognise(grid.sheet, headers, mapping) if any(headers) else None
        if found is not None and (best is None or found.order > best[1].order):
            best = last, found
    return best


def _is_joined(reading: tuple[int, Sequence[Header]]) -> bool:
    return any(header.group for header in reading[1])


def _readings(grid: Grid) -> Iterator[tuple[int, Sequence[Header]]]:
    """Yield what each row says as a header, and what a row with groups, mostly merged cells, says with the next.

    Where the next row has texts under the groups alone, the two are one header and are not read one by one.
    """
    lines = [headers_of(row) for row in grid.rows[: WITHIN + 1]]
    is_read = False
    for index, upper in enumerate(lines[:WITHIN]):
        lower = lines[index + 1] if index + 1 < len(lines) else []
        groups = _groups(grid, index) or _bare_groups(upper, lower)
        is_joined, is_one_header = _joins(upper, lower, groups)
        if not (is_read or is_one_header):
            yield index, list(map(Header, upper))
        if is_joined:
            yield index + 1, _joined(_spread(upper, groups), lower)
        is_read = is_one_header


def _joins(upper: Sequence[str], lower: Sequence[str], groups: Sequence[tuple[int, int]]) -> tuple[bool, bool]:
    """Return whether a row with groups makes a header with the next, and whether the two are nothing else."""
    grouped = {at for left, right in groups for at in range(left, right + 1)}
    texts = {at for at, text in enumerate(lower) if text}
    is_alone = not any(text for at, text in enumerate(upper) if at not in grouped)
    is_title = len(groups) == 1 and is_alone and texts <= grouped
    is_joined = bool(groups and texts) and not is_title
    return is_joined, is_joined and all(at in grouped or lower[at : at + 1] == upper[at : at + 1] for at in texts)


def _groups(grid: Grid, index: int) -> list[tuple[int, int]]:
    """Return the first and last columns of the cells of a row that are merged sideways."""
    return [(left, right) for (top, left), (bottom, right) in grid.merged if top == bottom == index and left < right]


def _bare_groups(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[int, int]]:
    """Return the groups of a header whose cells are not merged: a text, blanks beside it, and texts under these alone.

    Every other column has its header in the upper line.
    """
    starts = [at for at, text in enumerate(upper) if text]
    below = {at for at, text in enumerate(lower) if text}
    groups = []
    for start, following in pairwise((*starts, len(lower))):
        columns = set(range(start, following))
        if below & columns and not columns <= below:
            return []
        if columns <= below:
            groups.append((start, following - 1))
        elif len(columns) > 1:
            return []
    is_header = len(groups) < len(starts) and any(left < right for left, right in groups)
    return groups if is_header and not any(at < starts[0] for at in below) else []


def _spread(upper: Sequence[str], groups: Sequence[tuple[int, int]]) -> list[str]:
    spread = list(upper)
    for left, right in groups:
        spread[left : right + 1] = [spread[left] if left < len(spread) else ""] * (right + 1 - left)
    return spread


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[Header]:
    """Return the headers that two lines make together; where the second is blank, the first is the header."""
    pairs = zip_longest(upper, lower, fillvalue="")
    return [Header(below, above) if below and below != above else Header(above) for above, below in pairs]


def headers_of(row: Sequence[RawCell]) -> list[str]:
    """Return the cells of a row as headers, the beginning of long ones; a blank cell is the empty text."""
    return ["" if cell is None else str(cell).strip()[:_LONGEST] for cell in row]
