"""The search for the fewest changes that keep the promise (docs/rules.md, Forecast).

More visits a day and deputies are tried out; what then still has no seat at home has to move. What bounds the number of
changes from below: one move seats one visit more, a deputy no more visits than the cadre serves, and every group of
enterprises that share no seat needs a change of its own. Where a bound is reached, or everything below the best answer
has been tried, that answer is the least.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from esm.domain.reports.forecast import cheapest_moves
from esm.domain.reports.forecast.circumstances import Circumstances, LongAbsence, Seat, WantedVisit
from esm.domain.reports.forecast.deputy_opportunities import Deputies, LongAbsences
from esm.domain.reports.forecast.seating import Seating, SeatPlan

EFFORT = 350_000  # visits that are given a seat, roughly, while changes are tried out
ARCS = 200_000  # of the largest network that is solved
TRIES = 5  # of deputies for one absence, where the first ones do not help enough


@dataclass(frozen=True, slots=True)
class Trial:
    """What comes of changes: `extra` visits a day, deputies, and who moves; `raises` of the moves exceed a capacity."""

    extra: int
    deputies: Deputies
    moved: Mapping[str, Seat]
    left_over: tuple[str, ...]
    missing: int
    raises: int

    @property
    def count(self) -> int:
        """Return how many changes these are."""
        return self.extra + len(self.deputies) + len(self.moved)

    @property
    def worth(self) -> tuple[int, int, int, int, int]:
        """Return what trials are compared by; less is better."""
        return len(self.left_over), self.count, self.extra, self.raises, len(self.deputies)


class ChangeSearch:
    """Searches for the best trial. `hopeless` are visits that nobody can make, `missing` others without a seat now."""

    def __init__(self, known: Circumstances, effort: int) -> None:
        """Seat the visits as they are; `effort` bounds the search."""
        workdays = known.workdays()
        there = {who: known.days_there(who, workdays) for who in sorted(known.places)}
        self.plan = SeatPlan(workdays, known.visits_per_day, known.bookings(), known.places, there)
        self._known = known
        self._all = {each.uscc: each for each in known.wanted_visits()}
        self.usccs = tuple(self._all)
        self.hopeless = tuple(uscc for uscc, each in self._all.items() if not self.plan.has_host(each))
        hopeless = set(self.hopeless)
        self._wanted = [each for uscc, each in self._all.items() if uscc not in hopeless]
        self._away = LongAbsences(known, self.plan, self._wanted)
        self._base = Seating(self.plan)
        self.missing = tuple(each.uscc for each in self._base.seat_at_home(self._wanted))
        self._arcs = min(ARCS, effort)
        self._trials = max(1, effort // (len(self._wanted) + 100))
        self._best: Trial | None = None
        self.is_least = True

    def served_by(self, uscc: str) -> str | None:
        """Return who serves an enterprise today or later."""
        return self._all[uscc].staff_no

    def best(self) -> Trial:
        """Return the best trial; afterwards `is_least` says whether it is proven to be that."""
        if not self.missing:
            return Trial(0, {}, {}, (), 0, 0)
        most = self._known.most_per_day - self._known.visits_per_day
        least_left = len(self._try(most, {}).left_over)
        bounds = sorted(zip(self._bounds(most, least_left), range(most + 1), strict=True))
        for bound, extra in bounds:
            if (least_left, bound, extra) < self._best_trial.worth:
                self._try_with_deputies(extra, least_left)
        self._prefer_deputies()
        return self._best_trial

    @property
    def _best_trial(self) -> Trial:
        return self._best or self._try(0, {})

    def _bounds(self, most: int, least_left: int) -> Iterator[int]:
        """Yield for each number of extra visits a day how many changes it takes at least."""
        at_most = self._base.copy(most)
        never_seated = at_most.seat_at_home(self._wanted)
        groups = len(self._away.groups(at_most, never_seated)) - least_left
        saved = sum(max(0, len(served) - 1) for served in self._away.served.values())
        missing = len(self._wanted)
        for extra in range(most + 1):
            if missing > len(never_seated):
                missing = len(self._base.copy(extra).seat_at_home(self._wanted))
            yield extra + max(0, groups, missing - least_left - saved)

    def _try_with_deputies(self, extra: int, least_left: int) -> None:
        plain = self._try(extra, {})
        fewest = max(0, plain.missing - least_left)
        if not self._away.absences or not self._may_improve(extra + min(fewest, 1)):
            return
        seating = self._base.copy(extra)
        gains = self._away.gains(self._away.groups(seating, seating.seat_at_home(self._wanted)), extra)
        self._add_one_by_one(plain, gains)
        if not self._may_improve(extra + fewest - sum(max(0, gain - 1) for gain in gains.values())):
            return
        for chosen in self._choices():
            if not self._may_improve(extra + len(chosen)):
                break
            if self._may_improve(extra + len(chosen) + max(0, fewest - sum(gains[each] for each in chosen))):
                for deputies in product(*(self._away.candidates[each] for each in chosen)):
                    if not self._has_time():
                        return
                    self._try(extra, dict(zip(chosen, deputies, strict=True)))

    def _choices(self) -> Iterator[tuple[LongAbsence, ...]]:
        for size in range(1, len(self._away.absences) + 1):
            for chosen in combinations(self._away.absences, size):
                if not self._has_time():
                    return
                yield chosen

    def _has_time(self) -> bool:
        self._trials -= 1
        self.is_least = self.is_least and self._trials >= 0
        return self._trials >= 0

    def _may_improve(self, bound: int) -> bool:
        return bound < self._best_trial.count

    def _add_one_by_one(self, plain: Trial, gains: Mapping[LongAbsence, int]) -> None:
        """Name a deputy for one absence after the other, as long as each saves a change."""
        now = plain
        for absence in sorted(gains, key=lambda each: (-gains[each], each)):
            best, taken = now, set(now.deputies.values())
            candidates = sorted(self._away.candidates[absence], key=taken.__contains__)
            for deputy in candidates[:TRIES]:
                if gains[absence] < 2 or not self._has_time():
                    return
                best = min(best, self._try(plain.extra, {**now.deputies, absence: deputy}), key=lambda each: each.worth)
                if best.count <= now.count - gains[absence] + 1:
                    break
            now = best

    def _prefer_deputies(self) -> None:
        """Name deputies where that takes no more changes and raises fewer capacities, within some tries."""
        for absence in self._away.absences:
            best = self._best_trial
            if not best.raises or absence in best.deputies or best.moved.keys().isdisjoint(self._away.served[absence]):
                continue
            for deputy in self._away.candidates[absence][:TRIES]:
                self._trials -= 1
                if self._trials < 0 or self._try(best.extra, {**best.deputies, absence: deputy}).worth < best.worth:
                    break

    def _with(self, changed: Mapping[str, WantedVisit]) -> list[WantedVisit]:
        return [changed.get(each.uscc, each) for each in self._wanted]

    def _try(self, extra: int, deputies: Deputies) -> Trial:
        """Return what comes of so many more visits a day and of these deputies, with the fewest moves."""
        changed = self._away.with_deputies(deputies)
        wanted, seating = self._with(changed), self._base.copy(extra)
        seating.replace(changed)
        missing = seating.seat_at_home(wanted)
        left_over = [each.uscc for each in seating.seat_elsewhere(missing)]
        moved: Mapping[str, Seat] = seating.moved
        if left_over:
            room = self._room(extra)
            if cheapest_moves.arcs_needed(wanted, room) <= self._arcs:
                moved, left_over = cheapest_moves.cheapest_moves(wanted, room)
            else:
                self.is_least = False
        trial = Trial(extra, deputies, moved, tuple(left_over), len(missing), self._raises(moved))
        if self._best is None or trial.worth < self._best.worth:
            self._best = trial
        return trial

    def _raises(self, moved: Mapping[str, Seat]) -> int:
        """Return how many of these moves go beyond a capacity."""
        taken = Counter(who for _day, who in moved.values())
        return sum(max(0, count - self.plan.places[who].free) for who, count in taken.items())

    def _room(self, extra: int) -> dict[Seat, int]:
        per_day, booked = self.plan.per_day + extra, self.plan.booked
        seats = ((day, who) for who, days in self.plan.there.items() for day in days)
        return {seat: room for seat in seats if (room := per_day - booked.get(seat, 0)) > 0}
