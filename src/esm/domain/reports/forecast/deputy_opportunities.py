"""The absences in which a deputy may go: whose enterprises they concern, who could go, and what that would bring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from esm.domain.reports.forecast.circumstances import Circumstances, LongAbsence, WantedVisit
from esm.domain.reports.forecast.seating import IDEAL, Seating, SeatPlan

Deputies = Mapping[LongAbsence, str]


class LongAbsences:
    """The long absences of the window; `served` are the wanted visits that each concerns, by code.

    `candidates` are those who are there on some working day of an absence, by staff number.
    """

    def __init__(self, known: Circumstances, plan: SeatPlan, all_wanted: Sequence[WantedVisit]) -> None:
        """Find out whom each absence concerns."""
        self._known = known
        self._plan = plan
        self.absences = known.long_absences()
        self.served = self._served({each.uscc: each for each in all_wanted})
        self.candidates = {absence: _candidates(plan, absence) for absence in self.absences}

    def _served(self, wanted: Mapping[str, WantedVisit]) -> dict[LongAbsence, dict[str, WantedVisit]]:
        found: dict[LongAbsence, dict[str, WantedVisit]] = {absence: {} for absence in self.absences}
        serving = defaultdict(list)
        for need in self._known.needs if self.absences else ():
            for each in need.services if need.uscc in wanted else ():
                serving[each.staff_no].append((need.uscc, each))
        for absence, served in found.items():
            for uscc, each in serving[absence.staff_no]:
                if each.start_on < absence.end_on and absence.start_on < each.end_on:
                    served[uscc] = wanted[uscc]
        return found

    def with_deputies(self, deputies: Deputies) -> dict[str, WantedVisit]:
        """Return the visits of these absences, by code, as they would be with these deputies."""
        usccs = {uscc for absence in deputies for uscc in self.served[absence]}
        if not usccs:
            return {}
        theirs = replace(self._known, needs=[need for need in self._known.needs if need.uscc in usccs])
        return {each.uscc: each for each in theirs.with_deputies(deputies).wanted_visits()}

    def groups(self, seating: Seating, missing: Sequence[WantedVisit]) -> list[dict[str, WantedVisit]]:
        """Return the groups, by code, that have a visit without a seat.

        Visits of one group may get the seats of one another, or are concerned by one absence: neither a move nor a
        deputy helps two groups.
        """
        concerned = defaultdict(list)
        for absence, served in self.served.items():
            for uscc in served:
                concerned[uscc].append(absence)
        found: dict[int, dict[str, WantedVisit]] = {}
        group_of: dict[str, int] = {}
        for number, wanted in enumerate(missing):
            group: dict[str, WantedVisit] = {}
            line = [] if wanted.uscc in group_of else [wanted]
            while line:
                new = {uscc: each for uscc, each in seating.reachable(line).items() if uscc not in group}
                group |= new
                theirs = [self.served[absence].values() for uscc in new for absence in concerned[uscc]]
                line = [each for served in theirs for each in served if each.uscc not in group]
            for other in {group_of[uscc] for uscc in group if uscc in group_of}:
                group |= found.pop(other)
            if group:
                found[number] = group
                group_of.update(dict.fromkeys(group, number))
        return list(found.values())

    def gains(self, groups: Sequence[Mapping[str, WantedVisit]], extra: int) -> dict[LongAbsence, int]:
        """Return how many more of these groups at the most find a seat at home when a deputy is named for an absence.

        That is what somebody with every day free brings who may go beside the others.
        """
        found = dict.fromkeys(self.absences, 0)
        for group in groups:
            missing = self._missing(group, extra)
            for absence, served in self.served.items():
                if not served.keys().isdisjoint(group):
                    ideal = {uscc: _with_ideal_deputy(each, absence) for uscc, each in served.items()}
                    found[absence] = missing - self._missing({**group, **ideal}, extra)
        return found

    def _missing(self, group: Mapping[str, WantedVisit], extra: int) -> int:
        return len(Seating(self._plan, extra).seat_at_home(group.values()))


def _with_ideal_deputy(wanted: WantedVisit, absence: LongAbsence) -> WantedVisit:
    first, stop = absence.start_on.toordinal(), absence.end_on.toordinal()
    return replace(wanted, home=(*wanted.home, *((day, IDEAL) for day in wanted.days if first <= day < stop)))


def _candidates(plan: SeatPlan, absence: LongAbsence) -> list[str]:
    first, stop = absence.start_on.toordinal(), absence.end_on.toordinal()
    days = [day for day in plan.workdays if first <= day < stop]
    return [who for who, own in plan.there.items() if not own.isdisjoint(days)]
