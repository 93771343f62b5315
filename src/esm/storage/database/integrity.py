"""What is wrong with a database, as plain facts; `usecases.desk.integrity` turns them into findings."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from esm.storage.database.connection import Reading
from esm.storage.database.schema import views_and_triggers

SCHEMA = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ('alembic_version')"


def rows_by_table(reading: Reading) -> tuple[tuple[str, int], ...]:
    """Return how many rows each business table holds."""
    tables = views_and_triggers.journalled_tables(reading.connection)
    return tuple((table, int(reading.value(f"SELECT count(*) FROM {table}"))) for table in tables)


def damages(reading: Reading) -> list[str]:
    """Return what SQLite's own check says, nothing when the file is whole."""
    return [text for (text,) in reading.rows("PRAGMA integrity_check") if text != "ok"]


class Orphan(NamedTuple):
    """A row that points to nothing: `parent` is the table where the row is missing."""

    table: str
    id: int
    parent: str


class Difference(NamedTuple):
    """A row that is not as its last change left it, or that `is_gone` though no change deleted it."""

    table: str
    id: int
    is_gone: bool


def orphans(reading: Reading) -> list[Orphan]:
    """Return every row that points to nothing."""
    return [Orphan(table, row_id, parent) for table, row_id, parent, _ in reading.rows("PRAGMA foreign_key_check")]


def unlike_the_journal(reading: Reading) -> Iterator[Difference]:
    """Yield where a row is not as its last change left it: the journal, folded up, must equal the tables."""
    for table in views_and_triggers.journalled_tables(reading.connection):
        columns = [row[1] for row in reading.rows(f"PRAGMA table_info({table})")]
        told: dict[int, str | None] = dict(
            reading.rows(
                """SELECT row_id, new FROM change WHERE seq IN
                   (SELECT max(seq) FROM change WHERE subject = :table GROUP BY row_id)""",
                table=table,
            )
        )
        for row in reading.rows(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id"):
            last = told.pop(row[0], None)
            if last is None or not _agrees(json.loads(last), dict(zip(columns, row, strict=True))):
                yield Difference(table, row[0], is_gone=False)
        yield from (Difference(table, row_id, is_gone=True) for row_id, last in told.items() if last is not None)


def _agrees(told: dict[str, object], row: dict[str, object]) -> bool:
    """Compare the columns that both know: a migration may have added or dropped one since."""
    return all(row[name] == value for name, value in told.items() if name in row)


def strange_definitions(reading: Reading) -> list[str]:
    """Return the names of tables, indexes, views and triggers that are missing, altered or not esm's."""
    present = {_without_layout(sql): name for name, sql in reading.rows(SCHEMA)}
    wanted = {_without_layout(sql): name for name, sql in _expected_schema()}
    odd = [present.get(sql) or wanted[sql] for sql in present.keys() ^ wanted.keys()]
    return sorted(set(odd))


def _expected_schema() -> list[tuple[str, str]]:
    """Return the schema of this version, made anew in memory."""
    from sqlalchemy import create_engine  # noqa: PLC0415 - only this check needs the ORM

    from esm.storage.database.schema import tables  # noqa: PLC0415

    with create_engine("sqlite://").connect() as connection:
        tables.metadata.create_all(connection)
        raw = connection.connection.driver_connection
        if not isinstance(raw, sqlite3.Connection):
            raise TypeError(raw)
        views_and_triggers.install(raw)
        found: list[tuple[str, str]] = raw.execute(SCHEMA).fetchall()
        return found


def wrong_clocks(reading: Reading) -> list[str]:
    """Return the codes whose stored clock is not what the facts say."""
    rows = reading.rows(
        """SELECT uscc FROM (SELECT * FROM (SELECT * FROM clock EXCEPT SELECT * FROM clock_now) AS kept
                             UNION SELECT * FROM (SELECT * FROM clock_now EXCEPT SELECT * FROM clock) AS told) AS odd
           ORDER BY uscc"""
    )
    return list(dict.fromkeys(uscc for (uscc,) in rows))


def _without_layout(sql: str) -> str:
    """Return the statement as the same words however it was laid out or quoted."""
    return "".join(sql.replace('"', "").rstrip(";").split())
