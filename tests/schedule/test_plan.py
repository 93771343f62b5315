"""The visit plan."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.schedule import cadence, planner
from esm.domain.schedule.planner import FixedPlan, PlannedVisit, VisitNeed
from esm.domain.schedule.visit_series import Service
from esm.domain.schedule.visitors import Availability
from esm.domain.values.settings import Settings
from esm.domain.values.workdays import WorkCalendar

TODAY = date(2026, 3, 2)
MAKE_UP, HOLIDAY = date(2026, 3, 14), date(2026, 3, 19)
SOON = date(2026, 3, 27)
CALENDAR = WorkCalendar(frozenset({HOLIDAY}), frozenset({MAKE_UP}), date(2026, 12, 31))
NARROW = Settings(window_days=5, ideal_days=2)
Interval = tuple[date, date]
Absences = dict[str, list[Interval]]


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def need(uscc: str, due_on: date, **other: object) -> VisitNeed:
    """Return the need of an enterprise of cadre G1 in the east, never visited."""
    plain = VisitNeed(uscc, "C", "east", served_by("G1"), due_on, due_on - timedelta(days=61), None, 2)
    return replace(plain, **other)  # type: ignore[arg-type]


def served_by(staff_no: str, start_on: date = date.min, end_on: date = date.max) -> tuple[Service, ...]:
    return (Service(staff_no, start_on, end_on),)


def planned(
    *needs: VisitNeed,
    until: date = SOON,
    absences: Absences | None = None,
    fixed: tuple[FixedPlan, ...] = (),
    rules: Settings = NARROW,
    today: date = TODAY,
) -> list[PlannedVisit]:
    return list(
        planner.plan_visits(
            needs, today=today, until=until, calendar=CALENDAR, availability=Availability(absences or {}), fixed=fixed,
            settings=rules,
        )
    )  # fmt: skip


def days(*needs: VisitNeed, **other: object) -> list[date | None]:
    return [visit.planned_on for visit in planned(*needs, **other)]  # type: ignore[arg-type]


# One visit


@pytest.mark.parametrize(
    ("due_on", "planned_on"),
    [
        (date(2026, 3, 13), date(2026, 3, 11)),  # the ideal Wednesday
        (date(2026, 3, 16), date(2026, 3, 14)),  # the ideal Saturday is worked
        (date(2026, 3, 17), date(2026, 3, 14)),  # both neighbours of the ideal Sunday are worked: the earlier
        (date(2026, 3, 21), date(2026, 3, 18)),  # the holiday's neighbours are one day off: the earlier
        (date(2026, 3, 9), date(2026, 3, 6)),  # Saturday's nearest is Friday
        (date(2026, 3, 10), date(2026, 3, 9)),  # Sunday's nearest is Monday
        (date(2026, 3, 2), date(2026, 3, 2)),  # due today
    ],
)
def test_a_visit_is_planned_on_the_working_day_nearest_to_the_ideal_one(due_on: date, planned_on: date) -> None:
    assert days(need("E1", due_on)) == [planned_on]


def test_an_absence_moves_the_visit_to_the_nearest_free_day() -> None:
    away = {"G1": [(date(2026, 3, 10), date(2026, 3, 12))]}
    assert days(need("E1", date(2026, 3, 13)), absences=away) == [date(2026, 3, 12)]


def test_no_visit_on_a_blacked_out_or_paused_day() -> None:
    ideal, following = (date(2026, 3, 11), date(2026, 3, 12)), (date(2026, 3, 12), date(2026, 3, 13))
    assert days(need("E1", date(2026, 3, 13), paused=(ideal,), blackouts=(following,))) == [date(2026, 3, 10)]


def test_without_a_free_day_in_the_window_the_first_one_after_it_is_taken_and_late() -> None:
    (visit,) = planned(need("E1", date(2026, 3, 13)), absences={"G1": [(TODAY, date(2026, 3, 17))]})
    assert (visit.planned_on, visit.late) == (date(2026, 3, 17), True)


def test_visits_keep_their_distance_to_the_visit_before() -> None:
    assert days(need("E1", date(2026, 3, 13), last_visit_on=date(2026, 2, 10))) == [date(2026, 3, 12)]


def test_the_horizon_tests_the_due_date_and_includes_it() -> None:
    assert days(need("E1", date(2026, 3, 13)), until=date(2026, 3, 12)) == []
    assert len(days(need("E1", date(2026, 3, 13)), until=date(2026, 3, 13))) == 1


def test_nothing_is_planned_that_falls_due_after_the_enterprise_left_scope() -> None:
    assert days(need("E1", date(2026, 3, 13), in_scope_until=date(2026, 3, 13))) == []


def test_no_visit_is_planned_on_or_after_the_day_of_leaving_scope() -> None:
    leaving = need("E1", date(2026, 3, 2), in_scope_until=date(2026, 3, 5))
    (visit,) = planned(leaving, absences={"G1": [(TODAY, date(2026, 3, 5))]})
    assert (visit.staff_no, visit.planned_on, visit.late) == ("G1", None, False)


def test_days_beyond_the_last_published_year_are_provisional() -> None:
    visits = planned(need("E1", date(2027, 1, 7)), need("E2", date(2027, 1, 8)), until=date(2027, 1, 31))
    assert [(visit.planned_on, visit.provisional) for visit in visits] == [
        (date(2027, 1, 5), True),
        (date(2027, 1, 6), True),
    ]
    (visit,) = planned(need("E1", date(2027, 1, 2)), until=date(2027, 1, 31))
    assert (visit.planned_on, visit.provisional) == (date(2026, 12, 31), False)


# Following visits


def test_following_visits_keep_the_promise_that_the_plan_makes() -> None:
    rules = Settings()
    visits = planned(need("E1", date(2026, 4, 30), anchor_on=date(2026, 2, 28)), until=date(2026, 9, 1), rules=rules)
    assert [(visit.due_on, visit.planned_on) for visit in visits] == [
        (date(2026, 4, 30), date(2026, 4, 23)),
        (date(2026, 6, 23), date(2026, 6, 16)),
        (date(2026, 8, 16), date(2026, 8, 10)),
    ]


def test_a_catch_up_visit_starts_a_new_anchor() -> None:
    visits = planned(need("E1", date(2026, 2, 1)), until=date(2026, 5, 31))
    assert [(visit.due_on, visit.planned_on, visit.late) for visit in visits] == [
        (date(2026, 2, 1), TODAY, True),
        (date(2026, 5, 2), date(2026, 4, 30), False),
    ]


# Overdue, unserved, leaving


def test_the_overdue_take_the_first_free_days_by_days_overdue_then_tier_then_uscc() -> None:
    visits = planned(
        need("E1", date(2026, 2, 20), tier="B"),
        need("E2", date(2026, 2, 20), tier="A"),
        need("E3", date(2026, 2, 10)),
        need("E4", date(2026, 2, 20), tier="B"),
        rules=replace(NARROW, visits_per_day=1),
    )
    assert {visit.uscc: visit.planned_on for visit in visits} == {
        "E3": after(0), "E2": after(1), "E1": after(2), "E4": after(3),
    }  # fmt: skip


def test_the_overdue_come_before_a_visit_that_is_due_today() -> None:
    visits = planned(need("E1", TODAY), need("E2", after(-1)), rules=replace(NARROW, visits_per_day=1))
    assert {visit.uscc: visit.planned_on for visit in visits} == {"E2": TODAY, "E1": after(1)}


def test_an_unserved_enterprise_gets_one_row_without_cadre_and_day() -> None:
    visits = planned(need("E1", date(2026, 2, 1), services=()), until=date(2026, 12, 31))
    assert visits == [PlannedVisit("E1", None, date(2026, 2, 1), None, provisional=False, late=False)]


def test_a_cadre_visits_before_leaving_and_then_nobody_does() -> None:
    visits = planned(
        need("E1", date(2026, 3, 13), services=served_by("G1", end_on=date(2026, 3, 11))), until=date(2026, 12, 31)
    )
    assert [(visit.staff_no, visit.due_on, visit.planned_on) for visit in visits] == [
        ("G1", date(2026, 3, 13), date(2026, 3, 10)),
        (None, date(2026, 5, 10), None),
    ]


def test_a_pause_without_an_end_leaves_the_visit_without_a_day() -> None:
    (visit,) = planned(need("E1", date(2026, 3, 13), paused=((TODAY, date.max),)), until=date(2026, 12, 31))
    assert (visit.staff_no, visit.planned_on, visit.late) == ("G1", None, False)


# Confirmed dates


def test_a_confirmed_day_stays_even_where_the_rules_would_choose_another() -> None:
    fixed = FixedPlan("E1", date(2026, 3, 13), date(2026, 3, 7))
    visits = planned(need("E1", date(2026, 3, 13)), until=date(2026, 5, 31), fixed=(fixed,))
    assert [(visit.due_on, visit.planned_on) for visit in visits] == [
        (date(2026, 3, 13), date(2026, 3, 7)),
        (date(2026, 5, 7), date(2026, 5, 5)),
    ]


def test_a_confirmed_day_of_an_overdue_enterprise_is_its_catch_up_visit() -> None:
    fixed = FixedPlan("E1", after(-5), after(9))
    (visit,) = planned(need("E1", after(-5)), fixed=(fixed,))
    assert (visit.planned_on, visit.late) == (after(9), True)


def test_an_overdue_enterprise_waits_for_its_confirmed_day_however_far_it_is() -> None:
    fixed = FixedPlan("E1", after(-5), after(44))
    assert days(need("E1", after(-5)), fixed=(fixed,)) == [after(44)]


def test_a_day_confirmed_for_today_stays() -> None:
    fixed = FixedPlan("E1", date(2026, 3, 13), TODAY)
    assert days(need("E1", date(2026, 3, 13)), fixed=(fixed,)) == [TODAY]


def test_a_confirmed_visit_fills_the_cadres_day_and_its_trip_is_shared() -> None:
    fixed = FixedPlan("E1", date(2026, 3, 13), date(2026, 3, 18))
    free, full = replace(NARROW, visits_per_day=2), replace(NARROW, visits_per_day=1)
    needs = need("E1", date(2026, 3, 13)), need("E2", date(2026, 3, 21))
    assert days(*needs, fixed=(fixed,), rules=free)[1] == date(2026, 3, 18)
    assert days(*needs, fixed=(fixed,), rules=full)[1] == date(2026, 3, 20)


def test_a_visit_due_before_a_confirmed_one_keeps_its_distance_to_it() -> None:
    fixed = FixedPlan("E1", date(2026, 4, 20), date(2026, 4, 9))
    visits = planned(need("E1", date(2026, 3, 13)), until=date(2026, 3, 31), fixed=(fixed,))
    assert [visit.planned_on for visit in visits] == [date(2026, 3, 10)]


def test_the_due_date_beats_the_distance_to_a_confirmed_visit_after_it() -> None:
    fixed = FixedPlan("E1", date(2026, 4, 20), date(2026, 3, 24))
    (visit,) = planned(need("E1", date(2026, 3, 13)), until=date(2026, 3, 31), fixed=(fixed,))
    assert (visit.planned_on, visit.late) == (date(2026, 3, 11), False)


def test_a_confirmed_visit_takes_the_place_of_one_for_which_no_day_is_free() -> None:
    fixed = FixedPlan("E1", date(2026, 4, 20), date(2026, 3, 24))
    away = {"G1": [(TODAY, date(2026, 3, 16))]}
    (visit,) = planned(need("E1", date(2026, 3, 13)), until=date(2026, 3, 31), fixed=(fixed,), absences=away)
    assert (visit.planned_on, visit.late) == (date(2026, 3, 24), True)


@pytest.mark.parametrize(("visited_ago", "planned_on"), [(1, date(2026, 3, 11)), (15, date(2026, 3, 12))])
def test_the_due_date_beats_the_gap_where_no_day_beyond_it_is_left(visited_ago: int, planned_on: date) -> None:
    """After 15 days the gap of 25 ends on 12 March, in the window up to the 13th; after one it ends beyond it."""
    rules = replace(NARROW, visit_gap_days=25)
    visited = need("E1", date(2026, 3, 13), last_visit_on=after(-visited_ago))
    assert [visit.planned_on for visit in planned(visited, rules=rules)] == [planned_on]


def test_a_confirmed_day_that_passed_without_a_visit_is_planned_anew() -> None:
    fixed = FixedPlan("E1", date(2026, 3, 13), after(-1))
    assert days(need("E1", date(2026, 3, 13)), fixed=(fixed,)) == [date(2026, 3, 11)]


# Several enterprises of one cadre


def test_two_enterprises_in_one_subdistrict_share_a_trip_when_that_costs_no_day() -> None:
    rules = replace(NARROW, visits_per_day=2)
    apart = need("E1", date(2026, 3, 21)), need("E2", date(2026, 3, 22))
    assert days(*apart, rules=rules) == [date(2026, 3, 20), date(2026, 3, 20)]


def test_a_late_visit_of_one_does_not_cost_another_its_window() -> None:
    rules = replace(NARROW, visits_per_day=1)
    away = {"G1": [(TODAY, date(2026, 3, 12)), (date(2026, 3, 13), date(2026, 3, 14))]}
    visits = planned(need("E1", date(2026, 3, 11)), need("E2", date(2026, 3, 13)), absences=away, rules=rules)
    assert {visit.uscc: (visit.planned_on, visit.late) for visit in visits} == {
        "E1": (date(2026, 3, 14), True),
        "E2": (date(2026, 3, 12), False),
    }


def test_a_late_visit_leaves_another_the_only_day_of_a_window_that_begins_later() -> None:
    rules = replace(NARROW, visits_per_day=1)
    away = {"G1": [(TODAY, date(2026, 3, 10)), (date(2026, 3, 11), date(2026, 3, 16))]}
    visits = planned(need("E1", date(2026, 3, 4)), need("E2", date(2026, 3, 15)), absences=away, rules=rules)
    assert [visit.planned_on for visit in visits] == [date(2026, 3, 16), date(2026, 3, 10)]


def test_when_room_is_short_the_first_by_uscc_is_planned_wherever_the_others_lie() -> None:
    leaving = need("E0", after(4), services=served_by("G1", end_on=after(1)))
    needs = [
        replace(leaving, uscc=f"E{index}", subdistrict=place) for index, place in enumerate(["east", "east", "west"])
    ]
    visits = planned(*needs, rules=replace(NARROW, visits_per_day=1))
    assert [(visit.staff_no, visit.planned_on) for visit in visits] == [("G1", TODAY), (None, None), (None, None)]


Key = tuple[int, int, int, int, list[date]]


def oracle(needs: list[VisitNeed], absences: list[Interval], rules: Settings) -> Key:
    """Try every combination of days and return the least key; three visits never need more than three late days."""
    needs = sorted(needs, key=lambda one: (one.due_on, one.uscc))
    free = [[day for day in map(after, range(70)) if allowed(one, day, absences, rules)] for one in needs]
    late = [[day for day in days if day > one.due_on][:3] for one, days in zip(needs, free, strict=True)]
    choices = [
        [day for day in days if day <= one.due_on] + rest for one, days, rest in zip(needs, free, late, strict=True)
    ]
    fitting = (c for c in product(*choices) if all(c.count(day) <= rules.visits_per_day for day in c))
    return min(key_of(needs, list(choice), rules) for choice in fitting)


def allowed(one: VisitNeed, day: date, absences: list[Interval], rules: Settings) -> bool:
    earliest = one.due_on - timedelta(days=rules.window_days)
    if day > one.due_on and is_near(one, day, rules):
        return False
    hindered = any(start <= day < end for start, end in (*absences, *one.blackouts))
    return CALENDAR.is_workday(day) and earliest <= day and not hindered


def is_near(one: VisitNeed, day: date, rules: Settings) -> bool:
    return one.last_visit_on is not None and (day - one.last_visit_on).days < rules.visit_gap_days


def key_of(needs: list[VisitNeed], chosen: list[date], rules: Settings) -> Key:
    pairs = list(zip(needs, chosen, strict=True))
    late = sum(day > one.due_on for one, day in pairs)
    off = sum(abs((day - one.due_on).days + rules.ideal_days) for one, day in pairs)
    near = sum(is_near(one, day, rules) for one, day in pairs)
    return late, near, off, len({(day, one.subdistrict) for one, day in pairs}), chosen


def stretches(within: int, longest: int) -> st.SearchStrategy[Interval]:
    return st.tuples(st.integers(0, within), st.integers(1, longest)).map(lambda s: (after(s[0]), after(s[0] + s[1])))


NEEDS = st.builds(
    lambda due, place, visited, blackouts: need(
        "", after(due), subdistrict=place, last_visit_on=after(-visited) if visited else None, blackouts=blackouts
    ),
    st.integers(0, 14),
    st.sampled_from(["east", "west", None]),
    st.integers(0, 30),
    st.lists(stretches(14, 3), max_size=2).map(tuple),
)


@given(st.lists(NEEDS, min_size=1, max_size=3), st.lists(stretches(16, 8), max_size=2), st.integers(1, 2))
@budget(200)
def test_the_plan_is_the_best_of_all_plans(needs: list[VisitNeed], absences: list[Interval], per_day: int) -> None:
    rules = replace(NARROW, visits_per_day=per_day, visit_gap_days=20)
    needs = [replace(one, uscc=f"E{index}") for index, one in enumerate(needs)]
    visits = planned(*needs, until=after(14), absences={"G1": absences}, rules=rules)
    by_uscc = {one.uscc: one for one in needs}
    found = [visit.planned_on for visit in visits if visit.planned_on is not None]
    assert key_of([by_uscc[visit.uscc] for visit in visits], found, rules) == oracle(needs, absences, rules)


# Promises of any plan


def district(seed: int) -> tuple[list[VisitNeed], Absences]:
    """Return two cadres with up to five enterprises each, some overdue, and their absences."""
    source = random.Random(seed)  # noqa: S311
    needs = []
    for index in range(source.randint(1, 10)):
        last_visit_on = after(-source.randint(1, 75))
        anchored = need(f"E{index}", cadence.due_on(last_visit_on, 2), anchor_on=last_visit_on)
        place, cadre = source.choice(["east", "west", None]), source.choice(["G1", "G2"])
        needs.append(replace(anchored, last_visit_on=last_visit_on, subdistrict=place, services=served_by(cadre)))
    starts = {cadre: [source.randint(0, 200) for _ in range(3)] for cadre in ("G1", "G2")}
    return needs, {
        cadre: [(after(start), after(start + source.randint(1, 25))) for start in some]
        for cadre, some in starts.items()
    }


@given(st.integers(0, 10**9))
@budget(60)
def test_every_planned_day_can_be_kept(seed: int) -> None:
    needs, absences = district(seed)
    visits = planned(*needs, until=after(250), absences=absences, rules=Settings(visits_per_day=1))
    taken = [(visit.staff_no, visit.planned_on) for visit in visits]
    assert len(set(taken)) == len(taken)
    for cadre, day in taken:
        assert day is not None
        assert CALENDAR.is_workday(day)
        assert day >= TODAY
        assert not any(start <= day < end for start, end in absences[cadre or ""])


@given(st.integers(0, 10**9))
@budget(60)
def test_every_due_visit_is_planned_and_every_plan_keeps_the_promise(seed: int) -> None:
    needs, absences = district(seed)
    visits = planned(*needs, until=after(250), absences=absences, rules=Settings())
    for one in needs:
        own = [(visit.due_on, visit.planned_on) for visit in visits if visit.uscc == one.uscc and visit.planned_on]
        anchor, before, nth = one.anchor_on, one.last_visit_on or date.min, 1
        for due_on, day in own:
            assert due_on == cadence.next_due_on(anchor, 2, nth=nth, previous_planned_on=before)
            assert (day - before).days >= 30
            anchor, nth, before = (day, 1, day) if day > due_on else (anchor, nth + 1, day)
        assert cadence.next_due_on(anchor, 2, nth=nth, previous_planned_on=before) > after(250)


@given(st.integers(0, 10**9))
@budget(60)
def test_no_visit_is_late_while_a_day_of_its_window_is_free(seed: int) -> None:
    needs, absences = district(seed)
    visits = planned(*needs, until=after(250), absences=absences, rules=Settings(visits_per_day=1))
    taken = {(visit.staff_no, visit.planned_on) for visit in visits}
    for visit in visits:
        assert visit.planned_on is not None
        assert visit.late == (visit.planned_on > visit.due_on)
        if not visit.late:
            assert visit.planned_on >= visit.due_on - timedelta(days=21)
            continue
        first = max(TODAY, visit.due_on - timedelta(days=21))
        for offset in range((visit.planned_on - first).days):
            day = first + timedelta(days=offset)
            away = any(start <= day < end for start, end in absences[visit.staff_no or ""])
            assert away or not CALENDAR.is_workday(day) or (visit.staff_no, day) in taken


def hindered(one: VisitNeed, day: date, absences: Absences) -> bool:
    """Return whether the enterprise or its cadre cannot meet on a day, read off the intervals one by one."""
    return any(start <= day < end for start, end in (*one.blackouts, *one.paused, *absences[one.services[0].staff_no]))


@given(st.integers(0, 10**9), st.integers(1, 2), st.data())
@budget(80)
def test_no_visit_falls_in_a_blackout_pause_or_absence_nor_late_while_a_day_of_its_window_is_free(
    seed: int, per_day: int, data: st.DataObject
) -> None:
    needs, absences = district(seed)
    some = st.lists(stretches(200, 40), max_size=3).map(tuple)
    needs = [replace(one, blackouts=data.draw(some), paused=data.draw(some)) for one in needs]
    visits = planned(*needs, until=after(200), absences=absences, rules=Settings(visits_per_day=per_day))
    by_uscc, before = {one.uscc: one for one in needs}, {one.uscc: one.last_visit_on or date.min for one in needs}
    taken = [(visit.staff_no, visit.planned_on) for visit in visits]
    for visit in visits:
        one, day = by_uscc[visit.uscc], visit.planned_on
        assert day is not None
        assert CALENDAR.is_workday(day)
        assert not hindered(one, day, absences)
        assert (day - before[one.uscc]).days >= 30
        first = max(TODAY, visit.due_on - timedelta(days=21), before[one.uscc] + timedelta(days=30))
        for offset in range((day - first).days if visit.late else 0):
            other = first + timedelta(days=offset)
            full = taken.count((visit.staff_no, other)) >= per_day
            assert full or not CALENDAR.is_workday(other) or hindered(one, other, absences)
        before[one.uscc] = day


@given(st.integers(0, 10**9))
@budget(40)
def test_the_plan_does_not_depend_on_the_order_of_the_rows(seed: int) -> None:
    needs, absences = district(seed)
    shuffled = random.Random(seed).sample(needs, len(needs))  # noqa: S311
    assert planned(*needs, until=after(250), absences=absences) == planned(
        *shuffled, until=after(250), absences=dict(reversed(absences.items()))
    )


def test_a_cadre_with_thirty_enterprises_due_on_one_day_visits_them_all_in_time() -> None:
    needs = [need(f"E{index:02}", date(2026, 4, 30), subdistrict=f"S{index % 4}") for index in range(30)]
    visits = planned(*needs, until=date(2026, 4, 30), rules=Settings())
    assert not any(visit.late for visit in visits)
    window = CALENDAR.workdays(date(2026, 4, 9), date(2026, 5, 1))
    distances = sorted(abs((day - date(2026, 4, 23)).days) for day in window for _ in range(2))
    assert sum(abs(((visit.planned_on or TODAY) - date(2026, 4, 23)).days) for visit in visits) == sum(distances[:30])
