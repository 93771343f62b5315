"""The rolling clock."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from tests import district
from tests.district import Cadre, District, Enterprise, Span, Visit, code

from esm.domain.register.scope_status import ScopeBasis
from esm.domain.schedule import cadence
from esm.domain.schedule.due_list import DueRow, with_state
from esm.domain.values.intervals import Period
from esm.storage.database import visit_clock
from esm.storage.database.connection import Writing
from esm.storage.database.row_values import iso
from esm.storage.reports import coverage

SCHEME = date(2012, 1, 1)
DUE = date(2026, 11, 23)


def naive_due_on(anchor: date, months: int) -> date:
    """Turn the pages of the calendar one by one, then shorten the day to the month's length."""
    year, month = anchor.year, anchor.month
    for _ in range(months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))


def ten_years() -> list[date]:
    return [date(2023, 1, 1) + timedelta(days=offset) for offset in range(3653)]


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12, 14])
def test_due_dates_are_calendar_months_clamped_over_ten_years(months: int) -> None:
    assert [cadence.due_on(day, months) for day in ten_years()] == [naive_due_on(day, months) for day in ten_years()]


@pytest.mark.parametrize(
    ("anchor", "due"),
    [
        (date(2025, 12, 31), date(2026, 2, 28)),
        (date(2027, 12, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 4, 28)),
        (date(2026, 11, 30), date(2027, 1, 30)),
    ],
)
def test_the_end_of_a_short_month_is_the_last_day_on_time(anchor: date, due: date) -> None:
    assert cadence.due_on(anchor, 2) == due


def test_a_clamped_date_is_not_chained() -> None:
    assert cadence.next_due_on(date(2026, 12, 31), 2, nth=1, previous_planned_on=None) == date(2027, 2, 28)
    assert cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=None) == date(2027, 4, 30)


def test_a_visit_planned_early_brings_the_following_due_date_forward() -> None:
    due = cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=date(2027, 2, 19))
    assert due == date(2027, 4, 19)


def test_a_visit_planned_on_a_clamped_due_date_is_counted_from_itself() -> None:
    due = cadence.next_due_on(date(2026, 12, 31), 2, nth=2, previous_planned_on=date(2027, 2, 28))
    assert due == date(2027, 4, 28)


def test_planned_due_dates_are_the_earlier_of_both_counts_over_ten_years() -> None:
    for day in ten_years()[:-70]:
        for ahead in range(0, 63, 7):
            planned = day + timedelta(days=ahead)
            expected = min(naive_due_on(day, 6), naive_due_on(planned, 2))
            assert cadence.next_due_on(day, 2, nth=3, previous_planned_on=planned) == expected


@dataclass(frozen=True)
class Example:
    """Stretches in scope and visits of one enterprise, and what the rules make of them on a day."""

    scopes: tuple[Span, ...]
    visits: tuple[date, ...]
    anchor_on: date
    due_on: date
    longest_gap: int
    today: date = date(2026, 5, 1)
    records_began_on: date = date(2000, 1, 1)
    is_cut: bool = False


EXAMPLES = {
    "without a visit it counts from the entry into scope": Example(
        (Span(date(2026, 3, 1)),), (), date(2026, 3, 1), date(2026, 5, 1), 61
    ),
    "without a visit it never counts from before the scheme": Example(
        (Span(date(2009, 3, 1)),), (), SCHEME, date(2012, 3, 1), 5234
    ),
    "a visit before the first entry is the one it counts from": Example(
        (Span(date(2026, 3, 1)),), (date(2026, 2, 1),), date(2026, 2, 1), date(2026, 4, 1), 61
    ),
    "coming back into scope starts it anew": Example(
        (Span(date(2020, 1, 1), date(2025, 1, 1)), Span(date(2026, 3, 1))), (date(2026, 2, 1),),
        date(2026, 3, 1), date(2026, 5, 1), 1827,
    ),
    "after a visit since the return it counts as ever": Example(
        (Span(date(2020, 1, 1), date(2025, 1, 1)), Span(date(2026, 3, 1))), (date(2026, 3, 9),),
        date(2026, 3, 9), date(2026, 5, 9), 1827,
    ),
    "of several visits the last is the one it counts from": Example(
        (Span(date(2025, 12, 1)),), (date(2025, 12, 31), date(2026, 3, 31), date(2026, 4, 1)),
        date(2026, 4, 1), date(2026, 6, 1), 90,
    ),
    "the last day of a month is kept short in a short month": Example(
        (Span(date(2025, 12, 1)),), (date(2025, 12, 31),), date(2025, 12, 31), date(2026, 2, 28), 121
    ),
    "the first visit of all ends a gap that began with the entry": Example(
        (Span(date(2025, 12, 1)),), (date(2026, 4, 20),), date(2026, 4, 20), date(2026, 6, 20), 140
    ),
    "who enters today has no gap yet": Example((Span(date(2026, 5, 1)),), (), date(2026, 5, 1), date(2026, 7, 1), 0),
    "a gap begins with the entry into scope, though a visit lies before it": Example(
        (Span(date(2026, 3, 1)),), (date(2026, 1, 1), date(2026, 4, 20)), date(2026, 4, 20), date(2026, 6, 20), 50
    ),
    "visits before the first entry end no gap": Example(
        (Span(date(2026, 4, 30)),), (date(2026, 1, 1), date(2026, 4, 1)), date(2026, 4, 1), date(2026, 6, 1), 1
    ),
    "a visit between two stretches ends no gap, and an exit ends that of the first": Example(
        (Span(date(2026, 1, 1), date(2026, 2, 1)), Span(date(2026, 4, 1))), (date(2026, 3, 1),),
        date(2026, 4, 1), date(2026, 6, 1), 31,
    ),
    "the days from the last visit to an exit are a gap": Example(
        (Span(date(2025, 6, 1), date(2026, 1, 1)), Span(date(2026, 4, 1))), (date(2025, 7, 1),),
        date(2026, 4, 1), date(2026, 6, 1), 184,
    ),
    "no gap begins before the records, and that is said": Example(
        (Span(date(2020, 1, 1)),), (), date(2020, 1, 1), date(2020, 3, 1), 60,
        records_began_on=date(2026, 3, 2), is_cut=True,
    ),
    "before the scheme begins there is no gap": Example(
        (Span(date(2011, 1, 1)),), (), SCHEME, date(2012, 3, 1), 0, today=date(2011, 6, 1)
    ),
    "a gap that began with the records is whole": Example(
        (Span(date(2026, 3, 2)),), (), date(2026, 3, 2), date(2026, 5, 2), 60, records_began_on=date(2026, 3, 2)
    ),
}  # fmt: skip


