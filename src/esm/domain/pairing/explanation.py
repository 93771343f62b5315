"""Why an enterprise gets its cadre, or nobody: told by solving the pairing again with one thing changed.

Nothing is guessed: what another cadre would cost is the difference of two optima, and a change that is said
to serve an unserved enterprise was tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.penalty import Demand, Offer, Penalty, penalty, prefixes
from esm.domain.pairing.proposal import Pair, Proposal, UnservedDemand
from esm.domain.pairing.situation import Score, Situation
from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.grouping import grouped
from esm.domain.values.industry import full_code

NEXT_BEST = 3
TRIES = 3
DIVISION = 3  # `C39`: a letter and two digits


@dataclass(frozen=True, slots=True)
class Alternative:
    """A cadre who does not get the enterprise, and why not.

    `serves` are the enterprises of one who is full; `loss` is how much worse it would be to pair them all the same:
    fewer served by tier, fewer kept, more penalty. None where a rule forbids it: `recused`, `rotated`, no capacity at
    all, or full of pinned pairings.
    """

    staff_no: str
    penalty: Penalty
    reason: Literal["recused", "rotated", "no_capacity", "pinned_full", "full", "worse"]
    serves: tuple[str, ...]
    loss: Score | None


@dataclass(frozen=True, slots=True)
class RecruitNeed:
    """So many more cadres of this kind would serve the enterprise.

    `first` of them go to enterprises of higher tiers; `is_least`: one less was tried and does not do.
    """

    count: int
    first: int
    expertise: str | None
    subdistrict: str | None
    rank: int
    is_least: bool


@dataclass(frozen=True, slots=True)
class CapacityRaise:
    """If this cadre could serve so many, the enterprise would be served."""

    staff_no: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one enterprise is paired as it is; `pair` or `unserved`, never both.

    `offer` is its cadre, who then serves `load` enterprises; `nth` is its place among them in order of uscc.
    """

    demand: Demand
    pair: Pair | None
    unserved: UnservedDemand | None
    offer: Offer | None
    nth: int
    load: int
    wanted_rank: int
    is_pinned: bool
    places: int
    in_scope: int
    barred: int
    alternatives: tuple[Alternative, ...]
    recruits: RecruitNeed | None
    room: CapacityRaise | None


@dataclass(frozen=True, slots=True)
class NamedExplanation:
    """An explanation with what is on record of those it concerns.

    `since` is when the pairing of today began, `recusals` the reasons by staff number.
    """

    explanation: Explanation
    enterprise: str
    cadres: Mapping[str, Cadre]
    enterprises: Mapping[str, str]
    recusals: Mapping[str, str]
    since: date | None


def explain(situation: Situation, uscc: str) -> Explanation:
    """Return why the enterprise, which must be in scope, is paired as it is in the best pairing."""
    return _Explainer(situation, uscc).explanation()


def covering_prefix(offer: Offer, demand: Demand) -> str | None:
    """Return the cadre's prefix that covers the enterprise's industry, None where none does or none is known."""
    if not demand.industry_code:
        return None
    code = full_code(demand.industry_code)
    return next((prefix for prefix in prefixes(offer) if prefix and code.startswith(prefix)), None)


