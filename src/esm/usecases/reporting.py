"""How far the two promises are kept: every enterprise served, every enterprise visited."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain import period as periods
from esm.domain.coverage import Coverage, summed
from esm.domain.fairness import Fairness, judged
from esm.errors import RuleRefused, say
from esm.storage import cadres, settings
from esm.storage import coverage as counted
from esm.storage.database import Reading


def coverage(reading: Reading, as_of: date, period: str | None = None) -> Coverage:
    """Return the coverage on a day and in a period, by default the one that holds the day."""
    asked = periods.period_of(as_of) if period is None else periods.parse(period)
    if asked.start_on > as_of:
        raise RuleRefused(
            say("The period {period} begins after {as_of}.", period=period, as_of=as_of),
            say("Choose an earlier period, or a later --as-of."),
        )
    by = counted.breakdowns(reading, as_of, asked)
    return Coverage(
        as_of=as_of,
        period=asked,
        is_open=as_of < asked.end_on - timedelta(days=1),
        total=summed(counters for _, counters in by["tier"]),
        by_subdistrict=by["subdistrict"],
        by_industry=by["industry"],
        by_tier=by["tier"],
        by_department=by["department"],
        unserved_enterprises=tuple(counted.unserved(reading, as_of)),
    )


def fairness(reading: Reading, as_of: date) -> Fairness:
    """Return how many enterprises in scope each cadre in post serves on a day, and may serve."""
    return judged(as_of, cadres.loads(reading, as_of, settings.load(reading).default_capacity))
