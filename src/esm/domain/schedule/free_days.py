"""One cadre's working days: which are free for a visit, and what each would cost it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from esm.domain.schedule.visit_series import DayWish

NOWHERE = 10**7
LATE = 10**7
UNPLACED = 10**11


class Diary:
    """The days of one cadre as ordinals; `workdays` are sorted, and nothing is free after the last of them."""

    def __init__(self, workdays: Sequence[int], away: Sequence[tuple[int, int]], visits_per_day: int) -> None:
        self.trips: set[tuple[int, str | None]] = set()
        self._workdays = workdays
        self._away = away
        self._per_day = visits_per_day
        self._booked: dict[int, int] = {}

    def book(self, day: int, place: str | None) -> None:
        """Note a visit on a day; a confirmed one may stand where nothing was free."""
        self._booked[day] = self._booked.get(day, 0) + 1
        self.trips.add((day, place))

    def room(self, day: int) -> int:
        """Return how many visits the day still takes; NOWHERE takes all."""
        return NOWHERE if day == NOWHERE else self._per_day - self._booked.get(day, 0)

    def free_days(self, wish: DayWish, start: int, stop: int) -> Iterator[int]:
        """Yield the working days of `[start, stop)` on which the cadre and the enterprise can meet."""
        stop = min(stop, wish.stop)
        for index in range(bisect_left(self._workdays, start), len(self._workdays)):
            day = self._workdays[index]
            if day >= stop:
                return
            if self.room(day) > 0 and not _within(day, self._away) and not _within(day, wish.blocked):
                yield day

    def first_free(self, wish: DayWish) -> int:
        """Return the first free day, or NOWHERE."""
        return next(self.free_days(wish, wish.start, NOWHERE), NOWHERE)

    def costs(self, wish: DayWish, rivals: int) -> dict[int, int]:
        """Return the days that a visit may need, with `rivals` visits in all wanting days, and their costs.

        A day costs its distance to the ideal one. Days after the due date cost more than any sum of
        distances, and stand here only when the window could run out of room; NOWHERE is the last resort.
        """
        if rivals == 1 and wish.start <= wish.ideal and any(self.free_days(wish, wish.ideal, wish.ideal + 1)):
            return {wish.ideal: 0}
        costs = {day: abs(day - wish.ideal) for day in self.free_days(wish, wish.start, wish.due + 1)}
        seats = sum(map(self.room, costs))
        for day in self.free_days(wish, max(wish.start, wish.due + 1), NOWHERE):
            if seats >= rivals:
                break
            costs[day] = LATE + day - wish.ideal
            seats += self.room(day)
        if seats < rivals:
            costs[NOWHERE] = UNPLACED
        return costs


def _within(day: int, intervals: Sequence[tuple[int, int]]) -> bool:
    return any(start <= day < end for start, end in intervals)
