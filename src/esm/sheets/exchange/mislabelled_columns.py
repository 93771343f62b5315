"""Columns whose values are of another kind than their headers tell: counts under a name, an office's own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from esm.domain.values.raw_text import half_width
from esm.sheets.exchange.column_values import filled_columns
from esm.sheets.exchange.grid import Cell, Grid
from esm.sheets.exchange.header_words import folded
from esm.sheets.exchange.recognised_sheet import LEFT_OUT, Assigned, Ground, Recognised

_UNKNOWN = ""  # what `--map` calls no column
_LETTER = re.compile(r"[^\W\d_]")
_COUNT = re.compile("[0-9]{1,4}(?:[.]0)? ?[家户个]?")


def not_as_headed(grid: Grid, index: int, found: Recognised) -> Mapping[str, Assigned]:
    """Return that columns are not what their headers tell, since all their values are of another kind.

    Counts, 3 or 12家, under a header that names enterprises are left out; an office's own numbers of requests, XQ-001,
    are nothing that is known; where a number is required, as of a move, they are a fault.
    """
    kinds = {"enterprise.name": _is_count, "request_no": _is_no_number}
    fields = {"enterprise.name": LEFT_OUT, "request_no": _UNKNOWN}
    headed = {
        each.position: each for each in found.headings if each.column.key in kinds and not each.column.is_required
    }
    columns = filled_columns(grid, index, frozenset(range(len(grid.rows[index]))) - headed.keys())
    return {
        folded(headed[position].header): Assigned(fields[headed[position].column.key], Ground.VALUES)
        for position, cells in columns
        if all(map(kinds[headed[position].column.key], cells))
    }


def _is_count(cell: Cell) -> bool:
    return _COUNT.fullmatch(half_width(str(cell)).strip()) is not None


def _is_no_number(cell: Cell) -> bool:
    return isinstance(cell, str) and _LETTER.search(cell) is not None
