"""What is wrong with a database, as plain facts; `usecases.desk.integrity` turns them into findings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache
from typing import NamedTuple, TypeVar

from esm.storage.database import connection, journal
from esm.storage.database.connection import Reading
from esm.storage.database.engines import sqlite
from esm.storage.database.place import FilePlace, Place, ServerPlace

# Rows are told apart as texts, since few are other texts than the journal has; these few are then compared by column.
# Which change of a row is the last is found first, without its texts: together they are more than a server sorts in
# memory.
_UNLIKE = """WITH last_change AS (SELECT row_id, max(seq) AS seq FROM change WHERE subject = '{table}' GROUP BY row_id)
    SELECT {table}.id AS row_id, change.new, {row}
    FROM {table} LEFT JOIN last_change ON last_change.row_id = {table}.id LEFT JOIN change USING (seq)
    WHERE change.new IS NULL OR change.new <> {row}
    UNION ALL
    SELECT last_change.row_id, change.new, NULL FROM last_change JOIN change USING (seq)
    WHERE change.new IS NOT NULL AND last_change.row_id NOT IN (SELECT id FROM {table})
    ORDER BY row_id"""


def rows_by_table(reading: Reading) -> tuple[tuple[str, int], ...]:
    """Return how many rows each business table holds."""
    tables = reading.connection.journalled_tables()
    return tuple((table, int(reading.value(f"SELECT count(*) FROM {table}"))) for table in tables)


Found = TypeVar("Found")
_OF_CONTENT = {
    sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
}  # fmt: skip


class Difference(NamedTuple):
    """A row that is not as its last change left it, or that `is_gone` though no change deleted it."""

    table: str
    id: int
    is_gone: bool


def unlike_the_journal(reading: Reading) -> Iterator[Difference]:
    """Yield where a row is not as its last change left it: the journal, folded up, must equal the tables."""
    for table in reading.connection.journalled_tables():
        row = reading.connection.row_as_json(table)
        for row_id, last, present in reading.rows(_UNLIKE.format(table=table, row=row)):
            if present is None:
                yield Difference(table, row_id, is_gone=True)
            elif last is None or not _agrees(table, _values(last), _values(present)):
                yield Difference(table, row_id, is_gone=False)


def _values(text: str) -> dict[str, object]:
    """Return the columns of a row, none where the text is damaged."""
    try:
        values: dict[str, object] = json.loads(text)
    except ValueError:
        return {}
    return values


def _agrees(table: str, told: Mapping[str, object], row: Mapping[str, object]) -> bool:
    """Compare all columns. One that a migration has dropped since is passed over; one that it added has its default.

    What a migration says in the words of a new column is in the journal (`migration.reword`).
    """
    if not told or not row:
        return False
    added = row.keys() - told.keys()
    presets = _presets(table) if added else {}
    return all(row[name] == value for name, value in told.items() if name in row) and all(
        row[name] == presets.get(name) for name in added
    )


@cache
def _presets(table: str) -> Mapping[str, object]:
    """Return what the columns of a table hold when nothing was said, where that is not nothing."""
    from sqlalchemy import DefaultClause  # noqa: PLC0415 - only rows of an earlier schema need it

    from esm.storage.database.schema import tables  # noqa: PLC0415

    return {
        column.name: column.type.python_type(str(column.server_default.arg))
        for column in tables.metadata.tables[table].columns
        if isinstance(column.server_default, DefaultClause)
    }


def has_other_versions(reading: Reading) -> bool:
    """Return whether the database names more than one version of its schema."""
    return bool(reading.value("SELECT count(*) > 1 FROM alembic_version"))


def explains(place: Place, error: Exception) -> bool:
    """Return whether a file is so damaged that an error about it is no fault of esm; asked only where one happened."""
    if not (isinstance(place, FilePlace) and place.file.is_file()) or not _is_of_content(error):
        return False
    try:
        with closing(sqlite.begin_reading(place, connection.PATIENCE_SECONDS)) as opened:
            return bool(opened.damages()) or any(_disagreements(Reading(opened)))
    except (sqlite3.Error, ValueError, TypeError, AttributeError) as second:
        return _is_of_content(second)


def _is_of_content(error: Exception) -> bool:
    """Return whether an error is not of the disk or of another program at work, which have sentences of their own."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & 0xFF in _OF_CONTENT  # Python has no name for some of the longer codes


def _disagreements(reading: Reading) -> Iterator[object]:
    yield from unlike_the_journal(reading)
    yield from journal.broken_seals(reading.connection)
    if reading.connection.revision() == connection.REVISION:
        yield from reading.connection.strange_definitions()
        yield from wrong_clocks(reading)


def read_whole(rows: Iterator[Found], into: list[Found]) -> bool:
    """Add rows to a list as far as they can be read; return whether that was to their end."""
    try:
        into.extend(rows)  # keeps what came before an error
    except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
        if not _is_of_content(error):
            raise
        return False
    return True


def unreadable_tables(reading: Reading) -> Iterator[str]:
    """Yield the business tables of a file of which not every row can be read."""
    if isinstance(reading.connection, sqlite.SqliteConnection):
        for table in reading.connection.journalled_tables():
            if not read_whole(iter(reading.connection.execute(f"SELECT * FROM {table}")), []):
                yield table


def learn_definitions(place: Place) -> None:
    """Let it be known which definitions a database of this version has, before a transaction asks for them.

    A server has to make them for that, which neither a reading transaction nor a standby can.
    """
    if isinstance(place, ServerPlace):
        from esm.storage.database.engines import postgres_catalogue  # noqa: PLC0415 - only for a server

        with connection.reading(place) as reading:  # refuses what is no database before anything is made beside it
            is_known = postgres_catalogue.is_known(reading.connection)
        if not is_known:
            postgres_catalogue.learn_parts(place)


def wrong_clocks(reading: Reading) -> list[str]:
    """Return the codes whose stored clock is not what the facts say."""
    rows = reading.rows(
        """WITH told AS MATERIALIZED (SELECT * FROM clock_now)
           SELECT uscc FROM (SELECT * FROM (SELECT * FROM clock EXCEPT SELECT * FROM told) AS kept
                             UNION SELECT * FROM (SELECT * FROM told EXCEPT SELECT * FROM clock) AS missing) AS odd
           ORDER BY uscc"""
    )
    return list(dict.fromkeys(uscc for (uscc,) in rows))
