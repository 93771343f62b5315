"""Which day for which visit of one cadre: least cost, then fewest trips, then the earliest.

Days are whole numbers. A trip is a day and a place: two visits in one place on one day share it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from esm.domain import seating

Trip = tuple[int, str | None]
Counts = tuple[int, ...]
SMALL = 8
WORK_LIMIT = 30_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visit that wants a day: what each allowed day costs, and where it takes place."""

    place: str | None
    costs: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Task:
    """Visits that may compete, in the order in which the earliest goes first, and what is known of them.

    `full` are days that every cheapest answer fills; `fallback` is one of the cheapest answers.
    """

    visits: tuple[Candidate, ...]
    room: Mapping[int, int]
    trips: Set[Trip]
    full: Set[int] = frozenset()
    fallback: tuple[int, ...] = ()

    def part(self, chosen: Sequence[int]) -> _Task:
        """Return the task of some of the visits, in the same order."""
        days = tuple(self.fallback[index] for index in chosen) if self.fallback else ()
        return replace(self, visits=tuple(self.visits[index] for index in chosen), fallback=days)


def place(visits: Sequence[Candidate], room: Mapping[int, int], trips: Set[Trip]) -> tuple[int, ...]:
    """Return a day for each visit, at most `room[day]` of them on a day.

    Among all answers it has the least total cost; among those the fewest trips besides `trips`; among those
    the smallest sequence of days in the order given. The cost is always least. Trips and sequence are
    exact for up to 8 visits that contend for the same days, and for more as long as the search stays within
    WORK_LIMIT steps; beyond that they are those of a least-cost answer that no exchange of two visits and no
    move of one improves. The answer depends on the arguments alone. Some answer must exist.
    """
    return _solve(_Task(tuple(visits), room, trips))


def _solve(task: _Task) -> tuple[int, ...]:
    """Split the task into parts that share no day, drop hopeless days, and solve what remains."""
    if len(task.visits) == 1:
        return (_best_day(task),)
    groups = _groups(task.visits)
    if len(groups) == 1:
        return _solve_group(task)
    days = [0] * len(task.visits)
    for group in groups:
        for index, day in zip(group, _solve(task.part(group)), strict=True):
            days[index] = day
    return tuple(days)


def _solve_group(task: _Task) -> tuple[int, ...]:
    pruned = tuple(_prune(visit, len(task.visits), task.room) for visit in task.visits)
    if pruned != task.visits:
        return _solve(replace(task, visits=pruned))
    if len(task.visits) > SMALL and not task.fallback:
        return _solve(_tighten(task))
    days = _search(task, WORK_LIMIT if len(task.visits) > SMALL else None)
    return days if days is not None else _improve(task)


def _best_day(task: _Task) -> int:
    (visit,) = task.visits
    return min(visit.costs, key=lambda day: (visit.costs[day], (day, visit.place) not in task.trips, day))


def _groups(visits: Sequence[Candidate]) -> list[list[int]]:
    """Return the visits' positions, grouped so that two groups have no day in common."""
    groups: list[tuple[set[int], list[int]]] = []
    for index, visit in enumerate(visits):
        days, members = set(visit.costs), [index]
        apart = []
        for other in groups:
            if days.isdisjoint(other[0]):
                apart.append(other)
            else:
                days |= other[0]
                members += other[1]
        groups = [*apart, (days, members)]
    return [sorted(members) for _, members in groups]


def _prune(visit: Candidate, count: int, room: Mapping[int, int]) -> Candidate:
    """Drop days dearer than the visit's `count`-th cheapest seat: the others cannot take all of those."""
    if len(visit.costs) == 1:
        return visit
    seats = count
    for cost, day in sorted((cost, day) for day, cost in visit.costs.items()):
        seats -= room[day]
        if seats <= 0:
            kept = {day: price for day, price in visit.costs.items() if price <= cost}
            return visit if len(kept) == len(visit.costs) else Candidate(visit.place, kept)
    return visit


def _tighten(task: _Task) -> _Task:
    """Solve for cost alone, and keep only days that some least-cost answer uses."""
    seats = [day for day in _days(task) for _ in range(min(task.room[day], len(task.visits)))]
    rows = [[visit.costs.get(day, seating.FORBIDDEN) for day in seats] for visit in task.visits]
    taken, row_price, seat_price = seating.assign(rows)
    price = {day: min(p for p, seat in zip(seat_price, seats, strict=True) if seat == day) for day in set(seats)}
    visits = tuple(
        Candidate(visit.place, {d: c for d, c in visit.costs.items() if c == row_price[row] + price[d]})
        for row, visit in enumerate(task.visits)
    )
    full = frozenset(day for day, worth in price.items() if worth < 0 and task.room[day] <= len(task.visits))
    return replace(task, visits=visits, full=full, fallback=tuple(seats[seat] for seat in taken))


@dataclass(frozen=True, slots=True)
class _Kind:
    """Visits that differ in nothing but their order, in which `members` stand."""

    place: str | None
    costs: Mapping[int, int]
    members: tuple[int, ...]
    last_day: int


@dataclass(frozen=True, slots=True)
class _Partial:
    """A way to use the days so far; `worth` is cost, trips and a number that is smaller the earlier it is."""

    worth: tuple[int, int, int]
    before: _Partial | None = None
    day: int = 0
    goers: tuple[int, ...] = ()


def _search(task: _Task, limit: float) -> tuple[int, ...] | None:
    """Return the best answer, day by day over how many of each kind are left; None beyond `limit` steps."""
    kinds = _kinds(task.visits)
    days = sorted(set().union(*(visit.costs for visit in task.visits)))
    layer = {tuple(len(kind.members) for kind in kinds): _Partial((0, 0, 0))}
    steps = 0
    for rank, day in enumerate(days):
        following: dict[Counts, _Partial] = {}
        for left, partial in layer.items():
            choices = _choices(task, kinds, left, day)
            steps += len(choices)
            if steps > limit:
                return None
            _extend(task, kinds, left, partial, choices, day, rank, following)
        layer = following
    return _days_of(layer[(0,) * len(kinds)], len(task.visits))
