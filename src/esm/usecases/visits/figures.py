"""What was done in visits, counted for a period or a month."""

from __future__ import annotations

from datetime import date

from esm.domain.values import intervals
from esm.domain.visits.figures import VisitCounts, VisitFigures, trend_start_on
from esm.storage.database.connection import Reading
from esm.storage.register import cadres
from esm.storage.visits import figures

_BREAKDOWNS = ("total", "department", "subdistrict", "cadre")


def visit_figures(reading: Reading, as_of: date, period: str | None = None, month: str | None = None) -> VisitFigures:
    """Return what was done in visits in a period or a month up to a day, and in the twelve months that end with it."""
    asked = intervals.period_asked_for(period, as_of, month)
    until = min(as_of, asked.last_day)
    found = {name: figures.visit_counts(reading, name, asked.start_on, until, as_of) for name in _BREAKDOWNS}
    return VisitFigures(
        as_of=as_of,
        period=asked,
        total=found["total"][0][1] if found["total"] else VisitCounts(),
        by_month=figures.visit_counts(reading, "month", trend_start_on(until), until, as_of),
        by_department=found["department"],
        by_subdistrict=found["subdistrict"],
        by_cadre=found["cadre"],
        cadres=dict(cadres.names(reading)),
    )
