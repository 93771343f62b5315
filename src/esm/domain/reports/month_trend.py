"""The visits and the requests of successive months (docs/rules.md, Trend)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.requests.figures import RequestCounters
from esm.domain.values.intervals import Period
from esm.domain.visits.figures import VisitCounts


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """The visits and the requests of one month up to a day; None: not yet on record then."""

    month: Period
    visits: VisitCounts | None
    requests: RequestCounters | None


@dataclass(frozen=True, slots=True)
class MonthTrend:
    """Successive months, the earliest first; those before the records began are not among them."""

    as_of: date
    rows: tuple[MonthFigures, ...]
