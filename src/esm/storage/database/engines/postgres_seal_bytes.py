"""What PostgreSQL hands over to be sealed: the same bytes as SQLite, told in SQL (see `engines.engine`)."""

from __future__ import annotations

from esm.storage.database.engines.engine import SEALED

_NOTHING = r"bytea '\x313a00'"  # one zero byte behind its length; a text cannot hold it


def _with_its_length(column: str) -> str:
    """Return SQL for a value as text behind its length in bytes, in a database of UTF-8; null is one zero byte."""
    told = f"octet_length(CAST({column} AS text)) || ':' || CAST({column} AS text)"
    return f"coalesce(convert_to({told}, 'UTF8'), {_NOTHING})"


HEADER_BYTES = " || ".join(map(_with_its_length, SEALED))
CHANGE_BYTES = " || ".join(map(_with_its_length, ("seq", "subject", "row_id", "kind", "old", "new")))
