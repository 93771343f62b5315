"""Adding, changing and removing rows of one table over the plain driver, many in one statement.

Because a trigger may refuse it, SQLite saves every page that a statement touches: row by row that costs five times
the insert with all its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from esm.storage.database.engines.engine import Connection

MOST_ROWS = 500  # more in one statement would not help; it takes 32 766 values

Values = tuple[Any, ...]


def insert(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> list[int]:
    """Store new rows, given as the values of `columns`; return their ids, which count on unless `id` is given."""
    if "id" in columns:
        ids = [row[columns.index("id")] for row in rows]
    else:
        first = int(connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])
        ids = list(range(first, first + len(rows)))
        columns = ("id", *columns)
        rows = [(row_id, *row) for row_id, row in zip(ids, rows, strict=True)]
    for part in _parts(rows):
        query, values = connection.listed(table, columns, part)
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) {query}", values)
    return ids


def update(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Change rows, given as the id and the new values of `columns`; the ids differ."""
    changes = ", ".join(f"{name} = new.column{place}" for place, name in enumerate(columns, 2))
    for part in _parts(rows):
        query, values = connection.listed(table, ("id", *columns), part)
        connection.execute(f"UPDATE {table} SET {changes} FROM ({query}) AS new WHERE {table}.id = new.column1", values)


def change(connection: Connection, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of one row; nothing is written where all of them say so already."""
    if not values:
        return
    news = ", ".join(f"{name} = :{name}" for name in values)
    is_news = " OR ".join(f"differs({name}, :{name})" for name in values)
    change = f"UPDATE {table} SET {news} WHERE id = :id AND ({is_news})"
    connection.execute(change, {**values, "id": row_id})


def delete(connection: Connection, table: str, ids: Sequence[int]) -> None:
    """Remove the rows of these ids."""
    for part in _parts([(row_id,) for row_id in ids]):
        query, values = connection.listed(table, ("id",), part)
        connection.execute(f"DELETE FROM {table} WHERE id IN ({query})", values)


def _parts(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    return (rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS))
