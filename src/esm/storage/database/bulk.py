"""Adding, changing and removing rows of one table over the plain driver, many in one statement.

Because a trigger may refuse it, SQLite saves every page that a statement touches: row by row that costs five times
the insert with all its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from esm.storage.database.engines.engine import Connection

MOST_ROWS = 500  # more in one statement would not help; it takes 32 766 values

Values = Sequence[Any]


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
        connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) {_values(part)}", _flattened(part))
    return ids


def update(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Change rows, given as the id and the new values of `columns`; the ids differ."""
    changes = ", ".join(
        f"{name} = {connection.typed(table, name, f'new.column{place}')}" for place, name in enumerate(columns, 2)
    )
    for part in _parts(rows):
        connection.execute(
            f"UPDATE {table} SET {changes} FROM ({_values(part)}) AS new WHERE {table}.id = new.column1",
            _flattened(part),
        )


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
        connection.execute(f"DELETE FROM {table} WHERE id IN ({_values(part)})", _flattened(part))


def _parts(rows: Sequence[Values]) -> Iterator[Sequence[Values]]:
    return (rows[start : start + MOST_ROWS] for start in range(0, len(rows), MOST_ROWS))


def _values(part: Sequence[Values]) -> str:
    marks = f"({', '.join('?' * len(part[0]))})"
    return f"VALUES {', '.join([marks] * len(part))}"


def _flattened(part: Sequence[Values]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(part))
