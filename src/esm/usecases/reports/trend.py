"""The figures of the two goals, period by period up to a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from esm.domain.reports.standing_by_period import History, MarkedPeriod, marked_periods, rules_of
from esm.domain.reports.trend import PeriodFigures, Trend, figures_of_marks
from esm.domain.values.intervals import DAY, Period, period_of
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.reports import coverage as counted
from esm.storage.reports import enterprise_histories as recorded

PERIODS = 12  # two years


def trend(reading: Reading, as_of: date, periods: int = PERIODS) -> Trend:
    """Return the figures of so many periods, the last of which holds the day (docs/rules.md, Trend)."""
    return trend_with_rows(reading, as_of, periods).trend


class TrendWithRows(NamedTuple):
    """A trend with what it is counted from, by code: the marks of everyone whom its figures count, and the records."""

    trend: Trend
    marks: dict[str, tuple[MarkedPeriod, ...]]
    histories: dict[str, History]


def trend_with_rows(reading: Reading, as_of: date, periods: int) -> TrendWithRows:
    """Return the trend with the rows behind its figures."""
    began_on = counted.records_began_on(reading, as_of)
    paired_since = recorded.paired_since(reading)
    asked = _periods_until(as_of, periods)
    covered = [
        rules_of(period, on, settings.load(reading, on))
        for period in asked
        if began_on is not None and period.last_day >= began_on
        for on in [min(as_of, period.last_day)]
    ]
    histories = recorded.histories(reading, as_of) if covered else {}
    marked = {uscc: marked_periods(history, covered) for uscc, history in histories.items()}
    marked = {uscc: marks for uscc, marks in marked.items() if any(each.marks for each in marks)}
    parts = []
    for place, rules in enumerate(covered):
        found = figures_of_marks(rules, Counter(marks[place] for marks in marked.values()))
        blank = PeriodFigures(period=rules.period, as_of=rules.as_of, served=0)
        if paired_since is None or paired_since > rules.as_of:
            blank = replace(blank, served=None)
            found = {name: replace(figures, served=None) for name, figures in found.items()}
        parts.append((blank, found))
    names = sorted({name for _blank, found in parts for name in found}, key=lambda name: (name is None, name))
    found_trend = Trend(
        rows=tuple(_sum(blank, found.values()) for blank, found in parts),
        by_subdistrict=tuple((name, tuple(found.get(name, blank) for blank, found in parts)) for name in names),
        records_began_on=began_on,
        paired_since=paired_since,
        omitted=len(asked) - len(covered),
    )
    return TrendWithRows(found_trend, marked, histories)


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
