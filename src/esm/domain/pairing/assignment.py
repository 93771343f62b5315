"""Which cadre serves which enterprise, and why (docs/rules.md, Pairing): proposed exactly, explained pair by pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from esm.domain.pairing.best_allotment import best_allotment, first_in_order, least_unserved
from esm.domain.pairing.flow_network import Market
from esm.domain.pairing.pair_justification import Barred, Justification
from esm.domain.pairing.penalty import Offer
from esm.domain.pairing.proposal import Proposal
from esm.domain.pairing.situation import Situation
from esm.errors import Listed, RuleRefused, say

SMALL = 100_000
SHOWN = 5
_uscc, _staff_no = attrgetter("uscc"), attrgetter("staff_no")


@dataclass(frozen=True, slots=True)
class PreparedProblem:
    """A question of pairing ready to be solved: the market of whom no pin decides, the pins, and who is barred."""

    market: Market
    pinned: Mapping[str, str]
    barred: Barred


def best_proposal(situation: Situation, *, small: int = SMALL) -> Proposal:
    """Return the optimal pairing of enterprises in scope with cadres in post.

    Up to `small` possible pairs, ties go to the first sequence of staff numbers; beyond, to a fixed rule that
    depends on the keys alone. Refused: a pin on a recusal, and more pins than a cadre's capacity.
    """
    question = _prepare(situation)
    given = best_allotment(question.market)
    if len(situation.demands) * len(situation.offers) <= small:
        given = first_in_order(question.market, given)
    served = {**given, **question.pinned}
    demands = sorted(situation.demands, key=_uscc)
    reasons = Justification(demands, question.market.offers, question.barred, situation.settings, served)
    return reasons.proposal(situation.holdings)


def unserved_count(situation: Situation) -> int:
    """Return how many enterprises stay unserved in the best pairing, without looking for it."""
    market = _prepare(situation).market
    apart = {demand.uscc for demand in market.demands if demand.uscc in market.recused}
    return sum(least_unserved(market, apart).values())


def _prepare(situation: Situation) -> PreparedProblem:
    """Return the same question with the pins taken out; pins that contradict are refused."""
    barred: dict[str, dict[str, Literal["recused", "rotated"]]] = defaultdict(dict)
    for staff_no, uscc in situation.rotated:
        barred[uscc][staff_no] = "rotated"
    for staff_no, uscc in situation.recusals:
        barred[uscc][staff_no] = "recused"
    served = situation.served_pairings()
    pinned = {one.uscc: one.staff_no for one in situation.holdings if one.pinned and one.uscc in served}
    _refuse_bad_pins(pinned, situation.offers, barred)
    market = Market(
        demands=sorted((demand for demand in situation.demands if demand.uscc not in pinned), key=_uscc),
        offers=sorted(situation.offers, key=_staff_no),
        taken=Counter(pinned.values()),
        held={
            uscc: staff_no
            for uscc, staff_no in served.items()
            if uscc not in pinned and staff_no not in barred.get(uscc, ())
        },
        recused={uscc: staff_nos.keys() for uscc, staff_nos in barred.items()},
        settings=situation.settings,
    )
    return PreparedProblem(market, pinned, barred)


def _refuse_bad_pins(pinned: Mapping[str, str], offers: Sequence[Offer], barred: Barred) -> None:
    for uscc, staff_no in sorted(pinned.items()):
        if barred.get(uscc, {}).get(staff_no) == "recused":
            raise RuleRefused(
                say("Cadre {staff_no} is pinned to enterprise {uscc}, but recused from it.",
                    staff_no=staff_no, uscc=uscc),
                say("End the pairing: `esm unpair {uscc}`; or the recusal: `esm recuse {staff_no} {uscc} --end`.",
                    staff_no=staff_no, uscc=uscc),
            )  # fmt: skip
    pins = Counter(pinned.values())
    for offer in offers:
        if pins[offer.staff_no] > offer.capacity:
            own = sorted(uscc for uscc, staff_no in pinned.items() if staff_no == offer.staff_no)
            raise RuleRefused(
                say("Cadre {staff_no} has more pinned enterprises than capacity: {pins} of {capacity} ({names}).",
                    staff_no=offer.staff_no, pins=len(own), capacity=offer.capacity,
                    names=Listed.first(own, SHOWN)),
                say("Raise the capacity: `esm cadre edit {staff_no} --capacity {pins}`; or remove a pin: "
                    "`esm pair {uscc} {staff_no} --no-pin`.",
                    staff_no=offer.staff_no, pins=len(own), uscc=own[-1]),
            )  # fmt: skip
