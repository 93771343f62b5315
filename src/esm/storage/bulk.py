"""Changing and taking away many rows of one table at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from esm.storage.database import Writing


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
