"""How a table is kept as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A reference: `column` points to a row of `table`, which people know by its `key`."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where the rows of a sheet are kept: `table`, read through `source` where that says more, only those of `where`.

    `told` are columns of the table that `source` tells in other words.
    """

    table: str
    columns: tuple[str, ...]
    links: Mapping[str, Link]
    source: str = ""
    where: str = "TRUE"
    told: tuple[str, ...] = ()
