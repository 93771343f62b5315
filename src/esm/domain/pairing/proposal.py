"""What a pairing proposes: the pairs with their reasons, the unserved, and what ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from esm.domain.pairing.penalty import Penalty


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
    change: Literal["kept", "new", "moved"]
    previous: str | None
    penalty: Penalty
    skipped: tuple[SkippedCadre, ...]


@dataclass(frozen=True, slots=True)
class UnservedDemand:
    """An enterprise that gets nobody.

    `all_recused`: whoever has room, or everybody, is recused from it; `tenure_reached`: the same, where the
    rotation bars one of them.
    """

    uscc: str
    tier: str
    reason: Literal["no_cadre_left", "all_recused", "tenure_reached"]


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
