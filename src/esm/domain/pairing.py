"""Which cadre serves which enterprise, and why (rules.md, Pairing): proposed exactly, explained pair by pair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from esm.domain.allotment import allot, first_in_order
from esm.domain.network import Market
from esm.domain.preference import Demand, Favourites, Offer, Penalty, penalty
from esm.domain.settings import Settings
from esm.errors import RuleRefused, say

__all__ = [
    "Demand",
    "Ended",
    "Holding",
    "Offer",
    "Pair",
    "Penalty",
    "Proposal",
    "Skipped",
    "Unserved",
    "propose",
]

FEW = 3
SMALL = 100_000


@dataclass(frozen=True, slots=True)
class Holding:
    """An active pairing of today; its cadre may have left and its enterprise may be out of scope."""

    uscc: str
    staff_no: str
    pinned: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A cadre who would have been better and the reason why it is not them; `left`: the cadre until today."""

    staff_no: str
    reason: Literal["recused", "full", "left"]


@dataclass(frozen=True, slots=True)
class Pair:
    """One proposed pairing; `previous` is the cadre until today, the same one where the pairing is kept."""

    uscc: str
    staff_no: str
    change: Literal["kept", "new", "moved"]
    previous: str | None
    penalty: Penalty
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class Unserved:
    """An enterprise that gets nobody; `all_recused`: whoever has room, or everybody, is recused from it."""

    uscc: str
    tier: str
    reason: Literal["no_cadre_left", "all_recused"]