@pytest.mark.parametrize("is_past", [False, True], ids=["kept", "computed"])
@pytest.mark.parametrize("example", EXAMPLES.values(), ids=EXAMPLES)
def test_the_clock_is_what_the_rules_say(writing: Writing, example: Example, is_past: bool) -> None:
    visits = tuple(Visit(code(1), "1001", on) for on in example.visits)
    later = (Visit(code(1), "1001", example.today + timedelta(days=1)),) if is_past else ()
    settings = {"records_began_on": iso(example.records_began_on)}
    firm = Enterprise(1, example.scopes)
    district.store(writing, District((firm,), (Cadre("1001"),), (), (*visits, *later), settings=settings))
    given = visit_clock.as_of(writing, example.today)
    assert (given != "clock") == is_past
    (found,) = writing.rows(
        f"SELECT anchor_on, due_on FROM {given} AS clock WHERE holds(clock, :today)", today=iso(example.today)
    )
    assert found == (iso(example.anchor_on), iso(example.due_on))
    period = Period(date(1, 1, 1), date(9999, 1, 1))
    ((_tier, counters),) = coverage.coverage_breakdowns(writing, example.today, period)["tier"]
    assert (counters.longest_gap_days, counters.is_gap_since_records_began) == (example.longest_gap, example.is_cut)


def test_who_was_never_in_scope_since_a_day_has_no_gap(writing: Writing) -> None:
    left = date(2026, 1, 1)
    firm = Enterprise(1, (Span(date(2025, 12, 1), left),))
    district.store(writing, District((firm,), (Cadre("1001"),), (), (), settings={"records_began_on": iso(SCHEME)}))
    for since, found in ((left - timedelta(days=1), [31]), (left, [])):
        counted = coverage.coverage_breakdowns(writing, date(2026, 5, 1), Period(since, date(9999, 1, 1)))["tier"]
        assert [counters.longest_gap_days for _tier, counters in counted] == found


def due_row(*, is_paused: bool) -> DueRow:
    return DueRow(code(1), "江畔一号", "C", None, None, None, None, DUE, None, None, ScopeBasis.REGISTER, is_paused)


@pytest.mark.parametrize(
    ("today", "state", "days"),
    [
        (date(2026, 11, 8), "upcoming", -15),
        (date(2026, 11, 9), "due_soon", -14),
        (date(2026, 11, 23), "due_soon", 0),
        (date(2026, 11, 24), "overdue", 1),
        (date(2026, 12, 23), "overdue", 30),
    ],
)
def test_the_state_turns_the_day_after_the_due_date(today: date, state: str, days: int) -> None:
    found = with_state(due_row(is_paused=False), today, due_soon_days=14)
    assert (found.state, found.days_overdue) == (state, days)


@pytest.mark.parametrize("today", [date(2026, 1, 1), DUE, date(2027, 1, 1)])
def test_a_paused_enterprise_is_paused_whatever_its_clock_says(today: date) -> None:
    found = with_state(due_row(is_paused=True), today, due_soon_days=14)
    assert (found.state, found.days_overdue <= 0) == ("paused", True)


def test_the_fewest_days_of_a_cadence_are_those_around_february() -> None:
    assert [cadence.shortest_days(months) for months in (1, 2, 3, 6, 12)] == [28, 59, 89, 181, 365]
