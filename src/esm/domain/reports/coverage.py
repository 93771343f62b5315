"""The figures of the coverage report (docs/rules.md, Report)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from esm.domain.values.intervals import Period
from esm.domain.values.ratio import Ratio


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


Breakdown = tuple[tuple[str | None, CoverageCounters], ...]
NO_DEPARTMENT = "no_department"  # the key of those served by a cadre without one; None is the key of the unserved


@dataclass(frozen=True, slots=True)
class UnservedEnterprise:
    """An enterprise in scope that nobody serves; `staff_no` is a paired cadre who is not in post."""

    uscc: str
    enterprise: str
    tier: str
    subdistrict: str | None
    staff_no: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of one day and the period it is asked for; every breakdown adds up to `total`."""

    as_of: date
    period: Period
    is_open: bool
    total: CoverageCounters
    by_subdistrict: Breakdown
    by_industry: Breakdown
    by_tier: Breakdown
    by_department: Breakdown
    unserved_enterprises: tuple[UnservedEnterprise, ...]


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


_COUNTS = tuple(field.name for field in fields(CoverageCounters) if "gap" not in field.name)
