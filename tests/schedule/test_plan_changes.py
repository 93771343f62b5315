"""What moved in a plan and why: told from the facts of the day, never from memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm.domain.schedule import plan_changes
from esm.domain.schedule.plan_changes import OldPlan, PlanChange, PlanningFacts
from esm.domain.schedule.planner import PlannedVisit, VisitNeed
from esm.domain.schedule.visit_series import Service
from esm.domain.schedule.visitors import Availability
from esm.domain.values.workdays import WorkCalendar

TODAY = date(2026, 3, 2)  # a Monday
DAY = timedelta(days=1)
FRIDAY, MONDAY, DUE = date(2026, 3, 6), date(2026, 3, 9), date(2026, 3, 13)
WEEKDAYS = WorkCalendar(frozenset(), frozenset(), date(2026, 12, 31))
BEFORE = OldPlan("E1", "G1", DUE, FRIDAY, date(2026, 2, 1))
NOW = PlannedVisit("E1", "G1", DUE, MONDAY, provisional=False, late=False)
ALWAYS = (Service("G1", date.min, date.max),)
NEED = VisitNeed("E1", "C", None, ALWAYS, DUE, date(2026, 1, 13), date(2026, 1, 13), 2)
FACTS = PlanningFacts(
    today=TODAY, until=date(2026, 6, 30), calendar=WEEKDAYS, needs={"E1": NEED},
    availability=Availability(), confirmed=frozenset(), visits_per_day=1,
)  # fmt: skip
OTHER = PlannedVisit("E2", "G1", DUE, FRIDAY, provisional=False, late=False)
LATER = replace(NOW, due_on=date(2026, 5, 9))


def needing(**values: Any) -> PlanningFacts:
    return replace(FACTS, needs={"E1": replace(NEED, **values)})


@pytest.mark.parametrize(
    ("before", "now", "facts", "reason"),
    [
        (BEFORE, None, replace(FACTS, needs={}), "out_of_scope"),
        (BEFORE, None, needing(in_scope_until=FRIDAY), "out_of_scope"),
        (BEFORE, None, needing(services=()), "unserved"),
        (BEFORE, LATER, needing(last_visit_on=date(2026, 3, 1), due_on=date(2026, 5, 1)), "visited"),
        (replace(BEFORE, planned_on=TODAY - DAY), NOW, FACTS, "missed"),
        (BEFORE, NOW, needing(paused=((FRIDAY, MONDAY),)), "paused"),
        (BEFORE, NOW, needing(blackouts=((FRIDAY, MONDAY),)), "blackout"),
        (BEFORE, replace(NOW, staff_no="G2"), needing(services=(Service("G2", date.min, date.max),)), "cadre_changed"),
        (BEFORE, NOW, needing(services=(Service("G1", date.min, FRIDAY),)), "cadre_leaves"),
        (BEFORE, NOW, replace(FACTS, availability=Availability({"G1": [(TODAY, MONDAY)]})), "absence"),
        (BEFORE, NOW, replace(FACTS, calendar=replace(WEEKDAYS, off=frozenset({FRIDAY}))), "no_workday"),
        (BEFORE, None, replace(FACTS, until=DUE - DAY), "beyond_horizon"),
        (BEFORE, NOW, replace(FACTS, confirmed=frozenset({("E1", MONDAY)})), "confirmed"),
        (BEFORE, LATER, FACTS, "due_changed"),
        (BEFORE, NOW, FACTS, "better_day"),
    ],
)
def test_a_move_is_told_with_what_speaks_against_the_old_day(
    before: OldPlan, now: PlannedVisit | None, facts: PlanningFacts, reason: str
) -> None:
    kept, moves = plan_changes.compare_plans([before], [] if now is None else [now], facts)
    assert (kept, moves) == ((), (PlanChange(before, now, reason),))  # type: ignore[arg-type]


def test_a_day_on_the_edge_speaks_against_nothing() -> None:
    away = Availability({"G1": [(TODAY, FRIDAY), (FRIDAY + DAY, MONDAY)]})
    facts = replace(needing(services=(Service("G1", date.min, FRIDAY + DAY),)), availability=away)
    (move,) = plan_changes.compare_plans([BEFORE], [NOW], facts)[1]
    assert move.reason == "better_day"


def test_a_plan_made_room_only_where_its_day_is_full_now() -> None:
    (move,) = plan_changes.compare_plans([BEFORE], [NOW, OTHER], FACTS)[1]
    assert move.reason == "made_room"
    (move,) = plan_changes.compare_plans([BEFORE], [NOW, OTHER], replace(FACTS, visits_per_day=2))[1]
    assert move.reason == "better_day"


@pytest.mark.parametrize(("visited_on", "reason"), [(-1, "due_changed"), (0, "visited"), (1, "visited")])
def test_a_visit_of_the_planning_day_itself_is_what_moved_the_plan(visited_on: int, reason: str) -> None:
    """A plan made in the morning that a visit of the afternoon used up was visited, not given another due date."""
    last_visit_on = BEFORE.made_on + visited_on * DAY
    facts = needing(last_visit_on=last_visit_on, due_on=LATER.due_on)
    (move,) = plan_changes.compare_plans([BEFORE], [LATER], facts)[1]
    assert move.reason == reason


def test_a_visit_that_leaves_the_due_date_as_it_was_moves_no_plan() -> None:
    (move,) = plan_changes.compare_plans([BEFORE], [NOW], needing(last_visit_on=BEFORE.made_on))[1]
    assert move.reason == "better_day"


def test_a_later_visit_follows_the_earlier_one_that_moved() -> None:
    second = replace(BEFORE, due_on=date(2026, 5, 6), planned_on=date(2026, 4, 29))
    moves = plan_changes.compare_plans([BEFORE, second], [NOW, replace(LATER, planned_on=date(2026, 5, 4))], FACTS)[1]
    assert [move.reason for move in moves] == ["better_day", "earlier_moved"]


def test_a_visit_on_the_same_day_with_the_same_cadre_is_kept() -> None:
    assert plan_changes.compare_plans([BEFORE], [replace(NOW, planned_on=FRIDAY)], FACTS) == (
        (replace(NOW, planned_on=FRIDAY),), (),
    )  # fmt: skip


days = st.integers(0, 20).map(lambda back: TODAY + back * DAY)


@given(
    st.lists(st.tuples(st.sampled_from(["E1", "E2"]), days)), st.lists(st.tuples(st.sampled_from(["E1", "E2"]), days))
)
def test_every_old_plan_is_either_kept_or_told(old: list[tuple[str, date]], new: list[tuple[str, date]]) -> None:
    before = [replace(BEFORE, uscc=uscc, planned_on=day) for uscc, day in old]
    kept, moves = plan_changes.compare_plans(
        before, [replace(NOW, uscc=uscc, planned_on=day) for uscc, day in new], FACTS
    )
    assert len(kept) + len(moves) == len(before)
    assert {id(move.before) for move in moves} <= set(map(id, before))
