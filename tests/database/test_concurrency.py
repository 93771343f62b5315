"""Several people at once, on a file and on a server: nobody's work is lost, nobody meets a locked database."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import psycopg
import pytest
from tests import database_content, small_district
from tests.both_engines import on_both
from tests.conftest import HEADER, TODAY
from tests.several_processes import at_once

from esm.__main__ import main
from esm.storage.database import connection as database
from esm.storage.database.place import Place
from esm.storage.pairing import pairings

WRITERS, VISITS, PAIRINGS, ROUNDS = 8, 25, 12, 4
FIRST = date(2026, 6, 2)


def log_visits(place: Place, number: int) -> None:
    for count in range(VISITS):
        small_district.visit(place, count % 3, FIRST + timedelta(days=count), cadre=f"w{number}")


def pair_one_enterprise(place: Place, number: int) -> None:
    """Try pairings of ten days each, one a week and a day later for each writer: all but a few overlap."""
    for count in range(PAIRINGS):
        start_on = FIRST + timedelta(days=7 * count + number)
        new = pairings.NewPairing(enterprise_id=2, cadre_id=1, start_on=start_on, end_on=start_on + timedelta(days=10))
        with (
            suppress(sqlite3.IntegrityError, psycopg.IntegrityError),
            database.writing(place, HEADER) as writing,
        ):
            pairings.begin(writing, [new])


def pin_to_another(place: Place, number: int) -> int:
    """Pin the first enterprise to the cadre of this number, on the command line."""
    common = ["--db", str(place), "--today", TODAY, "--actor", "clerk", "--quiet"]
    return main([*common, "pair", small_district.CODES[0], f"w{number}", "--pin"])


@pytest.mark.slow
@on_both
def test_eight_who_log_visits_at_once_lose_none_and_meet_no_lock(place: Place) -> None:
    for number in range(3):
        small_district.enrol(place, number)
    for number in range(WRITERS):
        small_district.employ(place, f"w{number}")
    before = len(database_content.dump(place)["operation"])
    assert at_once(log_visits, place, WRITERS) == [0] * WRITERS
    after = database_content.dump(place)
    assert sorted(row[1:4] for row in after["visit"]) == sorted(
        (1 + count % 3, 1 + number, (FIRST + timedelta(days=count)).isoformat())
        for number in range(WRITERS)
        for count in range(VISITS)
    )
    assert len(after["operation"]) - before == WRITERS * VISITS
    assert [row[0] for row in after["operation"]] == list(range(1, len(after["operation"]) + 1))
    assert database_content.flaws(place) == []


@pytest.mark.slow
@on_both
def test_eight_who_pair_one_enterprise_at_once_leave_no_overlap(place: Place) -> None:
    small_district.enrol(place, 0)
    small_district.enrol(place, 1)
    small_district.employ(place, "1001")
    assert at_once(pair_one_enterprise, place, WRITERS) == [0] * WRITERS
    with database.reading(place) as reading:
        stretches = reading.rows("SELECT start_on, end_on FROM pairing ORDER BY start_on")
    assert stretches
    assert all(end_on <= next_start_on for (_, end_on), (next_start_on, _) in pairwise(stretches))
    assert database_content.flaws(place) == []


@on_both
def test_of_two_who_pin_one_enterprise_at_once_one_succeeds_and_the_other_is_refused(place: Place) -> None:
    small_district.enrol(place, 0)
    for number in range(2):
        small_district.employ(place, f"w{number}")
    for _ in range(ROUNDS):
        codes = at_once(pin_to_another, place, writers=2)
        assert sorted(map(str, codes)) == ["0", "4"]
        with database.reading(place) as reading:
            (served,) = reading.rows("SELECT staff_no FROM pairing JOIN cadre ON cadre.id = cadre_id WHERE pinned = 1")
        assert served == (f"w{codes.index(0)}",)
        small_district.undo(place)
    assert database_content.flaws(place) == []