@dataclass(frozen=True, slots=True)
class Ended:
    """A pairing of today that ends without a successor."""

    uscc: str
    staff_no: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole pairing, each list in order of uscc; `penalty` is the sum over the pairs."""

    pairs: tuple[Pair, ...]
    unserved: tuple[Unserved, ...]
    ended: tuple[Ended, ...]
    penalty: int


def propose(
    demands: Sequence[Demand],
    offers: Sequence[Offer],
    *,
    recusals: Collection[tuple[str, str]],
    holdings: Sequence[Holding],
    settings: Settings,
    small: int = SMALL,
) -> Proposal:
    """Return the optimal pairing of enterprises in scope with cadres in post.

    `recusals` are (staff_no, uscc). Up to `small` possible pairs, ties go to the first sequence of staff
    numbers; beyond, to a fixed rule that depends on the keys alone. Refused: a pin on a recusal, and more
    pins than a cadre's capacity.
    """
    demands = sorted(demands, key=lambda demand: demand.uscc)
    offers = sorted(offers, key=lambda offer: offer.staff_no)
    recused: dict[str, set[str]] = defaultdict(set)
    for staff_no, uscc in recusals:
        recused[uscc].add(staff_no)
    in_post, in_scope = {offer.staff_no for offer in offers}, {demand.uscc for demand in demands}
    present = [holding for holding in holdings if holding.staff_no in in_post and holding.uscc in in_scope]
    pinned = {holding.uscc: holding.staff_no for holding in present if holding.pinned}
    _refuse_bad_pins(pinned, offers, recused)
    market = Market(
        demands=[demand for demand in demands if demand.uscc not in pinned],
        offers=offers,
        taken=Counter(pinned.values()),
        held={
            holding.uscc: holding.staff_no
            for holding in present
            if not holding.pinned and holding.staff_no not in recused.get(holding.uscc, ())
        },
        recused=recused,
        settings=settings,
    )
    given = allot(market)
    if len(demands) * len(offers) <= small:
        given = first_in_order(market, given)
    return _Account(demands, offers, recused, settings, {**given, **pinned}).proposal(holdings)


def _refuse_bad_pins(
    pinned: Mapping[str, str], offers: Sequence[Offer], recused: Mapping[str, Collection[str]]
) -> None:
    for uscc, staff_no in sorted(pinned.items()):
        if staff_no in recused.get(uscc, ()):
            raise RuleRefused(
                say(
                    "Cadre {staff_no} is pinned to enterprise {uscc}, but recused from it.",
                    staff_no=staff_no,
                    uscc=uscc,
                ),
                say("End the pairing or the recusal first."),
            )
    pins = Counter(pinned.values())
    for offer in offers:
        if pins[offer.staff_no] > offer.capacity:
            raise RuleRefused(
                say(
                    "Cadre {staff_no} has more pinned enterprises than capacity: {pins} of {capacity}.",
                    staff_no=offer.staff_no,
                    pins=pins[offer.staff_no],
                    capacity=offer.capacity,
                ),
                say("Raise the capacity, or pin fewer enterprises to this cadre."),
            )


class _Account:
    """Says of a decided pairing what it costs, what it changes and who was passed over."""

    def __init__(
        self,
        demands: Sequence[Demand],
        offers: Sequence[Offer],
        recused: Mapping[str, Collection[str]],
        settings: Settings,
        given: Mapping[str, str],
    ) -> None:
        self._demands = demands
        self._offers = {offer.staff_no: offer for offer in offers}
        self._recused = recused
        self._settings = settings
        self._given = given
        loads = Counter(given.values())
        full = [offer for offer in offers if loads[offer.staff_no] >= offer.capacity]
        self._favourites = Favourites(full, settings, FEW)
        self._able = {offer.staff_no for offer in offers if offer.capacity}
        self._is_room_left = len(full) < len(offers)

    def proposal(self, holdings: Sequence[Holding]) -> Proposal:
        """Return the proposal; `holdings` are the pairings of today."""
        previous = {holding.uscc: holding.staff_no for holding in holdings}
        served = [demand for demand in self._demands if demand.uscc in self._given]
        loads: Counter[str] = Counter()
        pairs: list[Pair] = []
        for demand in served:
            staff_no = self._given[demand.uscc]
            pairs.append(self._pair(demand, previous.get(demand.uscc), loads[staff_no]))
            loads[staff_no] += 1
        ended = sorted(previous.keys() - self._given.keys())
        return Proposal(
            pairs=tuple(pairs),
            unserved=tuple(self._unserved(demand) for demand in self._demands if demand.uscc not in self._given),
            ended=tuple(Ended(uscc, previous[uscc]) for uscc in ended),
            penalty=sum(pair.penalty.total for pair in pairs),
        )

    def _pair(self, demand: Demand, previous: str | None, load: int) -> Pair:
        staff_no = self._given[demand.uscc]
        own = penalty(demand, self._offers[staff_no], self._settings)
        skipped = [Skipped(previous, "left")] if previous is not None and previous not in self._offers else []
        skipped += self._better(demand, own.total)
        return Pair(
            uscc=demand.uscc,
            staff_no=staff_no,
            change="new" if previous is None else "kept" if previous == staff_no else "moved",
            previous=previous,
            penalty=replace(own, load=self._settings.weights.load * load) if load else own,
            skipped=tuple(skipped[:FEW]),
        )

    def _better(self, demand: Demand, price: int) -> list[Skipped]:
        """Return who would have cost less and is recused or full, the cheapest first."""
        if not price:
            return []
        recused = {
            staff_no: penalty(demand, self._offers[staff_no], self._settings).total
            for staff_no in self._recused.get(demand.uscc, ())
            if staff_no in self._offers
        }
        full = {staff_no: cost for cost, staff_no in self._favourites.below(demand, price)}
        ranked = sorted((cost, staff_no) for staff_no, cost in {**full, **recused}.items() if cost < price)
        return [Skipped(staff_no, "recused" if staff_no in recused else "full") for _, staff_no in ranked]

    def _unserved(self, demand: Demand) -> Unserved:
        barred = sum(staff_no in self._able for staff_no in self._recused.get(demand.uscc, ()))
        is_barred = self._is_room_left or 0 < len(self._able) == barred
        return Unserved(demand.uscc, demand.tier, "all_recused" if is_barred else "no_cadre_left")
