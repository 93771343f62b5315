"""The figures of the two goals, period by period up to a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from esm.domain.reports.trend import MarkedEnterprise, PeriodFigures, Trend, figures_of_marks
from esm.domain.values.intervals import DAY, Period, period_of
from esm.storage.database.connection import Reading
from esm.storage.reports import coverage as counted
from esm.storage.reports import trend as counted_by_period

PERIODS = 12  # two years


def trend(reading: Reading, as_of: date, periods: int = PERIODS) -> Trend:
    """Return the figures of so many periods, the last of which holds the day (docs/rules.md, Trend)."""
    return trend_with_marks(reading, as_of, periods)[0]


def trend_with_marks(reading: Reading, as_of: date, periods: int) -> tuple[Trend, list[list[MarkedEnterprise]]]:
    """Return the trend, and of each of its periods everyone in scope with the marks that its figures count."""
    began_on = counted.records_began_on(reading, as_of)
    paired_since = counted_by_period.paired_since(reading)
    asked = _periods_until(as_of, periods)
    covered = [period for period in asked if began_on is not None and period.last_day >= began_on]
    rows, parts, marks = [], [], []
    for period in covered:
        on = min(as_of, period.last_day)
        blank = PeriodFigures(period=period, as_of=on, served=0)
        marks.append(counted_by_period.marked_enterprises(reading, on, period))
        found = figures_of_marks(period, on, marks[-1])
        if paired_since is None or paired_since > on:
            blank = replace(blank, served=None)
            found = {name: replace(figures, served=None) for name, figures in found.items()}
        rows.append(_sum(blank, found.values()))
        parts.append((blank, found))
    names = sorted({name for _blank, found in parts for name in found}, key=lambda name: (name is None, name))
    found_trend = Trend(
        rows=tuple(rows),
        by_subdistrict=tuple((name, tuple(found.get(name, blank) for blank, found in parts)) for name in names),
        records_began_on=began_on,
        paired_since=paired_since,
        omitted=len(asked) - len(covered),
    )
    return found_trend, marks


def _periods_until(as_of: date, number: int) -> list[Period]:
    """Return successive periods, the last of which holds the day."""
    found = [period_of(as_of)]
    while len(found) < number:
        found.insert(0, period_of(found[0].start_on - DAY))
    return found


def _sum(blank: PeriodFigures, parts: Iterable[PeriodFigures]) -> PeriodFigures:
    every = list(parts)
    return replace(
        blank,
        in_scope=sum(part.in_scope for part in every),
        served=None if blank.served is None else sum(part.served or 0 for part in every),
        due_in_period=sum(part.due_in_period for part in every),
        visited_of_due=sum(part.visited_of_due for part in every),
        overdue=sum(part.overdue for part in every),
    )
