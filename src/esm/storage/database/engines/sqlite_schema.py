"""Whether what a file's schema says means what this version says, word by word and not letter by letter."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from esm.storage.database.engines.sqlite import SqliteConnection

_DEFINITIONS = """SELECT type, name, tbl_name, sql FROM sqlite_master
                  WHERE sql IS NOT NULL AND name NOT IN ('alembic_version') ORDER BY type, name"""
# What SQLite reads as one word: a text, a name in one of three kinds of quotes, a comment, a number or name, a sign.
_WORD = re.compile(
    r"""(?P<text>'(?:[^']|'')*')|"(?P<name>(?:[^"]|"")*)"|`(?P<tick>(?:[^`]|``)*)`|\[(?P<bracket>[^\]]*)\]"""
    r"""|(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))|(?P<plain>[\w.$]+|[^\w\s])""",
    re.DOTALL,
)


class _Definition(NamedTuple):
    kind: str
    name: str
    table: str


def strange_definitions(raw: sqlite3.Connection) -> list[str]:
    """Return the names of tables, indexes, views and triggers that are missing, altered or not esm's, sorted."""
    present, wanted = _definitions(raw), _wanted()
    odd = [each for each in present.keys() | wanted.keys() if present.get(each) != wanted.get(each)]
    return sorted({each.name for each in odd})


def words(sql: str) -> tuple[str, ...]:
    """Return the words of a statement: texts as they are, names without quotes, all else in small letters.

    Two statements of the same words mean the same; blanks between words and comments mean nothing.
    """
    found = []
    for match in _WORD.finditer(sql):
        kind = match.lastgroup or ""
        if kind == "text":
            found.append(match[kind])
        elif kind != "comment":
            found.append(match[kind].lower())
    return tuple(found[:-1] if found[-1:] == [";"] else found)


@cache
def _wanted() -> Mapping[_Definition, tuple[str, ...]]:
    """Return what the schema of this version defines; it is made once, in memory."""
    from sqlalchemy import create_engine  # noqa: PLC0415 - only this check needs the ORM

    from esm.storage.database.schema import tables  # noqa: PLC0415

    with create_engine("sqlite://").connect() as connection:
        tables.metadata.create_all(connection)
        raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        SqliteConnection(raw).install_definitions()
        return _definitions(raw)


def _definitions(raw: sqlite3.Connection) -> dict[_Definition, tuple[str, ...]]:
    return {_Definition(kind, name, table): words(sql) for kind, name, table, sql in raw.execute(_DEFINITIONS)}
