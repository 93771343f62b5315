"""Who can visit an enterprise on which day: its cadre, the deputy of one who is away for long, or nobody.

docs/rules.md, Planning visits. Days are ordinals, intervals half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from esm.domain.schedule.visit_series import Interval, Service, Stretch, VisitNeed, VisitSeries


@dataclass(frozen=True, slots=True)
class Substitution:
    """An absence that is long enough for the deputy to go instead."""

    start_on: date
    end_on: date
    deputy: str


@dataclass(frozen=True, slots=True)
class Availability:
    """When cadres cannot go, by staff number, and who goes instead; `recusals` are (staff number, code)."""

    absences: Mapping[str, Sequence[Interval]] = field(default_factory=dict)
    substitutions: Mapping[str, Sequence[Substitution]] = field(default_factory=dict)
    in_post: Mapping[str, Interval] = field(default_factory=dict)
    recusals: frozenset[tuple[str, str]] = frozenset()

    def stretches(self, need: VisitNeed) -> tuple[Stretch, ...]:
        """Return the days on which somebody can go to an enterprise, and who that is, in order."""
        found = [stretch for service in need.services for stretch in self._stretches_of(service, need.uscc)]
        return tuple(sorted(found))

    def _stretches_of(self, service: Service, uscc: str) -> Iterator[Stretch]:
        span = (service.start_on, service.end_on)
        yield from self._free_days(service.staff_no, [span])
        for one in self.substitutions.get(service.staff_no, ()):
            if (one.deputy, uscc) not in self.recusals:
                post = self.in_post.get(one.deputy, (date.min, date.max))
                yield from self._free_days(one.deputy, _common((one.start_on, one.end_on), span, post))

    def _free_days(self, staff_no: str, spans: Iterable[Interval]) -> Iterator[Stretch]:
        for start_on, end_on in spans:
            here_on = start_on
            for away_on, back_on in (*sorted(self.absences.get(staff_no, ())), (end_on, end_on)):
                if here_on < min(away_on, end_on):
                    yield here_on.toordinal(), min(away_on, end_on).toordinal(), staff_no
                here_on = max(here_on, back_on)


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


def _common(*intervals: Interval) -> Iterator[Interval]:
    start, end = max(start for start, _end in intervals), min(end for _start, end in intervals)
    if start < end:
        yield start, end
