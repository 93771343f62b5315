"""Adding, changing and taking away rows of one table over the plain driver, many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esm.storage import statements
from esm.storage.database import Writing


def insert(writing: Writing, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Store new rows, given as the values of `columns`; return their ids, which count on unless `id` is given."""
    if "id" in columns:
        ids = [row[columns.index("id")] for row in rows]
    else:
        first = int(writing.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}"))
        ids = list(range(first, first + len(rows)))
        columns = ("id", *columns)
        rows = [(key, *row) for key, row in zip(ids, rows, strict=True)]
    statements.insert(writing.connection, table, columns, rows)
    return ids


def update(writing: Writing, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Change stored rows, each given as its `id` and the columns that differ; all with the same columns."""
    writing.settle()
    columns = [name for name in rows[0] if name != "id"] if rows else []
    changed = [(row["id"], *map(row.__getitem__, columns)) for row in rows]
    statements.update(writing.connection, table, columns, changed)
    writing.settle(is_stale=True)


def delete(writing: Writing, table: str, ids: Sequence[int]) -> None:
    """Take rows away."""
    writing.settle()
    statements.delete(writing.connection, table, ids)
    writing.settle(is_stale=True)


def change(writing: Writing, table: str, row_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of one row; nothing is written where all of them say so already."""
    if not values:
        return
    writing.settle()
    news = ", ".join(f"{name} = :{name}" for name in values)
    is_news = " OR ".join(f"{name} IS NOT :{name}" for name in values)
    writing.connection.execute(f"UPDATE {table} SET {news} WHERE id = :id AND ({is_news})", {**values, "id": row_id})
    writing.settle(is_stale=True)
