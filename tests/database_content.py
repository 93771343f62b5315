"""What a database holds, as plain values to compare before and after, and how any other tool would open it."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from esm.storage.database import connection as database
from esm.storage.database.engines.engine import UNJOURNALLED, Connection
from esm.storage.database.place import FilePlace, Place
from esm.storage.database.schema import tables
from esm.usecases.desk import integrity

Dump = dict[str, list[tuple[Any, ...]]]
Somewhere = Place | Path  # a file may be given by its path


def place_at(place: Somewhere) -> Place:
    """Return the place of a database."""
    return FilePlace(place) if isinstance(place, Path) else place


def flaws(place: Somewhere, head: str | None = None) -> list[str]:
    """Return the kinds of what `esm db check` finds wrong."""
    with database.reading(place_at(place)) as reading:
        return [flaw.kind for flaw in integrity.flaws(reading, head)]


def dump(place: Somewhere) -> Dump:
    """Return every row of every table, the journal's and the derived ones too."""
    found = place_at(place)
    if isinstance(found, FilePlace):
        with closing(sqlite3.connect(found.file)) as connection:
            return rows(connection)
    with database.reading(found) as reading:
        names = sorted({*tables.metadata.tables, "alembic_version"} - {"winding"})
        return {name: reading.rows(f"SELECT * FROM {name} ORDER BY 1") for name in names}


def rows(connection: sqlite3.Connection | Connection) -> Dump:
    """Return every row of every table that a connection sees."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for (name,) in names}


def business(place: Somewhere) -> Dump:
    """Return every row of the tables that the journal watches over, and of the clock that follows them."""
    return only_business(dump(place))


def only_business(content: Dump) -> Dump:
    """Return the tables that the journal watches over, and the clock."""
    return {name: rows for name, rows in content.items() if name not in UNJOURNALLED - {"clock"}}


def digest(place: Somewhere) -> str:
    """Return what the bytes of the file come to, or all rows on a server."""
    found = place_at(place)
    held = found.file.read_bytes() if isinstance(found, FilePlace) else repr(dump(found)).encode()
    return hashlib.sha256(held).hexdigest()


def bare(path: Path) -> sqlite3.Connection:
    """Return a connection as any other SQLite tool would open it, without the settings of esm."""
    return sqlite3.connect(path, isolation_level=None)


def day_columns() -> list[tuple[str, str]]:
    """Return (table, column) of every column that holds a day, told by the grammar of names."""
    return [
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith("_on") or column.name in {"active_from", "today"}) and table.name != "clock"
    ]
