"""Every way to spread a few visits over days, day by day: the exact search behind `day_choice`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate

from esm.domain.values.grouping import none_last

Trip = tuple[int, str | None]
Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UndatedVisit:
    """A visit that wants a day: what each allowed day costs, and where it takes place."""

    place: str | None
    costs: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Task:
    """Visits that may compete, in the order in which the earliest goes first, and what is known of them.

    `full` are days that every cheapest answer fills; `fallback` is one of the cheapest answers.
    """

    visits: tuple[UndatedVisit, ...]
    room: Mapping[int, int]
    trips: Set[Trip]
    full: Set[int] = frozenset()
    fallback: tuple[int, ...] = ()

    def subtask(self, chosen: Sequence[int]) -> Task:
        """Return the task of some of the visits, in the same order."""
        days = tuple(self.fallback[index] for index in chosen) if self.fallback else ()
        return replace(self, visits=tuple(self.visits[index] for index in chosen), fallback=days)


@dataclass(frozen=True, slots=True)
class _VisitKind:
    """Visits that differ in nothing but their order, in which `members` stand.

    `weights[n]` is what the first n of them weigh in the comparison of sequences.
    """

    place: str | None
    costs: Mapping[int, int]
    members: tuple[int, ...]
    weights: tuple[int, ...]
    last_day: int


KNOWN = object()
_Choice = tuple[int, int, int, object]
Worth = tuple[int, int, int]
Layer = dict[Counts, tuple[Worth, Counts]]


def search_days(task: Task, limit: float) -> tuple[int, ...] | None:
    """Return the best answer, or None when finding it takes more than `limit` steps.

    Goes day by day. Whoever is left of each kind decides what can follow, so for each such state only the
    best way to it is kept: least cost, then fewest trips, then a number that is smaller the earlier it is.
    """
    days = days_of(task.visits)
    kinds = _visit_kinds(task.visits, len(days))
    layers: list[Layer] = [{tuple(len(kind.members) for kind in kinds): ((0, 0, 0), ())}]
    for rank, day in enumerate(days):
        layer, steps = _next_layer(task, kinds, layers[-1], day=day, rank=rank, limit=limit)
        limit -= steps
        if limit < 0:
            return None
        layers.append(layer)
    return _days_from_layers(layers, kinds, days, len(task.visits))


def days_of(visits: Sequence[UndatedVisit]) -> list[int]:
    """Return the days that any of the visits may take, in order."""
    return sorted({day for visit in visits for day in visit.costs})


def _visit_kinds(visits: Sequence[UndatedVisit], base: int) -> list[_VisitKind]:
    alike: dict[tuple[str | None, tuple[tuple[int, int], ...]], list[int]] = {}
    for index, visit in enumerate(visits):
        least = min(visit.costs.values())
        costs = tuple((day, visit.costs[day] - least) for day in sorted(visit.costs))
        alike.setdefault((visit.place, costs), []).append(index)
    kinds = []
    for (place, costs), members in sorted(alike.items(), key=lambda kind: none_last(kind[0][0])):
        weights = accumulate((base ** (len(visits) - 1 - index) for index in members), initial=0)
        kinds.append(_VisitKind(place, dict(costs), tuple(members), tuple(weights), costs[-1][0]))
    return kinds


def _next_layer(
    task: Task, kinds: Sequence[_VisitKind], layer: Layer, *, day: int, rank: int, limit: float
) -> tuple[Layer, int]:
    """Return the best way to every state after `day`, and the steps taken, which end beyond `limit`."""
    choices = [_choices(task, kind, day, rank) for kind in kinds]
    following: Layer = {}
    steps = 0
    for left, (worth, _) in layer.items():
        ways = _next_states(task, choices, left, worth, day)
        steps += len(ways) * len(kinds)
        if steps > limit:
            break
        for after, better in ways:
            if after not in following or better < following[after][0]:
                following[after] = (better, left)
    return following, steps


def _choices(task: Task, kind: _VisitKind, day: int, rank: int) -> list[list[_Choice]]:
    """Return, for each count left of a kind, how many can go on `day`; who has no later day must go."""
    cost, place = kind.costs.get(day), kind.place if (day, kind.place) not in task.trips else KNOWN
    if cost is None:
        return [[(0, 0, 0, KNOWN)] for _ in kind.weights]
    size = len(kind.members)
    choices = []
    for left in range(size + 1):
        gone = size - left
        takes = range(left if day == kind.last_day else 0, min(left, task.room[day]) + 1)
        weights = [rank * (kind.weights[gone + take] - kind.weights[gone]) for take in takes]
        choices.append([(take, take * cost, weights[take - takes.start], place if take else KNOWN) for take in takes])
    return choices


def _next_states(
    task: Task, choices: Sequence[Sequence[Sequence[_Choice]]], left: Counts, worth: Worth, day: int
) -> list[tuple[Counts, Worth]]:
    """Return the states that `day` can lead to from `left`, with what each is worth.

    Kinds come sorted by place, so a trip is new when its place is not that of the trip counted last.
    """
    ways: list[tuple[Counts, int, int, int, int, object]] = [((), task.room[day], *worth, KNOWN)]
    for of_kind, count in zip(choices, left, strict=True):
        ways = [
            ((*after, count - take), room - take, cost + price, trips, late + weight, counted)
            if place is KNOWN or place == counted
            else ((*after, count - take), room - take, cost + price, trips + 1, late + weight, place)
            for after, room, cost, trips, late, counted in ways
            for take, price, weight, place in of_kind[count]
            if take <= room
        ]
    must_fill = day in task.full
    return [(after, (cost, trips, late)) for after, room, cost, trips, late, _ in ways if room == 0 or not must_fill]


def _days_from_layers(
    layers: Sequence[Layer], kinds: Sequence[_VisitKind], days: Sequence[int], count: int
) -> tuple[int, ...]:
    """Return the day of each visit, going back from the state in which nobody is left."""
    found, after = [0] * count, (0,) * len(kinds)
    for layer, day in zip(reversed(layers), reversed(days), strict=False):
        before = layer[after][1]
        for kind, had, has in zip(kinds, before, after, strict=True):
            size = len(kind.members)
            for index in kind.members[size - had : size - has]:
                found[index] = day
        after = before
    return tuple(found)
