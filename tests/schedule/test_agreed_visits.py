"""Agreeing on a visit: its day and time, the next one is meant, and nobody is sent where nobody may go."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from tests.conftest import Esm
from tests.district import code

FIRM, OTHER = code(1), code(2)


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on two enterprises, each paired with a cadre, planned to the end of February."""
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一"], ["cadre", "add", "1002", "--name", "尹虚二"],
        *(["enterprise", "add", code(n), "--name", f"江畔{n}号", "--above-scale", "--enrolled-on", "2026-10-10"]
          for n in (1, 2)),
        ["pair", FIRM, "1001"], ["pair", OTHER, "1002"], ["schedule", "--until", "2027-02-28"],
    ):  # fmt: skip
        assert esm(*words).code == 0, words
    return esm


def planned(desk: Esm, firm: str = FIRM) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        desk("visit", "list", "--planned", "--enterprise", firm, "--format", "json").out
    )
    return found


def event(desk: Esm, file: Path, number: str) -> Any:
    """Return the event of a plan, which two parsers read alike."""
    assert desk("calendar", "export", "-o", str(file), "--force").code == 0
    theirs = vobject.readOne(file.read_text())
    theirs.validate()
    (found,) = [
        each
        for each in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        if str(each["UID"]).startswith(f"plan-{number[1:]}-")
    ]
    (same,) = [each for each in theirs.vevent_list if each.uid.value == str(found["UID"])]
    assert same.dtstart.value == found.decoded("DTSTART")
    return found


def test_a_time_of_day_is_shown_wherever_the_visit_is(desk: Esm) -> None:
    (first, *_rest) = planned(desk)
    assert first["starts_at"] is None
    assert desk("visit", "confirm", FIRM, "--at", "9:05").code == 0
    assert (planned(desk)[0]["starts_at"], planned(desk)[0]["confirmed"]) == ("09:05", True)
    assert "09:05" in desk("visit", "list", "--planned").out
    assert "09:05" in desk("visit", "show", first["id"]).out
    assert "agreed visit at 09:05" in desk("brief", FIRM).out
    (due,) = [row for row in json.loads(desk("due", "--within", "99", "--format", "json").out) if row["uscc"] == FIRM]
    assert (due["planned_on"], due["starts_at"]) == (first["planned_on"], "09:05")
    assert "09:05" in desk("due", "--within", "99").out
    form = desk("visit", "form", FIRM, today=first["planned_on"])
    assert "the visit is agreed for 09:05" in form.out
    assert "agreed for" not in desk("visit", "form", OTHER, today=first["planned_on"]).out


def test_without_a_time_the_due_list_has_no_column_of_times_and_says_null(desk: Esm) -> None:
    assert "Agreed time" not in desk("due", "--within", "99").out
    assert {row["starts_at"] for row in json.loads(desk("due", "--within", "99", "--format", "json").out)} == {None}


def test_a_visit_with_a_time_takes_an_hour_of_chinas_zone(desk: Esm, tmp_path: Path) -> None:
    """RFC 5545, 3.8.2.4 and 3.6.5: a zone that a time names is defined in the same file."""
    number = planned(desk)[0]["id"]
    before = event(desk, tmp_path / "v.ics", number)
    assert desk("visit", "confirm", FIRM, "--on", "2026-12-08", "--at", "14:30").code == 0
    after = event(desk, tmp_path / "v.ics", number)
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].params["TZID"] == after["DTEND"].params["TZID"] == "Asia/Shanghai"
    start, end = after.decoded("DTSTART"), after.decoded("DTEND")
    assert (start.replace(tzinfo=None), end - start) == (datetime(2026, 12, 8, 14, 30), timedelta(hours=1))  # noqa: DTZ001 - local
    assert start.utcoffset() == timedelta(hours=8)
    (zone,) = icalendar.Calendar.from_ical((tmp_path / "v.ics").read_bytes()).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Shanghai"
    (alarm,) = after.walk("VALARM")
    assert start + alarm.decoded("TRIGGER") == datetime(2026, 12, 7, 9, tzinfo=start.tzinfo)


def test_whole_days_need_no_zone(desk: Esm, tmp_path: Path) -> None:
    assert desk("calendar", "export", "-o", str(tmp_path / "v.ics")).code == 0
    assert b"VTIMEZONE" not in (tmp_path / "v.ics").read_bytes()