class _Explainer:
    def __init__(self, situation: Situation, uscc: str) -> None:
        self._situation = situation
        self._proposal = best_proposal(situation)
        self._score = situation.score(self._proposal)
        (self._demand,) = (demand for demand in situation.demands if demand.uscc == uscc)
        self._pair = next((pair for pair in self._proposal.pairs if pair.uscc == uscc), None)
        pairs = grouped(self._proposal.pairs, lambda pair: pair.staff_no)
        self._serves = {staff_no: [pair.uscc for pair in own] for staff_no, own in pairs.items()}

    def explanation(self) -> Explanation:
        situation, uscc = self._situation, self._demand.uscc
        offers = {offer.staff_no: offer for offer in situation.offers}
        pair = self._pair
        chosen = pair.staff_no if pair else ""
        serves = self._serves.get(chosen, [])
        return Explanation(
            demand=self._demand,
            pair=pair,
            unserved=next((left for left in self._proposal.unserved if left.uscc == uscc), None),
            offer=offers.get(chosen),
            nth=1 + serves.index(uscc) if serves else 0,
            load=len(serves),
            wanted_rank=situation.settings.wanted_rank(self._demand.tier),
            is_pinned=any(holding.pinned and holding.uscc == uscc for holding in situation.holdings),
            places=sum(offer.capacity for offer in situation.offers),
            in_scope=len(situation.demands),
            barred=sum((staff_no, uscc) in situation.recusals for staff_no in offers),
            alternatives=self._alternatives(besides=chosen),
            recruits=None if pair else self._recruits(),
            room=None if pair else self._room(),
        )

    def _offers_by_penalty(self) -> list[Offer]:
        """Return the cadres in order of what each would cost alone."""
        settings = self._situation.settings
        return sorted(
            self._situation.offers, key=lambda offer: (penalty(self._demand, offer, settings).total, offer.staff_no)
        )

    def _alternatives(self, *, besides: str) -> tuple[Alternative, ...]:
        others = [offer for offer in self._offers_by_penalty() if offer.staff_no != besides]
        return tuple(map(self._alternative, others[:NEXT_BEST]))

    def _alternative(self, offer: Offer) -> Alternative:
        price = penalty(self._demand, offer, self._situation.settings)
        serves = tuple(self._serves.get(offer.staff_no, ()))
        forced = self._situation.with_pair(self._demand.uscc, offer.staff_no)
        ban = self._ban(offer)
        if ban is not None or forced is None:
            return Alternative(offer.staff_no, price, ban or "pinned_full", serves, None)
        loss = self._score.loss(self._situation.score(best_proposal(forced, small=0)))
        return Alternative(offer.staff_no, price, "full" if len(serves) >= offer.capacity else "worse", serves, loss)

    def _ban(self, offer: Offer) -> Literal["recused", "rotated", "no_capacity"] | None:
        """Return why the cadre can get the enterprise in no case."""
        key = (offer.staff_no, self._demand.uscc)
        if key in self._situation.recusals:
            return "recused"
        if key in self._situation.rotated:
            return "rotated"
        return None if offer.capacity else "no_capacity"

    def _recruits(self) -> RecruitNeed:
        """Return how many more cadres it takes, who know the enterprise's trade and place and have the wanted rank.

        Each serves one more, in order of the tiers: so many as the higher tiers have unserved are spoken for,
        and more than that and the enterprise's own tier are never needed.
        """
        place = TIERS.index(self._demand.tier)
        first = sum(left.tier in TIERS[:place] for left in self._proposal.unserved)
        most = first + sum(left.tier == self._demand.tier for left in self._proposal.unserved)
        code = full_code(self._demand.industry_code)[:DIVISION] if self._demand.industry_code else None
        rank = self._situation.settings.wanted_rank(self._demand.tier)
        recruit = Offer("+", rank, self._demand.subdistrict, (code,) if code else (), 1)
        for count in range(first + 1, min(first + TRIES, most - 1) + 1):
            if self._is_served(best_proposal(self._situation.with_recruits(recruit, count))):
                return RecruitNeed(count, first, code, self._demand.subdistrict, rank, is_least=True)
        is_least = most <= first + TRIES
        return RecruitNeed(most, first, code, self._demand.subdistrict, rank, is_least=is_least)

    def _room(self) -> CapacityRaise | None:
        """Return who would serve the enterprise with one place more, tried on the few who fit best."""
        allowed = (offer for offer in self._offers_by_penalty() if self._ban(offer) in (None, "no_capacity"))
        for offer in islice(allowed, TRIES):
            capacity = max(offer.capacity, len(self._serves.get(offer.staff_no, ()))) + 1
            wider = self._situation.with_capacity(staff_no=offer.staff_no, capacity=capacity)
            if self._is_served(best_proposal(wider)):
                return CapacityRaise(offer.staff_no, capacity)
        return None

    def _is_served(self, proposal: Proposal) -> bool:
        return any(pair.uscc == self._demand.uscc for pair in proposal.pairs)
