"""What is on record of one enterprise or one cadre, across all subjects, and the brief for a visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.pairing.records import Deputy, PairingRecord, Recusal
from esm.domain.register.cadres import Absence, Cadre
from esm.domain.register.enterprise_record import Changes, Enterprise
from esm.domain.register.scope_status import Scope, ScopeStatus
from esm.domain.schedule.due_list import DueVisit
from esm.domain.visits.open_items import BriefSection
from esm.domain.visits.records import VisitRecord
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class EnterpriseDossier:
    """All that is known of one enterprise as of a day; `changes` is what the command changed, old -> new."""

    enterprise: Enterprise
    standing: ScopeStatus | None
    scopes: tuple[Scope, ...]
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    due_on: date | None
    changes: Changes
    recusals: tuple[Recusal, ...] = ()


@dataclass(frozen=True, slots=True)
class CadreDossier:
    """All that is known of one cadre as of a day; `changes` is what the command changed, old -> new."""

    cadre: Cadre
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    changes: Changes
    recusals: tuple[Recusal, ...] = ()
    absences: tuple[Absence, ...] = ()
    deputyships: tuple[PairingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One page to read before going to an enterprise.

    Who they are, who serves them, how the clock stands, the sections, and what one could ask; where there is nothing to
    ask, `nothing_open` says what is known and since when.
    """

    enterprise: Enterprise
    cadre: str | None
    deputies: tuple[Deputy, ...]
    due: DueVisit | None
    sections: tuple[BriefSection, ...]
    questions: tuple[Message, ...]
    nothing_open: Message | None = None
