"""The figures of several districts added up (docs/rules.md, City): counts are, shares follow from their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fractions import Fraction

from esm.domain.reports.coverage import Coverage, sum_of_counters
from esm.domain.reports.trend import PeriodFigures, Trend
from esm.domain.requests.figures import RequestCounters, RequestFigures

_COUNTS = tuple(field.name for field in fields(RequestCounters) if field.name != "median_days")


@dataclass(frozen=True, slots=True)
class CityPeriod:
    """The figures of a period, and of how many districts they are: of those whose records reach so far back."""

    figures: PeriodFigures
    districts: int


def sum_of_coverages(found: Sequence[Coverage]) -> Coverage:
    """Return the coverage of at least one district, all of one day and period, without breakdowns."""
    return Coverage(
        as_of=found[0].as_of,
        period=found[0].period,
        is_open=found[0].is_open,
        total=sum_of_counters(each.total for each in found),
        by_subdistrict=(),
        by_industry=(),
        by_tier=(),
        by_department=(),
        unserved_enterprises=(),
    )


def sum_of_request_figures(found: Sequence[RequestFigures]) -> RequestFigures:
    """Return the figures of at least one district, all received in the same days, without breakdowns.

    There is no median of several districts: it does not follow from theirs.
    """
    counts = {name: sum(getattr(each.total, name) for each in found) for name in _COUNTS}
    median = found[0].total.median_days if len(found) == 1 else None
    total = RequestCounters(**counts, median_days=median)
    first = found[0]
    return RequestFigures(
        as_of=first.as_of, since=first.since, until=first.until, total=total, by_class=(), by_department=(), by_month=()
    )


def sum_of_trends(found: Sequence[Trend]) -> list[CityPeriod]:
    """Return the periods of which a district has records, the earliest first.

    Who is served is known of a period only if it is in each of these districts.
    """
    by_start: dict[object, list[PeriodFigures]] = {}
    for row in sorted((row for trend in found for row in trend.rows), key=lambda row: row.period.start_on):
        by_start.setdefault(row.period.start_on, []).append(row)
    return [CityPeriod(_sum(rows), len(rows)) for rows in by_start.values()]


def _sum(rows: Sequence[PeriodFigures]) -> PeriodFigures:
    served = [row.served for row in rows if row.served is not None]
    return PeriodFigures(
        period=rows[0].period,
        as_of=rows[0].as_of,
        in_scope=sum(row.in_scope for row in rows),
        served=sum(served) if len(served) == len(rows) else None,
        due_in_period=sum(row.due_in_period for row in rows),
        visited_of_due=sum(row.visited_of_due for row in rows),
        overdue=sum(row.overdue for row in rows),
    )


def broken_promises(trend: Trend) -> tuple[Fraction, int]:
    """Return what orders districts with the worst last, as in the coverage of the last period."""
    if not trend.rows:
        return Fraction(0), 0
    last = trend.rows[-1]
    broken = last.overdue + (0 if last.served is None else last.in_scope - last.served)
    return Fraction(broken, last.in_scope or 1), broken
