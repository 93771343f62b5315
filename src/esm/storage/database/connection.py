"""Opening the database, for reading and for writing.

Only the CLI opens transactions. What an engine does in its own way stands in `storage.database.engines`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from esm.domain.desk.history import OperationHeader
from esm.errors import StorageRefused, say
from esm.storage.database import bulk, journal
from esm.storage.database.engines import sqlite
from esm.storage.database.engines.engine import Connection, Record
from esm.storage.database.place import FilePlace, Place, ServerPlace

_SHIPPED = Path(__file__).parents[2] / "migrations"
MIGRATIONS = _SHIPPED if _SHIPPED.is_dir() else Path(__file__).parents[4] / "migrations"  # in a checkout beside `src`
KNOWN_REVISIONS = frozenset(name[:4] for name in os.listdir(MIGRATIONS / "versions") if name.endswith(".py"))
REVISION = max(KNOWN_REVISIONS)
PATIENCE_SECONDS = 30.0
Opened = TypeVar("Opened", bound=Connection)
AT_ONCE = 5_000  # rows as objects at a time: more take memory and no less time


class Reading:
    """A reading transaction: SQL in, which may call phrases (see `storage.database.phrases`), plain tuples out."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def rows(self, sql: str, /, **parameters: object) -> list[Record]:
        """Return all rows of a query with named parameters."""
        return self.connection.execute(sql, parameters).fetchall()

    def each(self, sql: str, /, **parameters: object) -> Iterator[Record]:
        """Return the rows of a query one by one, as they are asked for: only while the transaction is open."""
        return iter(self.connection.execute(sql, parameters))

    def row(self, sql: str, /, **parameters: object) -> Record | None:
        """Return the first row, or None."""
        found: Record | None = self.connection.execute(sql, parameters).fetchone()
        return found

    def value(self, sql: str, /, **parameters: object) -> Any:
        """Return the first column of the first row, or None."""
        found = self.row(sql, **parameters)
        return None if found is None else found[0]

    def id_of(self, table: str, key: Mapping[str, object]) -> int | None:
        """Return the id of the row of a table that has these values, None where there is none."""
        conditions = " AND ".join(f"{name} = :{name}" for name in key)
        found: int | None = self.value(f"SELECT id FROM {table} WHERE {conditions}", **key)
        return found

    def head(self) -> str:
        """Return the seal of the newest operation: as long as it is the same, nobody has written."""
        return journal.head(self.connection)


class Writing(Reading):
    """A writing transaction: one command, one operation of the journal."""

    def __init__(self, connection: Connection, operation_id: int) -> None:
        super().__init__(connection)
        self.operation_id = operation_id
        self.is_abandoned = False
        self.is_noted = False
        self.is_saved = False

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Store new rows, all with the same columns, their `id` perhaps; return their ids, in the order given."""
        if not rows:
            return []
        columns = list(rows[0])
        return bulk.insert(self.connection, table, columns, [tuple(map(row.__getitem__, columns)) for row in rows])

    def update(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change stored rows, each given as its `id` and the columns that differ; all with the same columns."""
        columns = [name for name in rows[0] if name != "id"] if rows else []
        changed = [(row["id"], *map(row.__getitem__, columns)) for row in rows]
        bulk.update(self.connection, table, columns, changed)

    def change(self, table: str, row_id: int, values: Mapping[str, Any]) -> None:
        """Change columns of one row; nothing is written where all of them say so already."""
        bulk.change(self.connection, table, row_id, values)

    def delete(self, table: str, ids: Sequence[int]) -> None:
        """Remove the rows of these ids."""
        bulk.delete(self.connection, table, ids)

    def abandon(self) -> None:
        """Let the transaction be rolled back when it ends: something was found that must not be written."""
        self.is_abandoned = True

    def keep_in_journal(self) -> None:
        """Let the operation stay in the journal although it may change no row."""
        self.is_noted = True


@contextmanager
def reading(place: Place, *, patience: float = PATIENCE_SECONDS) -> Iterator[Reading]:
    """Open a reading transaction on a database of this version."""
    require(place)
    with closing(_begin_reading(place, patience)) as connection:
        check_version(connection, place)
        yield Reading(connection)


