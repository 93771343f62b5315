"""The whole database as the rows of a workbook, such that an import finds everything again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esm.domain.values import phones
from esm.sheets.exchange.column_spec import SheetSpec
from esm.sheets.exchange.roster_columns import BOOK
from esm.storage.database.connection import Reading
from esm.storage.database.iso_dates import BEGINNING
from esm.storage.exchange import tables
from esm.storage.register import enterprises
from esm.storage.register import subdistricts as subdistricts_on_record

Rows = list[tuple[Any, ...]]

AS_SHOWN: Mapping[str, Callable[[Any], Any]] = {
    "date": lambda day: None if day == BEGINNING else date.fromisoformat(day),
    "yes_no": bool,
    "money": lambda yuan: Decimal(yuan) / enterprises.YUAN_A_UNIT,
    "prefixes": lambda text: tuple(text.split(",")),
    "tiers": lambda text: tuple(text.split(",")),
    "sizes": lambda text: tuple(text.split(",")),
}


def extract(reading: Reading, *, with_phones: bool = False) -> dict[str, Rows]:
    """Return the rows of every sheet of the book by its key, in the order of their keys; phones masked by default."""
    readers = dict(AS_SHOWN) if with_phones else {**AS_SHOWN, "phone": phones.mask}
    return {spec.key: _rows(reading, spec, readers) for spec in BOOK}


def has_phones(extracted: Mapping[str, Rows]) -> bool:
    """Return whether any row holds a phone."""
    places = {spec.key: [n for n, column in enumerate(spec.columns) if column.kind == "phone"] for spec in BOOK}
    return any(row[place] for key, rows in extracted.items() for row in rows for place in places[key])


def subdistricts(reading: Reading) -> list[str]:
    """Return the subdistricts on record, by name."""
    return subdistricts_on_record.spellings(reading)


def _rows(reading: Reading, spec: SheetSpec, readers: Mapping[str, Callable[[Any], Any]]) -> Rows:
    names = [column.key for column in spec.columns]
    wanted = [readers.get(column.kind) for column in spec.columns]
    return [
        tuple(
            value if read is None or value is None else read(value) for read, value in zip(wanted, values, strict=True)
        )
        for _id, *values in tables.rows(reading, spec.key, names, spec.unique)
    ]
