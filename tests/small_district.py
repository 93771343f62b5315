"""A small district to write in, and its database as plain values, to compare before and after."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.conftest import HEADER

from esm.domain.values import credit_code
from esm.storage.database import connection as database
from esm.storage.database import definitions, tables
from esm.storage.database.connection import Writing
from esm.storage.pairing import pairings
from esm.usecases.desk import integrity
from esm.usecases.desk import undo as undoing
from esm.usecases.register import master_data
from esm.usecases.visits import log

TODAY = date(2026, 11, 23)
CODES = tuple(start + credit_code.check_character(start) for start in (f"91330205MA2AAAA{n}1" for n in range(1, 9)))
Dump = dict[str, list[tuple[Any, ...]]]


def write(path: Path, act: Callable[[Writing], object]) -> None:
    """Do one thing as one operation of the journal."""
    with database.writing(path, HEADER) as writing:
        act(writing)


def enrol(path: Path, number: int, **values: object) -> None:
    """Add the enterprise of this number, above-scale since June."""
    known = {
        "uscc": CODES[number],
        "name": f"江畔{number}号机电有限公司",
        "above_scale": True,
        "enrolled_on": date(2026, 6, 1),
    }
    write(path, lambda writing: master_data.add_enterprise(writing, known | values, TODAY))


def employ(path: Path, staff_no: str) -> None:
    """Add a cadre."""
    write(path, lambda writing: master_data.add_cadre(writing, {"staff_no": staff_no, "name": f"尹{staff_no}"}))


def visit(path: Path, number: int, done_on: date, *, cadre: str = "1001", channel: str = "on_site") -> None:
    """Log a contact with the enterprise of this number."""
    write(
        path,
        lambda writing: log.log(writing, CODES[number], done_on=done_on, today=TODAY, cadre=cadre, channel=channel),
    )


def leave_register(path: Path, number: int, on: date) -> None:
    """Let the enterprise of this number leave the register; its pairing ends with it."""
    write(path, lambda writing: master_data.exit_enterprise(writing, CODES[number], on, TODAY))


def settle(path: Path) -> None:
    """Make a district of operations 1 to 6: three enterprises, a cadre who serves the first, one visit there."""
    for number in range(3):
        enrol(path, number)
    employ(path, "1001")
    write(path, lambda writing: pairings.begin(writing, [pairings.Beginning(
        enterprise_id=1, cadre_id=1, start_on=date(2026, 6, 1))]))  # fmt: skip
    visit(path, 0, date(2026, 9, 1))


def undo(path: Path, operation_id: int | None = None) -> int:
    """Take an operation back, by default the last, as `esm undo` does; return its number."""
    with database.reading(path) as reading:
        chosen = undoing.target(reading, operation_id)
    with database.writing(path, replace(HEADER, undoes=chosen.id)) as writing:
        undoing.undo(writing, chosen, TODAY)
    return chosen.id


def flaws(path: Path, head: str | None = None) -> list[str]:
    """Return the kinds of what `esm db check` finds wrong."""
    with database.reading(path) as reading:
        return [flaw.kind for flaw in integrity.check(reading, head)]


def dump(path: Path) -> Dump:
    """Return every row of every table, the journal's and the derived ones too."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for (name,) in names}


def business(path: Path) -> Dump:
    """Return every row of the tables that the journal watches over, and of the clock that follows them."""
    return {name: rows for name, rows in dump(path).items() if name not in definitions.UNJOURNALLED - {"clock"}}


def digest(path: Path) -> str:
    """Return what the file's bytes come to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def bare(path: Path) -> sqlite3.Connection:
    """Return a connection as any other SQLite tool would open it, without the settings of esm."""
    return sqlite3.connect(path, isolation_level=None)


def open_operation(connection: sqlite3.Connection) -> None:
    """Begin an operation of the journal over a bare connection."""
    connection.execute(
        """INSERT INTO operation (at, today, actor, host, command, revision, previous_hash)
           VALUES ('2026-11-23T01:00:00+00:00', '2026-11-23', 'somebody', 'shell', '[]', '0001', '')"""
    )


def day_columns() -> list[tuple[str, str]]:
    """Return (table, column) of every column that holds a day, told by the grammar of names."""
    return [
        (table.name, column.name)
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if (column.name.endswith("_on") or column.name in {"active_from", "today"}) and table.name != "clock"
    ]
