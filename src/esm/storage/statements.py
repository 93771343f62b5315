"""Statements that write many rows of one table at once.

Because a trigger may refuse it, SQLite saves every page that a statement touches: row by row that costs five times
the insert with all its triggers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

MOST_ROWS = 500  # more in one statement would not help; it takes 32 766 values

Values = Sequence[Any]


def insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Store rows, given as the values of `columns`."""
    for part in _parts(rows):
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) {_values(part)}", _flat(part))


def update(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Change rows, given as the id and the new values of `columns`; the ids differ."""
    changes = ", ".join(f"{name} = new.column{place}" for place, name in enumerate(columns, 2))
    for part in _parts(rows):
        connection.execute(
            f"UPDATE {table} SET {changes} FROM ({_values(part)}) AS new WHERE {table}.id = new.column1", _flat(part)
        )


def delete(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Take rows away."""
    for part in _parts([(key,) for key in ids]):
        connection.execute(f"DELETE FROM {table} WHERE id IN ({_values(part)})", _flat(part))


def _parts(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    return (rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS))


def _values(part: Sequence[Values]) -> str:
    marks = f"({', '.join('?' * len(part[0]))})"
    return f"VALUES {', '.join([marks] * len(part))}"


def _flat(part: Sequence[Values]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(part))
