"""Where a command breaks a promise, its answer says so, in both languages and in the notes of JSON."""

from __future__ import annotations

import json

import pytest
from tests.conftest import Esm

FIRM = "91330200000000001H"
OTHER = "91330200000000002L"


def notes(esm: Esm, *words: str, code: int = 0, lang: str = "en", today: str = "2026-11-23") -> list[str]:
    """Return the notes of the JSON answer."""
    ran = esm(*words, "--format", "json", lang=lang, today=today)
    assert ran.code == code, ran.err
    told: list[str] = json.loads(ran.out)["notes"]
    return told


@pytest.fixture
def served(esm: Esm) -> Esm:
    """Let cadre 1001 serve two enterprises due on 10 December, and plan their visits."""
    for line in (
        ["cadre", "add", "1001", "--name", "Wang", "--active-from", "2020-01-01", "--capacity", "5"],
        ["cadre", "add", "1002", "--name", "Li", "--active-from", "2020-01-01", "--capacity", "5"],
        ["enterprise", "add", FIRM, "--name", "Firm One", "--above-scale", "--enrolled-on", "2026-10-10"],
        ["enterprise", "add", OTHER, "--name", "Firm Two", "--above-scale", "--enrolled-on", "2026-10-10"],
        ["pair", FIRM, "1001"],
        ["pair", OTHER, "1001"],
        ["schedule"],
    ):
        assert esm(*line, today="2026-11-23").code == 0, line
    return esm


LATE = "2026-12-11 is after the due date 2026-12-10."


@pytest.mark.parametrize(
    "words", [["visit", "plan", FIRM], ["visit", "confirm", FIRM], ["visit", "confirm", "P1"]], ids=" ".join
)
def test_a_day_after_the_due_date_is_said(served: Esm, words: list[str]) -> None:
    assert LATE not in notes(served, *words, "--on", "2026-12-10", "--dry-run")
    assert LATE in notes(served, *words, "--on", "2026-12-11")


def test_agreeing_a_late_plan_as_it_stands_is_said(served: Esm) -> None:
    assert LATE in notes(served, "visit", "plan", FIRM, "--on", "2026-12-11")
    assert "2026-12-11 晚于应访日 2026-12-10。" in notes(served, "visit", "confirm", "P1", lang="zh")


def test_the_checker_finds_what_was_agreed_too_late(served: Esm) -> None:
    notes(served, "visit", "confirm", "P1", "--on", "2027-03-01")
    found = json.loads(served("check", "--format", "json", today="2026-11-23").out)
    assert [each["uscc"] for each in found if each["kind"] == "planned_late"] == [FIRM]


def test_visits_that_are_replanned_too_late_are_counted(served: Esm) -> None:
    told = notes(served, "cadre", "absence", "1001", "--from", "2026-11-23", "--until", "2026-12-10")
    assert "Replanned after the due date: 2; see `esm visit list --planned`." in told


def test_an_absence_without_deputy_names_who_falls_due(served: Esm) -> None:
    away = ["cadre", "absence", "1001", "--from", "2026-12-07", "--until", "2026-12-16"]
    assert "Due during this absence, and no deputy is available: Firm One, Firm Two." in notes(
        served, *away, "--dry-run"
    )
    assert not [note for note in notes(served, *away, "--deputy", "1002") if "Due during" in note]


def test_an_absence_that_leaves_no_day_is_said(served: Esm) -> None:
    notes(served, "cadre", "absence", "1001", "--from", "2026-11-23", "--until", "2026-12-04", "--deputy", "1002")
    told = notes(served, "cadre", "absence", "1001", "--from", "2026-12-07", "--until", "2026-12-10")
    assert not [note for note in told if note.startswith("No free working day")]  # the deputy went before
    notes(served, "cadre", "absence", "1001", "--from", "2026-11-23", "--cancel")
    notes(served, "cadre", "absence", "1001", "--from", "2026-12-07", "--cancel")
    notes(served, "config", "set", "ideal_days", "1")
    notes(served, "config", "set", "window_days", "3")
    told = notes(served, "cadre", "absence", "1001", "--from", "2026-12-07", "--until", "2026-12-10")
    assert "No free working day is left by the due date for Firm One, Firm Two." in told


def test_a_cadre_who_leaves_names_who_is_left(served: Esm) -> None:
    told = notes(served, "cadre", "leave", "1001", "--on", "2026-12-01")
    assert told[:2] == [
        "Unserved from 2026-12-01 on: Firm One, Firm Two; the first visit is due on 2026-12-10.",
        "`esm assign` finds successors.",
    ]
    assert not [note for note in notes(served, "cadre", "leave", "1002") if "nobody" in note]


def test_a_handover_names_whom_nobody_takes(served: Esm) -> None:
    told = notes(served, "handover", "1001", "--to", "1002", "--dry-run")
    assert not [note for note in told if "nobody" in note]
    served("cadre", "leave", "1002", today="2026-11-23")
    told = notes(served, "handover", "1001", "--on", "2026-12-01", code=1)
    assert "Unserved from 2026-12-01 on: Firm One, Firm Two; the first visit is due on 2026-12-10." in told


def test_a_planning_period_that_shrinks_says_what_is_given_up(served: Esm) -> None:
    dropped = "The planning period ended on 2027-03-23 and now ends on 2026-12-31. Plans dropped because due later: 2."
    assert notes(served, "schedule", "--until", "2026-12-31", "--dry-run")[0] == dropped
    assert not [note for note in notes(served, "schedule", "--until", "2027-03-23") if "planning period" in note]
    told = notes(served, "config", "set", "planned_until", "2026-12-31")
    assert "Called off because due after the planning period: 2." in told


def test_without_a_planning_period_plans_follow_nothing(served: Esm) -> None:
    told = notes(served, "config", "set", "planned_until", "")
    assert told == ["Planned visits will not follow changes until `esm schedule` has run."]


def test_a_cadence_shorter_than_the_gap_is_said_whichever_is_set(served: Esm) -> None:
    tier_b = (
        "Tier B: the next visit may be due after 28 days, but visit_gap_days is 30. "
        "Visits will be planned closer together than that: the due date comes first."
    )
    assert tier_b in notes(served, "config", "set", "cadence_months_b", "1")
    assert not [note for note in notes(served, "config", "set", "visit_gap_days", "28") if "Tier" in note]
    assert [note[:7] for note in notes(served, "config", "set", "visit_gap_days", "60")[:3]] == ["Tier A:", "Tier B:",
                                                                                           "Tier C:"]  # fmt: skip
    assert not [note for note in notes(served, "config", "set", "cadence_months_b", "3") if "Tier" in note]
