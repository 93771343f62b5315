"""The condition of the database, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from esm.errors import Message


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong with the database."""

    kind: str
    detail: Message


@dataclass(frozen=True, slots=True)
class Condition:
    """What stands in the database: its schema, rows by table, operations, and the journal's head."""

    revision: str
    rows: tuple[tuple[str, int], ...]
    operations: int
    head: str
