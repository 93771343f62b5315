"""The whole database as the rows of a workbook, such that an import finds everything again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from esm.domain.exchange.sheet_catalogue import ALWAYS_EXPORTED, BOOK
from esm.domain.values import phones
from esm.domain.values.column_spec import ColumnSpec, SheetSpec
from esm.storage.database.connection import Reading
from esm.storage.exchange import tables
from esm.storage.exchange.value_conversion import FROM_STORED
from esm.storage.register import cadres

Row = tuple[Any, ...]


class Rows:
    """The rows of a sheet in the order of their keys, read one by one: only while the transaction is open.

    `count` are those read so far; `has_phones` tells whether one of them holds a phone, of its own or inside a
    text; that is looked for only where phones are masked.
    """

    def __init__(self, reading: Reading, spec: SheetSpec, *, with_phones: bool) -> None:
        self.count, self.has_phones = 0, False
        self._reading, self._spec = reading, spec
        self._convert = [_conversion(spec, column, with_phones=with_phones) for column in spec.columns]
        self._phones = [
            (place, column.kind == "phone")
            for place, column in enumerate(spec.columns)
            if not with_phones and _may_hold_phones(spec, column)
        ]

    def __iter__(self) -> Iterator[Row]:
        converted = [(place, convert) for place, convert in enumerate(self._convert) if convert]
        for _id, *values in tables.each(self._reading, self._spec):
            for place, convert in converted:
                if values[place] is not None:
                    values[place] = convert(values[place])
            self.count += 1
            self.has_phones = self.has_phones or any(
                values[place] and (is_phone or "***" in values[place]) for place, is_phone in self._phones
            )
            yield tuple(values)


def extract(reading: Reading, *, with_phones: bool = False) -> dict[str, Rows]:
    """Return the sheets of the book that hold something or are always there, by key; phones masked by default."""
    return {
        spec.key: Rows(reading, spec, with_phones=with_phones)
        for spec in BOOK
        if spec.key in ALWAYS_EXPORTED or tables.has_rows(reading, spec)
    }


def subdistricts(reading: Reading) -> list[str]:
    """Return the subdistricts on record, by name."""
    return cadres.subdistricts(reading)


def _conversion(spec: SheetSpec, column: ColumnSpec, *, with_phones: bool) -> Callable[[Any], Any] | None:
    if with_phones or not _may_hold_phones(spec, column):
        return FROM_STORED.get(column.kind)
    return phones.mask if column.kind == "phone" else phones.mask_within


def _may_hold_phones(spec: SheetSpec, column: ColumnSpec) -> bool:
    """Return whether a column may hold phones, its own or inside a text; a key is none."""
    return column.kind == "phone" or (column.kind in {"text", "name"} and column.key not in spec.unique)
