"""What is on record: pairings, visits, and the file of one enterprise or one cadre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.register.master_data import Cadre, Enterprise
from esm.domain.register.scope import Scope, Standing
from esm.domain.visits.visit import OutsideVisit, Visit
from esm.errors import Message

if TYPE_CHECKING:
    from esm.domain.pairing.penalty import Penalty
    from esm.domain.pairing.proposal import Pair
    from esm.domain.pairing.recusal import Recusal
    from esm.domain.register.absence import Absence

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
    """A visit on record with the names that people know; `companions` are cadres and departments that went along."""

    id: int
    visit: Visit
    enterprise: str
    cadre: str
    companions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideRecord:
    """A visit of another department on record."""

    id: int
    visit: OutsideVisit
    enterprise: str


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A planned visit on record with the names that people know; `was_on` is the day that it just moved from."""

    id: int
    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    due_on: date
    planned_on: date
    is_confirmed: bool
    is_provisional: bool
    was_on: date | None = None


@dataclass(frozen=True, slots=True)
class PlanNews:
    """A planned visit that was just made, moved, confirmed or cancelled, and what is worth saying."""

    record: PlanRecord
    notes: tuple[Message, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class OutsideNews:
    """A visit of another department that was just recorded or cancelled, and what is worth saying."""

    record: OutsideRecord
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
class VisitFile:
    """All that is known of one visit: its promises, and the plan that it used up."""

    record: VisitRecord
    promises: tuple[PromiseRecord, ...]
    due_on: date | None


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
