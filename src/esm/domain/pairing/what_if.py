"""What would be if: more cadres, other capacities, other settings; and how much it takes to serve everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from esm.domain.pairing.assignment import best_proposal, unserved_count
from esm.domain.pairing.penalty import Offer
from esm.domain.pairing.proposal import PairChange, Proposal
from esm.domain.pairing.situation import Situation
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.settings import Value
from esm.errors import Message, RuleRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario: its words, so many more cadres, another default capacity, other settings, nobody moved."""

    words: str
    cadres: int = 0
    capacity: int | None = None
    settings: Mapping[str, Value]
    freeze: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioOutcome:
    """What a pairing comes to; the unserved by tier, and how many cadres serve none, one, two, and more."""

    words: str
    cadres: int
    places: int
    in_scope: int
    served: int
    unserved: tuple[int, ...]
    kept: int
    new: int
    moved: int
    ended: int
    penalty: int
    loads: tuple[int, int, int, int]
    most: int


@dataclass(frozen=True, slots=True)
class RefusedScenario:
    """A scenario that `esm assign` refuses, and why: pins that contradict."""

    words: str
    why: Message


@dataclass(frozen=True, slots=True)
class FullService:
    """What it takes to serve everybody: the least default capacity, or the least number of more cadres.

    None: no number does, because all in post are recused, because a new cadre could serve nobody, or because
    pins contradict.
    """

    capacity: int | None
    cadres: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The pairings of today, what `esm assign` would make of them, and each scenario; what serves everybody."""

    outcomes: tuple[ScenarioOutcome | RefusedScenario, ...]
    full_service: FullService
    default_capacity: int


def outcome_or_refusal(words: str, situation: Situation) -> ScenarioOutcome | RefusedScenario:
    """Return what the best pairing of a situation comes to, or why there is none."""
    try:
        return outcome(words, situation, best_proposal(situation))
    except RuleRefused as refusal:
        return RefusedScenario(words, refusal.message)


def outcome(words: str, situation: Situation, proposal: Proposal) -> ScenarioOutcome:
    """Return what a proposal comes to for the cadres and enterprises of this situation."""
    changes = Counter(pair.change for pair in proposal.pairs)
    left = Counter(unserved.tier for unserved in proposal.unserved)
    loads = Counter(pair.staff_no for pair in proposal.pairs)
    spread = Counter(min(loads[offer.staff_no], 3) for offer in situation.offers)
    return ScenarioOutcome(
        words=words,
        cadres=len(situation.offers),
        places=sum(offer.capacity for offer in situation.offers),
        in_scope=len(situation.demands),
        served=len(proposal.pairs),
        unserved=tuple(left[tier] for tier in TIERS),
        kept=changes[PairChange.KEPT],
        new=changes[PairChange.NEW],
        moved=changes[PairChange.MOVED],
        ended=len(proposal.ended),
        penalty=proposal.penalty,
        loads=(spread[0], spread[1], spread[2], spread[3]),
        most=max(loads.values(), default=0),
    )


def full_service(situation: Callable[[int], Situation], default_capacity: int) -> FullService:
    """Return what it takes to serve everybody; `situation` is the question for a default capacity.

    Served enterprises grow with the capacity, and pins that have places keep them, so the least one is found by
    halving. A new cadre is recused from nobody, so that each of their places serves exactly one more.
    """
    missing = _least_unserved(situation(default_capacity))
    most = max(1, len(situation(default_capacity).demands))
    capacity = None
    if _least_unserved(situation(most)) == 0:
        low, high = 0, most
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if _least_unserved(situation(middle)) == 0 else (middle + 1, high)
        capacity = low
    if missing is None or (missing and not default_capacity):
        return FullService(capacity, None)
    return FullService(capacity, -(-missing // default_capacity) if missing else 0)


def _least_unserved(situation: Situation) -> int | None:
    """Return how many stay unserved, None where pins contradict."""
    try:
        return unserved_count(situation)
    except RuleRefused:
        return None


def recruit(capacity: int) -> Offer:
    """Return a cadre of whom nothing is known but the capacity: no penalty for place or trade, rank 1."""
    return Offer("+", None, None, (), capacity)
