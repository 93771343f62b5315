"""Copying a whole district, its journal included, from one place to another, whatever the engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from esm.errors import StorageRefused, say
from esm.storage.database import connection as database
from esm.storage.database import creation, integrity, journal, migration
from esm.storage.database.connection import AT_ONCE, Reading
from esm.storage.database.engines import sqlite
from esm.storage.database.engines.engine import Connection
from esm.storage.database.engines.sqlite import SqliteConnection
from esm.storage.database.place import FilePlace, Place, ServerPlace, taken

JOURNAL = ("operation", "change")


@dataclass(frozen=True, slots=True)
class Copy:
    """What was copied: how many operations and rows, and the head of the journal, which is the same in both places."""

    operations: int
    rows: int
    head: str


def copy(source: Place, target: Place) -> Copy:
    """Copy a district into a place where nothing stands, verified, all or nothing.

    Raises StorageRefused for a source that is not whole, RuleRefused where something stands at the target.
    """
    integrity.learn_definitions(source)
    with database.reading(source) as original:
        _require_whole(original, source)
        with _opened(target) as copied:
            return _fill(original, copied, source, target)


def restore(source: FilePlace, target: ServerPlace, aside: str) -> ServerPlace | None:
    """Put a copy of a file in the place of a district on a server, all or nothing.

    Return where the present one stands aside, None where there was none.
    """
    from esm.storage.database.engines import postgres_schema, server_address  # noqa: PLC0415 - only for a server

    name = server_address.free_name(aside)
    with database.reading(source) as original:
        _require_whole(original, source)
        with postgres_schema.changing(target, database.PATIENCE_SECONDS) as connection:
            connection.exclude_others()
            was_there = postgres_schema.holds_anything(connection)
            if was_there:
                database.check_version(connection, target)
                postgres_schema.put_aside(connection, name)
            postgres_schema.make_tables(connection)
            _fill(original, connection, source, target)
    return replace(target, schema=name) if was_there else None


def private_copy(connection: Connection) -> SqliteConnection:
    """Return a copy, for this process alone, of what a reading transaction sees; one of a server has no triggers."""
    if isinstance(connection, SqliteConnection):
        return sqlite.private_connection(connection)
    private = sqlite.private_connection()
    migration.bring_tables_up(private, "head")
    copy_rows(connection, private)
    return private


def copy_rows(source: Connection, target: Connection) -> int:
    """Copy the rows of all tables into empty ones without triggers, the journal first; return how many."""
    target.defer_references()
    copied = 0
    for table in (*JOURNAL, *source.journalled_tables()):
        columns = source.columns(table)
        told = source.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY {columns[0]}")
        while some := told.fetchmany(AT_ONCE):
            target.copy_in(table, columns, some)
            copied += len(some)
    return copied


def _fill(original: Reading, copied: Connection, source: Place, target: Place) -> Copy:
    rows = copy_rows(original.connection, copied)
    copied.install_definitions()
    verified = Reading(copied)
    if verified.head() != original.head() or _flaws(verified):
        raise StorageRefused(
            say("The copy at {path} is not what {source} holds.", path=target, source=source),
            say("Nothing was kept; please report this."),
        )
    return Copy(len(journal.operations(copied)), rows, verified.head())


def _require_whole(reading: Reading, source: Place) -> None:
    if _flaws(reading) or reading.connection.strange_definitions():
        raise StorageRefused(
            say("{path} is not whole, so it is not copied.", path=source), say("Run `esm db check` on it first.")
        )


def _flaws(reading: Reading) -> bool:
    """Return whether a row, a seal or a reference is not what the journal tells."""
    found: Iterator[object]
    for found in (
        iter(reading.connection.damages()), iter(reading.connection.orphans()),
        journal.broken_seals(reading.connection), integrity.unlike_the_journal(reading),
    ):  # fmt: skip
        if next(found, None) is not None:
            return True
    return False


@contextmanager
def _opened(target: Place) -> Iterator[Connection]:
    """Open empty tables of this version at a place where nothing stands; they stay if the block ends without error."""
    if isinstance(target, ServerPlace):
        from esm.storage.database.engines import postgres_schema  # noqa: PLC0415 - only for a server

        with postgres_schema.new_tables(target, database.PATIENCE_SECONDS) as connection:
            yield connection
        return
    if target.exists and not target.is_empty:
        raise taken(target, is_copy=True)
    with (
        creation.new_file(target) as new,
        closing(sqlite.begin_rebuilding(new, database.PATIENCE_SECONDS)) as connection,
    ):
        connection.remove_definitions()
        yield connection
        connection.execute("COMMIT")
