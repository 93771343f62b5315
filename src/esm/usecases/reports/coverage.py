"""How far the two goals are met: every enterprise served, every enterprise visited."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.pairing.load_balance import LoadBalance, load_balance
from esm.domain.reports.coverage import Coverage, sum_of_counters
from esm.domain.values import intervals
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import cadres
from esm.storage.reports import coverage as counted


def coverage(reading: Reading, as_of: date, period: str | None = None) -> Coverage:
    """Return the coverage on a day and in a period, by default the one that holds the day."""
    asked = intervals.period_asked_for(period, as_of)
    by = counted.coverage_breakdowns(reading, as_of, asked)
    return Coverage(
        as_of=as_of,
        period=asked,
        is_open=as_of < asked.end_on - timedelta(days=1),
        total=sum_of_counters(counters for _, counters in by["tier"]),
        by_subdistrict=by["subdistrict"],
        by_industry=by["industry"],
        by_tier=by["tier"],
        by_department=by["department"],
        unserved_enterprises=tuple(counted.unserved_enterprises(reading, as_of)),
    )


def load_balance_on(reading: Reading, as_of: date) -> LoadBalance:
    """Return how many enterprises in scope each cadre in post serves on a day, and may serve."""
    return load_balance(as_of, cadres.loads(reading, as_of, settings.load(reading, as_of).default_capacity))
