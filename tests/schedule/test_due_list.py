"""The due list: the rolling clock of every enterprise in scope, against a second, naive reading of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests import district, district_oracle
from tests.district import Cadre, District, Enterprise, Pairing, Plan, Profile, Span, Visit, code

from esm.domain.schedule.due_list import DueList, DueVisit
from esm.errors import NotFound
from esm.storage.database import visit_clock
from esm.storage.database.connection import Writing
from esm.usecases.schedule import due_list

ENROLLED = date(2028, 1, 1)


@contextmanager
def stored(writing: Writing, told: District) -> Iterator[Writing]:
    """Write a district, and take it away again."""
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    yield writing
    writing.connection.execute("ROLLBACK TO drawn")


def due(writing: Writing, told: District, on: date, within: int | None = district_oracle.AHEAD) -> DueList:
    with stored(writing, told):
        return due_list.due_visits(writing, on, within=within)


def only(writing: Writing, told: District, on: date) -> DueVisit:
    (visit,) = due(writing, told, on).visits
    return visit


def visited(*days: date, channel: str = "on_site", outcome: str = "met") -> tuple[Visit, ...]:
    return tuple(Visit(code(1), "1001", day, channel, outcome) for day in days)


def one(*visits: Visit, plans: tuple[Plan, ...] = (), pauses: tuple[Span, ...] = ()) -> District:
    """Return a district of one enterprise, enrolled on the first of January."""
    firm = Enterprise(1, (Span(ENROLLED),), pauses=pauses)
    return District((firm,), (Cadre("1001"),), (), visits, plans)


@given(told=district.districts(), on=district.days, within=st.sampled_from([0, 14, 40, district_oracle.AHEAD]))
def test_the_due_list_is_what_the_rules_say(writing: Writing, told: District, on: date, within: int) -> None:
    found = due(writing, told, on, within)
    expected = district_oracle.due_list(told, on, within)
    assert [district_oracle.plainly(visit) for visit in found.visits] == expected
    assert found.has_overdue == any(each.state == "overdue" for each in expected)


@given(told=district.districts(), on=district.days, limit=st.integers(0, 6))
def test_the_limit_cuts_after_the_ordering_and_hides_no_overdue(
    writing: Writing, told: District, on: date, limit: int
) -> None:
    with stored(writing, told):
        every = due_list.due_visits(writing, on, within=district_oracle.AHEAD)
        cut = due_list.due_visits(writing, on, within=district_oracle.AHEAD, limit=limit)
    assert cut.visits == every.visits[:limit]
    assert cut.total == every.total == len(every.visits)
    assert cut.has_overdue == every.has_overdue


@given(told=district.districts(), on=district.days)
def test_a_filter_leaves_the_lines_that_fit_it_as_they_are(writing: Writing, told: District, on: date) -> None:
    profiles = [profile for enterprise in told.enterprises for profile in enterprise.profiles]
    assume(any(profile.subdistrict == "城东" for profile in profiles))
    expected = district_oracle.due_list(told, on, district_oracle.AHEAD)
    with stored(writing, told):
        mine = due_list.due_visits(writing, on, within=district_oracle.AHEAD, cadre="1001")
        near = due_list.due_visits(writing, on, within=district_oracle.AHEAD, subdistrict="城东")
    assert [district_oracle.plainly(visit) for visit in mine.visits] == [
        each for each in expected if each.staff_no == "1001"
    ]
    assert [district_oracle.plainly(visit) for visit in near.visits] == [
        each for each in expected if each.subdistrict == "城东"
    ]


@given(told=district.districts(), on=district.days)
def test_clocks_kept_apart_from_those_with_later_facts_are_the_ones_computed_at_once(
    writing: Writing, told: District, on: date
) -> None:
    # After a change of a cadence all clocks are computed at once: see `visit_clock.as_of`.
    assume(all(since <= on for since, _value in told.later_settings.values()))
    with stored(writing, told):
        mixed, computed = (
            writing.rows(
                f"SELECT * FROM ({known}) AS clock WHERE holds(clock, :today) ORDER BY uscc", today=on.isoformat()
            )
            for known in (visit_clock.MIXED, visit_clock.AS_OF)
        )
    assert mixed == computed


@given(told=district.districts(), on=district.days)
def test_the_stored_clock_and_the_computed_one_agree(writing: Writing, told: District, on: date) -> None:
    later = replace(told, enterprises=(*told.enterprises, Enterprise(9, (Span(date(2040, 1, 1)),))))
    assert due(writing, later, on) == due(writing, told, on)


@pytest.mark.parametrize(
    ("last", "due_on"),
    [
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 2, 28)),
        (date(2028, 12, 29), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2028, 4, 29)),
        (date(2028, 6, 30), date(2028, 8, 30)),
        (date(2028, 8, 31), date(2028, 10, 31)),
        (date(2028, 11, 15), date(2029, 1, 15)),
    ],
)
def test_two_calendar_months_end_at_the_months_end(writing: Writing, last: date, due_on: date) -> None:
    assert only(writing, one(*visited(last)), date(2029, 6, 1)).row.due_on == due_on


def test_a_clamped_date_is_never_chained(writing: Writing) -> None:
    told = one(*visited(date(2027, 12, 31), date(2028, 2, 29)))
    assert only(writing, told, date(2028, 3, 1)).row.due_on == date(2028, 4, 29)


@pytest.mark.parametrize(
    ("on", "days_overdue", "state"),
    [
        (date(2028, 2, 15), -15, "upcoming"),
        (date(2028, 2, 16), -14, "due_soon"),
        (date(2028, 3, 1), 0, "due_soon"),
        (date(2028, 3, 2), 1, "overdue"),
    ],
)
def test_on_the_due_date_itself_it_is_not_overdue(writing: Writing, on: date, days_overdue: int, state: str) -> None:
    visit = only(writing, one(), on)
    assert (visit.days_overdue, visit.state) == (days_overdue, state)


def test_without_within_those_due_soon_are_listed(writing: Writing) -> None:
    assert not due(writing, one(), date(2028, 2, 15), within=None).visits
    assert len(due(writing, one(), date(2028, 2, 16), within=None).visits) == 1


def test_two_visits_on_one_day_count_once(writing: Writing) -> None:
    twice = Visit(code(1), "1002", date(2028, 1, 10))
    told = District((Enterprise(1, (Span(ENROLLED),)),), (Cadre("1001"), Cadre("1002")), (),
                    (*visited(date(2028, 1, 10)), twice))  # fmt: skip
    assert only(writing, told, date(2028, 1, 20)).row.due_on == date(2028, 3, 10)


@pytest.mark.parametrize(("channel", "outcome"), [("phone", "met"), ("online", "met"), ("on_site", "not_reached")])
def test_what_is_not_a_visit_leaves_the_clock_alone(writing: Writing, channel: str, outcome: str) -> None:
    told = one(*visited(date(2028, 1, 10), channel=channel, outcome=outcome))
    row = only(writing, told, date(2028, 1, 20)).row
    assert (row.last_visit_on, row.due_on) == (None, date(2028, 3, 1))


def test_the_scheme_does_not_ask_for_visits_before_it_began(writing: Writing) -> None:
    told = District((Enterprise(1, (Span(date(2011, 3, 1)),)),))
    assert only(writing, told, date(2028, 1, 1)).row.due_on == date(2012, 3, 1)


def test_a_visit_before_the_first_enrolment_starts_the_clock(writing: Writing) -> None:
    assert only(writing, one(*visited(date(2027, 12, 1))), date(2028, 1, 2)).row.due_on == date(2028, 2, 1)


def test_after_a_reentry_the_later_of_visit_and_reentry_counts(writing: Writing) -> None:
    firm = Enterprise(1, (Span(ENROLLED, date(2028, 3, 1)), Span(date(2028, 6, 1))))
    told = District((firm,), (Cadre("1001"),), (), visited(date(2028, 1, 10)))
    assert only(writing, told, date(2028, 6, 2)).row.due_on == date(2028, 8, 1)


def test_a_new_cadre_does_not_reset_the_clock(writing: Writing) -> None:
    handover = date(2028, 2, 20)
    firm = Enterprise(1, (Span(ENROLLED),))
    pairs = (Pairing(code(1), "1001", Span(ENROLLED, handover)), Pairing(code(1), "1002", Span(handover)))
    told = District((firm,), (Cadre("1001"), Cadre("1002")), pairs, visited(date(2028, 1, 10)))
    row = only(writing, told, date(2028, 2, 21)).row
    assert (row.staff_no, row.due_on) == ("1002", date(2028, 3, 10))


def test_a_paused_enterprise_comes_last_and_is_never_overdue(writing: Writing) -> None:
    idle = Enterprise(1, (Span(date(2027, 1, 1)),), pauses=(Span(date(2028, 2, 1), date(2028, 5, 1)),))
    told = District((idle, Enterprise(2, (Span(ENROLLED),))))
    found = due(writing, told, date(2028, 4, 30), within=0)
    assert [(visit.row.uscc, visit.state) for visit in found.visits] == [(code(2), "overdue"), (code(1), "paused")]
    assert found.visits[1].days_overdue == 0


def test_on_the_day_after_a_pause_an_enterprise_is_overdue_at_once(writing: Writing) -> None:
    told = one(pauses=(Span(date(2028, 2, 1), date(2028, 5, 1)),))
    assert only(writing, told, date(2028, 5, 1)).days_overdue == 61


def test_a_list_of_paused_enterprises_alone_has_nothing_overdue(writing: Writing) -> None:
    assert not due(writing, one(pauses=(Span(ENROLLED),)), date(2029, 1, 1)).has_overdue


def test_equally_late_enterprises_come_by_tier_then_by_code(writing: Writing) -> None:
    firms = [Enterprise(n, (Span(ENROLLED),), (Profile(tier),)) for n, tier in enumerate("CBABC", start=1)]
    found = due(writing, District(tuple(firms)), date(2028, 4, 1))
    assert [visit.row.uscc for visit in found.visits] == [code(n) for n in (3, 2, 4, 1, 5)]


def test_the_tier_sets_how_many_months_may_pass(writing: Writing) -> None:
    firms = [Enterprise(n, (Span(ENROLLED),), (Profile(tier),)) for n, tier in enumerate("ABC", start=1)]
    told = District(tuple(firms), settings={"cadence_months_a": "1", "cadence_months_c": "6"})
    found = due(writing, told, date(2028, 1, 2))
    assert [visit.row.due_on for visit in found.visits] == [date(2028, 2, 1), date(2028, 3, 1), date(2028, 7, 1)]


def test_the_earliest_open_plan_is_shown_even_a_past_one(writing: Writing) -> None:
    plans = tuple(Plan(code(1), day, ENROLLED) for day in (date(2028, 2, 20), date(2028, 1, 20)))
    assert only(writing, one(plans=plans), date(2028, 2, 1)).row.planned_on == date(2028, 1, 20)


def test_a_past_day_ignores_later_visits_and_plans(writing: Writing) -> None:
    (later,) = visited(date(2028, 2, 10))
    plans = (Plan(code(1), date(2028, 2, 5), ENROLLED, later), Plan(code(1), date(2028, 1, 20), date(2028, 2, 1)))
    row = only(writing, one(later, plans=plans), date(2028, 1, 31)).row
    assert (row.last_visit_on, row.planned_on) == (None, date(2028, 2, 5))


def test_a_cadre_on_record_who_left_serves_nobody(writing: Writing) -> None:
    left_on = date(2028, 2, 1)
    told = District((Enterprise(1, (Span(ENROLLED),)),), (Cadre("1001", left_on=left_on),),
                    (Pairing(code(1), "1001", Span(ENROLLED)),))  # fmt: skip
    assert only(writing, told, left_on - timedelta(days=1)).row.cadre == "尹1001"
    assert only(writing, told, left_on).row.cadre is None


def test_an_unknown_cadre_is_refused(writing: Writing) -> None:
    with pytest.raises(NotFound):
        due_list.due_visits(writing, ENROLLED, cadre="8888")
