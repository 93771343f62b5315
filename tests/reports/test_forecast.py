"""Whether the promise will hold: who will be overdue with the plan and at the present pace."""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import district, small_district
from tests.conftest import Esm, budget
from tests.district import Cadre, District, Enterprise, Pairing, Span, Visit, code

from esm.domain.reports.forecast.circumstances import Circumstances
from esm.domain.reports.forecast.outcome import Forecast
from esm.domain.reports.forecast.pace_forecast import VisitsMade, overdue_at_pace
from esm.domain.schedule.visit_series import Service, VisitNeed
from esm.domain.schedule.visitors import Availability
from esm.domain.values.workdays import WorkCalendar
from esm.errors import RuleRefused
from esm.storage.database.connection import Writing
from esm.storage.database.place import Place
from esm.storage.database.row_values import iso
from esm.usecases.reports import forecast as forecasting

TODAY = date(2026, 11, 23)
UNTIL = date(2026, 12, 31)
DAY = timedelta(days=1)
CALENDAR = WorkCalendar(frozenset(), frozenset(), date(2027, 12, 31))
KEYS = [
    "on", "until", "in_scope", "with_plan", "at_pace", "planned_until", "will_hold", "provisional", "lapsed", "fewest",
    "remedies", "short", "by_subdistrict", "by_department", "enterprises", "beyond_help", "notes",
]  # fmt: skip


