"""Substance, not stamps: what in the record of visits is worth a phone call. Prompts, never a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations, groupby

from esm.domain.values import intervals
from esm.domain.values.grouping import grouped
from esm.domain.values.raw_text import fold
from esm.domain.visits.check_findings import Finding, FindingKind
from esm.errors import Message, say

BURST, BURST_MINUTES = 5, 10
COPIED_FROM, SHORTEST = 90.0, 10
UNNAMED, LATE = 3, 3
RUSH, RUSH_DAYS = 3, 7
BLOCK = 8  # characters that two texts must share at an end to be compared across cadres
MOST_COMPARED = 60
_NUMBERS = re.compile("[0-9]+")


@dataclass(frozen=True, slots=True)
class EnteredVisit:
    """One visit as it was entered: when (UTC), and whether alone, as somebody types it, or many at once.

    `is_history`: the operation that brought the first visits took it over; when it was entered says nothing.
    """

    id: int
    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    done_on: date
    recorded_on: date
    minutes: str | None
    met_with: str | None
    entered_at: datetime
    is_typed: bool
    is_history: bool = False


@dataclass(frozen=True, slots=True)
class AuditScope:
    """What an audit looked at: visits since a day, and how many of the first import it left out."""

    since: date
    looked_at: int
    left_out: int


def prompts(visits: Sequence[EnteredVisit], late_days: int) -> list[Finding]:
    """Return what is worth a phone call, kind by kind and cadre by cadre."""
    found: list[Finding] = []
    ordered = sorted(visits, key=lambda visit: (visit.staff_no, visit.id))
    for own in grouped(ordered, lambda visit: visit.staff_no).values():
        found += [*_burst_findings(own), *_nobody_named_findings(own), *_rush_findings(own)]
        found += _late_entry_findings(own, late_days)
    order = list(FindingKind)
    return sorted([*found, *copied_minutes(visits)], key=lambda each: (order.index(each.kind), each.staff_no or ""))


def copied_minutes(visits: Sequence[EnteredVisit]) -> Iterator[Finding]:
    """Yield the minutes that are nearly those of an earlier visit; digits and punctuation do not tell texts apart.

    Compared are the texts of one cadre, and those of all that begin or end alike.
    """
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - only this question needs it

    texts = {visit.id: _NUMBERS.sub("", fold(visit.minutes or "")) for visit in visits}
    told = [visit for visit in visits if len(texts[visit.id]) >= SHORTEST]
    keys: tuple[Callable[[EnteredVisit], str], ...] = (
        lambda visit: visit.staff_no,
        lambda visit: texts[visit.id][:BLOCK],
        lambda visit: texts[visit.id][-BLOCK:],
    )
    seen: set[int] = set()
    for first, second in _comparable_pairs(told, keys):
        earlier, later = sorted((first, second), key=lambda visit: (visit.done_on, visit.id))
        if later.id not in seen and ratio(texts[first.id], texts[second.id], score_cutoff=COPIED_FROM):
            seen.add(later.id)
            yield Finding(
                FindingKind.COPIED_MINUTES, later.uscc, later.staff_no, later.enterprise,
                say("the minutes of visit {later} are almost the same as those of visit "
                    "{earlier} ({enterprise}, {on})",
                    later=later.id, earlier=earlier.id, enterprise=earlier.enterprise, on=earlier.done_on),
            )  # fmt: skip


def _comparable_pairs(
    visits: Sequence[EnteredVisit], keys: Iterable[Callable[[EnteredVisit], str]]
) -> Iterator[tuple[EnteredVisit, EnteredVisit]]:
    for key in keys:
        for _block, group in groupby(sorted(visits, key=lambda visit: (key(visit), visit.id)), key=key):
            yield from combinations(list(group)[:MOST_COMPARED], 2)


def _burst_findings(own: Sequence[EnteredVisit]) -> Iterator[Finding]:
    """Yield the stretches in which many visits were typed in one after the other."""
    typed = sorted((visit for visit in own if visit.is_typed), key=lambda visit: visit.entered_at)
    start = 0
    while start < len(typed):
        end = start
        limit = typed[start].entered_at + timedelta(minutes=BURST_MINUTES)
        while end < len(typed) and typed[end].entered_at <= limit:
            end += 1
        if end - start >= BURST:
            yield _finding(own, FindingKind.BURST, say(
                "{count:visit was|visits were} entered within {minutes:minute|minutes} on {on}",
                count=end - start, minutes=BURST_MINUTES, on=typed[start].recorded_on))  # fmt: skip
            start = end
        else:
            start += 1


def _nobody_named_findings(own: Sequence[EnteredVisit]) -> Iterator[Finding]:
    bare = [visit for visit in own if visit.met_with is None]
    if len(bare) >= UNNAMED:
        yield _finding(own, FindingKind.NOBODY_NAMED, say(
            "{count} of {total} visits do not name the person met", count=len(bare), total=len(own)))  # fmt: skip


def _rush_findings(own: Sequence[EnteredVisit]) -> Iterator[Finding]:
    """Yield the two-month periods of which the last week holds more than half of the visits."""
    ordered = sorted(own, key=lambda visit: visit.done_on)
    for each, group in groupby(ordered, key=lambda visit: intervals.period_of(visit.done_on)):
        visits = list(group)
        rushed = [visit for visit in visits if (each.end_on - visit.done_on).days <= RUSH_DAYS]
        if len(rushed) >= RUSH and 2 * len(rushed) > len(visits):
            yield _finding(own, FindingKind.RUSH, say(
                "{count} of {total} visits of the period {period} are in its last {days:day|days}",
                count=len(rushed), total=len(visits), period=each.words, days=RUSH_DAYS))  # fmt: skip


def _late_entry_findings(own: Sequence[EnteredVisit], days: int) -> Iterator[Finding]:
    late = [visit for visit in own if not visit.is_history and (visit.recorded_on - visit.done_on).days > days]
    if len(late) >= LATE:
        yield _finding(own, FindingKind.LATE_ENTRY, say(
            "{count} of {total} visits were entered more than {days:day|days} after they took place",
            count=len(late), total=len(own), days=days))  # fmt: skip


def _finding(own: Sequence[EnteredVisit], kind: FindingKind, detail: Message) -> Finding:
    return Finding(kind, None, own[0].staff_no, own[0].cadre, detail)
