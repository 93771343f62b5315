"""The database as an operation left it, found by folding the journal back (docs/decisions/0034).

There is no second copy of the data on record: the fold is done aside, in a private copy that vanishes with the
connection. `fold_back` itself is plain SQL, which another engine may run in a transaction that it rolls back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date

from esm.errors import StorageRefused, say
from esm.storage.database import journal, migration, views_and_triggers
from esm.storage.database.connection import Reading, private_copy
from esm.storage.database.phrases import spelled_out
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


def is_whole_from_the_start(reading: Reading) -> bool:
    """Return whether the journal still holds its first operation."""
    first = reading.value("SELECT previous_hash FROM operation ORDER BY id LIMIT 1")
    return first in (None, journal.FIRST_HASH)


@contextmanager
def as_left_by(reading: Reading, operation_id: int) -> Iterator[Reading]:
    """Yield the database as an operation left it, its history up to it; nothing is copied where it is the last.

    Raises StorageRefused where the journal after it was changed or is not complete.
    """
    if not reading.value("SELECT EXISTS (SELECT 1 FROM operation WHERE id > :id)", id=operation_id):
        yield reading
        return
    broken = next(journal.broken_seals(reading.connection, operation_id), None)
    if broken is not None:
        raise StorageRefused(
            say("Operation {id} was changed after it was sealed, so what was known before it is lost.", id=broken),
            DB_CHECK,
        )
    with closing(private_copy(reading.connection)) as copy:
        try:
            fold_back(copy, operation_id)
        except sqlite3.IntegrityError as error:
            raise StorageRefused(
                say("The journal does not lead back to operation {id}.", id=operation_id), DB_CHECK
            ) from error
        yield Reading(copy)


def fold_back(connection: sqlite3.Connection, operation_id: int) -> None:
    """Put every row back as this operation left it: as the first change after it found it.

    What an earlier schema wrote is put in the words of this one, as its upgrade did. Foreign keys must be off.
    """
    (revision,) = connection.execute("SELECT revision FROM operation WHERE id = ?", (operation_id,)).fetchone()
    views_and_triggers.remove(connection)  # what would journal it
    connection.execute(
        """CREATE TEMPORARY TABLE found AS SELECT subject, row_id, min(seq) AS seq
           FROM change WHERE operation_id > ? GROUP BY subject, row_id""",
        (operation_id,),
    )
    for table in views_and_triggers.journalled_tables(connection):
        connection.execute(f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM found WHERE subject = '{table}')")
        columns = views_and_triggers.columns(connection, table)
        values = ", ".join(_value_then(name, preset) for name, preset in columns.items())
        connection.execute(
            spelled_out(
                f"""INSERT INTO {table} ({", ".join(columns)})
                    SELECT {values} FROM found JOIN change ON change.seq = found.seq
                    WHERE found.subject = '{table}' AND change.old IS NOT NULL"""
            )
        )
    connection.execute("DROP TABLE found")
    connection.execute("DELETE FROM change WHERE operation_id > ?", (operation_id,))
    connection.execute("DELETE FROM operation WHERE id > ?", (operation_id,))
    migration.reword(connection, revision)
    views_and_triggers.install(connection)


def _value_then(name: str, preset: str | None) -> str:
    """Return SQL for a column of the row that a change found; one added since has its preset."""
    value = f"field_of(change.old, {name})"
    if preset is None:
        return value
    return f"CASE WHEN lacks(change.old, {name}) THEN {preset} ELSE {value} END"
