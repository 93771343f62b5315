"""Invented rosters for the solvers: as many enterprises as cadres, one-to-one, some recused."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.settings import Settings, Weights

SUBDISTRICTS = {500: 8, 2_000: 12, 10_000: 30, 50_000: 80}  # and 200 in anything larger
DIVISIONS = range(1, 98)
BANNED = 100_000  # dearer than what a sum of allowed pairs could save at these sizes


@dataclass(frozen=True)
class Kind:
    """The prices of a district, how many industries a cadre knows, and whether enterprises crowd in few places."""

    rules: Settings
    most_known: int = 3
    is_crowded: bool = False


# The default prices (docs/rules.md, Pairing); prices that a district may set, with many sums, so that few pairs cost
# the same; and of thirty kinds of districts that were tried with such prices, the one on which lapx takes longest.
FINE = Settings(
    weights=Weights(subdistrict=40, expertise=30, rank=7), wanted_rank_a=5, wanted_rank_b=4, wanted_rank_c=3
)
KINDS = {"default": Kind(Settings()), "fine": Kind(FINE), "crowded": Kind(FINE, most_known=1, is_crowded=True)}


class District:
    """Enterprises, cadres and recusals drawn by a seed."""

    def __init__(self, kind: str, size: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.kind = KINDS[kind]
        self.rules = self.kind.rules
        self.places = range(next((number for most, number in SUBDISTRICTS.items() if size <= most), 200))
        self.demands = [self.demand(number) for number in range(size)]
        self.offers = [self.offer(number) for number in range(size)]
        self.recusals = {
            (self.chance.choice(self.offers).staff_no, self.chance.choice(self.demands).uscc)
            for _ in range(size // 12)
        }  # fmt: skip

    def demand(self, number: int) -> Demand:
        """Return a new enterprise; in a crowded district, the n-th place has 1/n of the first one's."""
        chance = self.chance
        code = f"{chance.choice(DIVISIONS):02}{chance.randrange(10)}{chance.randrange(10)}"
        tier = chance.choices("ABC", (1, 3, 6))[0]
        place = chance.randrange(len(self.places))
        if self.kind.is_crowded:
            place = chance.choices(self.places, [1 / (place + 1) for place in self.places])[0]
        return Demand(f"E{number:07}", tier, _named(place), code)

    def offer(self, number: int) -> Offer:
        """Return a new cadre."""
        chance = self.chance
        known = chance.sample(DIVISIONS, chance.randint(1, self.kind.most_known))
        rank, place = chance.randrange(1, 6), chance.randrange(len(self.places))
        return Offer(f"S{number:07}", rank, _named(place), tuple(f"{each:02}" for each in sorted(known)), 1)

    def matrix(self) -> Any:
        """Return the cost of every pair, one row an enterprise: the sum of three prices, each by the row's word."""
        import numpy as np  # noqa: PLC0415 - esm's own run must not load it

        weights = self.rules.weights
        here = np.array([each.subdistrict for each in self.offers])
        ranks = np.array([each.rank for each in self.offers])
        far = {place: (here != place) * float(weights.subdistrict) for place in map(_named, self.places)}
        short = {tier: weights.rank * np.maximum(0.0, self.rules.wanted_rank(tier) - ranks) for tier in TIERS}
        strange = {f"{each:02}": np.full(len(ranks), float(weights.expertise)) for each in DIVISIONS}
        for column, offer in enumerate(self.offers):
            for known in offer.expertise:
                strange[known][column] = 0
        costs = np.empty((len(self.demands), len(self.offers)))
        for row, each in enumerate(self.demands):
            np.add(far[str(each.subdistrict)], strange[str(each.industry_code)[:2]], out=costs[row])
            costs[row] += short[each.tier]
        row_of = {each.uscc: number for number, each in enumerate(self.demands)}
        column_of = {each.staff_no: number for number, each in enumerate(self.offers)}
        for staff_no, uscc in self.recusals:
            costs[row_of[uscc], column_of[staff_no]] = BANNED
        return costs


def _named(place: int) -> str:
    return f"subdistrict {place}"
