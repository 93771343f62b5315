"""Several people at once: nobody's work is lost, nobody meets a locked database."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests import database_content, small_district
from tests.conftest import HEADER

from esm.storage.database import connection as database
from esm.storage.database.place import FilePlace
from esm.storage.pairing import pairings

WRITERS, VISITS, PAIRINGS = 8, 25, 12
FIRST = date(2026, 6, 2)


def log_visits(path: Path, number: int) -> None:
    for count in range(VISITS):
        small_district.visit(path, count % 3, FIRST + timedelta(days=count), cadre=f"w{number}")


def pair_one_enterprise(path: Path, number: int) -> None:
    """Try pairings of ten days each, one a week and a day later for each writer: all but a few overlap."""
    for count in range(PAIRINGS):
        start_on = FIRST + timedelta(days=7 * count + number)
        new = pairings.NewPairing(enterprise_id=2, cadre_id=1, start_on=start_on, end_on=start_on + timedelta(days=10))
        with suppress(sqlite3.IntegrityError), database.writing(FilePlace(path), HEADER) as writing:
            pairings.begin(writing, [new])


def at_once(act: Callable[[Path, int], None], path: Path) -> None:
    """Let eight processes do `act` from the same moment on; none may fail."""
    several = multiprocessing.get_context("fork")
    start = several.Barrier(WRITERS)
    writers = [several.Process(target=_started, args=(start, act, path, number)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=60)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS


def _started(start: Any, act: Callable[[Path, int], None], path: Path, number: int) -> None:
    start.wait()
    act(path, number)


@pytest.mark.slow
def test_eight_who_log_visits_at_once_lose_none_and_meet_no_lock(path: Path) -> None:
    for number in range(3):
        small_district.enrol(path, number)
    for number in range(WRITERS):
        small_district.employ(path, f"w{number}")
    before = len(database_content.dump(path)["operation"])
    at_once(log_visits, path)
    after = database_content.dump(path)
    assert sorted(row[1:4] for row in after["visit"]) == sorted(
        (1 + count % 3, 1 + number, (FIRST + timedelta(days=count)).isoformat())
        for number in range(WRITERS)
        for count in range(VISITS)
    )
    assert len(after["operation"]) - before == WRITERS * VISITS
    assert database_content.flaws(path) == []


@pytest.mark.slow
def test_eight_who_pair_one_enterprise_at_once_leave_no_overlap(path: Path) -> None:
    small_district.enrol(path, 0)
    small_district.enrol(path, 1)
    small_district.employ(path, "1001")
    at_once(pair_one_enterprise, path)
    with closing(database_content.bare(path)) as connection:
        stretches = connection.execute("SELECT start_on, end_on FROM pairing ORDER BY start_on").fetchall()
    assert stretches
    assert all(end_on <= next_start_on for (_, end_on), (next_start_on, _) in pairwise(stretches))
    assert database_content.flaws(path) == []
