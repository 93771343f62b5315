"""The fewest changes that keep the promise (docs/rules.md, Forecast)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from esm.domain.reports.forecast.change_search import EFFORT, ChangeSearch, Trial
from esm.domain.reports.forecast.circumstances import Circumstances
from esm.domain.values.codes import Code
from esm.domain.values.grouping import grouped
from esm.errors import say


class RemedyKind(Code):
    """A change that helps to keep the promise, the mildest first."""

    MOVE = "move", say("another cadre"), "更换经理人"
    DEPUTY = "deputy", say("deputy"), "B岗代理人"
    CAPACITY = "capacity", say("another cadre, capacity + 1"), "更换经理人、服务户数上限加一"
    VISITS_PER_DAY = "visits_per_day", say("one more visit a day"), "每日走访上限加一"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change: `staff_no` takes an enterprise over from `from_no`, or goes instead during an absence.

    `value` is the new capacity, or the new number of visits a day.
    """

    kind: RemedyKind
    staff_no: str | None = None
    uscc: str | None = None
    from_no: str | None = None
    start_on: date | None = None
    end_on: date | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Remedies:
    """The changes that keep as much of the promise as can be; `beyond_help` are those that none of them keeps.

    `wanted` are all that need a visit, `missing` those of them for whom no day is free without a change. `is_least`: it
    is proven that fewer changes do not keep as much.
    """

    changes: tuple[Remedy, ...]
    beyond_help: tuple[str, ...]
    wanted: tuple[str, ...]
    missing: tuple[str, ...]
    is_least: bool


def fewest_remedies(known: Circumstances, effort: int = EFFORT) -> Remedies:
    """Return the fewest changes after which as few as can be are overdue; `effort` bounds what is tried out."""
    search = ChangeSearch(known, effort)
    best = search.best()
    return Remedies(
        _changes(search, best), (*search.hopeless, *best.left_over), search.usccs, (*search.hopeless, *search.missing),
        search.is_least,
    )  # fmt: skip


def _changes(search: ChangeSearch, trial: Trial) -> tuple[Remedy, ...]:
    """Return the changes of a trial, the mildest first, then by keys."""
    hosts = grouped(sorted(trial.moved), lambda uscc: trial.moved[uscc][1])
    changes = [remedy for staff_no in sorted(hosts) for remedy in _takeovers(search, staff_no, hosts[staff_no])]
    changes += [
        Remedy(RemedyKind.DEPUTY, deputy, None, absence.staff_no, absence.start_on, absence.end_on)
        for absence, deputy in sorted(trial.deputies.items())
    ]
    per_day = search.plan.per_day
    changes += [Remedy(RemedyKind.VISITS_PER_DAY, value=per_day + number + 1) for number in range(trial.extra)]
    order = list(RemedyKind)
    return tuple(sorted(changes, key=lambda each: order.index(each.kind)))


def _takeovers(search: ChangeSearch, staff_no: str, usccs: Sequence[str]) -> Iterator[Remedy]:
    places = search.plan.places[staff_no]
    for number, uscc in enumerate(usccs):
        beyond = number + 1 - places.free
        remedy = Remedy(RemedyKind.MOVE, staff_no, uscc, search.served_by(uscc))
        if beyond > 0:
            value = max(places.load, places.capacity) + beyond
            remedy = replace(remedy, kind=RemedyKind.CAPACITY, value=value)
        yield remedy
