"""What becomes of the open plans: each keeps its number when it can, and nothing is doubled."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from esm.domain.schedule.planner import PlannedVisit
from esm.storage.schedule.plans import OpenPlan
from esm.usecases.schedule.plan_replacement import Replanning, match_plans

TODAY = date(2026, 11, 23)
DAYS = [TODAY + timedelta(days=n) for n in range(-2, 6)]


def plan(number: int, day: date, staff_no: str = "1", *, is_confirmed: bool = False, uscc: str = "A") -> OpenPlan:
    return OpenPlan(number, uscc, staff_no, day, day, TODAY, is_confirmed, is_provisional=False)


def visit(day: date, staff_no: str | None = "1", uscc: str = "A") -> PlannedVisit:
    return PlannedVisit(uscc, staff_no, day, day, provisional=False, late=False)


def told(found: Replanning) -> tuple[list[int], list[tuple[int, date | None]], list[date | None], list[int]]:
    return (
        [old.id for old, _ in found.kept],
        [(old.id, new.planned_on) for old, new in found.moved],
        [new.planned_on for new in found.added],
        [old.id for old in found.removed],
    )


def test_a_plan_on_the_same_day_is_kept_whatever_its_place() -> None:
    found = match_plans([plan(1, DAYS[3]), plan(2, DAYS[5])], [visit(DAYS[5]), visit(DAYS[6])], TODAY)
    assert told(found) == ([2], [(1, DAYS[6])], [], [])


def test_a_plan_given_to_another_cadre_goes_and_a_new_one_comes() -> None:
    found = match_plans([plan(1, DAYS[3])], [visit(DAYS[3], "2")], TODAY)
    assert told(found) == ([], [], [DAYS[3]], [1])


def test_an_agreed_day_to_come_stays_or_goes_but_never_moves() -> None:
    old = [plan(1, DAYS[3], is_confirmed=True), plan(2, DAYS[4], is_confirmed=True)]
    assert told(match_plans(old, [visit(DAYS[3]), visit(DAYS[5])], TODAY)) == ([1], [], [DAYS[5]], [2])


def test_another_cadre_goes_on_the_agreed_day() -> None:
    old = plan(1, DAYS[3], is_confirmed=True)
    found = match_plans([old], [visit(DAYS[3], "2")], TODAY)
    assert (told(found), found.reassigned) == (([], [], [], []), [(old, visit(DAYS[3], "2"))])


def test_of_two_plans_of_one_day_the_agreed_one_stays_and_the_other_goes() -> None:
    found = match_plans([plan(1, DAYS[3]), plan(2, DAYS[3], is_confirmed=True)], [visit(DAYS[3])], TODAY)
    assert told(found) == ([2], [], [], [1])


def test_an_agreed_day_that_was_missed_is_planned_anew() -> None:
    found = match_plans([plan(1, DAYS[0], is_confirmed=True)], [visit(DAYS[3])], TODAY)
    assert told(found) == ([], [(1, DAYS[3])], [], [])


def test_what_is_due_without_a_cadre_is_no_plan() -> None:
    assert told(match_plans([plan(1, DAYS[3])], [visit(DAYS[3], None)], TODAY)) == ([], [], [], [1])


olds = st.lists(
    st.tuples(st.sampled_from(DAYS), st.sampled_from("12"), st.booleans(), st.sampled_from("AB")), max_size=6
)
news = st.lists(st.tuples(st.sampled_from(DAYS[2:]), st.sampled_from("12"), st.sampled_from("AB")), max_size=6)


@given(olds, news)
def test_afterwards_the_new_plan_stands_beside_what_is_agreed(
    before: list[tuple[date, str, bool, str]], after: list[tuple[date, str, str]]
) -> None:
    old = [plan(n, day, who, is_confirmed=agreed, uscc=uscc) for n, (day, who, agreed, uscc) in enumerate(before)]
    new = [visit(day, who, uscc) for day, who, uscc in after]
    found = match_plans(old, new, TODAY)
    fixed = [each for each in old if each.is_confirmed and each.planned_on >= TODAY]
    stays = [*found.kept, *found.reassigned, *found.moved]
    stands = sorted(
        [(now.uscc, now.planned_on) for _, now in stays] + [(now.uscc, now.planned_on) for now in found.added]
    )
    assert stands == sorted((each.uscc, each.planned_on) for each in new)
    assert not {each.id for each in fixed} & {each.id for each, _ in found.moved}
    numbers = [each.id for each, _ in stays] + [each.id for each in found.removed]
    assert sorted(numbers) == list(range(len(old)))