@pytest.mark.parametrize("time", ["24:00", "9", "14.30", "noon", "12:60"])
def test_what_is_no_time_of_day_is_refused(desk: Esm, time: str) -> None:
    ran = desk("visit", "confirm", FIRM, "--at", time)
    assert (ran.code, "is not a time of day" in ran.err) == (2, True)


def test_the_time_of_an_agreed_visit_can_change_and_goes_with_the_day(desk: Esm) -> None:
    desk("visit", "confirm", FIRM, "--on", "2026-12-08", "--at", "14:30")
    assert desk("visit", "confirm", FIRM).code == 4
    assert desk("visit", "confirm", FIRM, "--at", "14:30").code == 4
    assert desk("visit", "confirm", FIRM, "--at", "10:00").code == 0
    assert (planned(desk)[0]["planned_on"], planned(desk)[0]["starts_at"]) == ("2026-12-08", "10:00")
    assert desk("visit", "confirm", FIRM, "--on", "2026-12-09").code == 0
    assert (planned(desk)[0]["planned_on"], planned(desk)[0]["starts_at"]) == ("2026-12-09", None)


def test_agreeing_again_moves_the_next_visit_and_compares_it_with_others_only(desk: Esm) -> None:
    (first, second) = planned(desk)
    desk("visit", "confirm", FIRM)
    told = desk("visit", "confirm", FIRM, "--on", "2026-12-08")
    assert told.code == 0
    assert "A visit is agreed for" not in told.out
    assert next((each["id"], each["planned_on"], each["confirmed"]) for each in planned(desk)) == (
        first["id"], "2026-12-08", True
    )  # fmt: skip
    assert (planned(desk)[1]["id"], planned(desk)[1]["confirmed"]) == (second["id"], False)


def test_agreeing_on_the_day_of_a_later_plan_means_that_plan(desk: Esm) -> None:
    (first, second) = planned(desk)
    desk("visit", "confirm", FIRM)
    assert desk("visit", "confirm", FIRM, "--on", second["planned_on"]).code == 0
    assert [(each["id"], each["confirmed"]) for each in planned(desk)] == [(first["id"], True), (second["id"], True)]
    assert desk("visit", "confirm", first["id"], "--on", second["planned_on"]).code == 4


@pytest.mark.parametrize("words", [("plan", FIRM, "--on", "2026-12-08"), ("confirm", FIRM, "--on", "2026-12-08")])
def test_an_enterprise_that_is_out_of_scope_then_is_not_visited(desk: Esm, words: tuple[str, ...]) -> None:
    desk("visit", "confirm", FIRM, "--on", "2026-12-01")
    desk("enterprise", "exit", FIRM, "--on", "2026-12-08")
    ran = desk("visit", *words)
    assert (ran.code, "is not in scope on 2026-12-08" in ran.err) == (4, True)


def test_only_who_goes_there_on_the_day_can_be_planned(desk: Esm) -> None:
    ran = desk("visit", "plan", FIRM, "--on", "2026-12-08", "--cadre", "1002")
    assert (ran.code, f"esm pair {FIRM} 1002" in ran.err) == (4, True)
    desk("cadre", "absence", "1001", "--from", "2026-12-01", "--until", "2026-12-20", "--deputy", "1002")
    planned_with = desk("visit", "plan", FIRM, "--on", "2026-12-08", "--cadre", "1002", "--format", "json")
    assert json.loads(planned_with.out)["staff_no"] == "1002"
    agreed = desk("visit", "confirm", FIRM, "--on", "2026-12-09", "--format", "json")
    assert json.loads(agreed.out)["staff_no"] == "1002"
    assert desk("visit", "plan", FIRM, "--on", "2026-12-22", "--cadre", "1002").code == 4


@pytest.mark.parametrize("words", [("plan", FIRM, "--on", "2026-12-08"), ("confirm", FIRM)])
def test_nothing_is_planned_as_of_a_day_before_one_on_record(desk: Esm, words: tuple[str, ...]) -> None:
    ran = desk("visit", *words, today="2026-11-20")
    assert (ran.code, "up to 2026-11-23 are on record" in ran.err) == (4, True)
