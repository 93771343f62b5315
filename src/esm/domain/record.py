"""What is on record: pairings, visits, and the file of one enterprise or one cadre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.roster import Cadre, Enterprise
from esm.domain.scope import Scope
from esm.domain.visit import Visit
from esm.errors import Message

Changes = dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class PairingRecord:
    """A pairing on record with the names that people know; `why` is JSON."""

    id: int
    uscc: str
    staff_no: str
    start_on: date
    end_on: date | None
    is_pinned: bool
    why: str | None
    enterprise: str
    cadre: str


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """A visit on record with the names that people know."""

    id: int
    visit: Visit
    enterprise: str
    cadre: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A visit that was just recorded or cancelled, the due date that follows, and what is worth saying."""

    record: VisitRecord
    due_on: date | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """All that is known of one enterprise; `changes` is what the command changed, old -> new."""

    enterprise: Enterprise
    scopes: tuple[Scope, ...]
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    due_on: date | None
    changes: Changes


@dataclass(frozen=True, slots=True)
class CadreFile:
    """All that is known of one cadre; `changes` is what the command changed, old -> new."""

    cadre: Cadre
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    changes: Changes
