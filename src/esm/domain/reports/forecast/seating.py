"""Visits on seats, as many as there is room for: first on the seats at home, then on those of other cadres.

At home as many find a seat as can: a visit that finds none chases others to other seats of theirs (augmenting paths).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from esm.domain.reports.forecast.circumstances import Places, Seat, WantedVisit

IDEAL = ""  # stands for a deputy with every day free


@dataclass(frozen=True, slots=True)
class SeatPlan:
    """The seats of the window: who is there on which working days, and takes `per_day` visits on each."""

    workdays: tuple[int, ...]
    per_day: int
    booked: Mapping[Seat, int]
    places: Mapping[str, Places]
    there: Mapping[str, Set[int]]

    def has_host(self, wanted: WantedVisit) -> bool:
        """Return whether anybody at all could visit the enterprise, whatever is changed."""
        return bool(wanted.home) or any(
            not days.isdisjoint(wanted.days) for who, days in self.there.items() if who not in wanted.recused
        )


class Seating:
    """Who sits where; `moved` are those who sit with another cadre."""

    def __init__(self, plan: SeatPlan, extra: int = 0) -> None:
        """Begin with empty seats, `extra` more a day than the plan has."""
        self._plan = plan
        self._extra = extra
        self._seats: dict[str, Seat] = {}
        self._sitting: dict[Seat, list[WantedVisit]] = {}
        self._hosts: list[tuple[bool, int, str]] = []
        self._barren: set[tuple[int, ...]] = set()
        self.moved: dict[str, Seat] = {}

    def copy(self, extra: int) -> Seating:
        """Return the same with other room, which is not less."""
        new = Seating(self._plan, extra)
        new._seats = dict(self._seats)
        new._sitting = {seat: list(sitting) for seat, sitting in self._sitting.items()}
        return new

    def replace(self, changed: Mapping[str, WantedVisit]) -> None:
        """Let visits have other seats at home; whose seat is none of them any more gets up."""
        for uscc, wanted in changed.items():
            seat = self._seats.get(uscc)
            if seat is not None:
                others = [each for each in self._sitting[seat] if each.uscc != uscc]
                stays = seat in wanted.home
                self._sitting[seat] = [*others, wanted] if stays else others
                if not stays:
                    del self._seats[uscc]

    def is_seated(self, wanted: WantedVisit) -> bool:
        """Return whether a visit has a seat."""
        return wanted.uscc in self._seats

    def seat_at_home(self, all_wanted: Iterable[WantedVisit]) -> list[WantedVisit]:
        """Seat as many as can be at home, the earlier before the later; return who finds no seat."""
        dead: set[Seat] = set()
        return [wanted for wanted in all_wanted if not self.is_seated(wanted) and not self._seat(wanted, dead)]

    def reachable(self, missing: Sequence[WantedVisit]) -> dict[str, WantedVisit]:
        """Return the missing and all whose seat one of them could get if it had another."""
        found = {wanted.uscc: wanted for wanted in missing}
        line = list(missing)
        for each in line:
            for seat in each.home:
                new = [other for other in self._sitting.get(seat, ()) if other.uscc not in found]
                found.update((other.uscc, other) for other in new)
                line += new
        return found

    def seat_elsewhere(self, missing: Sequence[WantedVisit]) -> list[WantedVisit]:
        """Seat the missing with other cadres, or others at home in their place; return who finds no seat so.

        Each takes one move, which is the least: none of them could sit without a change.
        """
        self._hosts = [(places.free == 0, 0, who) for who, places in self._plan.places.items()]
        heapq.heapify(self._hosts)
        return [wanted for wanted in missing if not self._seat_with_other(wanted)]

    def _seat(self, wanted: WantedVisit, dead: set[Seat]) -> bool:
        came_from: dict[Seat, WantedVisit] = {}
        line = [wanted]
        for each in line:
            for seat in each.home:
                if seat in came_from or seat in dead:
                    continue
                came_from[seat] = each
                if self._room(seat) > 0:
                    self._shift(seat, came_from, wanted)
                    return True
                line += self._sitting.get(seat, ())
        dead.update(came_from)
        return False

    def _seat_with_other(self, wanted: WantedVisit) -> bool:
        seat = self._host(wanted)
        if seat is not None:
            self._move(wanted, seat)
            return True
        came_from: dict[Seat, WantedVisit] = {}
        line = [wanted]
        for each in line:
            seat = None if each is wanted else self._host(each)
            if seat is not None:
                left = self._seats[each.uscc]
                self._sitting[left].remove(each)
                self._move(each, seat)
                self._shift(left, came_from, wanted)
                return True
            for seat in each.home:
                if seat not in came_from:
                    came_from[seat] = each
                    line += [other for other in self._sitting.get(seat, ()) if other.uscc not in self.moved]
        return False

    def _shift(self, seat: Seat, came_from: Mapping[Seat, WantedVisit], wanted: WantedVisit) -> None:
        """Let everybody on the way to a free seat go on by one, the last being who had none."""
        while True:
            each = came_from[seat]
            left = self._seats.get(each.uscc)
            self._sitting.setdefault(seat, []).append(each)
            self._seats[each.uscc] = seat
            if each is wanted or left is None:
                return
            self._sitting[left].remove(each)
            seat = left

    def _move(self, wanted: WantedVisit, seat: Seat) -> None:
        self._seats[wanted.uscc] = self.moved[wanted.uscc] = seat
        self._sitting.setdefault(seat, []).append(wanted)

    def _host(self, wanted: WantedVisit) -> Seat | None:
        """Return a free seat of another cadre: of one with room in the capacity, then of who has taken fewest."""
        if wanted.days in self._barren:
            return None
        passed, found = [], None
        while self._hosts and found is None:
            is_over, taken, who = heapq.heappop(self._hosts)
            days = () if who in wanted.recused else wanted.days
            chosen = next((day for day in days if self._is_free(who, day)), None)
            if chosen is not None:
                found = chosen, who
                passed.append((taken + 1 >= self._plan.places[who].free, taken + 1, who))
            elif any(self._is_free(who, day) for day in self._plan.there[who]):
                passed.append((is_over, taken, who))
        for host in passed:
            heapq.heappush(self._hosts, host)
        if found is None and not wanted.recused:
            self._barren.add(wanted.days)
        return found

    def _is_free(self, staff_no: str, day: int) -> bool:
        return day in self._plan.there[staff_no] and self._room((day, staff_no)) > 0

    def _room(self, seat: Seat) -> int:
        taken = self._plan.booked.get(seat, 0) + len(self._sitting.get(seat, ()))
        return self._plan.per_day + self._extra - taken
