"""Who can visit an enterprise on which day: its cadre, a deputy of one who is away for long, or nobody.

docs/rules.md, Planning visits. Days are ordinals, intervals half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from esm.domain.schedule.visit_series import Interval, Service, Stretch, VisitNeed, VisitSeries

FOREVER = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class Substitution:
    """An absence that is long enough for a deputy to go instead: before all others the one named for it, if any."""

    start_on: date
    end_on: date
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class Deputyship:
    """A deputy of a pairing, while it lasts."""

    staff_no: str
    start_on: date = date.min
    end_on: date = date.max


@dataclass(frozen=True, slots=True)
class Availability:
    """When cadres cannot go, by staff number, and who goes instead; `recusals` are (staff number, code).

    `deputyships` are those of the pairings of who is away for long, by (staff number, code), in order.
    """

    absences: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    substitutions: Mapping[str, Sequence[Substitution]] = field(default_factory=dict)
    in_post: Mapping[str, Interval] = field(default_factory=dict)
    recusals: frozenset[tuple[str, str]] = frozenset()
    deputyships: Mapping[tuple[str, str], Sequence[Deputyship]] = field(default_factory=dict)

    def stretches(self, need: VisitNeed) -> tuple[Stretch, ...]:
        """Return the days on which somebody can go to an enterprise, and who that is, in order."""
        found = [stretch for service in need.services for stretch in self._stretches_of(service, need.uscc)]
        return tuple(sorted(found))

    def visitor_on(self, staff_no: str, uscc: str, on: date) -> str | None:
        """Return who goes on a day to an enterprise that a cadre serves then, None if nobody can."""
        found = self._stretches_of(Service(staff_no, on, on + timedelta(days=1)), uscc)
        return next((who for _start, _stop, who in found), None)

    def links(self) -> Iterator[tuple[str, str]]:
        """Yield who may go instead of whom."""
        for staff_no, each in self.substitutions.items():
            yield from ((staff_no, one.deputy) for one in each if one.deputy is not None)
        for (staff_no, _uscc), deputies in self.deputyships.items():
            yield from ((staff_no, one.staff_no) for one in deputies)

    def _stretches_of(self, service: Service, uscc: str) -> Iterator[Stretch]:
        span = (service.start_on, service.end_on)
        yield from _stretches(service.staff_no, self._days_there(service.staff_no, [span]))
        for one in self.substitutions.get(service.staff_no, ()):
            left = [_common((one.start_on, one.end_on), span)]
            for deputyship in self._deputyships(one, service.staff_no, uscc):
                post = self.in_post.get(deputyship.staff_no, FOREVER)
                own = [_common(each, post, (deputyship.start_on, deputyship.end_on)) for each in left]
                there = self._days_there(deputyship.staff_no, own)
                yield from _stretches(deputyship.staff_no, there)
                left = _without(left, there)

    def _deputyships(self, absence: Substitution, staff_no: str, uscc: str) -> Iterator[Deputyship]:
        """Yield who may go to an enterprise instead of a cadre: the first who is there does."""
        if absence.deputy is not None and (absence.deputy, uscc) not in self.recusals:
            yield Deputyship(absence.deputy)
        for one in self.deputyships.get((staff_no, uscc), ()):
            if (one.staff_no, uscc) not in self.recusals:
                yield one

    def _days_there(self, staff_no: str, spans: Iterable[Interval]) -> list[Interval]:
        return _without(spans, self.absences.get(staff_no, ()))


def linked_cadres(all_series: Iterable[VisitSeries]) -> dict[str, str]:
    """Return the first of the cadres who share enterprises with each cadre, directly or through others.

    Cadres share an enterprise when both may go there: as cadre and deputy, or one before and one after a handover.
    """
    first: dict[str, str] = {}

    def root(staff_no: str) -> str:
        while first.setdefault(staff_no, staff_no) != staff_no:
            staff_no = first[staff_no]
        return staff_no

    for series in all_series:
        roots = {root(staff_no) for staff_no in series.visitors}
        for each in roots:
            first[each] = min(roots)
    return {staff_no: root(staff_no) for staff_no in list(first)}


def _common(*intervals: Interval) -> Interval:
    """Return the days that all intervals hold; it may be empty."""
    return max(start for start, _end in intervals), min(end for _start, end in intervals)


def _without(spans: Iterable[Interval], taken: Iterable[Interval]) -> list[Interval]:
    """Return the days of some intervals that are not taken."""
    gone, left = sorted(taken), []
    for start_on, end_on in spans:
        here_on = start_on
        for away_on, back_on in (*gone, (end_on, end_on)):
            if here_on < min(away_on, end_on):
                left.append((here_on, min(away_on, end_on)))
            here_on = max(here_on, back_on)
    return left


def _stretches(staff_no: str, days: Iterable[Interval]) -> Iterator[Stretch]:
    return ((start_on.toordinal(), end_on.toordinal(), staff_no) for start_on, end_on in days)
