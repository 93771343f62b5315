"""The figures of the coverage report (docs/rules.md, Report)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from fractions import Fraction
from typing import Any

from esm.domain.values.codes import Code
from esm.domain.values.intervals import Period
from esm.domain.values.ratio import Ratio
from esm.errors import say


class CoverageGroup(Code):
    """What the counters of coverage can be broken down by."""

    SUBDISTRICT = "subdistrict", say("subdistrict"), "街道", "街道（镇） 街道/镇 镇"
    INDUSTRY = "industry", say("industry section"), "行业", "行业门类"
    TIER = "tier", say("tier"), "分级", "等级"
    DEPARTMENT = "department", say("department"), "部门"
    CADRE = "cadre", say("cadre"), "经理人", "干部 企业服务经理人"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCounters:
    """Counts of enterprises, but `longest_gap_days`, which is a maximum (None: nobody in scope).

    `is_gap_since_records_began`: that gap began earlier than the records and is counted from their first day.
    `never_visited_overdue` are those of `never_visited` who are overdue.

    Who was in scope at any time of the period stands in one of `left_in_period`, `new_in_period`, `paused` and
    `due_in_period`; `paused_on`, `on_time_rolling` and `overdue` make up `in_scope`.
    """

    in_scope: int = 0
    served: int = 0
    unserved: int = 0
    due_in_period: int = 0
    visited_of_due: int = 0
    visited_in_period: int = 0
    new_in_period: int = 0
    left_in_period: int = 0
    paused: int = 0
    paused_on: int = 0
    on_time_rolling: int = 0
    overdue: int = 0
    never_visited: int = 0
    never_visited_overdue: int = 0
    longest_gap_days: int | None = None
    is_gap_since_records_began: bool = False

    @property
    def service(self) -> Ratio:
        """Return the share of the enterprises in scope that are served: the first goal."""
        return Ratio(self.served, self.in_scope)

    @property
    def visits(self) -> Ratio:
        """Return the share of the enterprises that owed a visit in the period and had one."""
        return Ratio(self.visited_of_due, self.due_in_period)

    @property
    def punctuality(self) -> Ratio:
        """Return the share of the enterprises in scope, paused ones apart, that are not overdue."""
        return Ratio(self.on_time_rolling, self.on_time_rolling + self.overdue)

    @property
    def broken_promises(self) -> tuple[Fraction, int]:
        """Return what orders groups with the worst last: unserved and overdue ones of those in scope, then how many."""
        broken = self.unserved + self.overdue
        return Fraction(broken, self.in_scope or 1), broken


Breakdown = tuple[tuple[str | None, CoverageCounters], ...]
NO_DEPARTMENT = "no_department"  # the key of those served by a cadre without one; None is the key of the unserved


@dataclass(frozen=True, slots=True)
class UnservedEnterprise:
    """An enterprise in scope that nobody serves, and since when; `staff_no` is a paired cadre who is not in post."""

    uscc: str
    enterprise: str
    tier: str
    subdistrict: str | None
    staff_no: str | None
    since: date


@dataclass(frozen=True, slots=True)
class LongestGap:
    """An enterprise with its longest stretch without a visit in the period, or one still open."""

    uscc: str
    enterprise: str
    last_visit_on: date | None
    days: int
    is_since_records_began: bool


@dataclass(frozen=True, slots=True)
class CrossBreakdown:
    """Counters by one or two groups, in order of their keys, the unknown last; `cadres` names them by staff number."""

    groups: tuple[CoverageGroup, ...]
    rows: tuple[tuple[tuple[str | None, ...], CoverageCounters], ...]
    cadres: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one day and the period it is asked for; every breakdown adds up to `total`.

    `cross` is the breakdown that was asked for beside the usual ones.
    """

    as_of: date
    period: Period
    is_open: bool
    total: CoverageCounters
    by_subdistrict: Breakdown
    by_industry: Breakdown
    by_tier: Breakdown
    by_department: Breakdown
    unserved_enterprises: tuple[UnservedEnterprise, ...]
    cross: CrossBreakdown | None = None

    @property
    def is_of_the_period(self) -> bool:
        """Return whether the day lies in the period, so that no figure is of a later day than the others."""
        return self.as_of < self.period.end_on


def sum_of_counters(counters: Iterable[CoverageCounters]) -> CoverageCounters:
    """Return the sum of counts, and the largest of the longest gaps."""
    total: dict[str, Any] = {}
    longest: tuple[int, bool] | None = None
    for counter in counters:
        for name in _COUNTS:
            total[name] = total.get(name, 0) + getattr(counter, name)
        if counter.longest_gap_days is not None:
            gap = (counter.longest_gap_days, counter.is_gap_since_records_began)
            longest = max(longest or gap, gap)
    days, is_cut = longest or (None, False)
    return CoverageCounters(**total, longest_gap_days=days, is_gap_since_records_began=is_cut)


def worst_first(rows: Sequence[tuple[tuple[str | None, ...], CoverageCounters]]) -> tuple[int, ...]:
    """Return the numbers of the rows in the order in which people read them (docs/rules.md, Report).

    The rows of one first key stay together; in the order of what is broken there, and within it by themselves.
    """
    of_first = {
        first: sum_of_counters(counters for keys, counters in rows if keys[0] == first).broken_promises
        for first in {keys[0] for keys, _counters in rows}
    }
    places = {first: place for place, first in enumerate(dict.fromkeys(keys[0] for keys, _counters in rows))}

    def rank(number: int) -> tuple[Any, ...]:
        (first, *_), counters = rows[number]
        share, count = of_first[first]
        own_share, own_count = counters.broken_promises
        return -share, -count, places[first], -own_share, -own_count, number

    return tuple(sorted(range(len(rows)), key=rank))


_COUNTS = tuple(field.name for field in fields(CoverageCounters) if "gap" not in field.name)
