"""The least that an import with a journal can cost: cells straight into the tables, past every check of esm.

`python benchmarks/by_hand.py ROSTER.xlsx DATABASE`: the same rows of three tables as `esm import`, the same triggers
(journal, overlap, clock and its guard), the seal, rolled back. Nothing is parsed, compared, refused or told.
"""

from __future__ import annotations

import sqlite3
import sys
from itertools import chain

import python_calamine

from esm.domain.desk.history import OperationHeader
from esm.storage.database import journal
from esm.storage.database.engines.sqlite import SqliteConnection

A_STATEMENT = 500
NOW = OperationHeader(at="2026-11-23T00:00:00+00:00", today="2026-11-23", actor="甲", host="乙", command=("esm",))
ENTERPRISE = (
    "id, uscc, name, address, revenue, employees, above_scale, enrolled_on, contact_name, contact_phone, verified_on"
)


def main() -> None:
    """Write and roll back."""
    _, roster, database = sys.argv
    # Of the rows the first is the header, the second the one enterprise of the district on record.
    _, _, *rows = python_calamine.CalamineWorkbook.from_path(roster).get_sheet_by_index(0).to_python()
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=EXTRA", "journal_mode=TRUNCATE"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    operation = journal.begin(SqliteConnection(connection), NOW, "0000")
    for start in range(0, len(rows), A_STATEMENT):
        part = list(enumerate(rows[start : start + A_STATEMENT], start=start + 1000))
        _insert(
            connection, "enterprise", ENTERPRISE,
            [(key, row[0], row[1], row[4], _whole(row[5]) * 10_000, _whole(row[6]), 1, *row[9:12], NOW.today)
             for key, row in part],
        )  # fmt: skip
        _insert(
            connection, "profile", "id, enterprise_id, tier, subdistrict, industry_code, start_on",
            [(key, key, row[7], row[3], row[2], "0001-01-01") for key, row in part],
        )  # fmt: skip
        _insert(
            connection, "scope", "id, enterprise_id, basis, start_on",
            [(key, key, "register", row[9]) for key, row in part],
        )  # fmt: skip
    journal.close(SqliteConnection(connection), operation)
    connection.execute("ROLLBACK")


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    marks = ", ".join([f"({', '.join('?' * len(rows[0]))})"] * len(rows))
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES {marks}", list(chain.from_iterable(rows)))


def _whole(cell: object) -> int:
    return int(float(str(cell)))


if __name__ == "__main__":
    main()
