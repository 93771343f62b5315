"""The whole database as the rows of a workbook, such that an import finds everything again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.values import phones
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.column_spec import SheetSpec
from esm.storage.database.connection import Reading
from esm.storage.exchange import tables
from esm.storage.exchange.value_conversion import FROM_STORED, Conversion
from esm.storage.register import cadres

Rows = list[tuple[Any, ...]]


def extract(reading: Reading, *, with_phones: bool = False) -> dict[str, Rows]:
    """Return the rows of every sheet of the book by its key, in the order of their keys; phones masked by default."""
    conversions = FROM_STORED if with_phones else {**FROM_STORED, "phone": phones.mask}
    return {spec.key: _rows(reading, spec, conversions) for spec in BOOK}


def has_phones(extracted: Mapping[str, Rows]) -> bool:
    """Return whether any row holds a phone."""
    places = {spec.key: [n for n, column in enumerate(spec.columns) if column.kind == "phone"] for spec in BOOK}
    return any(row[place] for key, rows in extracted.items() for row in rows for place in places[key])


def subdistricts(reading: Reading) -> list[str]:
    """Return the subdistricts on record, by name."""
    return cadres.subdistricts(reading)


def _rows(reading: Reading, spec: SheetSpec, conversions: Mapping[Kind, Conversion]) -> Rows:
    converted = [conversions.get(column.kind) for column in spec.columns]
    return [
        tuple(
            value if convert is None or value is None else convert(value)
            for convert, value in zip(converted, values, strict=True)
        )
        for _id, *values in tables.rows(reading, spec)
    ]
