"""What a pairing proposes: the pairs with their reasons, the unserved, and what ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from esm.domain.pairing.penalty import Penalty
from esm.domain.values.codes import Code
from esm.errors import say


class PairChange(Code):
    """What a proposal does to a pair."""

    KEPT = "kept", say("kept"), "保持"
    NEW = "new", say("new"), "新增"
    MOVED = "moved", say("reassigned"), "调整"
    ENDED = "ended", say("ended"), "终止"


class UnservedReason(Code):
    """Why an enterprise gets nobody: no room, or everybody who has room is barred, one of them by the rotation."""

    NO_CADRE_LEFT = "no_cadre_left", say("no cadre in post has spare capacity"), "没有尚可承接的在任经理人"
    ALL_RECUSED = "all_recused", say("every cadre with spare capacity is recused"), "尚可承接的经理人均需回避"
    TENURE_REACHED = (
        "tenure_reached",
        say("every cadre with spare capacity is recused or has reached the rotation limit"),
        "尚可承接的经理人均需回避或已满轮换年限",
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """An active pairing of today; its cadre may have left and its enterprise may be out of scope."""

    uscc: str
    staff_no: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class SkippedCadre:
    """A cadre who would have been better and the reason why it is not them.

    `left`: the cadre until today; `rotated`: served the enterprise as long as the rotation allows.
    """

    staff_no: str
    reason: Literal["recused", "rotated", "full", "left"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposed pairing; `previous` is the cadre until today, the same one where the pairing is kept."""

    uscc: str
    staff_no: str
    change: PairChange
    previous: str | None
    penalty: Penalty
    skipped: tuple[SkippedCadre, ...]


@dataclass(frozen=True, slots=True)
class UnservedDemand:
    """An enterprise that gets nobody."""

    uscc: str
    tier: str
    reason: UnservedReason


@dataclass(frozen=True, slots=True)
class EndedPairing:
    """A pairing of today that ends without a successor."""

    uscc: str
    staff_no: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole pairing, each list in order of uscc; `penalty` is the sum over the pairs."""

    pairs: tuple[Pair, ...]
    unserved: tuple[UnservedDemand, ...]
    ended: tuple[EndedPairing, ...]
    penalty: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """A proposal with the names of those it concerns; `in_scope` = served + unserved."""

    proposal: Proposal
    enterprises: Mapping[str, str]
    cadres: Mapping[str, str]
