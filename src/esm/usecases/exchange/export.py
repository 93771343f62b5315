"""The whole database as the rows of a workbook, such that an import finds everything again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.values import phones
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.storage.database.connection import Reading
from esm.storage.exchange import tables
from esm.storage.exchange.value_conversion import FROM_STORED
from esm.storage.register import cadres

Rows = list[tuple[Any, ...]]


def extract(reading: Reading, *, with_phones: bool = False) -> dict[str, Rows]:
    """Return the rows of every sheet of the book by its key, in the order of their keys; phones masked by default."""
    return {spec.key: _rows(reading, spec, with_phones=with_phones) for spec in BOOK}


def has_phones(extracted: Mapping[str, Rows]) -> bool:
    """Return whether any row holds a phone, of its own or inside a text, masked or not."""
    places = {spec.key: [n for n, column in enumerate(spec.columns) if _may_hold(spec, column)] for spec in BOOK}
    own = {spec.key: {n for n, column in enumerate(spec.columns) if column.kind == "phone"} for spec in BOOK}
    return any(
        row[place] and (place in own[key] or "***" in row[place])
        for key, rows in extracted.items() for row in rows for place in places[key]
    )  # fmt: skip


def _may_hold(spec: SheetSpec, column: ColumnSpec) -> bool:
    """Return whether a column may hold phones, its own or inside a text; a key is none."""
    return column.kind == "phone" or (column.kind in {"text", "name"} and column.key not in spec.unique)


def subdistricts(reading: Reading) -> list[str]:
    """Return the subdistricts on record, by name."""
    return cadres.subdistricts(reading)


def _rows(reading: Reading, spec: SheetSpec, *, with_phones: bool) -> Rows:
    converted = [
        FROM_STORED.get(column.kind) if with_phones or not _may_hold(spec, column)
        else phones.mask if column.kind == "phone" else phones.mask_within
        for column in spec.columns
    ]  # fmt: skip
    return [
        tuple(
            value if convert is None or value is None else convert(value)
            for convert, value in zip(converted, values, strict=True)
        )
        for _id, *values in tables.rows(reading, spec)
    ]
