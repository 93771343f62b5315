"""SQLite: a database in one file.

The settings were chosen by measurement (docs/decisions): `BEGIN IMMEDIATE`, no pool, a TRUNCATE
journal with synchronous=EXTRA, foreign keys on, thirty seconds of patience.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any
from urllib.parse import quote

from esm.domain.values.money import FEN_A_UNIT, Money
from esm.errors import StorageRefused
from esm.storage.database.engines import sqlite_outcome
from esm.storage.database.engines.engine import (
    SEALED,
    UNJOURNALLED,
    Connection,
    Cursor,
    Orphan,
    Parameters,
    Record,
)
from esm.storage.database.phrases import spelled_out
from esm.storage.database.place import FilePlace

APPLICATION_ID = 0x45534D31  # "ESM1"

sqlite3.register_adapter(date, date.isoformat)
sqlite3.register_adapter(Decimal, lambda units: int(units * FEN_A_UNIT))
sqlite3.register_adapter(Money, lambda amount: amount.fen)
sqlite3.register_adapter(tuple, lambda texts: ",".join(texts) or None)


def _with_its_length(column: str) -> str:
    """Return SQL for a text behind its length in bytes; null counts as one zero byte."""
    return f"coalesce(length(CAST({column} AS BLOB)) || ':' || {column}, '1:' || char(0))"


class SqliteConnection(Connection):
    """A connection to a file, or to a private database of this process."""

    sqlalchemy_url = "sqlite://"
    refusals = (sqlite3.IntegrityError,)
    header_bytes = "CAST({} AS BLOB)".format("||".join(map(_with_its_length, SEALED)))
    # `printf` is the fastest way, but ends a text at a zero byte; the name of a table and the letter of a kind have
    # none, and cut short would fit no seal.
    change_bytes = f"""CAST(printf('%d:%d%d:%s%d:%d%d:%s', length(seq), seq, length(CAST(subject AS BLOB)), subject,
                                   length(row_id), row_id, length(CAST(kind AS BLOB)), kind)
                            || {_with_its_length("old")} || {_with_its_length("new")} AS BLOB)"""

    def __init__(self, raw: sqlite3.Connection, place: FilePlace | None = None) -> None:
        self.raw: sqlite3.Connection = raw
        self._place = place  # None for a database of this process alone

    def execute(self, sql: str, parameters: Parameters = (), /) -> Cursor:
        """Run a statement with named (`:name`) or numbered (`?`) parameters."""
        return self.raw.execute(spelled_out(sql), parameters)

    def close(self) -> None:
        """Close the connection; what is not committed is rolled back."""
        self.raw.close()

    @property
    def in_transaction(self) -> bool:
        """Return whether a transaction is open."""
        return self.raw.in_transaction

    def lock(self) -> None:
        """Let no other writer in until the transaction, which begins here, ends.

        The journal mode is written into the file: never into another program's.
        """
        self.raw.execute("PRAGMA journal_mode=TRUNCATE")
        self.raw.execute("BEGIN IMMEDIATE")

    def commit(self, operation_id: int) -> None:
        """Commit; raises StorageRefused where the disk failed and the change stands, or that is not known."""
        place = self._place
        reopened = None if place is None else lambda: begin_reading(place, 1.0).raw
        sqlite_outcome.commit(self.raw, operation_id, reopened)

    def revision(self) -> str | None:
        """Return the schema revision, None where the file is no database of esm."""
        try:
            found = self.raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such" not in str(error):
                raise
            return None
        application = self.raw.execute("PRAGMA application_id").fetchone()[0]
        return None if found is None or application != APPLICATION_ID else str(found[0])

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns, in their order."""
        return [row[1] for row in self.raw.execute(f"PRAGMA table_info({table})")]

    def journalled_tables(self) -> list[str]:
        """Return the business tables by name; a table without an id is not one."""
        rows = self.raw.execute(
            """SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
               AND EXISTS (SELECT 1 FROM pragma_table_info(sqlite_master.name) AS field WHERE field.name = 'id')
               ORDER BY name"""
        )
        return [name for (name,) in rows if name not in UNJOURNALLED]

    def row_as_json(self, table: str) -> str:
        """Return SQL for a row of a table as the text that the journal writes of it."""
        from esm.storage.database.schema import views_and_triggers  # noqa: PLC0415 - only to check

        return views_and_triggers.row_as_json(table, self.columns(table))

    def listed(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> tuple[str, Sequence[Any]]:
        """Return a query that gives rows of a table's columns, called column1, column2 …, and its parameters."""
        marks = f"({', '.join('?' * len(columns))})"
        return f"VALUES {', '.join([marks] * len(rows))}", list(chain.from_iterable(rows))

    def copy_in(self, table: str, columns: Sequence[str], rows: Sequence[Record]) -> None:
        """Store rows of another database in a table without triggers."""
        marks = ", ".join("?" * len(columns))
        self.raw.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

    def install_definitions(self) -> None:
        """Replace all views, triggers and clocks by those of this version, inside the caller's transaction."""
        from esm.storage.database.schema import views_and_triggers  # noqa: PLC0415 - only to make or to migrate

        self.remove_definitions()
        for statement in views_and_triggers.statements(
            {table: self.columns(table) for table in self.journalled_tables()}
        ):
            self.execute(statement)

    def remove_definitions(self) -> None:
        """Take all views and triggers away."""
        found = self.raw.execute("SELECT type, name FROM sqlite_master WHERE type IN ('view', 'trigger')").fetchall()
        for kind, name in found:
            self.raw.execute(f'DROP {kind} "{name}"')

    def strange_definitions(self) -> list[str]:
        """Return the names of tables, indexes, views and triggers that are missing, altered or not esm's."""
        from esm.storage.database.engines import sqlite_schema  # noqa: PLC0415 - only to check

        return sqlite_schema.strange_definitions(self.raw)

    def damages(self) -> list[str]:
        """Return what SQLite's own check says, nothing when the file is whole."""
        return [text for (text,) in self.raw.execute("PRAGMA integrity_check") if text != "ok"]

    def orphans(self) -> list[Orphan]:
        """Return every row that points to nothing."""
        rows = self.raw.execute("PRAGMA foreign_key_check")
        return [Orphan(table, row_id, parent) for table, row_id, parent, _ in rows]

    def defer_references(self) -> None:
        """Check references only when the transaction ends."""
        self.raw.execute("PRAGMA defer_foreign_keys=ON")


def file_uri(place: FilePlace) -> str:
    """Return the address by which SQLite opens a file: the bytes of its path, whatever encoding they are in."""
    return f"file:{quote(os.fsencode(place.file.absolute()))}"


def connect(place: FilePlace, *, mode: str, patience: float) -> SqliteConnection:
    """Return a connection with the measured settings; a missing file is never created."""
    uri = f"{file_uri(place)}?mode={mode}"
    raw = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=patience, check_same_thread=False)
    for pragma in ("foreign_keys=ON", "recursive_triggers=ON"):
        raw.execute(f"PRAGMA {pragma}")
    if mode == "rw":
        raw.execute("PRAGMA synchronous=EXTRA")
    return SqliteConnection(raw, place)


