"""How both engines find the lines of the due list and count them: by indexes, never by looking at every enterprise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.postgres import Server
from tests.small_district import CODES, TODAY

from esm.storage.database import connection as database
from esm.storage.database import creation
from esm.storage.database.connection import Reading
from esm.storage.database.engines.engine import Connection
from esm.storage.database.place import FilePlace, Place, place_of
from esm.storage.schedule import due_list
from esm.storage.visits import visits
from esm.usecases.register import cadres, enterprises
from esm.usecases.reports import brief, week
from esm.usecases.schedule import due_list as reminding

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


# What a command shows of one cadre or one enterprise, whoever else there is.
SCREENFULS: dict[str, Callable[[Reading], object]] = {
    "brief": lambda reading: brief.brief(reading, CODES[1], TODAY),
    "due --cadre": lambda reading: reminding.due_visits(reading, TODAY, cadre="1001"),
    "week": lambda reading: week.week(reading, "1001", TODAY),
    "visit list --cadre": lambda reading: visits.find_visits(reading, staff_no="1001", until=TODAY),
    "visit list --enterprise": lambda reading: visits.find_visits(reading, uscc=CODES[1], until=TODAY),
    "cadre show": lambda reading: cadres.show_cadre(reading, "1001", TODAY),
    "enterprise show": lambda reading: enterprises.show_enterprise(reading, CODES[1], TODAY),
}


@pytest.mark.parametrize("command", SCREENFULS)
def test_a_file_shows_one_cadre_or_enterprise_without_looking_at_the_others(settled: Path, command: str) -> None:
    with overhearing(FilePlace(settled)) as (reading, overheard):
        SCREENFULS[command](reading)
        asked = len(overheard.told)
        plan = explained(overheard, "EXPLAIN QUERY PLAN")
    assert asked > 0
    # An index that is asked for a span of days alone leads to nearly every row, as a scan does.
    whole = [step for step in plan if step.startswith("SCAN") or step.endswith("_on<?)")]
    assert not [step for step in whole if step.split()[1] in LARGE and "=?" not in step], plan


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
