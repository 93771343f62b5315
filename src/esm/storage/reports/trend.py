"""The figures of the trend, counted by the database in one pass a period."""

from __future__ import annotations

from datetime import date

from esm.domain.reports.trend import PeriodFigures
from esm.domain.schedule.cadence import earliest_anchor_on_time
from esm.domain.values.intervals import Period
from esm.storage.database import settings, visit_clock
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import text_beside
from esm.storage.database.row_values import day

FIGURES = text_beside(__file__, "trend.sql")


def figures_by_subdistrict(reading: Reading, as_of: date, period: Period) -> dict[str | None, PeriodFigures]:
    """Return the figures of a period as of a day in it, by subdistrict; `served` counts pairings on record."""
    rules = settings.load(reading, as_of)
    on_time = {
        f"on_time_{tier.lower()}": earliest_anchor_on_time(as_of, rules.cadence_months(tier))
        for tier in ("A", "B", "C")
    }
    rows = reading.rows(
        FIGURES.format(clock=visit_clock.as_of(reading, as_of)), today=as_of, first=period.start_on, **on_time
    )
    return {
        subdistrict: PeriodFigures(
            period=period, as_of=as_of, in_scope=in_scope, served=served, due_in_period=due, visited_of_due=visited,
            overdue=overdue,
        )
        for subdistrict, in_scope, served, due, visited, overdue in rows
    }  # fmt: skip


def paired_since(reading: Reading) -> date | None:
    """Return the first day of a pairing on record."""
    first: str | None = reading.value("SELECT min(start_on) FROM pairing")
    return None if first is None else day(first)
