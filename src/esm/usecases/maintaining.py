"""The database itself: is it whole, and does it say what its journal says?"""

from __future__ import annotations

import json
from collections.abc import Iterator

from esm.domain.operation import Condition, Flaw
from esm.errors import say
from esm.storage import definitions, journal
from esm.storage.database import Reading


def info(reading: Reading) -> Condition:
    """Return what the database holds."""
    tables = definitions.journalled(reading.connection)
    return Condition(
        str(reading.value("SELECT version_num FROM alembic_version")),
        tuple((table, int(reading.value(f"SELECT count(*) FROM {table}"))) for table in tables),
        int(reading.value("SELECT count(*) FROM operation")),
        journal.head(reading.connection),
    )


def check(reading: Reading, head: str | None = None) -> list[Flaw]:
    """Return what is wrong: damage, orphans, a broken journal, data changed behind it, a clock that is off.

    `head` is the start of a journal head noted earlier; without it, cutting off the newest operations
    cannot be noticed.
    """
    return [
        *_damage(reading),
        *_journal(reading, head),
        *_behind_the_journal(reading),
        *_definitions(reading),
        *_clock(reading),
    ]


def _damage(reading: Reading) -> Iterator[Flaw]:
    for (text,) in reading.rows("PRAGMA integrity_check"):
        if text != "ok":
            yield Flaw("damaged", say("the file is damaged: {text}", text=text))
    for table, row_id, parent, _ in reading.rows("PRAGMA foreign_key_check"):
        yield Flaw("orphan", say("{table} {id} points to a missing {parent}", table=table, id=row_id, parent=parent))


def _journal(reading: Reading, head: str | None) -> Iterator[Flaw]:
    for operation_id in journal.broken(reading.connection):
        yield Flaw("journal", say("operation {id} was changed after it was sealed", id=operation_id))
    if head is not None and not any(
        operation.hash.startswith(head.lower()) for operation in journal.operations(reading.connection)
    ):
        yield Flaw("head", say("the journal has no operation with the head {head}", head=head))


def _behind_the_journal(reading: Reading) -> Iterator[Flaw]:
    """Compare every row with its last change: the journal, folded up, must equal the tables."""
    for table in definitions.journalled(reading.connection):
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
            if last is None or json.loads(last) != dict(zip(columns, row, strict=True)):
                yield Flaw("changed", say("{table} {id} was changed behind the journal", table=table, id=row[0]))
        for row_id, last in told.items():
            if last is not None:
                yield Flaw("changed", say("{table} {id} was deleted behind the journal", table=table, id=row_id))


def _definitions(reading: Reading) -> Iterator[Flaw]:
    """Compare the views and triggers with those of this version: one that is missing lets errors through."""
    present = {sql for (sql,) in reading.rows("SELECT sql FROM sqlite_master WHERE type IN ('view', 'trigger')")}
    wanted = {statement.strip().rstrip(";") for statement in definitions.statements(reading.connection)}
    missing = len({_plain(sql) for sql in wanted} - {_plain(sql) for sql in present})
    if missing:
        yield Flaw("definitions", say("{count} views or triggers are missing or altered", count=missing))


def _plain(sql: str) -> str:
    return " ".join(line for line in sql.split() if line)


def _clock(reading: Reading) -> Iterator[Flaw]:
    for (uscc,) in reading.rows(
        """SELECT uscc FROM (SELECT * FROM clock EXCEPT SELECT * FROM clock_now
                             UNION SELECT * FROM (SELECT * FROM clock_now EXCEPT SELECT * FROM clock)) ORDER BY uscc"""
    ):
        yield Flaw("clock", say("the clock of {uscc} is off", uscc=uscc))
