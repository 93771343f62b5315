"""A question of pairing as one value, and the smaller questions that are asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace

from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.pairing.proposal import Holding, Proposal
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.settings import Settings

Pairs = Set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Score:
    """The objective (docs/rules.md, Pairing): how many of each tier are served, how many are kept, and the penalty."""

    served: tuple[int, ...]
    kept: int
    penalty: int

    def loss(self, other: Score) -> Score:
        """Return how much worse another pairing is: fewer served by tier, fewer kept, more penalty."""
        served = tuple(one - two for one, two in zip(self.served, other.served, strict=True))
        return Score(served, self.kept - other.kept, other.penalty - self.penalty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """All that a pairing depends on.

    `recusals` are (staff_no, uscc), and so are the `rotated`, who served the enterprise for too long: they bind
    as recusals do, except on a pin.
    """

    demands: tuple[Demand, ...]
    offers: tuple[Offer, ...]
    recusals: Pairs
    holdings: tuple[Holding, ...]
    settings: Settings
    rotated: Pairs = frozenset()

    def served_pairings(self) -> dict[str, str]:
        """Return who in post serves which enterprise in scope today, uscc to staff number, whatever a rule says."""
        in_post = {offer.staff_no for offer in self.offers}
        in_scope = {demand.uscc for demand in self.demands}
        return {one.uscc: one.staff_no for one in self.holdings if one.staff_no in in_post and one.uscc in in_scope}

    def valid_pairings(self) -> dict[str, str]:
        """Return the pairings of today that no rule ends, uscc to staff number; the rotation is left aside."""
        return {
            uscc: staff_no for uscc, staff_no in self.served_pairings().items() if (staff_no, uscc) not in self.recusals
        }

    def without_moves(self) -> Situation:
        """Return the question in which nobody moves: whom no rule ends stays, also beyond a capacity."""
        return self._holding_fast(self.valid_pairings())

    def with_todays_pairings_alone(self) -> Situation:
        """Return the question that allows nothing but the pairings of today, whatever speaks against them."""
        served = self.served_pairings()
        return self._holding_fast(served)._with_loads_alone(served)

    def restricted_to(self, part: Set[str], *, staff_nos: Set[str] | None = None) -> Situation:
        """Return the question of some enterprises alone, with the room that the others leave.

        All others stay as they are today, whatever it is. Only `staff_nos`, if they are given, take part.
        """
        stay = {uscc: staff_no for uscc, staff_no in self.served_pairings().items() if uscc not in part}
        whole, concerned = self._holding_fast(stay), part | stay.keys()
        return replace(
            whole if staff_nos is None else whole._with_loads_alone(stay, besides=staff_nos),
            demands=tuple(demand for demand in whole.demands if demand.uscc in concerned),
            holdings=tuple(holding for holding in whole.holdings if holding.uscc in concerned),
        )

    def with_pair(self, uscc: str, staff_no: str) -> Situation | None:
        """Return the question in which a cadre must serve an enterprise; None where pins fill the cadre."""
        others = [holding for holding in self.holdings if holding.uscc != uscc]
        pins = self._pins(besides={uscc})[staff_no]
        (offer,) = (offer for offer in self.offers if offer.staff_no == staff_no)
        if pins >= offer.capacity:
            return None
        return replace(self, holdings=(*others, Holding(uscc, staff_no, pinned=True)))

    def with_capacity(self, *, staff_no: str, capacity: int) -> Situation:
        """Return the question in which one cadre may serve so many."""
        offers = (replace(offer, capacity=capacity) if offer.staff_no == staff_no else offer for offer in self.offers)
        return replace(self, offers=tuple(offers))

    def with_recruits(self, offer: Offer, count: int) -> Situation:
        """Return the question with so many more cadres who are like `offer`."""
        more = (replace(offer, staff_no=f"+{number:07d}") for number in range(1, count + 1))
        return replace(self, offers=(*self.offers, *more))

    def score(self, proposal: Proposal) -> Score:
        """Return how good a pairing is, against the pairings of today as this question knows them."""
        tiers = {demand.uscc: demand.tier for demand in self.demands}
        given = {pair.uscc: pair.staff_no for pair in proposal.pairs}
        served = Counter(tiers[uscc] for uscc in given)
        pinned = {holding.uscc for holding in self.holdings if holding.pinned}
        kept = sum(
            given.get(uscc) == staff_no and (uscc in pinned or (staff_no, uscc) not in self.rotated)
            for uscc, staff_no in self.valid_pairings().items()
        )
        return Score(tuple(served[tier] for tier in TIERS), kept, proposal.penalty)

    def _pins(self, *, besides: Collection[str]) -> Counter[str]:
        """Return how many enterprises in scope are pinned to each cadre; what is out of scope takes no place."""
        in_scope = {demand.uscc for demand in self.demands}
        return Counter(
            one.staff_no for one in self.holdings if one.pinned and one.uscc in in_scope and one.uscc not in besides
        )

    def _holding_fast(self, stay: Mapping[str, str]) -> Situation:
        """Let some pairings of today stay, uscc to staff number, whatever speaks against them."""
        loads, pins = Counter(stay.values()), self._pins(besides=stay)
        return replace(
            self,
            offers=tuple(
                replace(offer, capacity=max(offer.capacity, loads[offer.staff_no] + pins[offer.staff_no]))
                if pins[offer.staff_no] <= offer.capacity
                else offer
                for offer in self.offers
            ),
            recusals=self.recusals - {(staff_no, uscc) for uscc, staff_no in stay.items()},
            holdings=tuple(replace(one, pinned=True) if one.uscc in stay else one for one in self.holdings),
        )

    def _with_loads_alone(self, stay: Mapping[str, str], *, besides: Set[str] = frozenset()) -> Situation:
        """Leave nobody more room than the pairings that stay take; those of `besides` keep their capacity."""
        loads = Counter(stay.values())
        return replace(
            self,
            offers=tuple(
                offer if offer.staff_no in besides else replace(offer, capacity=loads[offer.staff_no])
                for offer in self.offers
            ),
        )
