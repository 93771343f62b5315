"""The figures of the trend, counted by the database in one pass a period."""

from __future__ import annotations

from datetime import date

from esm.domain.reports.trend import MarkedEnterprise
from esm.domain.schedule.cadence import earliest_anchor_on_time
from esm.domain.values.intervals import Period
from esm.storage.database import settings, visit_clock
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import text_beside
from esm.storage.database.row_values import day

FACTS = text_beside(__file__, "trend_facts.sql").rstrip()
# Each with the marks of `domain.reports.trend`.
MARKED = """{facts}
SELECT enterprise.uscc, fact.subdistrict,
       1 + CASE WHEN is_served THEN 2 ELSE 0 END
         + CASE WHEN is_late AND NOT is_paused THEN 4 ELSE 0 END
         + CASE WHEN is_throughout AND NOT is_paused THEN 8 ELSE 0 END
         + CASE WHEN is_throughout AND NOT is_paused AND is_visited THEN 16 ELSE 0 END
FROM fact JOIN enterprise ON enterprise.id = fact.enterprise_id
"""


def marked_enterprises(reading: Reading, as_of: date, period: Period) -> list[MarkedEnterprise]:
    """Return everyone in scope on a day of the period; who is served follows from the pairings on record."""
    rules = settings.load(reading, as_of)
    on_time = {
        f"on_time_{tier.lower()}": earliest_anchor_on_time(as_of, rules.cadence_months(tier))
        for tier in ("A", "B", "C")
    }
    facts = FACTS.format(clock=visit_clock.as_of(reading, as_of))
    return reading.rows(MARKED.format(facts=facts), today=as_of, first=period.start_on, **on_time)


def paired_since(reading: Reading) -> date | None:
    """Return the first day of a pairing on record."""
    first: str | None = reading.value("SELECT min(start_on) FROM pairing")
    return None if first is None else day(first)
