"""Who will be overdue at the pace of the last sixty days (docs/rules.md, Forecast)."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from esm.domain.reports.forecast.circumstances import Circumstances, is_overdue_after
from esm.domain.schedule import cadence
from esm.domain.schedule.visit_series import VisitNeed, VisitSeries
from esm.domain.values.grouping import grouped

PACE_DAYS = 60
_Entry = tuple[date, str, str, VisitSeries]


@dataclass(frozen=True, slots=True)
class VisitsMade:
    """The counted visits of a cadre in the last sixty days before today, at least one, and the day of the latest."""

    count: int
    last_on: date


def overdue_at_pace(known: Circumstances, visits_made: Mapping[str, VisitsMade]) -> frozenset[str]:
    """Return who will be overdue when every cadre goes on as in the last sixty days, earliest due first.

    `visits_made` are those of who made any, by staff number.
    """
    before = known.calendar.workdays(known.today - timedelta(days=PACE_DAYS), known.today)
    past, days = [day.toordinal() for day in before], known.workdays()
    to_come: dict[int, list[str]] = defaultdict(list)
    for staff_no, made in sorted(visits_made.items()):
        there = sorted(known.days_there(staff_no, days))
        for day in _visit_days(made, known.days_there(staff_no, past), there):
            to_come[day].append(staff_no)
    walk = _Walk(known)
    for day in sorted(to_come):
        for staff_no, count in Counter(to_come[day]).items():
            walk.visit(staff_no, day, count)
    return frozenset(
        need.uscc for need in known.in_question() if is_overdue_after(need, walk.visited_on(need), known.until)
    )


def _visit_days(made: VisitsMade, past: Set[int], days: Sequence[int]) -> Iterator[int]:
    """Yield the day of each visit to come, as far from the latest as visits lie apart; `days` are those of the cadre.

    They lie `len(past) / made.count` working days of the cadre apart; of those `over` have gone by, but never all, so
    that no visit is made up for.
    """
    if not past:
        return
    over = min(made.count * sum(day > made.last_on.toordinal() for day in past), len(past) - 1)
    for number in range(1, (over + made.count * len(days)) // len(past) + 1):
        yield days[-((over - number * len(past)) // made.count) - 1]


class _Walk:
    """The visits of all cadres, day by day; each goes where the due date is the earliest."""

    def __init__(self, known: Circumstances) -> None:
        self._until = known.until
        needs = [need for need in known.needs if need.due_on < known.until]
        self._due = {need.uscc: need.due_on for need in needs}
        self._visited: dict[str, date] = {}
        series = [VisitSeries(need, (), known.today, known.availability.stretches(need)) for need in needs]
        served = [(who, each) for each in series for who in each.visitors]
        self._lists = {
            who: [self._entry(each) for _who, each in theirs]
            for who, theirs in grouped(served, lambda pair: pair[0]).items()
        }  # fmt: skip
        for entries in self._lists.values():
            heapq.heapify(entries)

    def visited_on(self, need: VisitNeed) -> date | None:
        """Return the last visit of the walk to an enterprise."""
        return self._visited.get(need.uscc)

    def visit(self, staff_no: str, day: int, count: int) -> None:
        """Let a cadre make so many visits on a day."""
        entries, passed = self._lists.get(staff_no, []), []
        while count and entries and entries[0][0] < self._until:
            due_on, tier, uscc, series = heapq.heappop(entries)
            if due_on != self._due[uscc]:
                passed.append(self._entry(series))
            elif not _can_go(series, staff_no, day):
                passed.append((due_on, tier, uscc, series))
            else:
                count -= 1
                self._visited[uscc] = on = date.fromordinal(day)
                self._due[uscc] = cadence.due_on(on, series.need.months)
                passed.append(self._entry(series))
        for entry in passed:
            heapq.heappush(entries, entry)

    def _entry(self, series: VisitSeries) -> _Entry:
        need = series.need
        return self._due[need.uscc], need.tier, need.uscc, series


def _can_go(series: VisitSeries, staff_no: str, day: int) -> bool:
    goes = any(who == staff_no and start <= day < stop for start, stop, who in series.stretches)
    scope_end = series.need.in_scope_until
    is_quiet = day in series.refused or any(start <= day < stop for start, stop in series.blocked)
    return goes and not is_quiet and (scope_end is None or day < scope_end.toordinal())
