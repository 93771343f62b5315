"""Pairings and recusals on record, and what was just done to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.pairing.penalty import Penalty
from esm.domain.pairing.proposal import Pair
from esm.errors import Message

RECUSAL_KINDS = ("relative", "own_interest", "former_employer", "other")


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
class PairingChange:
    """A pairing that a person made, changed or ended; `penalty` is None for one that ended."""

    pairing: PairingRecord
    previous: PairingRecord | None
    penalty: Penalty | None
    due_on: date | None
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Recusal:
    """One recusal with the names that people know."""

    staff_no: str
    uscc: str
    kind: str
    reason: str
    cadre: str
    enterprise: str


@dataclass(frozen=True, slots=True)
class RecusalChange:
    """A recusal that was recorded, changed or ended; the pairing that ended with it, and who could follow."""

    recusal: Recusal
    is_ended: bool
    ended: PairingRecord | None
    successor: Pair | None
    successor_name: str | None
