"""What a large command did, in numbers and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from esm.domain.pairing.assignment import Proposal
    from esm.domain.register.similar_names import Questions
    from esm.domain.requests.records import NewDeadline
    from esm.domain.schedule.plan import PlannedVisit
    from esm.domain.schedule.plan_changes import Move
    from esm.domain.values.workdays import Notice
    from esm.errors import Message, Problem


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal with the names of those it concerns; `in_scope` = served + unserved."""

    proposal: Proposal
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan up to `until`, against the plan before: `kept` visits stay on their day with their cadre.

    `unserved` are the codes of those whom nobody serves today, whether or not a visit falls due.
    """

    until: date
    visits: tuple[PlannedVisit, ...]
    kept: tuple[PlannedVisit, ...]
    moves: tuple[Move, ...]
    unserved: frozenset[str]
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]

    @property
    def planned(self) -> tuple[PlannedVisit, ...]:
        """Return the visits that have a cadre and a day."""
        return tuple(visit for visit in self.visits if visit.planned_on is not None)

    @property
    def moved(self) -> tuple[Move, ...]:
        """Return the plans that have another day or cadre now; the other moves were given up."""
        return tuple(move for move in self.moves if move.now is not None)

    @property
    def without_cadre(self) -> tuple[PlannedVisit, ...]:
        """Return the visits that fall due after the cadre who serves the enterprise has left."""
        return tuple(visit for visit in self.visits if visit.staff_no is None and visit.uscc not in self.unserved)

    @property
    def without_day(self) -> tuple[PlannedVisit, ...]:
        """Return the visits of a cadre for which no day is free."""
        return tuple(visit for visit in self.visits if visit.staff_no is not None and visit.planned_on is None)


@dataclass(frozen=True, slots=True)
class Change:
    """A field on record that an import changed; `sheet` and `key` tell where."""

    sheet: str
    key: str
    field: str
    old: object
    new: object


@dataclass(frozen=True, slots=True)
class Missing:
    """A cadre in post or an enterprise on the register that is on record and no longer in the file."""

    sheet: str
    key: str
    name: str
    has_exited: bool = False


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What a list of days changes: the working days of its year, the plan anew if it depends on them, deadlines."""

    notice: Notice
    workdays: int | None
    schedule: Schedule | None
    deadlines: tuple[NewDeadline, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did: rows added, updated and unchanged by sheet, and every fault that it found.

    `questions` are what somebody should look at; None when nothing was taken in.
    """

    files: tuple[str, ...]
    counts: Mapping[str, tuple[int, int, int]]
    rejected: int
    problems: tuple[Problem, ...]
    notes: tuple[Message, ...]
    changes: tuple[Change, ...] = ()
    missing: tuple[Missing, ...] = ()
    questions: Questions | None = None
