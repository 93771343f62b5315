"""The database as an operation left it, found in the journal (docs/decisions/0034).

There is no second copy of the data on record: it is done aside, in a private database that vanishes with its
connection. `fold_back` itself is plain SQL, which another engine may run in a transaction that it rolls back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import date

from esm.domain.desk.history import OperationHeader
from esm.errors import StorageRefused, say
from esm.storage.database import journal, migration, past_rows
from esm.storage.database.connection import REVISION, Reading, Writing
from esm.storage.database.copying import private_copy
from esm.storage.database.engines.engine import Connection
from esm.storage.database.engines.sqlite import SqliteConnection, private_connection
from esm.storage.database.row_values import iso

DB_CHECK = say("See `esm db check`.")


def operation_before(reading: Reading, day: date) -> int | None:
    """Return the last operation before the first whose own day is later than `day`, None where there is none."""
    found: int | None = reading.value(
        """SELECT max(id) FROM operation
           WHERE id < coalesce((SELECT min(id) FROM operation WHERE today > :day),
                               (SELECT max(id) + 1 FROM operation))""",
        day=iso(day),
    )
    return found


@contextmanager
def at_the_end_of(reading: Reading, day: date, tables: Iterable[str]) -> Iterator[Reading | None]:
    """Yield the database as it stood before these tables were changed on a later day; None where nothing stood.

    Raises StorageRefused where the journal was changed or is not complete.
    """
    later = past_rows.first_later_operation(reading, day, *tables)
    if later is None:
        yield reading
        return
    last: int | None = reading.value("SELECT max(id) FROM operation WHERE id < :later", later=later)
    if last is None:
        yield None
        return
    with as_left_by(reading, last) as earlier:
        yield earlier


def is_whole_from_the_start(reading: Reading) -> bool:
    """Return whether the journal still holds its first operation."""
    first = reading.value("SELECT previous_hash FROM operation ORDER BY id LIMIT 1")
    return first in (None, journal.FIRST_HASH)


@contextmanager
def as_left_by(reading: Reading, operation_id: int) -> Iterator[Reading]:
    """Yield the database as an operation left it, its history up to it; nothing is copied where it is the last.

    Raises StorageRefused where the journal was changed or is not complete.
    """
    if reading.value("SELECT max(id) FROM operation") == operation_id:
        yield reading
        return
    is_of_this_schema = reading.value("SELECT revision FROM operation WHERE id = :id", id=operation_id) == REVISION
    for broken in journal.broken_seals(reading.connection, operation_id if is_of_this_schema else 0):
        raise StorageRefused(
            say(
                "Operation {id} was changed after it was sealed, so what was known at {known} cannot be determined.",
                id=broken,
                known=operation_id,
            ),
            DB_CHECK,
        )
    with closing(private_copy(reading.connection) if is_of_this_schema else private_connection()) as private:
        try:
            if is_of_this_schema:
                fold_back(private, operation_id)
            else:
                do_again(private, reading.connection, operation_id)
        except private.refusals as error:
            raise StorageRefused(
                say("The journal does not lead back to operation {id}.", id=operation_id), DB_CHECK
            ) from error
        yield Reading(private)


@contextmanager
def changeable_copy(reading: Reading, operation_id: int, header: OperationHeader) -> Iterator[Writing]:
    """Yield an operation that changes the database as an earlier one left it: a copy for this process, which vanishes.

    Raises StorageRefused where the journal was changed or is not complete.
    """
    with as_left_by(reading, operation_id) as earlier, ExitStack() as stack:
        private = earlier.connection
        if earlier is reading:
            private = stack.enter_context(closing(private_copy(reading.connection)))
            private.remove_definitions()
            private.install_definitions()
        yield Writing(private, journal.begin(private, header, REVISION))


def fold_back(connection: SqliteConnection, operation_id: int) -> None:
    """Put every row back as this operation left it: as the first change after it found it.

    No later operation may have upgraded the database, and foreign keys must be off.
    """
    connection.remove_definitions()  # what would journal it
    _put_rows(connection, "old", "SELECT min(seq) AS seq FROM change WHERE operation_id > :first", operation_id)
    connection.execute("DELETE FROM change WHERE operation_id > ?", (operation_id,))
    connection.execute("DELETE FROM operation WHERE id > ?", (operation_id,))
    connection.install_definitions()


def do_again(connection: SqliteConnection, told_by: Connection, operation_id: int) -> None:
    """Do in an empty database all that a journal tells up to an operation, and every upgrade where it was made.

    So what an earlier schema wrote is put in the words of this one by the migrations themselves.
    """
    stretches = told_by.execute(
        "SELECT revision, min(id), max(id) FROM operation WHERE id <= ? GROUP BY revision ORDER BY min(id)",
        (operation_id,),
    ).fetchall()
    for revision, first, last in stretches:
        migration.bring_tables_up(connection, revision)
        for table, number in (("operation", "id"), ("change", "operation_id")):
            columns = connection.columns(table)
            told = told_by.execute(
                f"SELECT {', '.join(columns)} FROM {table} WHERE {number} BETWEEN ? AND ?", (first, last)
            )
            connection.copy_in(table, columns, told.fetchall())
        _put_rows(connection, "new", "SELECT max(seq) AS seq FROM change WHERE operation_id >= :first", first)
    migration.bring_tables_up(connection, "head")
    migration.reword(connection, stretches[-1][0])
    connection.install_definitions()


def _put_rows(connection: SqliteConnection, side: str, chosen: str, first: int) -> None:
    """Put in the place of each row what one side of the change that is chosen for it says, perhaps nothing."""
    connection.execute(
        f"""CREATE TEMPORARY TABLE told AS SELECT change.subject, change.row_id, change.{side} AS said
            FROM ({chosen} GROUP BY subject, row_id) AS chosen JOIN change ON change.seq = chosen.seq""",
        {"first": first},
    )
    for table in connection.journalled_tables():
        columns = connection.columns(table)
        values = ", ".join(f"field_of(said, {name})" for name in columns)
        connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM told WHERE subject = '{table}')")
        connection.execute(
            f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {values} FROM told
                WHERE subject = '{table}' AND said IS NOT NULL ORDER BY row_id"""
        )
    connection.execute("DROP TABLE told")
