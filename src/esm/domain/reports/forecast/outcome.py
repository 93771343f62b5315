"""What a forecast says: who will be overdue, where, who has no free day left, and what keeps the promise."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from esm.domain.reports.coverage import NO_DEPARTMENT
from esm.domain.reports.forecast.remedies import Remedies
from esm.domain.values.grouping import grouped_by_name


@dataclass(frozen=True, slots=True)
class Prospect:
    """An enterprise in scope on the day asked about, and what will be of it; `planned_on` is the first open plan.

    `is_overdue_with_plan` None: no visits are planned yet.
    """

    uscc: str
    enterprise: str
    tier: str
    subdistrict: str | None
    department: str | None
    staff_no: str | None
    cadre: str | None
    due_on: date
    planned_on: date | None
    is_overdue_with_plan: bool | None
    is_overdue_at_pace: bool

    @property
    def named_department(self) -> str | None:
        """Return the department of who serves it, a name of its own for none; None for the unserved."""
        return None if self.staff_no is None else self.department or NO_DEPARTMENT


@dataclass(frozen=True, slots=True)
class ProspectCount:
    """How many of some enterprises will be overdue."""

    in_scope: int
    overdue_with_plan: int | None
    overdue_at_pace: int


@dataclass(frozen=True, slots=True)
class ShortCadre:
    """A cadre whose free working days do not take all visits that are needed: `missing` of `wanted` find no day."""

    staff_no: str
    cadre: str
    department: str | None
    wanted: int
    missing: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Whether the promise will hold on `until`, as seen on a day.

    `is_planned`: some visit is planned. `planned_until` is the day up to which `esm schedule` has planned; `lapsed` are
    open plans whose day is over; `has_cadres`: somebody is in post; `enterprises` and `cadres` are names by key.
    """

    on: date
    until: date
    is_provisional: bool
    is_planned: bool
    planned_until: date | None
    lapsed: int
    has_cadres: bool
    prospects: tuple[Prospect, ...]
    short: tuple[ShortCadre, ...]
    remedies: Remedies
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]

    @property
    def total(self) -> ProspectCount:
        """Return how many will be overdue in all."""
        found = count_overdue(self.prospects)
        return found if self.is_planned else replace(found, overdue_with_plan=None)

    @property
    def will_hold(self) -> bool:
        """Return whether visits are planned and nobody will be overdue when every plan is kept."""
        return self.total.overdue_with_plan == 0

    @property
    def is_beyond_plan(self) -> bool:
        """Return whether the day lies after the last up to which visits are planned."""
        return self.planned_until is not None and self.planned_until < self.until

    def overdue(self) -> list[Prospect]:
        """Return who will be overdue, with the plan before at the pace alone, the earliest due first."""
        found = [each for each in self.prospects if each.is_overdue_with_plan or each.is_overdue_at_pace]
        return sorted(found, key=lambda each: (not each.is_overdue_with_plan, each.due_on, each.tier, each.uscc))

    def by(self, name: Callable[[Prospect], str | None]) -> list[tuple[str | None, ProspectCount]]:
        """Return the counts by what `name` tells, the most overdue first."""
        groups = [(key, count_overdue(own)) for key, own in grouped_by_name(self.prospects, name)]
        return sorted(groups, key=lambda group: (-(group[1].overdue_with_plan or 0), -group[1].overdue_at_pace))


def count_overdue(prospects: Collection[Prospect]) -> ProspectCount:
    """Return how many will be overdue."""
    is_planned = all(each.is_overdue_with_plan is not None for each in prospects)
    return ProspectCount(
        len(prospects),
        sum(bool(each.is_overdue_with_plan) for each in prospects) if is_planned else None,
        sum(each.is_overdue_at_pace for each in prospects),
    )


def short_cadres(
    remedies: Remedies, responsible: Mapping[str, str | None], told: Callable[[str], tuple[str, str | None]]
) -> tuple[ShortCadre, ...]:
    """Return who has no free day left for some visit, most missing first.

    `responsible` says who serves an enterprise, `told` are the name and the department of a cadre.
    """
    needed = Counter(responsible[uscc] for uscc in remedies.wanted)
    lacking = Counter(staff_no for uscc in remedies.missing if (staff_no := responsible[uscc]) is not None)
    found = [ShortCadre(who, *told(who), needed[who], count) for who, count in lacking.items()]
    return tuple(sorted(found, key=lambda each: (-each.missing, each.staff_no)))
