"""Pairings and recusals on record, and what was just done to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.pairing.penalty import Penalty
from esm.domain.pairing.proposal import Pair
from esm.domain.values.codes import Code
from esm.errors import Message, say


class RecusalKind(Code):
    """Why a cadre must not serve an enterprise."""

    RELATIVE = "relative", say("relative's business"), "亲属企业", "亲属 亲属经营 亲属任职 近亲属"
    OWN_INTEREST = "own_interest", say("own interest"), "本人利益", "本人入股 本人投资 利益关系"
    FORMER_EMPLOYER = "former_employer", say("former employer"), "原工作单位", "原单位 原任职单位 曾任职"
    OTHER = "other", say("other"), "其他", "其它"


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who goes to an enterprise while the cadre who serves it is away for long (B post)."""

    staff_no: str
    name: str


@dataclass(frozen=True, slots=True)
class PairingRecord:
    """A pairing on record with the names that people know; `why` is JSON; the first deputy goes first."""

    id: int
    uscc: str
    staff_no: str
    start_on: date
    end_on: date | None
    is_pinned: bool
    why: str | None
    enterprise: str
    cadre: str
    deputies: tuple[Deputy, ...] = ()


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
    kind: RecusalKind
    reason: str
    cadre: str
    enterprise: str


@dataclass(frozen=True, slots=True)
class RecusalChange:
    """A recusal that was recorded, changed or ended; what ended with it, and who could follow in the pairing."""

    recusal: Recusal
    is_ended: bool
    ended: PairingRecord | None
    successor: Pair | None
    successor_name: str | None
    was_deputy: bool = False
