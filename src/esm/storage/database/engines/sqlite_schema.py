"""Whether what a file's schema says means what this version says, word by word and not letter by letter."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple, cast

from esm.storage.database.engines.sqlite import SqliteConnection

_DEFINITIONS = """SELECT type, name, tbl_name, sql FROM sqlite_master
                  WHERE sql IS NOT NULL AND NOT (type = 'table' AND name = 'alembic_version') ORDER BY type, name"""
# What a trigger leaves empty before its statement ends, and a number in the file's header that esm never sets.
_LEFT_ALONE = (("winding", "SELECT count(*) FROM winding"), ("user_version", "PRAGMA user_version"))
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
    """Return the names of tables, indexes, views and triggers that are missing, altered or not esm's, sorted.

    With them those of what esm never leaves behind: a row in `winding`, and `user_version`.
    """
    present, wanted = _definitions(raw), _wanted()
    odd = {each.name for each in present.keys() | wanted.keys() if present.get(each) != wanted.get(each)}
    if "winding" not in odd:
        odd |= {name for name, statement in _LEFT_ALONE if raw.execute(statement).fetchone()[0]}
    return sorted(odd)


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
