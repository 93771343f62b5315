"""What a database holds, as plain values to compare before and after, and how any other tool would open it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from esm.storage.database import connection as database
from esm.storage.database.engines.engine import Connection
from esm.storage.database.engines.sqlite import UNJOURNALLED
from esm.storage.database.place import FilePlace
from esm.storage.database.schema import tables
from esm.usecases.desk import integrity

Dump = dict[str, list[tuple[Any, ...]]]


def flaws(path: Path, head: str | None = None) -> list[str]:
    """Return the kinds of what `esm db check` finds wrong."""
    with database.reading(FilePlace(path)) as reading:
        return [flaw.kind for flaw in integrity.flaws(reading, head)]


def dump(path: Path) -> Dump:
    """Return every row of every table, the journal's and the derived ones too."""
    with closing(sqlite3.connect(path)) as connection:
        return rows(connection)


def rows(connection: sqlite3.Connection | Connection) -> Dump:
    """Return every row of every table that a connection sees."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for (name,) in names}


def business(path: Path) -> Dump:
    """Return every row of the tables that the journal watches over, and of the clock that follows them."""
    return only_business(dump(path))


def only_business(content: Dump) -> Dump:
    """Return the tables that the journal watches over, and the clock."""
    return {name: rows for name, rows in content.items() if name not in UNJOURNALLED - {"clock"}}


def digest(path: Path) -> str:
    """Return what the file's bytes come to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bare(path: Path) -> sqlite3.Connection:
    """Return a connection as any other SQLite tool would open it, without the settings of esm."""
    return sqlite3.connect(path, isolation_level=None)


def open_operation(connection: sqlite3.Connection) -> None:
    """Begin an operation of the journal over a bare connection."""
    connection.execute(
        """INSERT INTO operation (at, today, actor, host, command, revision, previous_hash)
           VALUES ('2026-11-23T01:00:00+00:00', '2026-11-23', 'somebody', 'shell', '[]', '0001', '')"""
    )


def day_columns() -> list[tuple[str, str]]:
    """Return (table, column) of every column that holds a day, told by the grammar of names."""
    return [
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith("_on") or column.name in {"active_from", "today"}) and table.name != "clock"
    ]
