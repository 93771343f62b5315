"""What a large command did, in numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esm.domain.leveling import PlannedVisit
    from esm.domain.pairing import Proposal
    from esm.domain.workdays import Notice
    from esm.errors import Message, Problem


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal with the names of those it concerns; `in_scope` = served + unserved."""

    proposal: Proposal
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan up to `until`, against the plan before: `kept` visits stay on their day with their cadre."""

    until: date
    visits: tuple[PlannedVisit, ...]
    kept: int
    moved: int
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]

    @property
    def planned(self) -> tuple[PlannedVisit, ...]:
        """Return the visits that have a cadre and a day."""
        return tuple(visit for visit in self.visits if visit.planned_on is not None)

    @property
    def unserved(self) -> tuple[PlannedVisit, ...]:
        """Return the due visits that nobody can make, because the enterprise is unserved."""
        return tuple(visit for visit in self.visits if visit.staff_no is None)


@dataclass(frozen=True, slots=True)
class MovedVisit:
    """A planned visit that stands on another day than before."""

    uscc: str
    enterprise: str
    staff_no: str
    was_on: date
    planned_on: date


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a list of days changes: the working days of its year, and the plan anew if any stood on provisional days."""

    notice: Notice
    workdays: int | None
    schedule: Schedule | None
    moved: tuple[MovedVisit, ...]


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did: rows added, updated and unchanged by sheet, and every fault that it found."""

    files: tuple[str, ...]
    counts: Mapping[str, tuple[int, int, int]]
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
