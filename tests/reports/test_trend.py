"""The trend, against a second, naive reading of the rules: each period asked for by itself, day by day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import district, district_oracle
from tests.conftest import Esm
from tests.district import District

from esm.domain.reports.overview import worst_first
from esm.domain.reports.trend import PeriodFigures, Trend, run_of_changes
from esm.domain.schedule.cadence import due_on, earliest_anchor_on_time
from esm.domain.values.intervals import period_of
from esm.storage.database.connection import Writing
from esm.usecases.reports.coverage import coverage
from esm.usecases.reports.trend import trend

Counts = tuple[int, int | None, int, int, int]


def found_in(writing: Writing, told: District, as_of: date, periods: int) -> Trend:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    found = trend(writing, as_of, periods)
    for row in found.rows:
        total = coverage(writing, row.as_of, row.period.name).total
        assert (row.in_scope, row.served or 0) == (total.in_scope, total.served)
        assert (row.due_in_period, row.visited_of_due) == (total.due_in_period, total.visited_of_due)
        assert row.overdue == total.overdue
    writing.connection.execute("ROLLBACK TO drawn")
    return found


def counts(row: PeriodFigures) -> Counts:
    return (row.in_scope, row.served, row.due_in_period, row.visited_of_due, row.overdue)


def stretches(as_of: date, number: int) -> list[tuple[date, date, date]]:
    """Return the first day, the day after and the day of the figures of periods; the last one holds the day."""
    months = [district_oracle.months_later(as_of.replace(day=1), -back) for back in range(2 * number + 1)]
    firsts = [month for month in reversed(months) if month.month % 2 == 1][-number:]
    afters = [district_oracle.months_later(first, 2) for first in firsts]
    return [(first, after, min(as_of, after - timedelta(days=1))) for first, after in zip(firsts, afters, strict=True)]


def naive(told: District, stretch: tuple[date, date, date], subdistrict: str | None, *, of_all: bool = False) -> Counts:
    first, after, on = stretch
    total = district_oracle.total(
        district_oracle.counters(told, firm, on, first, after)
        for firm in told.enterprises
        if of_all or district_oracle.profile_on(firm, on).subdistrict == subdistrict
    )
    is_known = any(pair.span.start_on <= on for pair in told.pairings)
    return (
        total.in_scope, total.served if is_known else None, total.due_in_period, total.visited_of_due, total.overdue
    )  # fmt: skip


@given(told=district.districts(), as_of=district.days, number=st.integers(1, 8))
def test_the_trend_is_what_the_rules_say(writing: Writing, told: District, as_of: date, number: int) -> None:
    found = found_in(writing, told, as_of, number)
    asked = stretches(as_of, number)
    began_on = district_oracle.records_began(told, as_of)
    covered = [stretch for stretch in asked if stretch[1] > began_on]
    assert [(row.period.start_on, row.period.end_on, row.as_of) for row in found.rows] == covered
    assert found.omitted == len(asked) - len(covered)
    assert [counts(row) for row in found.rows] == [naive(told, stretch, None, of_all=True) for stretch in covered]
    for subdistrict, rows in found.by_subdistrict:
        assert [counts(row) for row in rows] == [naive(told, stretch, subdistrict) for stretch in covered]
    in_scope = [sum(rows[at].in_scope for _name, rows in found.by_subdistrict) for at in range(len(covered))]
    assert in_scope == [row.in_scope for row in found.rows]


@pytest.mark.parametrize("months", [1, 2, 3, 12])
def test_the_earliest_anchor_on_time_divides_the_overdue_from_the_others(months: int) -> None:
    for today in (date(2027, 1, 1) + timedelta(days=n) for n in range(800)):
        first = earliest_anchor_on_time(today, months)
        assert due_on(first - timedelta(days=1), months) < today <= due_on(first, months)


def rows_of(*visited: int, as_of: date) -> list[PeriodFigures]:
    """Return successive periods of which the last holds the day; so many of a hundred were visited in each."""
    return [
        PeriodFigures(period=period_of(first), as_of=min(on, as_of), due_in_period=100, visited_of_due=share)
        for share, (first, _after, on) in zip(visited, stretches(as_of, len(visited)), strict=True)
    ]


@pytest.mark.parametrize(
    ("visited", "falls", "rises"),
    [((83, 86, 82, 80, 76, 25), 3, 0), ((10, 20, 30, 5), 0, 2), ((50, 50, 40, 1), 1, 0), ((50, 1), 0, 0), ((1,), 0, 0)],
)
def test_a_run_is_of_full_periods_alone(visited: tuple[int, ...], falls: int, rises: int) -> None:
    rows = rows_of(*visited, as_of=date(2026, 11, 23))
    assert rows[-1].is_open
    assert run_of_changes(rows, int.__lt__) == falls
    assert run_of_changes(rows, int.__gt__) == rises
    closed = [replace(row, as_of=row.period.last_day) for row in rows[:-1]]
    assert [row.is_open for row in closed] == [False] * len(closed)
    assert run_of_changes(closed, int.__lt__) == falls


@pytest.mark.parametrize(("at", "falls"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_a_period_in_which_no_visit_was_due_ends_a_run(at: int, falls: int) -> None:
    rows = rows_of(90, 80, 70, 60, 50, as_of=date(2026, 11, 23))
    rows[at] = replace(rows[at], due_in_period=0, visited_of_due=0)
    assert run_of_changes(rows, int.__lt__) == falls


def test_the_lowest_share_of_the_latest_period_is_the_worst() -> None:
    first, latest = rows_of(50, 50, as_of=date(2026, 11, 23))
    due = {"甲": (10, 5), "乙": (20, 10), "丙": (1, 1), "丁": (0, 0), "戊": (10, 4), None: (9, 0), "己": (0, 0)}
    by_subdistrict = tuple(
        (name, (first, replace(latest, due_in_period=both[0], visited_of_due=both[1]))) for name, both in due.items()
    )
    known = Trend((first, latest), by_subdistrict, records_began_on=None, paired_since=None)
    assert [name for name, _periods in worst_first(known)] == ["戊", "乙", "甲", "丙", "丁", "己", None]


def test_nothing_on_record_is_no_row_of_zeros(esm: Esm) -> None:
    assert json.loads(esm("report", "trend", "--format", "json").out) == []
    assert "Nothing is on record yet." in esm("report", "trend").out


def test_a_district_begins_with_the_period_of_its_first_record(esm: Esm) -> None:
    firm = ("enterprise", "add", district.code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2020-01-01")
    assert esm(*firm, today="2026-08-03").code == 0
    (july, september) = json.loads(esm("report", "trend", "--format", "json", today="2026-09-05").out)
    assert july == {"period": "2026-07", "as_of": "2026-08-31", "in_scope": 1, "served": None, "due_in_period": 1,
                    "visited_of_due": 0, "overdue": 1}  # fmt: skip
    assert (september["period"], september["as_of"]) == ("2026-09", "2026-09-05")
    shown = esm("report", "trend", today="2026-09-05").out
    assert "Records began on 2026-08-03; earlier periods are left out." in shown
    assert "No pairing is on record" in shown


def test_a_month_of_the_trend_is_what_the_reports_of_that_month_say(esm: Esm, districts: dict[str, Path]) -> None:
    def told(*words: str) -> Any:
        return json.loads(esm("report", *words, "--format", "json", db=districts["en"], today="2026-11-23").out)

    rows = told("trend", "--months", "14")
    assert [row["month"] for row in rows][-3:] == ["2026-09", "2026-10", "2026-11"]
    for row in rows:
        visits, requests = (
            told(name, "--month", row["month"], "--as-of", "2026-11-23") for name in ("visits", "requests")
        )
        assert (row["visits"], row["enterprises"]) == (visits["visits"], visits["enterprises"])
        if row["received"] is None:
            assert requests["received"] == 0
        else:
            assert [row[key] for key in ("received", "counted", "closed")] == [
                requests[key] for key in ("received", "counted", "closed")
            ]
    assert rows[0]["received"] is None
    assert told("trend", "--months", "2") == rows[-2:]


def test_months_before_the_records_are_no_rows_of_zeros(esm: Esm) -> None:
    assert json.loads(esm("report", "trend", "--months", "3", "--format", "json").out) == []
    assert "Nothing is on record yet." in esm("report", "trend", "--months", "3").out


@pytest.mark.parametrize(
    "words",
    [("coverage", "--periods", "3"), ("trend", "--period", "2026-09"), ("trend", "--months", "3", "--periods", "3"),
     ("visits", "--months", "3")],
)  # fmt: skip
def test_each_report_takes_its_own_options(esm: Esm, words: tuple[str, ...]) -> None:
    assert esm("report", *words).code == 2
