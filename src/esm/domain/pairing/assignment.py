"""Which cadre serves which enterprise, and why (docs/rules.md, Pairing): proposed exactly, explained pair by pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from esm.domain.pairing.flow_network import Market
from esm.domain.pairing.justification import Barred, Justification
from esm.domain.pairing.optimum import best_allotment, first_in_order
from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.pairing.proposal import Holding, Proposal
from esm.domain.values.settings import Settings
from esm.errors import RuleRefused, say

SMALL = 100_000
SHOWN = 5
_uscc, _staff_no = attrgetter("uscc"), attrgetter("staff_no")


@dataclass(frozen=True, slots=True)
class PreparedProblem:
    """A question of pairing ready to be solved: the market of whom no pin decides, the pins, and who is barred."""

    market: Market
    pinned: Mapping[str, str]
    barred: Barred


def propose(
    demands: Sequence[Demand],
    offers: Sequence[Offer],
    *,
    recusals: Collection[tuple[str, str]],
    holdings: Sequence[Holding],
    settings: Settings,
    rotated: Collection[tuple[str, str]] = (),
    small: int = SMALL,
) -> Proposal:
    """Return the optimal pairing of enterprises in scope with cadres in post.

    `recusals` are (staff_no, uscc), and so are the `rotated`, who served the enterprise for too long: they bind
    as recusals do, except on a pin. Up to `small` possible pairs, ties go to the first sequence of staff
    numbers; beyond, to a fixed rule that depends on the keys alone. Refused: a pin on a recusal, and more
    pins than a cadre's capacity.
    """
    question = prepare(demands, offers, recusals=recusals, holdings=holdings, settings=settings, rotated=rotated)
    given = best_allotment(question.market)
    if len(demands) * len(offers) <= small:
        given = first_in_order(question.market, given)
    demands = sorted(demands, key=_uscc)
    account = Justification(demands, question.market.offers, question.barred, settings, {**given, **question.pinned})
    return account.proposal(holdings)


def prepare(
    demands: Sequence[Demand],
    offers: Sequence[Offer],
    *,
    recusals: Collection[tuple[str, str]],
    holdings: Sequence[Holding],
    settings: Settings,
    rotated: Collection[tuple[str, str]] = (),
) -> PreparedProblem:
    """Return the same question with the pins taken out; pins that contradict are refused."""
    barred: dict[str, dict[str, Literal["recused", "rotated"]]] = defaultdict(dict)
    for staff_no, uscc in rotated:
        barred[uscc][staff_no] = "rotated"
    for staff_no, uscc in recusals:
        barred[uscc][staff_no] = "recused"
    in_post, in_scope = {offer.staff_no for offer in offers}, {demand.uscc for demand in demands}
    present = [holding for holding in holdings if holding.staff_no in in_post and holding.uscc in in_scope]
    pinned = {holding.uscc: holding.staff_no for holding in present if holding.pinned}
    _refuse_bad_pins(pinned, offers, barred)
    market = Market(
        demands=sorted((demand for demand in demands if demand.uscc not in pinned), key=_uscc),
        offers=sorted(offers, key=_staff_no),
        taken=Counter(pinned.values()),
        held={
            holding.uscc: holding.staff_no
            for holding in present
            if not holding.pinned and holding.staff_no not in barred.get(holding.uscc, ())
        },
        recused={uscc: staff_nos.keys() for uscc, staff_nos in barred.items()},
        settings=settings,
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
                    names=", ".join(own[:SHOWN]) + (" …" if len(own) > SHOWN else "")),
                say("Raise the capacity: `esm cadre edit {staff_no} --capacity {pins}`; "
                    "or take a pin away: `esm pair {uscc} {staff_no} --no-pin`.",
                    staff_no=offer.staff_no, pins=len(own), uscc=own[-1]),
            )  # fmt: skip
