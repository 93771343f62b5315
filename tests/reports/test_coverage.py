"""The coverage report: how far the two promises are kept, against a second, naive reading of the rules."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import district, district_oracle
from tests.conftest import Ran
from tests.district import Cadre, District, Enterprise, Pairing, Profile, Span, Visit, code

from esm.domain.reports.coverage import Coverage, CoverageCounters
from esm.errors import RuleRefused, UsageRefused
from esm.storage.database.connection import Writing
from esm.usecases.reports import coverage

OLD = Span(date(2027, 6, 1))
GROUPS = ("subdistrict", "industry", "tier", "department")
Thing = TypeVar("Thing")


def report(writing: Writing, told: District, as_of: date, period: str | None = None) -> Coverage:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    found = coverage.coverage(writing, as_of, period)
    writing.connection.execute("ROLLBACK TO drawn")
    return found


def total(writing: Writing, told: District, as_of: date, period: str | None = None) -> CoverageCounters:
    return report(writing, told, as_of, period).total


def breakdowns(found: Coverage) -> dict[str, tuple[tuple[str | None, CoverageCounters], ...]]:
    return dict(zip(GROUPS, (found.by_subdistrict, found.by_industry, found.by_tier, found.by_department), strict=True))


def one(*spans: Span, pauses: tuple[Span, ...] = (), visits: tuple[date, ...] = ()) -> District:
    """Return a district of one enterprise, with counted visits on some days."""
    done = tuple(Visit(code(1), "1001", day) for day in visits)
    return District((Enterprise(1, spans, pauses=pauses),), (Cadre("1001"),), (), done)


def shuffled(things: tuple[Thing, ...], chance: random.Random) -> tuple[Thing, ...]:
    return tuple(chance.sample(things, len(things)))


@given(told=district.districts(), when=district.as_of_and_month)
def test_the_figures_are_what_the_rules_say(writing: Writing, told: District, when: tuple[date, date]) -> None:
    as_of, month = when
    first, after = district_oracle.period_bounds(month)
    found = report(writing, told, as_of, month.isoformat()[:7])
    assert found.total == district_oracle.total(
        district_oracle.counters(told, enterprise, as_of, first, after) for enterprise in told.enterprises
    )
    assert list(found.unserved_enterprises) == district_oracle.unserved(told, as_of)
    assert (found.period.start_on, found.period.end_on) == (first, after)


@given(told=district.districts(), when=district.as_of_and_month)
def test_every_breakdown_is_what_the_rules_say_and_adds_up(
    writing: Writing, told: District, when: tuple[date, date]
) -> None:
    as_of, month = when
    found = report(writing, told, as_of, month.isoformat()[:7])
    for by, rows in breakdowns(found).items():
        assert rows == district_oracle.breakdown(told, by, as_of, *district_oracle.period_bounds(month))
        assert district_oracle.total(counters for _, counters in rows) == found.total


@given(told=district.districts(), as_of=district.days, chance=st.randoms(use_true_random=False))
def test_row_order_and_ids_change_nothing(writing: Writing, told: District, as_of: date, chance: random.Random) -> None:
    again = replace(told, enterprises=shuffled(told.enterprises, chance), cadres=shuffled(told.cadres, chance),
                    pairings=shuffled(told.pairings, chance), visits=shuffled(told.visits, chance))  # fmt: skip
    assert report(writing, again, as_of) == report(writing, told, as_of)


@given(told=district.districts(), when=district.as_of_and_month)
def test_the_parts_of_a_figure_add_up_to_it(writing: Writing, told: District, when: tuple[date, date]) -> None:
    as_of, month = when
    found = total(writing, told, as_of, month.isoformat()[:7])
    assert found.served + found.unserved == found.in_scope
    assert found.paused_on + found.on_time_rolling + found.overdue == found.in_scope
    first, after = district_oracle.period_bounds(month)
    last = min(as_of, after - timedelta(days=1))
    were_in = [
        enterprise
        for enterprise in told.enterprises
        if any(district_oracle.scope_on(enterprise, day) for day in district_oracle.days_between(first, last))
    ]
    parts = (found.left_in_period, found.new_in_period, found.paused, found.due_in_period)
    assert sum(parts) == len(were_in)
    assert found.visited_of_due <= min(found.due_in_period, found.visited_in_period)


def test_nothing_of_nothing_has_no_percentage(writing: Writing) -> None:
    found = total(writing, District(), date(2028, 5, 5))
    assert [str(found.service), str(found.visits), str(found.punctuality)] == ["0/0 (–)"] * 3
    assert found.longest_gap_days is None


def test_an_empty_district_prints_a_dash(esm: Callable[..., Ran]) -> None:
    assert esm("report", "coverage").out.count("0/0 (–)") == 3


@pytest.mark.parametrize(
    ("entered", "due", "new"),
    [(date(2028, 4, 30), 1, 0), (date(2028, 5, 1), 0, 1), (date(2028, 6, 30), 0, 1), (date(2028, 7, 1), 0, 0)],
)
def test_an_enterprise_owes_a_visit_when_it_entered_before_the_period_began(
    writing: Writing, entered: date, due: int, new: int
) -> None:
    found = total(writing, one(Span(entered)), date(2028, 7, 20), "2028-06")
    assert (found.due_in_period, found.new_in_period) == (due, new)


@pytest.mark.parametrize(
    ("left", "due", "gone"),
    [(date(2028, 5, 1), 0, 0), (date(2028, 5, 2), 0, 1), (date(2028, 6, 30), 0, 1), (date(2028, 7, 1), 1, 0)],
)
def test_an_enterprise_that_left_inside_the_period_has_a_row_of_its_own(
    writing: Writing, left: date, due: int, gone: int
) -> None:
    found = total(writing, one(Span(OLD.start_on, left)), date(2028, 7, 20), "2028-05")
    assert (found.due_in_period, found.left_in_period) == (due, gone)


def test_one_that_left_and_came_back_inside_the_period_is_new(writing: Writing) -> None:
    told = one(Span(OLD.start_on, date(2028, 5, 10)), Span(date(2028, 6, 10)))
    found = total(writing, told, date(2028, 6, 30))
    assert (found.due_in_period, found.new_in_period, found.left_in_period) == (0, 1, 0)


@pytest.mark.parametrize(("pause_ends", "due"), [(date(2028, 6, 30), 1), (date(2028, 7, 1), 0)])
def test_one_paused_on_the_periods_last_day_owes_no_visit(writing: Writing, pause_ends: date, due: int) -> None:
    told = one(OLD, pauses=(Span(date(2028, 3, 1), pause_ends),))
    assert total(writing, told, date(2028, 8, 1), "2028-05").due_in_period == due


def test_a_pause_entered_late_moves_an_enterprise_from_the_due_to_the_paused(writing: Writing) -> None:
    told = one(Span(date(2026, 1, 10)), pauses=(Span(date(2026, 10, 31), date(2026, 11, 1)),))
    found = total(writing, told, date(2026, 11, 23), "2026-09")
    assert (found.due_in_period, found.new_in_period, found.left_in_period, found.paused) == (0, 0, 0, 1)
    assert (found.in_scope, found.paused_on) == (1, 0)


def test_one_that_entered_inside_the_period_and_is_paused_is_new(writing: Writing) -> None:
    told = one(Span(date(2028, 5, 10)), pauses=(Span(date(2028, 6, 1)),))
    found = total(writing, told, date(2028, 6, 30))
    assert (found.new_in_period, found.paused, found.paused_on) == (1, 0, 1)


def test_an_open_period_is_judged_on_the_as_of_day_and_said_to_be_open(writing: Writing) -> None:
    told = one(OLD, pauses=(Span(date(2028, 5, 21)),))
    before, after = (report(writing, told, date(2028, 5, day)) for day in (20, 21))
    assert (before.total.due_in_period, after.total.due_in_period, before.is_open) == (1, 0, True)


def test_on_its_last_day_a_period_is_complete(writing: Writing) -> None:
    assert report(writing, one(OLD), date(2028, 6, 29)).is_open
    assert not report(writing, one(OLD), date(2028, 6, 30)).is_open


@pytest.mark.parametrize(
    ("day", "visited"),
    [(date(2028, 4, 30), 0), (date(2028, 5, 1), 1), (date(2028, 6, 30), 1), (date(2028, 7, 1), 0)],
)
def test_a_visit_on_any_day_of_the_period_keeps_the_promise(writing: Writing, day: date, visited: int) -> None:
    assert total(writing, one(OLD, visits=(day,)), date(2028, 7, 20), "2028-05").visited_of_due == visited


def test_two_periods_are_satisfied_though_many_days_lie_between(writing: Writing) -> None:
    told = one(Span(date(2026, 12, 1)), visits=(date(2027, 1, 1), date(2027, 4, 30)))
    found = total(writing, told, date(2027, 6, 2), "2027-03")
    assert found.longest_gap_days == 119


@pytest.mark.parametrize(("period", "gap"), [("2027-11", 91), ("2028-01", 60), ("2028-03", 51)])
def test_the_longest_gap_is_one_that_ends_in_the_period_or_later(writing: Writing, period: str, gap: int) -> None:
    told = replace(
        one(Span(date(2027, 10, 1)), visits=(date(2027, 12, 31), date(2028, 2, 29))),
        settings={"records_began_on": "2027-10-01"},
    )
    assert total(writing, told, date(2028, 4, 20), period).longest_gap_days == gap


def test_a_gap_never_counts_the_days_out_of_scope(writing: Writing) -> None:
    told = one(
        Span(OLD.start_on, date(2028, 1, 1)), Span(date(2028, 5, 1)), visits=(date(2027, 12, 30), date(2028, 5, 20))
    )
    assert total(writing, told, date(2028, 5, 31)).longest_gap_days == 19


def test_a_gap_never_counts_the_days_before_the_scheme_began(writing: Writing) -> None:
    told = replace(
        one(OLD, visits=(date(2028, 5, 10),)),
        settings={"scheme_start_on": "2028-02-29", "records_began_on": "2027-06-01"},
    )
    assert total(writing, told, date(2028, 5, 31)).longest_gap_days == 71


def test_the_days_up_to_an_exit_are_a_gap_of_the_period_in_which_it_ends(writing: Writing) -> None:
    told = one(Span(date(2028, 1, 1), date(2028, 5, 10)), visits=(date(2028, 3, 31),))
    assert total(writing, told, date(2028, 6, 30)).longest_gap_days == 40
    assert total(writing, told, date(2028, 7, 1)).longest_gap_days is None


def test_a_visit_out_of_scope_neither_ends_nor_begins_a_gap(writing: Writing) -> None:
    stretches = (Span(date(2024, 1, 1), date(2024, 10, 26)), Span(date(2026, 2, 12)))
    for visits in ((), (date(2026, 1, 26),), (date(2024, 8, 31), date(2026, 1, 26))):
        told = replace(one(*stretches, visits=visits), settings={"records_began_on": "2024-01-01"})
        assert total(writing, told, date(2026, 2, 20)).longest_gap_days == 8


def test_a_gap_older_than_the_records_counts_from_their_first_day_and_says_so(writing: Writing) -> None:
    told = District(
        (Enterprise(1, (OLD,)), Enterprise(2, (OLD,))), (Cadre("1001"),), (),
        (Visit(code(1), "1001", date(2028, 5, 1)), Visit(code(2), "1001", date(2028, 5, 20))),
    )  # fmt: skip
    found = total(writing, told, date(2028, 5, 21))
    assert (found.longest_gap_days, found.is_gap_since_records_began) == (20, False)
    found = total(writing, replace(told, visits=told.visits[:1]), date(2028, 5, 21))
    assert (found.longest_gap_days, found.is_gap_since_records_began) == (20, True)


def test_a_visit_in_an_earlier_stretch_ended_a_gap_of_that_stretch(writing: Writing) -> None:
    stretches = (Span(date(2028, 1, 1), date(2028, 5, 1)), Span(date(2028, 5, 20)))
    told = replace(one(*stretches, visits=(date(2028, 3, 31),)), settings={"records_began_on": "2028-01-01"})
    assert total(writing, told, date(2028, 5, 31), "2028-03").longest_gap_days == 90


def test_groups_are_those_of_the_as_of_day(writing: Writing) -> None:
    moved = date(2028, 5, 10)
    profiles = (Profile("A", "城东", "C39", Span(district.ALWAYS, moved)), Profile("B", "城西", "F51", Span(moved)))
    told = District((Enterprise(1, (OLD,), profiles),))
    before, after = (report(writing, told, date(2028, 5, day)) for day in (9, 10))
    assert [rows[0][0] for rows in breakdowns(before).values()] == ["城东", "C", "A", None]
    assert [rows[0][0] for rows in breakdowns(after).values()] == ["城西", "F", "B", None]


def test_a_department_counts_while_its_cadre_is_in_post(writing: Writing) -> None:
    transfer, left = date(2028, 5, 10), date(2028, 5, 20)
    postings = (("经信局", Span(district.ALWAYS, transfer)), ("商务局", Span(transfer)))
    told = District((Enterprise(1, (OLD,)),), (Cadre("1001", None, left, postings),), (Pairing(code(1), "1001", OLD),))
    found = [report(writing, told, date(2028, 5, day)).by_department[0][0] for day in (9, 10, 19, 20)]
    assert found == ["经信局", "商务局", "商务局", None]


def test_a_served_enterprise_never_stands_in_the_row_of_the_unserved(writing: Writing) -> None:
    told = District((Enterprise(1, (OLD,)), Enterprise(2, (OLD,))), (Cadre("1001"),), (Pairing(code(1), "1001", OLD),))
    rows = dict(report(writing, told, date(2028, 5, 9)).by_department)
    assert {key: (row.served, row.unserved) for key, row in rows.items()} == {"no_department": (1, 0), None: (0, 1)}


def test_an_unserved_enterprise_names_the_cadre_who_left(writing: Writing) -> None:
    left = date(2028, 5, 20)
    told = District((Enterprise(1, (OLD,)),), (Cadre("1001", None, left),), (Pairing(code(1), "1001", OLD),))
    assert report(writing, told, date(2028, 5, 19)).unserved_enterprises == ()
    (row,) = report(writing, told, left).unserved_enterprises
    assert (row.uscc, row.staff_no) == (code(1), "1001")


def test_either_month_names_the_period(writing: Writing) -> None:
    one_way, other = (report(writing, one(OLD), date(2028, 7, 1), month) for month in ("2028-05", "2028-06"))
    assert one_way == other


def test_a_period_that_has_not_begun_is_refused(writing: Writing) -> None:
    with pytest.raises(RuleRefused, match="begins after"):
        coverage.coverage(writing, date(2028, 6, 30), "2028-07")


@pytest.mark.parametrize("words", ["2028", "2028-13", "2028-5", "May", "0000-01"])
def test_what_is_no_month_is_refused(writing: Writing, words: str) -> None:
    with pytest.raises(UsageRefused):
        coverage.coverage(writing, date(2028, 6, 30), words)
