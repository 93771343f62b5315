"""What it costs to pair one enterprise with one cadre (docs/rules.md, Pairing): three prices, and never a ban."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.industry import full_code
from esm.domain.values.settings import Settings


@dataclass(frozen=True, slots=True)
class Demand:
    """An enterprise in scope, as the pairing sees it; None means that the roster does not say."""

    uscc: str
    tier: str
    subdistrict: str | None
    industry_code: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A cadre in post. `rank` None stands for 1; without subdistrict or expertise there is no preference."""

    staff_no: str
    rank: int | None
    subdistrict: str | None
    expertise: tuple[str, ...]
    capacity: int


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a pair costs, by its reasons, in the weights' units."""

    subdistrict: int
    expertise: int
    rank: int
    load: int

    @property
    def total(self) -> int:
        """Return the sum of the parts."""
        return self.subdistrict + self.expertise + self.rank + self.load


def prefixes(offer: Offer) -> tuple[str, ...]:
    """Return the code prefixes that the cadre covers, none inside another; `("",)` covers everything."""
    return _shortest_prefixes(offer.expertise)


@lru_cache(maxsize=65_536)
def _shortest_prefixes(expertise: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    for prefix in sorted({full_code(code) for code in expertise if code}):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept) or ("",)


def rank_of(offer: Offer) -> int:
    """Return the cadre's rank, 1 where the roster does not say."""
    return 1 if offer.rank is None else offer.rank


def rank_penalty(tier: str, offered: int, settings: Settings) -> int:
    """Return the price of a cadre of rank `offered` for an enterprise of `tier`."""
    return settings.weights.rank * max(0, settings.wanted_rank(tier) - offered)


def subdistrict_penalty(here: str | None, there: str | None, settings: Settings) -> int:
    """Return the price of a cadre whose subdistrict is `there` for an enterprise that lies `here`."""
    return 0 if not here or not there or here == there else settings.weights.subdistrict


def expertise_penalty(industry_code: str | None, known: tuple[str, ...], settings: Settings) -> int:
    """Return the price of a cadre with the prefixes `known` for an enterprise of this industry."""
    return 0 if not industry_code or full_code(industry_code).startswith(known) else settings.weights.expertise


def penalty(demand: Demand, offer: Offer, settings: Settings, *, load: int = 0) -> Penalty:
    """Return what the pair costs; `load` is its share that depends on the cadre's other pairs."""
    return _penalty(
        subdistrict_penalty(demand.subdistrict, offer.subdistrict, settings),
        expertise_penalty(demand.industry_code, prefixes(offer), settings),
        rank_penalty(demand.tier, rank_of(offer), settings),
        load,
    )


def penalty_matrix(demands: Sequence[Demand], offers: Sequence[Offer], settings: Settings) -> list[list[int]]:
    """Return the total penalty of every pair by itself, a row for each enterprise, as the sum of three rows."""
    places, known, ranks = (
        [each.subdistrict for each in offers],
        list(map(prefixes, offers)),
        list(map(rank_of, offers)),
    )
    far = cache(lambda here: [subdistrict_penalty(here, there, settings) for there in places])
    strange = cache(lambda code: [expertise_penalty(code, trades, settings) for trades in known])
    short = cache(lambda tier: [rank_penalty(tier, level, settings) for level in ranks])
    return [
        [one + two + three for one, two, three in zip(*parts, strict=True)]
        for parts in ((far(each.subdistrict), strange(each.industry_code), short(each.tier)) for each in demands)
    ]


# One value for all pairs of the same price: a million pairs have a few dozen prices.
_penalty = lru_cache(maxsize=4096)(Penalty)


class CheapestOffers:
    """The cheapest few of some cadres for any enterprise, found without pricing them all.

    A cadre stands in a shelf for the subdistrict, or "" for anywhere, and each prefix. The cheapest few at a
    price for the place or the trade, None where it does not matter, are among the first few of the shelves.
    """

    def __init__(self, offers: Iterable[Offer], settings: Settings, few: int) -> None:
        self._weights = settings.weights
        self._few = few
        offers = sorted(offers, key=attrgetter("staff_no"))
        levels = {rank_of(offer) for offer in offers}
        self._short = {tier: {level: rank_penalty(tier, level, settings) for level in levels} for tier in TIERS}
        self._shelves: dict[tuple[str, str], dict[int, list[str]]] = {}
        self._trades: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, set[str]] = defaultdict(set)
        for offer in offers:
            place, level = offer.subdistrict or "", rank_of(offer)
            for trade in prefixes(offer):
                row = self._shelves.setdefault((place, trade), {}).setdefault(level, [])
                if len(row) < few:
                    row.append(offer.staff_no)
        for place, trade in self._shelves:
            self._trades[place].add(trade)
            self._places[trade].add(place)
        self._row = cache(self._open_row)
        self._top = cache(self._open_top)
        self._best = cache(self._open_best)
        self._covering = cache(self._open_covering)

    def below(self, demand: Demand, price: int) -> list[tuple[int, str]]:
        """Return (penalty without load, staff number) of the few cheapest under `price`, best first."""
        trades = self._covering(demand.industry_code) if demand.industry_code else None
        return [best for best in self._best(demand.subdistrict or None, trades, demand.tier) if best[0] < price]

    def _open_covering(self, industry_code: str) -> tuple[str, ...]:
        """Return the prefixes on the shelves that cover a code."""
        code = full_code(industry_code)
        return tuple(code[:length] for length in range(len(code) + 1) if code[:length] in self._places)

    def _open_best(self, place: str | None, trades: tuple[str, ...] | None, tier: str) -> list[tuple[int, str]]:
        """Return the few cheapest for an enterprise whose place or trades may be unknown."""
        weights = self._weights
        nears: dict[str | None, int] = {None: 0} if place is None else {place: 0, "": 0, None: weights.subdistrict}
        knowns: dict[str | None, int] = dict.fromkeys(trades or (), 0)
        knowns[None] = 0 if trades is None else weights.expertise
        found: dict[str, int] = {}
        for near, far in nears.items():
            for known, foreign in knowns.items():
                for short, staff_no in self._top(near, known, tier):
                    cost = far + foreign + short
                    found[staff_no] = min(cost, found.get(staff_no, cost))
        return sorted((cost, staff_no) for staff_no, cost in found.items())[: self._few]

    def _open_top(self, place: str | None, trade: str | None, tier: str) -> list[tuple[int, str]]:
        """Return the few of a shelf who lack the fewest ranks, with the price of that."""
        short, rows = self._short[tier], self._row(place, trade).items()
        return sorted((short[level], staff_no) for level, row in rows for staff_no in row)[: self._few]

    def _open_row(self, place: str | None, trade: str | None) -> Mapping[int, list[str]]:
        """Return the first few of each rank on one shelf, or on all those that None stands for."""
        if place is not None and trade is not None:
            return self._shelves.get((place, trade), {})
        if place is not None:
            rows = [self._row(place, known) for known in self._trades.get(place, ())]
        else:
            rows = [self._row(near, trade) for near in (self._trades if trade is None else self._places.get(trade, ()))]
        merged: dict[int, set[str]] = defaultdict(set)
        for row in rows:
            for level, names in row.items():
                merged[level].update(names)
        return {level: sorted(names)[: self._few] for level, names in merged.items()}
