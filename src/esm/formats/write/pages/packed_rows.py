"""The rows behind the figures of a page, compressed: a page of ten thousand enterprises stays under a megabyte."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from esm.formats.write.cell_text import word, words
from esm.formats.write.pages.column_kind import column_kind
from esm.sheets.sheet.page import Listing
from esm.sheets.sheet.sheet import Cell, Sheet

LEVEL = 7  # of the nine: the two above it take four times as long for two percent


def packed_rows(sheets: Mapping[str, Sheet], listings: Sequence[Listing]) -> str:
    """Return the listings as JSON, deflated (RFC 1950) and in base 64."""
    content = {listing.sheet: _listing(sheets[listing.sheet], listing) for listing in listings}
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(zlib.compress(told, LEVEL)).decode()


def _listing(sheet: Sheet, listing: Listing) -> dict[str, Any]:
    """Return a listing by columns, each with the texts of its cells; one without a label is not shown."""
    places = {column.key: place for place, column in enumerate(sheet.columns)}
    return {
        "title": word(sheet.title),
        "size": len(sheet.rows),
        "columns": [
            {
                "key": column.key,
                "label": word(column.label) if column.table else "",
                "kind": column_kind(sheet, place),
                "texts": words([row[place] for row in sheet.rows]),
            }
            for place, column in enumerate(sheet.columns)
            if column.table or column.key in listing.hidden
        ],
        "counts": {key: word(label) for key, label in listing.counts.items()},
        "past": {key: _past(sheet, places[other]) for key, other in listing.past.items()},
    }


def _past(sheet: Sheet, place: int) -> dict[int, list[str]]:
    """Return the texts at each place, by row, where the column has any."""
    return {number: _texts(row[place]) for number, row in enumerate(sheet.rows) if row[place]}


def _texts(cell: Cell) -> list[str]:
    return [word(part) for part in cell] if isinstance(cell, tuple) else [word(cell)]
