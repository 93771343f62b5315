"""Which visits use up the plans of an enterprise (docs/rules.md, Planning visits)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class CountedVisit:
    """A visit that counts, with the number under which it is stored."""

    id: int
    done_on: date
    recorded_on: date


def used_up(plan_ids: Sequence[int], visits: Iterable[CountedVisit], last_on: date | None) -> dict[int, int]:
    """Return which visit uses up which open plan, where visits of one enterprise are entered together.

    A visit uses up the earliest open plan when it becomes the latest; before them the latest took place on `last_on`.
    Plans are told by number, in order of their days.
    """
    together = sorted(visits, key=lambda visit: (visit.done_on, visit.id))
    return dict(zip(plan_ids, _latest_so_far(together, last_on), strict=False))


def used_up_anew(plan_ids: Sequence[int], visits: Iterable[CountedVisit]) -> dict[int, int | None]:
    """Return which visit uses up each plan after one of those that had used them up counts no more.

    It is as if the visits that are left had been entered in the same order; a plan for which none is left is open.
    """
    entered = sorted(visits, key=lambda visit: (visit.recorded_on, visit.done_on, visit.id))
    users = _latest_so_far(entered, None)
    return dict(zip_longest(plan_ids, users[: len(plan_ids)]))


def _latest_so_far(visits: Iterable[CountedVisit], last_on: date | None) -> list[int]:
    """Return the numbers of the visits that each took place later than all before."""
    found = []
    for visit in visits:
        if last_on is None or visit.done_on > last_on:
            last_on = visit.done_on
            found.append(visit.id)
    return found
