"""What a decided pairing says of itself: what each pair costs, what it changes and who was passed over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from esm.domain.pairing.penalty import CheapestOffers, Demand, Offer, penalty
from esm.domain.pairing.proposal import (
    EndedPairing,
    Holding,
    Pair,
    PairChange,
    Proposal,
    SkippedCadre,
    UnservedDemand,
    UnservedReason,
)
from esm.domain.values.settings import Settings

FEW = 3
Barred = Mapping[str, Mapping[str, Literal["recused", "rotated"]]]


class Justification:
    """Says of a decided pairing what it costs, what it changes and who was passed over."""

    def __init__(
        self,
        demands: Sequence[Demand],
        offers: Sequence[Offer],
        barred: Barred,
        settings: Settings,
        given: Mapping[str, str],
    ) -> None:
        self._demands = demands
        self._offers = {offer.staff_no: offer for offer in offers}
        self._barred = barred
        self._settings = settings
        self._given = given
        loads = Counter(given.values())
        full = [offer for offer in offers if loads[offer.staff_no] >= offer.capacity]
        self._favourites = CheapestOffers(full, settings, FEW)
        self._able = {offer.staff_no for offer in offers if offer.capacity}
        self._is_room_left = len(full) < len(offers)

    def proposal(self, holdings: Sequence[Holding]) -> Proposal:
        """Return the proposal; `holdings` are the pairings of today."""
        previous = {holding.uscc: holding.staff_no for holding in holdings}
        served = [demand for demand in self._demands if demand.uscc in self._given]
        loads: dict[str, int] = defaultdict(int)
        pairs: list[Pair] = []
        for demand in served:
            staff_no = self._given[demand.uscc]
            pairs.append(self._pair(demand, previous.get(demand.uscc), loads[staff_no]))
            loads[staff_no] += 1
        ended = sorted(previous.keys() - self._given.keys())
        return Proposal(
            pairs=tuple(pairs),
            unserved=tuple(self._unserved_demand(demand) for demand in self._demands if demand.uscc not in self._given),
            ended=tuple(EndedPairing(uscc, previous[uscc]) for uscc in ended),
            penalty=sum(pair.penalty.total for pair in pairs),
        )

    def _pair(self, demand: Demand, previous: str | None, load: int) -> Pair:
        staff_no = self._given[demand.uscc]
        offer = self._offers[staff_no]
        own = penalty(demand, offer, self._settings)
        skipped = self._better(demand, own.total) if own.total else ()
        if previous is not None and previous not in self._offers:
            skipped = (SkippedCadre(previous, "left"), *skipped)
        return Pair(
            uscc=demand.uscc,
            staff_no=staff_no,
            change=_change(previous, staff_no),
            previous=previous,
            penalty=penalty(demand, offer, self._settings, load=self._settings.weights.load * load) if load else own,
            skipped=skipped[:FEW],
        )

    def _better(self, demand: Demand, price: int) -> tuple[SkippedCadre, ...]:
        """Return who would have cost less and is recused or full, the cheapest first."""
        full = self._favourites.below(demand, price)
        barred = self._barred.get(demand.uscc)
        if barred is None:
            return tuple([_full_cadre(staff_no) for _, staff_no in full])
        costs = {
            staff_no: penalty(demand, self._offers[staff_no], self._settings).total
            for staff_no in barred
            if staff_no in self._offers
        }
        costs.update((staff_no, cost) for cost, staff_no in full)
        ranked = sorted((cost, staff_no) for staff_no, cost in costs.items() if cost < price)
        return tuple(SkippedCadre(staff_no, barred.get(staff_no, "full")) for _, staff_no in ranked)

    def _unserved_demand(self, demand: Demand) -> UnservedDemand:
        barred = {
            staff_no: why for staff_no, why in self._barred.get(demand.uscc, {}).items() if staff_no in self._able
        }
        if not self._is_room_left and not 0 < len(self._able) == len(barred):
            return UnservedDemand(demand.uscc, demand.tier, UnservedReason.NO_CADRE_LEFT)
        return UnservedDemand(
            demand.uscc,
            demand.tier,
            UnservedReason.TENURE_REACHED if "rotated" in barred.values() else UnservedReason.ALL_RECUSED,
        )


@lru_cache(maxsize=4096)
def _full_cadre(staff_no: str) -> SkippedCadre:
    """Return one value for all whom the cadre cannot serve as well: of a million pairs, most skip the same few."""
    return SkippedCadre(staff_no, "full")


def _change(previous: str | None, staff_no: str) -> PairChange:
    if previous is None:
        return PairChange.NEW
    return PairChange.KEPT if previous == staff_no else PairChange.MOVED
