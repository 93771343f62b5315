"""What is on record: pairings, visits, and the file of one enterprise or one cadre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.roster import Cadre, Enterprise
from esm.domain.scope import Scope, Standing
from esm.domain.visit import Visit
from esm.errors import Message

if TYPE_CHECKING:
    from esm.domain.absence import Absence
    from esm.domain.preference import Penalty
    from esm.domain.proposal import Pair
    from esm.domain.recusal import Recusal

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
class PairedByHand:
    """A pairing that a person made, changed or ended; `penalty` is None for one that ended."""

    pairing: PairingRecord
    previous: PairingRecord | None
    penalty: Penalty | None
    due_on: date | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Recused:
    """A recusal that was recorded, changed or ended; the pairing that ended with it, and who could follow."""

    recusal: Recusal
    is_ended: bool
    ended: PairingRecord | None
    successor: Pair | None
    successor_name: str | None


@dataclass(frozen=True, slots=True)
class ListedEnterprise:
    """One line of the list of enterprises, as of a day; `standing` None: not in scope then."""

    enterprise: Enterprise
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class EnterpriseFile:
    """All that is known of one enterprise as of a day; `changes` is what the command changed, old -> new."""

    enterprise: Enterprise
    standing: Standing | None
    scopes: tuple[Scope, ...]
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    due_on: date | None
    changes: Changes
    recusals: tuple[Recusal, ...] = ()


@dataclass(frozen=True, slots=True)
class CadreFile:
    """All that is known of one cadre as of a day; `changes` is what the command changed, old -> new."""

    cadre: Cadre
    pairings: tuple[PairingRecord, ...]
    visits: tuple[VisitRecord, ...]
    changes: Changes
    recusals: tuple[Recusal, ...] = ()
    absences: tuple[Absence, ...] = ()
