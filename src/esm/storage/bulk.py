"""Adding, changing and taking away many rows of one table at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from esm.storage.database import Writing

# Rows in one statement. Because a trigger may refuse it, SQLite saves every page that a statement touches: row by row
# that costs five times the insert with all its triggers. More would not help; a statement takes 32 766 values.
A_STATEMENT = 500


def insert(writing: Writing, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Store new rows, given as the values of `columns`; return their ids, which count on unless `id` is given."""
    if "id" in columns:
        ids = [row[columns.index("id")] for row in rows]
    else:
        first = int(writing.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}"))
        ids = list(range(first, first + len(rows)))
        columns = ("id", *columns)
        rows = [(key, *row) for key, row in zip(ids, rows, strict=True)]
    for part in _parts(rows):
        writing.connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) {_values(part)}", _flat(part))
    return ids


def update(writing: Writing, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change stored rows, each given as its `id` and the columns that differ; all with the same columns."""
    writing.settle()
    columns = [name for name in rows[0] if name != "id"] if rows else []
    changes = ", ".join(f"{name} = new.column{place}" for place, name in enumerate(columns, 2))
    for part in _parts([(row["id"], *map(row.__getitem__, columns)) for row in rows]):
        writing.connection.execute(
            f"UPDATE {table} SET {changes} FROM ({_values(part)}) AS new WHERE {table}.id = new.column1", _flat(part)
        )
    writing.settle(is_stale=True)


def delete(writing: Writing, table: str, ids: Sequence[int]) -> None:
    """Take rows away."""
    writing.settle()
    for part in _parts([(key,) for key in ids]):
        writing.connection.execute(f"DELETE FROM {table} WHERE id IN ({_values(part)})", _flat(part))
    writing.settle(is_stale=True)


def _parts(rows: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    return (rows[start : start + A_STATEMENT] for start in range(0, len(rows), A_STATEMENT))


def _values(part: Sequence[Sequence[Any]]) -> str:
    marks = f"({', '.join('?' * len(part[0]))})"
    return f"VALUES {', '.join([marks] * len(part))}"


def _flat(part: Sequence[Sequence[Any]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(part))
