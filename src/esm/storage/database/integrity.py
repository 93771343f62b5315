"""What is wrong with a database, as plain facts; `usecases.desk.integrity` turns them into findings."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from esm.storage.database.connection import Reading


def rows_by_table(reading: Reading) -> tuple[tuple[str, int], ...]:
    """Return how many rows each business table holds."""
    tables = reading.connection.journalled_tables()
    return tuple((table, int(reading.value(f"SELECT count(*) FROM {table}"))) for table in tables)


class Difference(NamedTuple):
    """A row that is not as its last change left it, or that `is_gone` though no change deleted it."""

    table: str
    id: int
    is_gone: bool


def unlike_the_journal(reading: Reading) -> Iterator[Difference]:
    """Yield where a row is not as its last change left it: the journal, folded up, must equal the tables."""
    for table in reading.connection.journalled_tables():
        columns = reading.connection.columns(table)
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


def wrong_clocks(reading: Reading) -> list[str]:
    """Return the codes whose stored clock is not what the facts say."""
    rows = reading.rows(
        """SELECT uscc FROM (SELECT * FROM (SELECT * FROM clock EXCEPT SELECT * FROM clock_now) AS kept
                             UNION SELECT * FROM (SELECT * FROM clock_now EXCEPT SELECT * FROM clock) AS told) AS odd
           ORDER BY uscc"""
    )
    return list(dict.fromkeys(uscc for (uscc,) in rows))
