"""What an enterprise counts as in successive periods, by its records of every day (docs/rules.md, Trend)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntFlag, auto
from itertools import repeat
from typing import NamedTuple

from esm.domain.schedule.cadence import earliest_anchor_on_time
from esm.domain.values.intervals import Period
from esm.domain.values.settings import Settings


class Mark(IntFlag):
    """What an enterprise counts as in a period; its figures are counts of these."""

    IN_SCOPE = auto()
    SERVED = auto()
    OVERDUE = auto()
    DUE = auto()
    VISITED = auto()


_IN_SCOPE, _SERVED, _OVERDUE, _DUE, _VISITED = map(int, Mark)  # plain numbers, for they are added up very often


class MarkedPeriod(NamedTuple):
    """The marks of an enterprise as of the day of a period's figures, and its subdistrict then; 0 out of scope."""

    subdistrict: str | None
    marks: int


OUT_OF_SCOPE = MarkedPeriod(None, 0)


class Stretch(NamedTuple):
    """An interval `[start_on, end_on)` with the tier and the subdistrict of it, where it is one of those."""

    start_on: date
    end_on: date
    tier: str = ""
    subdistrict: str | None = None


class History(NamedTuple):
    """The records of one enterprise, each kind in order of time: in scope, in a group, served, paused.

    `visits` are the days of those that count.
    """

    in_scope: list[Stretch]
    groups: list[Stretch]
    served: list[Stretch]
    paused: list[Stretch]
    visits: list[date]


@dataclass(frozen=True, slots=True)
class PeriodRules:
    """A period with the day of its figures, and what the rules of that day say.

    `on_time_since` is by tier the earliest anchor of the visit clock that is not overdue on the day.
    """

    period: Period
    as_of: date
    scheme_start_on: date
    on_time_since: dict[str, date]


def rules_of(period: Period, as_of: date, settings: Settings) -> PeriodRules:
    """Return the rules of a period as of a day in it, by the settings of that day."""
    on_time = {tier: earliest_anchor_on_time(as_of, settings.cadence_months(tier)) for tier in ("A", "B", "C")}
    return PeriodRules(period, as_of, settings.scheme_start_on, on_time)


def marked_periods(history: History, periods: Sequence[PeriodRules]) -> tuple[MarkedPeriod, ...]:
    """Return what an enterprise counts as in each of the periods, which are in order of time."""
    found = []
    visits, made, last = history.visits, 0, None
    first = history.in_scope[0] if history.in_scope else None
    kinds = (_on_each_day(kind, periods) for kind in history[:-1])
    for rules, stretch, group, service, pause in zip(periods, *kinds, strict=False):
        while made < len(visits) and visits[made] <= rules.as_of:
            last, made = visits[made], made + 1
        if stretch is None or group is None:
            found.append(OUT_OF_SCOPE)
            continue
        marks = _IN_SCOPE if service is None else _IN_SCOPE | _SERVED
        if pause is None:
            marks |= _visit_marks(rules, group.tier, stretch.start_on, last, has_returned=stretch is not first)
        found.append(MarkedPeriod(group.subdistrict, marks))
    return tuple(found)


def _visit_marks(rules: PeriodRules, tier: str, since: date, last: date | None, *, has_returned: bool) -> int:
    """Return what an enterprise that is not paused counts as, in scope since a day and visited last on another."""
    first_on = rules.period.start_on
    anchor = last or max(since, rules.scheme_start_on)
    if has_returned:
        anchor = max(anchor, since)
    marks = _OVERDUE if anchor < rules.on_time_since[tier] else 0
    if since < first_on:
        marks |= _DUE if last is None or last < first_on else _DUE | _VISITED
    return marks


def _on_each_day(stretches: Sequence[Stretch], periods: Sequence[PeriodRules]) -> Iterable[Stretch | None]:
    """Return which of the stretches holds the day of each period; of most enterprises the first holds them all."""
    if not stretches:
        return repeat(None)
    first = stretches[0]
    if first.start_on <= periods[0].as_of and periods[-1].as_of < first.end_on:
        return repeat(first)
    return [next((each for each in stretches if each.start_on <= rules.as_of < each.end_on), None) for rules in periods]
