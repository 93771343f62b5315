"""A bulletin: the figures of a month, a two-month period or a year beside earlier ones (docs/rules.md, Bulletin)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from esm.domain.reports.coverage import Coverage, CoverageCounters
from esm.domain.reports.month_trend import MonthFigures
from esm.domain.requests.figures import RequestCounters
from esm.domain.values.intervals import DAY, FIRST_YEAR, LAST_YEAR, MONTHS, parse, parse_month, period_of
from esm.domain.values.money import Money
from esm.domain.values.ratio import Ratio
from esm.errors import UsageRefused, say

YEAR = 12  # months
MOST_RANKED = 3
FIGURES = (
    "in_scope", "service", "unserved", "promise", "punctuality", "overdue", "never_visited_overdue", "visits",
    "enterprises", "remote", "not_met", "minutes", "received", "left", "closed", "closing", "solving",
    "request_punctuality", "satisfaction", "response", "open_requests", "late_requests", "stuck_requests", "policies",
    "explained", "applied", "policies_received", "relief", "relief_enterprises", "loans",
)  # fmt: skip
Figure = int | Decimal | Ratio | Money | None


@dataclass(frozen=True, slots=True)
class BulletinSpan:
    """The days that a bulletin is about: so many months from a first day on, 1, 2 or 12."""

    start_on: date
    months: int

    @property
    def last_day(self) -> date:
        """Return the last day of the span."""
        following: date = self.start_on + relativedelta(months=self.months)
        return following - DAY

    def earlier(self, months: int) -> BulletinSpan:
        """Return the span of the same length so many months earlier."""
        return BulletinSpan(self.start_on - relativedelta(months=months), self.months)


def corresponding_day(on: date, months: int) -> date:
    """Return the same day of the month so many months earlier; to the last day of a month corresponds the last."""
    earlier: date = on - relativedelta(months=months)
    last = calendar.monthrange(earlier.year, earlier.month)[1]
    return earlier.replace(day=last) if (on + DAY).month != on.month else earlier


def month_span(text: str) -> BulletinSpan:
    """Return the span of a month written `YYYY-MM`; anything else is refused."""
    return BulletinSpan(parse_month(text).start_on, 1)


def period_span(text: str) -> BulletinSpan:
    """Return the span of the two-month period of a month written `YYYY-MM`."""
    return BulletinSpan(parse(text).start_on, MONTHS)


def year_span(text: str) -> BulletinSpan:
    """Return the span of a year written `YYYY`; anything else is refused."""
    found = re.fullmatch("[0-9]{4}", text.strip())
    if found is None or not FIRST_YEAR <= int(found[0]) <= LAST_YEAR:
        raise UsageRefused(say("“{text}” is not a year.", text=text), say("Write it as YYYY, for example 2026."))
    return BulletinSpan(date(int(found[0]), 1, 1), YEAR)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure beside the one before and the one of the year before; None is not on record, or not asked for."""

    now: Figure
    before: Figure = None
    year_before: Figure = None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """How a figure moved. `tenths` are those of a percent; of a share, of a percentage point. None: before it was 0."""

    direction: int
    tenths: int | None
    is_share: bool


def change(now: Figure, before: Figure) -> FigureChange | None:
    """Return how a figure moved; None where one of the two has no value.

    Shares are compared as they are shown, counts and money as a percentage of the figure before, rounded half up.
    """
    if isinstance(now, Ratio) and isinstance(before, Ratio):
        if now.tenths is None or before.tenths is None:
            return None
        points = now.tenths - before.tenths
        return FigureChange(_sign(points), abs(points), is_share=True)
    first, second = _amount(now), _amount(before)
    if first is None or second is None:
        return None
    tenths = Ratio(abs(first - second), second).tenths
    return FigureChange(_sign(first - second), 0 if first == second else tenths, is_share=False)


def _amount(value: Figure) -> int | None:
    if isinstance(value, Money):
        return value.fen
    return value if isinstance(value, int) else None


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFigures:
    """What a bulletin says of one subdistrict or department; None is who has no name."""

    name: str | None
    in_scope: int
    service: Ratio
    promise: Ratio
    overdue: int
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """All that a bulletin says. `on` is its last day, or the day asked about while the span is not over.

    `figures` have keys; a comparison whose earlier span is not wholly on record is None. `absent` has for `before` and
    `year_before` the groups of figures to which that happened. `holders` counts late requests by department.
    """

    span: BulletinSpan
    on: date
    issued_on: date
    issuing_office: str
    coverage: Coverage
    figures: Mapping[str, ComparedFigure]
    absent: Mapping[str, tuple[str, ...]]
    by_subdistrict: tuple[UnitFigures, ...]
    by_department: tuple[UnitFigures, ...]
    by_request_department: tuple[tuple[str | None, RequestCounters], ...]
    by_month: tuple[MonthFigures, ...]
    periods: tuple[Coverage, ...]
    holders: tuple[tuple[str | None, int], ...]
    visits_since: date

    @property
    def is_open(self) -> bool:
        """Return whether the span is not over, so that its figures are "so far"."""
        return self.on < self.span.last_day


def best_and_worst(units: Sequence[UnitFigures]) -> tuple[list[UnitFigures], list[UnitFigures]]:
    """Return the units with the highest and those with the lowest share visited: three at most, and half at most.

    Whoever is equal to the other end is in neither. The lowest stands first; of equals, who owed more visits.
    """
    known = [unit for unit in units if unit.promise.whole and unit.name]
    ordered = sorted(known, key=lambda unit: (-(unit.promise.tenths or 0), -unit.promise.whole, unit.name))
    room = min(MOST_RANKED, len(ordered) // 2)
    upwards = sorted(ordered, key=lambda unit: unit.promise.tenths or 0)
    shares = [unit.promise.tenths for unit in ordered]
    return (
        [unit for unit in ordered[:room] if unit.promise.tenths != shares[-1]],
        [unit for unit in upwards[:room] if unit.promise.tenths != shares[0]],
    )


def worst_first(units: Sequence[UnitFigures]) -> list[UnitFigures]:
    """Return the units by the share visited, the lowest first, then by those overdue; without one due last."""

    def place(unit: UnitFigures) -> tuple[bool, int, int, bool, str]:
        return unit.promise.tenths is None, unit.promise.tenths or 0, -unit.overdue, unit.name is None, unit.name or ""

    return sorted(units, key=place)


def blank_bulletin(today: date) -> Bulletin:
    """Return a bulletin of nothing, which has all parts that a template can name."""
    span = BulletinSpan(today.replace(day=1), 1)
    nobody = Coverage(today, period_of(today), True, CoverageCounters(), (), (), (), (), ())
    return Bulletin(
        span=span, on=today, issued_on=today, issuing_office="", coverage=nobody,
        figures=dict.fromkeys(FIGURES, ComparedFigure(None)), absent={}, by_subdistrict=(), by_department=(),
        by_request_department=(), by_month=(), periods=(), holders=(), visits_since=today,
    )  # fmt: skip
