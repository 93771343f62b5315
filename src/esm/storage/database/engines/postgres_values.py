"""How values and statements go to the driver of PostgreSQL, and how values come back.

Both as for SQLite: what Python has is kept as text or a whole number (`storage.database.row_values`), and a truth
comes back as 1 or 0, so that nothing above can tell which engine answered.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from esm.domain.values.money import FEN_A_UNIT, Money
from esm.storage.database.engines.engine import Parameters, Record

_MARK = re.compile(r"""'[^']*'|"[^"]*"|--[^\n]*|::|:(?P<name>[a-z_]\w*)|\?|%""")
_ADAPTED: Mapping[type, Callable[[Any], Any]] = {
    bool: int,
    date: date.isoformat,
    Decimal: lambda units: int(units * FEN_A_UNIT),
    Money: lambda amount: amount.fen,
    tuple: lambda texts: ",".join(texts) or None,
}


class _WholeNumber(Loader):
    """Loads what the server counts as `numeric`: whole where it is, for SQLite adds whole numbers up to whole ones."""

    def load(self, data: Buffer) -> int | float:
        number = Decimal(bytes(data).decode())
        return int(number) if number == number.to_integral_value() else float(number)


class _ZeroOrOne(Loader):
    """Loads a truth as SQLite has it."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


def register_loaders(raw: psycopg.Connection[Any]) -> None:
    """Let a connection give numbers and truths as SQLite does."""
    raw.adapters.register_loader("numeric", _WholeNumber)
    raw.adapters.register_loader("bool", _ZeroOrOne)


def adapted(parameters: Parameters) -> Any:
    """Return parameters as the tables keep them."""
    if isinstance(parameters, Mapping):
        return {name: _as_kept(value) for name, value in parameters.items()}
    return tuple(map(_as_kept, parameters))


def listed(types: Sequence[str], rows: Sequence[Record]) -> tuple[str, list[str]]:
    """Return a query that gives rows with columns of these types, called column1, column2 …, and its parameters.

    Each column goes as one text of JSON, since thousands of values are dear to quote and to parse one by one. COPY is
    refused to a login whose rows are chosen for it.
    """
    names = [f"column{place}" for place in range(1, len(types) + 1)]
    values = ", ".join(f"CAST({name} AS {kept_as}) AS {name}" for name, kept_as in zip(names, types, strict=True))
    lists = ", ".join(["json_array_elements_text(?)"] * len(types))
    texts = [json.dumps(adapted(column), ensure_ascii=False) for column in zip(*rows, strict=True)]
    return f"SELECT {values} FROM ROWS FROM ({lists}) AS told ({', '.join(names)})", texts


def _as_kept(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    adapt = _ADAPTED.get(type(value))
    return value if adapt is None else adapt(value)


@lru_cache(maxsize=1_000)
def for_server(text: str) -> bytes:
    """Return a statement with the driver's marks for parameters."""

    def mark(found: re.Match[str]) -> str:
        if found["name"]:
            return f"%({found['name']})s"
        return "%s" if found[0] == "?" else found[0].replace("%", "%%")

    return _MARK.sub(mark, text).encode()