def schema_at(place: Place, *, patience: float = PATIENCE_SECONDS) -> str:
    """Return the schema revision of an esm database, of whatever version; refuse any other."""
    require(place)
    with closing(_begin_reading(place, patience)) as connection:
        return revision_of(connection, place)


@contextmanager
def writing(
    place: Place, header: OperationHeader, *, dry_run: bool = False, patience: float = PATIENCE_SECONDS
) -> Iterator[Writing]:
    """Open a writing transaction; it is committed when the block ends, or rolled back with any error.

    A dry run is the real run, rolled back. An operation that changed nothing leaves no trace, unless it is noted.
    """
    require(place)
    with closing(_begin_writing(place, patience)) as connection:
        try:
            check_version(connection, place)
            operation_id = journal.begin(connection, header, REVISION)
            opened = Writing(connection, operation_id)
            yield opened
            is_kept = not (dry_run or opened.is_abandoned)
            is_kept = is_kept and bool(journal.close(connection, operation_id) or opened.is_noted)
            if is_kept:
                connection.commit(operation_id)
                opened.is_saved = True
            else:
                connection.execute("ROLLBACK")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


class NothingThere(StorageRefused):
    """No database stands at a place: esm may make one."""


def require(place: Place) -> None:
    """Refuse a place at which no database can stand; on a server only who asks it knows."""
    if isinstance(place, ServerPlace):
        return
    if not place.exists:
        raise missing(place)
    if not place.file.is_file():
        raise StorageRefused(say("{path} is not a file.", path=place), say("Give a database file with --db."))
    if place.is_empty:
        raise NothingThere(
            say("The file {path} is empty (0 bytes) and not yet a database.", path=place),
            say("Start with `esm import ROSTER.xlsx` or `esm db init`, or restore a backup with `esm db restore`."),
        )


def missing(place: Place) -> NothingThere:
    """Return the refusal of a place at which nothing stands."""
    return NothingThere(
        say("There is no database at {path}.", path=place),
        say("Start with `esm import ROSTER.xlsx`, `esm db init` or, to explore, `esm demo`."),
    )


def check_version(connection: Connection, place: Place) -> None:
    """Refuse what is no esm database, or one of another schema."""
    revision = revision_of(connection, place)
    if revision == REVISION:
        return
    if revision in KNOWN_REVISIONS:
        raise StorageRefused(
            say("The database {path} has an older schema ({revision}).", path=place, revision=revision),
            say("Run `esm db upgrade`; it makes a backup first.")
            if isinstance(place, FilePlace)
            else say("Make a backup on the server, then run `esm db upgrade`."),
        )
    raise StorageRefused(
        say("The database {path} was created by a newer esm (schema {revision}).", path=place, revision=revision),
        say("Install the newer esm; nothing was changed."),
    )


def revision_of(connection: Connection, place: Place) -> str:
    """Return the schema revision of an esm database; refuse any other."""
    revision = connection.revision()
    if revision is None and isinstance(place, ServerPlace):
        raise missing(place)
    if revision is None:
        raise StorageRefused(
            say("{path} is a database, but not an esm database.", path=place),
            say("Give the right file with --db, or create a new one with `esm db init`."),
        )
    return revision


def _begin_reading(place: Place, patience: float) -> Connection:
    if isinstance(place, FilePlace):
        return sqlite.begin_reading(place, patience)
    from esm.storage.database.engines import postgres  # noqa: PLC0415 - the driver is loaded only for a server

    return postgres.begin_reading(place, patience)


def _begin_writing(place: Place, patience: float) -> Connection:
    """Open a transaction that alone writes, on what stands at the place by then: a file may have been replaced."""
    if isinstance(place, FilePlace):
        file = place

        def begin() -> sqlite.SqliteConnection:
            require(file)
            return _locked(sqlite.connect(file, mode="rw", patience=patience), file)

        return sqlite.on_what_stands_there(file, begin)
    from esm.storage.database.engines import postgres  # noqa: PLC0415 - the driver is loaded only for a server

    return _locked(postgres.connect(place, patience, postgres.READ_COMMITTED), place)


def _locked(connection: Opened, place: Place) -> Opened:
    try:
        check_version(connection, place)
        connection.lock()
    except BaseException:
        connection.close()
        raise
    return connection
