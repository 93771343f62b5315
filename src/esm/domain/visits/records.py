"""Visits and promises on record, and what was just done to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.visits.contact_made import OutsideVisit, Visit
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit on record with the names that people know; `companions` are cadres and departments that went along."""

    id: int
    visit: Visit
    enterprise: str
    cadre: str
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideVisitRecord:
    """A visit of another department on record."""

    id: int
    visit: OutsideVisit
    enterprise: str


@dataclass(frozen=True, slots=True)
class RecordedOutsideVisit:
    """A visit of another department that was just recorded or cancelled, and what is worth saying."""

    record: OutsideVisitRecord
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseRecord:
    """What was promised to an enterprise on a visit; the cadre is the one who made it."""

    id: int
    uscc: str
    enterprise: str
    visit_id: int
    staff_no: str
    cadre: str
    words: str
    promised_on: date
    due_on: date
    kept_on: date | None

    def is_late(self, today: date) -> bool:
        """Return whether the day has passed and the promise was not kept."""
        return self.kept_on is None and self.due_on < today


@dataclass(frozen=True, slots=True)
class VisitDossier:
    """All that is known of one visit: its promises, and the plan that it used up."""

    record: VisitRecord
    promises: tuple[PromiseRecord, ...]
    due_on: date | None


@dataclass(frozen=True, slots=True)
class RecordedVisit:
    """A visit that was just recorded or cancelled, what was promised on it, and what is worth saying.

    `due_on` is the due date that follows, `due_before` the one before.
    """

    record: VisitRecord
    due_on: date | None
    due_before: date | None
    promises: tuple[PromiseRecord, ...] = ()
    notes: tuple[Message, ...] = ()
