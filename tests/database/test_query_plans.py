"""How both engines find the lines of the due list and count them: by indexes, never by looking at every enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import Server
from tests.small_district import TODAY

from esm.storage.database import connection as database
from esm.storage.database import creation
from esm.storage.database.connection import Reading
from esm.storage.database.engines.engine import Connection
from esm.storage.database.place import FilePlace, Place, place_of
from esm.storage.schedule import due_list

MANY = 3_000
FIRST, LAST = date(2026, 9, 1), TODAY + timedelta(14)
SOON = due_list.DueFilter(horizon=LAST, deputy_after_days=14)
LARGE = {"enterprise", "cadre", "posting", "profile", "scope", "pairing", "visit", "clock"}
# Everybody is served and due one after the other, and one of a hundred is paused; nobody's triggers are asked.
ROWS = f"""
SET LOCAL session_replication_role = replica;
CREATE TEMP TABLE number ON COMMIT DROP AS SELECT n, CAST(n AS text) COLLATE "C" AS told,
  to_char(date '{FIRST}' + n % 900, 'YYYY-MM-DD') AS due_on FROM generate_series(1, {MANY}) AS n;
INSERT INTO enterprise (id, uscc, name) SELECT n, told, told FROM number;
INSERT INTO cadre (id, staff_no, name) SELECT n, told, told FROM number;
INSERT INTO posting (id, cadre_id, department, start_on) SELECT n, n, '1', '2024-01-01' FROM number;
INSERT INTO profile (id, enterprise_id, tier, subdistrict, start_on) SELECT n, n, 'A', '1', '2024-01-01' FROM number;
INSERT INTO scope (id, enterprise_id, basis, start_on) SELECT n, n, 'register', '2024-01-01' FROM number;
INSERT INTO pairing (id, enterprise_id, cadre_id, pinned, start_on) SELECT n, n, n, 0, '2024-01-01' FROM number;
INSERT INTO visit (id, enterprise_id, cadre_id, done_on, channel, outcome, recorded_on)
SELECT n, n, n, '2026-08-01', 'on_site', 'met', '2026-08-01' FROM number;
INSERT INTO clock (enterprise_id, uscc, tier, start_on, anchor_on, due_on)
SELECT n, told, 'A', '2024-01-01', '2026-08-01', due_on FROM number;
INSERT INTO pause (id, enterprise_id, reason, start_on) SELECT n, n, '1', '2026-11-01' FROM number WHERE n % 100 = 0
"""


class Overheard:
    """A connection whose statements are kept, to be explained afterwards."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.told: list[tuple[str, Any]] = []

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """Run a statement, and keep it."""
        self.told.append((sql, parameters))
        return self.connection.execute(sql, parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


@contextmanager
def overhearing(place: Place) -> Iterator[tuple[Reading, Overheard]]:
    """Open a place for reading, and hear what is asked of the engine."""
    with database.reading(place) as reading:
        overheard = Overheard(reading.connection)
        yield Reading(overheard), overheard  # type: ignore[arg-type]


@pytest.fixture
def filled(server: Server) -> Iterator[Place]:
    """Return a district of thousands of enterprises on a server that knows how they are spread."""
    with server.schema() as name:
        place = place_of(server.address(name))
        creation.create(place)
        with server.connect() as connection, connection.transaction():
            connection.execute(f"SET LOCAL search_path TO {name}; {ROWS}; ANALYZE".encode())
        yield place


def explained(overheard: Overheard, by: str) -> list[str]:
    """Return the steps that the engine takes for all that was asked."""
    answers = [overheard.connection.execute(f"{by} {sql}", parameters) for sql, parameters in overheard.told]
    return [str(step).strip() for answer in answers for (*_, step) in answer]


def test_a_file_finds_the_first_due_lines_and_their_number_by_indexes(path: Path) -> None:
    with overhearing(FilePlace(path)) as (reading, overheard):
        due_list.due_rows(reading, TODAY, SOON, limit=20)
        due_list.due_count(reading, TODAY, SOON)
        plan = explained(overheard, "EXPLAIN QUERY PLAN")
    scanned = {step.split()[1] for step in plan if step.startswith("SCAN")}
    assert not scanned & LARGE, plan
    assert any("SEARCH clock USING COVERING INDEX ix_clock_due_on_end_on" in step for step in plan), plan
    assert any("SEARCH clock USING INDEX ix_clock_due " in step for step in plan), plan


def test_a_server_finds_the_first_due_lines_and_their_number_by_indexes(filled: Place) -> None:
    with overhearing(filled) as (reading, overheard):
        lines = due_list.due_rows(reading, TODAY, SOON, limit=20)
        total = due_list.due_count(reading, TODAY, SOON)
        plan = explained(overheard, "EXPLAIN (COSTS OFF)")
    due = [FIRST + timedelta(number % 900) <= LAST or number % 100 == 0 for number in range(1, MANY + 1)]
    assert (len(lines), total) == (20, sum(due))
    scanned = {step.split(" on ")[1].split()[0] for step in plan if "Seq Scan on" in step}
    assert not scanned & LARGE, plan
    assert any("ix_clock_due_on_end_on" in step for step in plan), plan
    assert any("Index Scan using ix_clock_due on clock" in step for step in plan), plan
