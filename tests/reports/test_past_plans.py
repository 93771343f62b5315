"""Plans and deputies of a past day are those of that day: what is decided later does not move them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import desk_at_work
from tests.conftest import Esm, budget
from tests.desk_at_work import COMMANDS, FIRMS, STAFF, on

QUESTIONS = (
    ("due", "--within", "400"), ("due", "--within", "400", "--cadre", STAFF[1]), ("check",),
    ("visit", "list", "--planned"), ("brief", FIRMS[0]), ("enterprise", "show", FIRMS[1]),
    ("cadre", "show", STAFF[2]), ("report", "coverage"), ("report", "cadres"),
)  # fmt: skip
firms, staff = st.sampled_from(FIRMS), st.sampled_from(STAFF)
DEPUTIES = st.lists(staff, max_size=2, unique=True).map(
    lambda chosen: [word for each in chosen for word in ("--deputy", each)] or ["--no-deputy"]
)
days_ahead = st.integers(1, 90)
# What is decided, or happens, on a day: each is made of the day on which it is told.
LATER = st.one_of(
    st.builds(lambda d: lambda day: ("schedule", "--until", on(day + 60 + d)), days_ahead),
    st.builds(lambda f, d: lambda day: ("visit", "confirm", f, "--on", on(day + d)), firms, days_ahead),
    st.builds(lambda f, d: lambda day: ("visit", "plan", f, "--on", on(day + d)), firms, days_ahead),
    st.builds(lambda n: lambda _day: ("visit", "cancel", f"P{n}", "--reason", "不便"), st.integers(1, 20)),
    st.builds(lambda f: lambda _day: ("visit", "log", f, "--minutes", "走访"), firms),
    st.builds(lambda f, c, each: lambda _day: ("pair", f, c, *each), firms, staff, DEPUTIES),
    st.builds(lambda f: lambda _day: ("unpair", f), firms),
    st.builds(lambda c, f: lambda _day: ("recuse", c, f, "--reason", "亲属"), staff, firms),
    st.builds(lambda c, d: lambda day: ("handover", c, "--on", on(day + d)), staff, days_ahead),
    st.builds(lambda f, d: lambda day: ("enterprise", "exit", f, "--on", on(day + d)), firms, days_ahead),
    st.builds(
        lambda c, d, n, other: lambda day: (
            "cadre", "absence", c, "--from", on(day + d), "--until", on(day + d + n), "--deputy", other
        ),
        staff, days_ahead, st.integers(0, 40), staff,
    ),
    st.builds(
        lambda f, d: lambda day: (
            "enterprise", "blackout", f, "--from", on(day + d), "--until", on(day + d + 9), "--reason", "盘点"
        ),
        firms, days_ahead,
    ),
    st.sampled_from(["1", "3"]).map(lambda value: lambda _day: ("config", "set", "cadence_months_b", value)),
    st.just(lambda _day: ("undo",)),
)  # fmt: skip


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    return desk_at_work.make(tmp_path_factory.mktemp("past_plans"), empty_database)


def answers(esm: Esm, folder: Path, today: str) -> dict[str, Any]:
    """Return what is said of a day: listings, reports and the calendar file."""
    said = {" ".join(words): json.loads(esm(*words, "--format", "json", today=today).out) for words in QUESTIONS}
    file = folder / "visits.ics"
    assert esm("calendar", "export", "-o", str(file), "--force", today=today).code == 0
    events = file.read_text(encoding="utf-8").replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    for key in ("absences", "left_on"):  # facts, told as far as they are known now
        said[f"cadre show {STAFF[2]}"].pop(key)
    for key in ("exited_on", "scopes"):
        said[f"enterprise show {FIRMS[1]}"].pop(key)
    return {
        **said,
        "calendar": [re.findall(r"^(?:UID|DTSTART|STATUS|SEQUENCE)[^\r\n]*", e, re.MULTILINE) for e in events],
    }


@given(
    st.lists(COMMANDS, max_size=3),
    st.lists(st.tuples(st.integers(0, 9), LATER), max_size=2),
    st.lists(st.tuples(st.integers(1, 20), LATER), min_size=1, max_size=5),
)
@budget(8)
def test_no_later_decision_moves_what_was_planned_on_a_past_day(
    esm: Esm, path: Path, template: Path, tmp_path: Path, first: Sequence[tuple[str, ...]],
    then: Sequence[tuple[int, Any]], later: Sequence[tuple[int, Any]],
) -> None:  # fmt: skip
    shutil.copy(template, path)
    day = 0
    for words in first:
        esm(*words)
    for days, made in then:
        day += days
        esm(*made(day), today=on(day))
    past = day
    before = answers(esm, tmp_path, on(past))
    last = esm("history", "--format", "json", "--limit", "1").out
    for days, made in later:
        day += days
        words = made(day)
        if words != ("undo",) or esm("history", "--format", "json", "--limit", "1").out != last:
            esm(*words, today=on(day))
    assert answers(esm, tmp_path, on(past)) == before


@pytest.fixture
def working(esm: Esm, path: Path, template: Path) -> Esm:
    shutil.copy(template, path)
    return esm


def row_of(esm: Esm, firm: str, today: str) -> dict[str, Any]:
    rows = json.loads(esm("due", "--within", "400", "--format", "json", today=today).out)
    return next(row for row in rows if row["uscc"] == firm)


def test_a_plan_of_a_past_day_is_the_one_that_was_given_out(working: Esm) -> None:
    before = row_of(working, FIRMS[0], on(0))["planned_on"]
    assert working("visit", "plan", FIRMS[0], "--on", on(2), today=on(1)).code == 0
    assert working("visit", "confirm", FIRMS[0], "--on", on(3), today=on(1)).code == 0
    assert row_of(working, FIRMS[0], on(1))["planned_on"] == on(3)
    assert working("visit", "log", FIRMS[0], "--minutes", "走访", today=on(3)).code == 0
    assert [row_of(working, FIRMS[0], on(day))["planned_on"] for day in (0, 1, 2)] == [before, on(3), on(3)]
    assert row_of(working, FIRMS[0], on(3))["planned_on"] > on(30)
    assert working("visit", "list", "--planned", today="2026-11-22").out.count(FIRMS[0]) == 0


def test_a_slip_of_the_day_that_is_undone_stops_no_plan(working: Esm) -> None:
    planned_on = row_of(working, FIRMS[0], on(0))["planned_on"]
    assert working("visit", "log", FIRMS[0], "--minutes", "走访", today=on(400)).code == 0
    assert row_of(working, FIRMS[0], on(1))["planned_on"] == planned_on
    assert working("undo", today=on(1)).code == 0
    assert working("visit", "confirm", FIRMS[0], "--on", on(2), today=on(1)).code == 0
    assert [row_of(working, FIRMS[0], on(day))["planned_on"] for day in (0, 1)] == [planned_on, on(2)]


def test_deputies_of_a_past_day_are_those_of_that_day(working: Esm) -> None:
    def deputies(firm: str) -> list[str | None]:
        return [row_of(working, firm, on(day))["deputy_no"] for day in (5, 9, 10, 14, 15)]

    assert working("cadre", "absence", "1001", "--from", on(0), "--until", on(60)).code == 0
    assert working("pair", FIRMS[0], "1001", "--deputy", "1002", today=on(10)).code == 0
    assert deputies(FIRMS[0]) == [None, None, "1002", "1002", "1002"]
    assert working("pair", FIRMS[0], "1001", "--deputy", "1003", "--deputy", "1002", today=on(15)).code == 0
    assert deputies(FIRMS[0]) == [None, None, "1002", "1002", "1003"]
    assert working("undo", today=on(16)).code == 0
    assert deputies(FIRMS[0]) == [None, None, "1002", "1002", "1003"]
    assert row_of(working, FIRMS[0], on(16))["deputy_no"] == "1002"
    assert working("unpair", FIRMS[0], today=on(17)).code == 0
    assert deputies(FIRMS[0]) == [None, None, "1002", "1002", "1003"]


def test_a_pairing_told_late_has_the_deputies_it_was_told_with(working: Esm, tmp_path: Path) -> None:
    assert working("cadre", "absence", "1001", "--from", on(0), "--until", on(60)).code == 0
    assert working("unpair", FIRMS[0]).code == 0
    pairings = tmp_path / "pairings.csv"
    pairings.write_text(f"uscc,staff_no,deputy,start_on\n{FIRMS[0]},1001,1002,{on(2)}\n", encoding="utf-8")
    assert working("import", str(pairings), today=on(20)).code == 0
    assert working("pair", FIRMS[0], "1001", "--deputy", "1003", today=on(25)).code == 0
    assert [row_of(working, FIRMS[0], on(day))["deputy_no"] for day in (1, 2, 24, 25)] == [None, "1002", "1002", "1003"]


def test_a_deputy_is_barred_by_the_recusals_of_the_day_only(working: Esm) -> None:
    assert working("cadre", "absence", "1001", "--from", on(0), "--until", on(60), "--deputy", "1002").code == 0
    assert working("recuse", "1002", FIRMS[0], "--reason", "亲属", today=on(10)).code == 0
    assert working("recuse", "1002", FIRMS[0], "--end", today=on(20)).code == 0
    found = [row_of(working, FIRMS[0], on(day))["deputy_no"] for day in (9, 10, 19, 20)]
    assert found == ["1002", None, None, "1002"]


def test_what_stood_against_a_next_visit_is_told_as_it_was_then(working: Esm) -> None:
    def kinds(day: int) -> set[str]:
        found = json.loads(working("check", "--format", "json", today=on(day)).out)
        return {each["kind"] for each in found if each["uscc"] == FIRMS[2]}

    before = kinds(0)
    assert working("cadre", "absence", "1003", "--from", on(2), "--until", on(40), today=on(1)).code == 0
    assert kinds(0) == before
    assert kinds(1) - before == {"absent_without_deputy"}
