"""Pinned pairings against the capacities of cadres: a cadre never has more pins than places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned pairing with the cadre's capacity; on [start_on, end_on) it takes one of the cadre's places.

    That is while the pairing, begun on `begun_on`, holds, the cadre is in post and the enterprise in scope.
    """

    pairing_id: int
    staff_no: str
    cadre: str
    capacity: int
    uscc: str
    enterprise: str
    begun_on: date
    start_on: date
    end_on: date


@dataclass(frozen=True, slots=True)
class Excess:
    """The pins of one cadre on the day on which they exceed the capacity most, in order of their beginning."""

    pins: tuple[Pin, ...]

    @property
    def beyond(self) -> int:
        """Return how many pins there are beyond the capacity."""
        return len(self.pins) - self.pins[0].capacity


def excesses(pins: Iterable[Pin]) -> dict[str, Excess]:
    """Return whose pins exceed the capacity on some day, by staff number."""
    found = {}
    ordered = sorted(pins, key=attrgetter("staff_no", "begun_on", "uscc"))
    for staff_no, group in groupby(ordered, key=attrgetter("staff_no")):
        own = list(group)
        # As many hold on the first day of one of them as on any day.
        together = (tuple(pin for pin in own if pin.start_on <= one.start_on < pin.end_on) for one in own)
        worst = Excess(max(together, key=len))
        if worst.beyond > 0:
            found[staff_no] = worst
    return found


def worsened_excesses(before: Mapping[str, Excess], after: Mapping[str, Excess]) -> list[Excess]:
    """Return where the pins exceed the capacity by more than before, by staff number."""
    return [
        excess
        for staff_no, excess in sorted(after.items())
        if staff_no not in before or excess.beyond > before[staff_no].beyond
    ]