def later(day: date, months: int) -> date:
    """Return a day some months later, in a shorter month its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def settle(writing: Writing, *last_visits: date, served: bool = True) -> None:
    """Let cadre 1001 serve enterprises that were last visited on these days."""
    enrolled = Span(date(2026, 1, 5))
    firms = tuple(Enterprise(number, (enrolled,)) for number in range(1, len(last_visits) + 1))
    pairs = tuple(Pairing(firm.uscc, "1001", enrolled) for firm in firms)
    visits = tuple(Visit(firm.uscc, "1001", on) for firm, on in zip(firms, last_visits, strict=True))
    district.store(writing, District(firms, (Cadre("1001"),), pairs if served else (), visits))


def plan(writing: Writing, enterprise: int, on: date, *, confirmed: int = 0) -> None:
    writing.insert("plan", [{"enterprise_id": enterprise, "cadre_id": 1, "due_on": iso(on), "planned_on": iso(on),
                             "made_on": iso(TODAY), "confirmed": confirmed, "provisional": 0}])  # fmt: skip


def overdue_with_plan(found: Forecast) -> list[str]:
    return [each.uscc for each in found.prospects if each.is_overdue_with_plan]


def test_on_the_due_date_nothing_is_overdue(writing: Writing) -> None:
    settle(writing, date(2026, 10, 30), date(2026, 10, 31))  # due on 30 and 31 December
    plan(writing, 2, date(2027, 1, 4))
    found = forecasting.forecast(writing, TODAY)
    assert (found.until, overdue_with_plan(found)) == (UNTIL, [code(1)])


@pytest.mark.parametrize(
    ("planned_on", "is_kept"), [(TODAY, True), (UNTIL, True), (UNTIL + DAY, False), (TODAY - DAY, False)]
)
def test_a_plan_counts_from_today_to_the_last_day(writing: Writing, planned_on: date, *, is_kept: bool) -> None:
    settle(writing, date(2026, 10, 1))
    plan(writing, 1, planned_on)
    found = forecasting.forecast(writing, TODAY)
    assert (overdue_with_plan(found) == [], found.will_hold) == (is_kept, is_kept)
    assert found.lapsed == (planned_on < TODAY)


def test_a_lapsed_plan_is_planned_anew_up_to_the_horizon_of_the_plan(writing: Writing) -> None:
    settle(writing, date(2026, 10, 1), date(2026, 10, 12))  # due on 1 and 12 December
    plan(writing, 1, TODAY - DAY)
    plan(writing, 2, TODAY - DAY)
    writing.insert("setting", [{"key": "planned_until", "value": "2026-12-10", "start_on": "0001-01-01"}])
    found = forecasting.forecast(writing, TODAY)
    assert (found.lapsed, found.is_beyond_plan, overdue_with_plan(found)) == (2, True, [code(2)])


def test_a_plan_too_early_for_a_far_day_does_not_keep_it(writing: Writing) -> None:
    settle(writing, date(2026, 10, 1))
    plan(writing, 1, date(2026, 12, 1))
    assert overdue_with_plan(forecasting.forecast(writing, TODAY, date(2027, 2, 1))) == []
    assert overdue_with_plan(forecasting.forecast(writing, TODAY, date(2027, 2, 2))) == [code(1)]


def test_without_a_plan_only_the_pace_counts(writing: Writing) -> None:
    settle(writing, date(2026, 10, 1))
    found = forecasting.forecast(writing, TODAY)
    assert (found.total.overdue_with_plan, found.will_hold, found.planned_until) == (None, False, None)


def test_the_unserved_and_those_of_no_department_are_told_apart(writing: Writing) -> None:
    enrolled = Span(date(2026, 1, 5))
    firms = tuple(Enterprise(number, (enrolled,)) for number in (1, 2, 3))
    district.store(writing, District(firms, (Cadre("1001"),), (Pairing(code(1), "1001", enrolled),)))
    found = forecasting.forecast(writing, TODAY).by(lambda each: each.named_department)
    assert [(name, count.in_scope, count.overdue_at_pace) for name, count in found] == [
        (None, 2, 2), ("no_department", 1, 1),
    ]  # fmt: skip


def test_a_day_after_the_last_planned_one_is_said_to_be_that(esm: Esm, districts: dict[str, Path]) -> None:
    ran = esm("forecast", "--until", "2027-03-31", db=districts["en"])
    assert ran.out.startswith("Visits are planned up to 2027-03-23 only: without more of them 80 of 314 enterprises")
    assert "esm schedule --until 2027-03-31" in ran.err


def test_a_day_is_beyond_a_plan_that_ends_before_it(writing: Writing) -> None:
    settle(writing, date(2026, 10, 1))
    found = forecasting.forecast(writing, TODAY)
    ends = [None, *(found.until + timedelta(days) for days in (-1, 0, 1))]
    assert [replace(found, planned_until=end).is_beyond_plan for end in ends] == [False, True, False, False]


def test_on_a_day_before_the_plan_was_made_nothing_is_planned(esm: Esm, districts: dict[str, Path]) -> None:
    found = json.loads(esm("forecast", "--format", "json", db=districts["en"], today="2026-10-01").out)
    assert (found["with_plan"], found["planned_until"]) == ({"overdue": None}, None)


def test_who_is_paused_or_gone_on_the_day_is_not_overdue(writing: Writing) -> None:
    firms = (
        Enterprise(1, (Span(date(2026, 1, 5)),), pauses=(Span(UNTIL),)),
        Enterprise(2, (Span(date(2026, 1, 5), UNTIL),)),
        Enterprise(3, (Span(date(2026, 1, 5), UNTIL + DAY),), pauses=(Span(TODAY, UNTIL),)),
    )
    district.store(writing, District(firms, (Cadre("1001"),)))
    found = forecasting.forecast(writing, TODAY)
    assert [each.uscc for each in found.prospects] == [code(3)]
    assert found.total.overdue_at_pace == 1


def test_an_agreed_visit_takes_its_seat_and_keeps_the_promise(writing: Writing) -> None:
    settle(writing, date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 3))
    writing.insert("setting", [{"key": "visits_per_day", "value": "1", "start_on": "0001-01-01"}])
    plan(writing, 1, TODAY, confirmed=1)
    found = forecasting.forecast(writing, TODAY, TODAY + DAY)
    assert [(each.staff_no, each.wanted, each.missing) for each in found.short] == [("1001", 2, 1)]
    assert found.remedies.missing == (code(3),)


@pytest.mark.parametrize("until", [TODAY - DAY, TODAY + timedelta(days=367)])
def test_days_that_are_over_or_too_far_are_refused(writing: Writing, until: date) -> None:
    settle(writing, TODAY)
    with pytest.raises(RuleRefused):
        forecasting.forecast(writing, TODAY, until)


def test_days_of_a_year_that_is_not_published_are_provisional(writing: Writing) -> None:
    settle(writing, TODAY)
    assert not forecasting.forecast(writing, TODAY).is_provisional
    assert forecasting.forecast(writing, TODAY, date(2027, 11, 1)).is_provisional


def test_a_day_off_has_no_free_day(writing: Writing) -> None:
    settle(writing, date(2026, 9, 1))
    found = forecasting.forecast(writing, date(2026, 11, 28), date(2026, 11, 29))  # a weekend
    assert (found.remedies.changes, found.remedies.beyond_help) == ((), (code(1),))


@st.composite
def districts(draw: st.DrawFn) -> tuple[Circumstances, dict[str, VisitsMade]]:
    """Return some enterprises of up to three cadres, and the visits of these of late."""
    staff = [f"10{number}" for number in range(draw(st.integers(1, 3)))]
    ago = st.integers(0, 100).map(lambda days: TODAY - days * DAY)
    needs = []
    for number in range(draw(st.integers(1, 6))):
        last_on, who = draw(ago), draw(st.sampled_from(staff))
        start, length = draw(st.integers(0, 40)), draw(st.integers(0, 9))
        quiet = ((TODAY + start * DAY, TODAY + (start + length) * DAY),)
        needs.append(
            VisitNeed(f"E{number}", "C", None, (Service(who, TODAY, date.max),), later(last_on, 2), last_on, last_on, 2,
                      blackouts=quiet)
        )  # fmt: skip
    away = draw(st.integers(-70, 40))
    absences = {staff[0]: [(TODAY + away * DAY, TODAY + (away + draw(st.integers(1, 30))) * DAY)]}
    made = {
        who: VisitsMade(draw(st.integers(1, 40)), TODAY - draw(st.integers(1, 60)) * DAY)
        for who in draw(st.sets(st.sampled_from(staff)))
    }
    known = Circumstances(
        today=TODAY, until=TODAY + draw(st.integers(0, 90)) * DAY, calendar=CALENDAR, needs=needs,
        availability=Availability(absences, {}, dict.fromkeys(staff, (date.min, date.max))),
        confirmed=[], places={}, visits_per_day=2, most_per_day=50,
    )  # fmt: skip
    return known, made


def overdue_by_walking(known: Circumstances, made: dict[str, VisitsMade]) -> set[str]:
    """Return who will be overdue, day by day and in fractions of visits."""
    due = {need.uscc: need.due_on for need in known.needs}

    def is_there(who: str, on: date) -> bool:
        return on.weekday() < 5 and not any(a <= on < b for a, b in known.availability.absences.get(who, ()))

    for who, visits in made.items():
        past = [TODAY - days * DAY for days in range(1, 61) if is_there(who, TODAY - days * DAY)]
        if not past:
            continue
        pace = Fraction(visits.count, len(past))
        ready = min(pace * sum(on > visits.last_on for on in past), 1 - Fraction(1, len(past)))
        for on in (TODAY + days * DAY for days in range((known.until - TODAY).days + 1)):
            if not is_there(who, on):
                continue
            ready += pace
            theirs = [
                need for need in known.needs
                if need.services[0].staff_no == who and not any(a <= on < b for a, b in need.blackouts)
            ]  # fmt: skip
            for need in sorted(theirs, key=lambda need: (due[need.uscc], need.uscc))[: int(ready)]:
                if due[need.uscc] < known.until:
                    due[need.uscc] = later(on, 2)
            ready -= int(ready)
    return {uscc for uscc, on in due.items() if on < known.until}


@given(districts())
@budget(200)
def test_the_pace_is_that_of_a_walk_day_by_day(drawn: tuple[Circumstances, dict[str, VisitsMade]]) -> None:
    known, made = drawn
    assert overdue_at_pace(known, made) == overdue_by_walking(known, made)


def test_the_pace_is_that_of_sixty_days_and_goes_on_from_the_latest_visit(writing: Writing) -> None:
    settle(writing, TODAY - timedelta(days=60))  # the first of the sixty days: the next visit is due now
    found = [forecasting.forecast(writing, TODAY + days * DAY, date(2026, 11, 30)) for days in (0, 1)]
    assert [each.total.overdue_at_pace for each in found] == [0, 1]


def test_the_counts_agree_with_the_due_list_and_the_plan(esm: Esm, districts: dict[str, Path]) -> None:
    def answer(*words: str) -> Any:
        return json.loads(esm(*words, "--format", "json", db=districts["en"]).out)

    found = answer("forecast")
    due = {row["uscc"]: date.fromisoformat(row["due_on"]) for row in answer("due", "--within", "400")}
    for row in answer("visit", "list", "--planned"):
        if str(TODAY) <= row["planned_on"] <= str(UNTIL):
            due[row["uscc"]] = later(date.fromisoformat(row["planned_on"]), 2)
    overdue = {uscc for uscc, on in due.items() if on < UNTIL}
    assert list(found) == KEYS
    assert (found["in_scope"], found["with_plan"]) == (len(due), {"overdue": len(overdue)})
    assert {row["uscc"] for row in found["enterprises"] if row["overdue_with_plan"]} == overdue
    assert found["at_pace"] == {"overdue": sum(row["overdue_at_pace"] for row in found["enterprises"])}
    for kind in ("by_subdistrict", "by_department"):
        assert sum(row["in_scope"] for row in found[kind]) == found["in_scope"]
        assert sum(row["overdue_with_plan"] for row in found[kind]) == len(overdue)
    assert all(row["missing"] > 0 for row in found["short"])


def test_remedies_that_are_carried_out_keep_the_promise(esm: Esm, place: Place) -> None:
    enrolled, last_on = Span(date(2026, 1, 5)), date(2026, 9, 28)
    firms = tuple(Enterprise(number, (enrolled,)) for number in range(1, 6))
    pairs = tuple(Pairing(code(number), "1001", enrolled) for number in (1, 2, 3))
    visits = tuple(Visit(firm.uscc, "1001", last_on) for firm in firms)
    known = District(firms, (Cadre("1001"), Cadre("1002")), pairs, visits)
    small_district.write(place, lambda writing: district.store(writing, known))
    esm("cadre", "absence", "1001", "--from", "2026-11-20", "--until", "2027-01-31")
    esm("schedule")
    assert esm("forecast", "--check").code == 1
    for remedy in json.loads(esm("forecast", "--format", "json").out)["remedies"]:
        who = remedy["staff_no"]
        if remedy["change"] == "deputy":
            away = (remedy["from_no"], "--from", remedy["start_on"], "--until", "2027-01-31")
            assert esm("cadre", "absence", *away, "--deputy", who).code == 0
        else:
            assert esm("cadre", "edit", who, "--capacity", str(remedy["value"] or 9)).code == 0
            assert esm("pair", remedy["uscc"], who).code == 0
    assert json.loads(esm("forecast", "--check", "--format", "json").out)["remedies"] == []
    assert esm("forecast", "--check").code == 0


def test_check_exits_with_1_unless_the_promise_will_hold(esm: Esm, districts: dict[str, Path]) -> None:
    assert esm("forecast", db=districts["en"]).code == 0
    assert esm("forecast", "--check", db=districts["en"]).code == 1
    assert esm("forecast", "--check", "--until", str(TODAY - DAY), db=districts["en"]).code == 4


def test_an_empty_database_has_nothing_to_forecast(esm: Esm) -> None:
    ran = esm("forecast")
    assert ran.code == 0
    assert ran.out.startswith("No enterprise is in scope on 2026-12-31: there is nothing to forecast.")


def test_a_district_without_a_plan_is_told_how_to_go_on(esm: Esm) -> None:
    added = esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    assert added.code == 0
    ran = esm("forecast")
    assert ran.code == 0
    assert "No visits are planned yet" in ran.out
    assert "esm schedule --until 2026-12-31" in ran.err
