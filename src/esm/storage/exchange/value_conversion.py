"""The values of columns as the tables keep them, and back, by the kind of the column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from esm.domain.register.enterprise_record import Tier
from esm.domain.register.size import Size
from esm.domain.values.cell_parsing import Kind
from esm.domain.values.codes import ListOf
from esm.domain.values.industry import full_code
from esm.domain.values.money import Money
from esm.storage.database.row_values import BEGINNING, units_of

Conversion = Callable[[Any], Any]

BETWEEN_NUMBERS = "、"  # also in the view `pairing_with_deputies`

TO_STORED: Mapping[Kind, Conversion] = {
    "date": date.isoformat,
    "yes_no": int,
    "yuan": attrgetter("fen"),
    "industry": full_code,
    "prefixes": lambda codes: ",".join(map(full_code, codes)),
    "staff_nos": BETWEEN_NUMBERS.join,
    ListOf(Tier): ",".join,
    ListOf(Size): ",".join,
}
FROM_STORED: Mapping[Kind, Conversion] = {
    "date": lambda day: None if day == BEGINNING else date.fromisoformat(day),
    "yes_no": bool,
    "money": units_of,
    "yuan": Money,
    "prefixes": lambda text: tuple(text.split(",")),
    ListOf(Tier): lambda text: tuple(text.split(",")),
    ListOf(Size): lambda text: tuple(text.split(",")),
}


def to_stored(kind: Kind, value: object) -> Any:
    """Return a value of a kind of column as the tables keep it; None stays None."""
    convert = None if value is None else TO_STORED.get(kind)
    return value if convert is None else convert(value)
