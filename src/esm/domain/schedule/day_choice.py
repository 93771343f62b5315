"""Which day for which visit of one cadre: least cost, then fewest trips, then the earliest.

Days are whole numbers. A trip is a day and a place: two visits in one place on one day share it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from math import inf

from esm.domain.schedule import exact_day_search, hungarian_method
from esm.domain.schedule.exact_day_search import Task, Trip, UndatedVisit

SMALL = 8
STEPS = 60_000


def choose_days(visits: Sequence[UndatedVisit], room: Mapping[int, int], trips: Set[Trip]) -> tuple[int, ...]:
    """Return a day for each visit, at most `room[day]` of them on a day.

    Among all answers it has the least total cost; among those the fewest trips besides `trips`; among those
    the smallest sequence of days in the order given. The cost is always least. Trips and sequence are
    exact for up to SMALL visits that contend for the same days, and for more as long as the search stays
    within STEPS steps; beyond that they are those of a least-cost answer that no exchange of two
    visits and no move of one improves. The answer depends on the arguments alone. Some answer must exist.
    """
    return _solve(Task(tuple(visits), room, trips))


def _solve(task: Task) -> tuple[int, ...]:
    """Split the task into parts that share no day, drop hopeless days, and solve what remains."""
    if len(task.visits) == 1:
        return (_best_day(task),)
    groups = _groups(task.visits)
    if len(groups) == 1:
        return _solve_group(task)
    days = [0] * len(task.visits)
    for group in groups:
        for index, day in zip(group, _solve(task.subtask(group)), strict=True):
            days[index] = day
    return tuple(days)


def _solve_group(task: Task) -> tuple[int, ...]:
    pruned = tuple(_prune(visit, len(task.visits), task.room) for visit in task.visits)
    if pruned != task.visits:
        return _solve(replace(task, visits=pruned))
    if len(task.visits) > SMALL and not task.fallback:
        return _solve(_tighten(task))
    days = exact_day_search.search_days(task, STEPS if len(task.visits) > SMALL else inf)
    return days if days is not None else _improve(task)


def _best_day(task: Task) -> int:
    (visit,) = task.visits
    return min(visit.costs, key=lambda day: (visit.costs[day], (day, visit.place) not in task.trips, day))


def _groups(visits: Sequence[UndatedVisit]) -> list[list[int]]:
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


def _prune(visit: UndatedVisit, count: int, room: Mapping[int, int]) -> UndatedVisit:
    """Drop days dearer than the visit's `count`-th cheapest seat: the others cannot take all of those."""
    if len(visit.costs) == 1:
        return visit
    seats = count
    for cost, day in sorted((cost, day) for day, cost in visit.costs.items()):
        seats -= room[day]
        if seats <= 0:
            kept = {day: price for day, price in visit.costs.items() if price <= cost}
            return visit if len(kept) == len(visit.costs) else UndatedVisit(visit.place, kept)
    return visit


def _tighten(task: Task) -> Task:
    """Solve for cost alone, and keep only days that some least-cost answer uses."""
    seats = [day for day in exact_day_search.days_of(task.visits) for _ in range(min(task.room[day], len(task.visits)))]
    rows = [[visit.costs.get(day, hungarian_method.FORBIDDEN) for day in seats] for visit in task.visits]
    taken, row_price, seat_price = hungarian_method.cheapest_assignment(rows)
    price = {day: min(p for p, seat in zip(seat_price, seats, strict=True) if seat == day) for day in set(seats)}
    visits = tuple(
        UndatedVisit(visit.place, {d: c for d, c in visit.costs.items() if c == row_price[row] + price[d]})
        for row, visit in enumerate(task.visits)
    )
    full = frozenset(day for day, worth in price.items() if worth < 0 and task.room[day] <= len(task.visits))
    return replace(task, visits=visits, full=full, fallback=tuple(seats[seat] for seat in taken))


def _improve(task: Task) -> tuple[int, ...]:
    """Exchange the days of two visits, or move one, as long as that makes the answer better."""
    days = list(task.fallback)
    worth, settled = _worth(task, days), False
    while not settled:
        settled = True
        for trial in _neighbours(task, days):
            found = _worth(task, trial)
            if found < worth:
                days[:], worth, settled = trial, found, False
    return tuple(days)


def _neighbours(task: Task, days: Sequence[int]) -> Iterator[list[int]]:
    """Yield the allowed answers one change away from `days`, which may change between two of them."""
    for first, visit in enumerate(task.visits):
        for second in range(first + 1, len(days)):
            if days[second] in visit.costs and days[first] in task.visits[second].costs:
                trial = list(days)
                trial[first], trial[second] = days[second], days[first]
                yield trial
        for day in visit.costs:
            if days.count(day) < task.room[day]:
                yield [*days[:first], day, *days[first + 1 :]]


def _worth(task: Task, days: Sequence[int]) -> tuple[int, int, list[int]]:
    cost = sum(visit.costs[day] for visit, day in zip(task.visits, days, strict=True))
    trips = {(day, visit.place) for visit, day in zip(task.visits, days, strict=True)} - task.trips
    return cost, len(trips), list(days)
