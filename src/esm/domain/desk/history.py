"""The journal as people read it: the operations and who did them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationHeader:
    """Who does what: `at` is a UTC timestamp, `today` the day it stands on, `command` what was typed."""

    at: str
    today: str
    actor: str
    host: str
    command: tuple[str, ...]
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One writing command: who, when (UTC), as on which day, what was typed, and its seal."""

    id: int
    at: str
    today: str
    actor: str
    host: str
    command: tuple[str, ...]
    revision: str
    undoes: int | None
    changes: int
    hash: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One operation; `is_undone` when a later one took it back."""

    operation: Operation
    is_undone: bool
