"""How far the two goals are met: every enterprise served, every enterprise visited."""

from __future__ import annotations

from datetime import date

from esm.domain.pairing.load_balance import LoadBalance, load_balance
from esm.domain.reports.coverage import Coverage, CoverageGroup, sum_of_counters
from esm.domain.values import intervals
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import cadres
from esm.storage.reports import coverage as counted


def coverage(reading: Reading, as_of: date, period: str | None = None, by: tuple[CoverageGroup, ...] = ()) -> Coverage:
    """Return the coverage on a day and in a period, by default the one that holds the day.

    `by` asks for one more breakdown, by cadre or by two groups.
    """
    asked = intervals.period_asked_for(period, as_of)
    is_further = len(by) > 1 or CoverageGroup.CADRE in by
    usual = counted.coverage_breakdowns(reading, as_of, asked)
    return Coverage(
        as_of=as_of,
        period=asked,
        is_open=asked.is_open(as_of),
        total=sum_of_counters(counters for _, counters in usual["tier"]),
        by_subdistrict=usual["subdistrict"],
        by_industry=usual["industry"],
        by_tier=usual["tier"],
        by_department=usual["department"],
        unserved_enterprises=tuple(counted.unserved_enterprises(reading, as_of)),
        cross=counted.cross_breakdown(reading, as_of, asked, by) if is_further else None,
    )


def load_balance_on(reading: Reading, as_of: date) -> LoadBalance:
    """Return how many enterprises in scope each cadre in post serves on a day, and may serve."""
    return load_balance(as_of, cadres.loads(reading, as_of, settings.load(reading, as_of).default_capacity))
