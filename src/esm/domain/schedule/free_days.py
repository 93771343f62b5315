"""The working days of cadres who share enterprises: which are free for a visit, and what each would cost it.

A seat is a day of one of the cadres, as a whole number; seats are in order of their days. With one cadre the seat of
a day is its ordinal.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date

from esm.domain.schedule.visit_series import DayWish

NOWHERE = 10**12
GAP = 10**6
LATE = 10**9
UNPLACED = 10**13


class Diary:
    """The days of some cadres; `workdays` are sorted ordinals, and nothing is free after the last of them."""

    def __init__(self, workdays: Sequence[int], cadres: Sequence[str], visits_per_day: int) -> None:
        self.trips: set[tuple[int, str | None]] = set()
        self._workdays = workdays
        self._cadres = sorted(cadres)
        self._places = {staff_no: place for place, staff_no in enumerate(self._cadres)}
        self._per_day = visits_per_day
        self._booked: dict[int, int] = {}

    def seat(self, day: int, staff_no: str) -> int:
        """Return the seat of a cadre on a day."""
        return day * len(self._cadres) + self._places[staff_no]

    def day_of(self, seat: int) -> int:
        """Return the day of a seat as an ordinal."""
        return seat // len(self._cadres)

    def visit_at(self, seat: int) -> tuple[date, str]:
        """Return the day of a seat, and whose it is."""
        return date.fromordinal(self.day_of(seat)), self._cadres[seat % len(self._cadres)]

    def book(self, seat: int, subdistrict: str | None) -> None:
        """Note a visit; a confirmed one may stand where nothing was free."""
        self._booked[seat] = self._booked.get(seat, 0) + 1
        self.trips.add((seat, subdistrict))

    def room(self, seat: int) -> int:
        """Return how many visits the seat still takes; NOWHERE takes all."""
        return NOWHERE if seat == NOWHERE else self._per_day - self._booked.get(seat, 0)

    def free_seats(self, wish: DayWish, start: int, stop: int) -> Iterator[int]:
        """Yield the seats of the working days of `[start, stop)` on which somebody can go, in order."""
        for first, end, staff_no in wish.series.stretches:
            last = min(stop, end, wish.stop)
            for index in range(bisect_left(self._workdays, max(start, first)), len(self._workdays)):
                day = self._workdays[index]
                if day >= last:
                    break
                seat = self.seat(day, staff_no)
                if self.room(seat) > 0 and not wish.is_hindered(day):
                    yield seat

    def first_free(self, wish: DayWish) -> int:
        """Return the seat of the first free day, or NOWHERE."""
        return next(self.free_seats(wish, wish.spaced, wish.spaced_until), NOWHERE)

    def costs(self, wish: DayWish, rivals: int) -> dict[int, int]:
        """Return the seats that a visit may need, with `rivals` visits in all wanting seats, and their costs.

        A seat costs its distance to the ideal day. Those too near to another visit cost more than any sum of
        distances, and those after the due date more than any sum of these; they stand here only when the window could
        run out of room. NOWHERE is the last resort.
        """
        spaced_until = min(wish.due + 1, wish.spaced_until)
        if rivals == 1 and wish.spaced <= wish.ideal < spaced_until:
            for seat in self.free_seats(wish, wish.ideal, wish.ideal + 1):
                return {seat: 0}
        costs = {seat: self._distance(wish, seat) for seat in self.free_seats(wish, wish.spaced, spaced_until)}
        free = sum(map(self.room, costs))
        if free < rivals:
            for start, stop in ((wish.start, min(wish.spaced, wish.due + 1)), (spaced_until, wish.due + 1)):
                for seat in self.free_seats(wish, start, stop):
                    free += 0 if seat in costs else self.room(seat)
                    costs.setdefault(seat, GAP + self._distance(wish, seat))
        for seat in self.free_seats(wish, max(wish.spaced, wish.due + 1), wish.spaced_until):
            if free >= rivals:
                break
            costs[seat] = LATE + self._distance(wish, seat)
            free += self.room(seat)
        if free < rivals:
            costs[NOWHERE] = UNPLACED
        return costs

    def _distance(self, wish: DayWish, seat: int) -> int:
        return abs(self.day_of(seat) - wish.ideal)