def begin_reading(place: FilePlace, patience: float) -> SqliteConnection:
    """Open read-only; after a crash a hot journal must be rolled back first, which needs one write."""
    try:
        connection = connect(place, mode="ro", patience=patience)
        connection.raw.execute("BEGIN")
        connection.raw.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        if not place.has_hot_journal:
            raise
        with closing(connect(place, mode="rw", patience=patience)) as healer:
            healer.raw.execute("SELECT count(*) FROM sqlite_master")
        connection = connect(place, mode="ro", patience=patience)
        connection.raw.execute("BEGIN")
    return connection


def begin_rebuilding(place: FilePlace, patience: float) -> SqliteConnection:
    """Return a connection that alone may write and does not check references, in a transaction."""

    def begin() -> SqliteConnection:
        connection = connect(place, mode="rw", patience=patience)
        for statement in ("PRAGMA foreign_keys=OFF", "PRAGMA journal_mode=TRUNCATE", "BEGIN IMMEDIATE"):
            connection.raw.execute(statement)
        return connection

    return on_what_stands_there(place, begin)


def on_what_stands_there(place: FilePlace, begin: Callable[[], SqliteConnection]) -> SqliteConnection:
    """Return what `begin` returns, once more where the file was replaced or emptied while it waited for others."""
    while True:
        before, was_empty = place.identity, place.is_empty
        try:
            connection = begin()
        except (sqlite3.Error, StorageRefused):
            if place.identity == before and place.is_empty == was_empty:
                raise
            continue
        if place.identity == before:
            return connection
        connection.close()


def private_connection(copied: SqliteConnection | None = None) -> SqliteConnection:
    """Return a database for this process alone, empty or a copy of what a reading transaction sees.

    It is kept in memory or, when it is large, in a nameless file of SQLite's, and vanishes when it is closed.
    """
    private = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    if copied is not None:
        copied.raw.backup(private)
    private.execute("PRAGMA journal_mode=OFF")
    private.execute("PRAGMA synchronous=OFF")
    return SqliteConnection(private)
