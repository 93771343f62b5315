"""What the tables keep, and the values that Python has for it.

A day is kept as ISO text, yes and no as 1 and 0, money as whole fen (a Decimal is of 10 000 yuan), and several texts
as one, joined by commas. Python's values can be given to any statement as they are; `record` brings them back by a
record's types.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, overload

from esm.domain.values import phones
from esm.domain.values.money import FEN_A_UNIT, Money

Kind = TypeVar("Kind")
Convert = Callable[[Any], Any]

BEGINNING = "0001-01-01"  # from when the first dated record of a thing holds: as far as is known, always


@overload
def iso(on: date) -> str: ...
@overload
def iso(on: None) -> None: ...
def iso(on: date | None) -> str | None:
    """Return the ISO text of a day."""
    return None if on is None else on.isoformat()


@overload
def day(text: str) -> date: ...
@overload
def day(text: None) -> None: ...
def day(text: str | None) -> date | None:
    """Return the day that an ISO text names."""
    return None if text is None else date.fromisoformat(text)


def with_days(row: Sequence[Any], *places: int, flags: Sequence[int] = ()) -> list[Any]:
    """Return the values of a row, the ISO texts at these places as days, the 0 and 1 at `flags` as booleans."""
    values = list(row)
    for place in places:
        values[place] = day(values[place])
    for place in flags:
        values[place] = bool(values[place])
    return values


def units_of(fen: int) -> Decimal:
    """Return fen in units of 10 000 yuan, exactly."""
    return Decimal(fen) / FEN_A_UNIT


def _texts(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(",")) if joined else ()


_FROM_STORED: Mapping[str, Convert] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "bool": bool,
    "Decimal": units_of,
    "Money": Money,
    "tuple[str, ...]": _texts,
}


def record(kind: Callable[..., Kind], row: Sequence[Any]) -> Kind:
    """Return a row as a record: `kind` is a dataclass, and the row has the values of its fields in their order."""
    names, converted = _layout(kind)
    values = dict(zip(names, row, strict=True))
    for name, convert in converted:
        if values[name] is not None or convert is _texts:
            values[name] = convert(values[name])
    return kind(**values)


@cache
def _layout(kind: Any) -> tuple[tuple[str, ...], tuple[tuple[str, Convert], ...]]:
    """Return the names of a record's fields, and those that the tables keep in another way with how they are read."""
    codes = {name: code for name, code in vars(sys.modules[kind.__module__]).items() if isinstance(code, type)}
    converted = []
    for field in fields(kind):
        declared = str(field.type).removesuffix(" | None")
        code = codes.get(declared)
        convert = code if code is not None and issubclass(code, Enum) else _FROM_STORED.get(declared)
        if convert is not None:
            converted.append((field.name, convert))
    return tuple(field.name for field in fields(kind)), tuple(converted)


def value_meant(value: Any, stored: object) -> Any:
    """Return what a value says, given what is on record: a masked telephone inside a text means the one there."""
    is_masked = isinstance(value, str) and isinstance(stored, str) and "**" in value
    return phones.with_numbers(value, stored) if is_masked and isinstance(stored, str) else value


def differences(old: object, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the fields in which values differ from a record, each with both: field -> (old, new).

    A masked telephone inside a text means the one on record.
    """
    pairs = {name: (getattr(old, name), value_meant(value, getattr(old, name))) for name, value in values.items()}
    return {name: (before, after) for name, (before, after) in pairs.items() if before != after}
