"""Adding, changing and taking away many rows of one table at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esm.storage.database import Writing

# Rows in one INSERT. Because a trigger may refuse it, SQLite saves every page that a statement touches: row by row
# that costs five times the insert with all its triggers. More would not help; a statement takes 32 766 values.
A_STATEMENT = 500


def insert(writing: Writing, table: str, rows: Sequence[Mapping[str, Any]], first: int) -> None:
    """Store new rows, all with the same columns, under ids that count from `first`."""
    columns = list(rows[0]) if rows else []
    marks = f"({', '.join('?' * (1 + len(columns)))})"
    connection = writing.session.connection()
    for start in range(0, len(rows), A_STATEMENT):
        part = rows[start : start + A_STATEMENT]
        values = [
            value for key, row in enumerate(part, first + start) for value in (key, *map(row.__getitem__, columns))
        ]
        connection.exec_driver_sql(
            f"INSERT INTO {table} (id, {', '.join(columns)}) VALUES {', '.join([marks] * len(part))}", tuple(values)
        )


def update(writing: Writing, table: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Change stored rows, each given as its `id` and the columns that differ; all with the same columns."""
    from sqlalchemy import update as statement  # noqa: PLC0415 - loaded with the ORM

    writing.session.flush()
    if rows:
        writing.session.execute(statement(table), list(rows))


def delete(writing: Writing, table: type[Any], ids: Sequence[int]) -> None:
    """Take rows away."""
    from sqlalchemy import bindparam  # noqa: PLC0415 - loaded with the ORM
    from sqlalchemy import delete as statement  # noqa: PLC0415

    writing.session.flush()
    if ids:
        chosen = statement(table.__table__).where(table.__table__.c.id == bindparam("row_id"))
        writing.session.connection().execute(chosen, [{"row_id": key} for key in ids])
        writing.session.expire_all()
