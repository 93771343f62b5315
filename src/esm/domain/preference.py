"""What it costs to pair one enterprise with one cadre (rules.md, Pairing): three prices, and never a ban."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from esm.domain import industry
from esm.domain.settings import Settings


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


@lru_cache(maxsize=4096)
def full_code(code: str) -> str:
    """Return an industry code with its section letter: `3983` is `C3983`; remembered, because it is asked often."""
    return industry.full_code(code)


def prefixes(offer: Offer) -> tuple[str, ...]:
    """Return the code prefixes that the cadre covers, none inside another; `("",)` covers everything."""
    return _shortest(offer.expertise)


@lru_cache(maxsize=4096)
def _shortest(expertise: tuple[str, ...]) -> tuple[str, ...]:
    kept: list[str] = []
    for prefix in sorted({full_code(code) for code in expertise if code}):
        if not kept or not prefix.startswith(kept[-1]):
            kept.append(prefix)
    return tuple(kept) or ("",)


def rank(offer: Offer) -> int:
    """Return the cadre's rank, 1 where the roster does not say."""
    return 1 if offer.rank is None else offer.rank


def shortfall(tier: str, offered: int, settings: Settings) -> int:
    """Return the price of a cadre of rank `offered` for an enterprise of `tier`."""
    return settings.weights.rank * max(0, settings.wanted_rank(tier) - offered)


def penalty(demand: Demand, offer: Offer, settings: Settings) -> Penalty:
    """Return what the pair costs by itself; its load is 0, because that depends on the cadre's other pairs."""
    is_near = not demand.subdistrict or not offer.subdistrict or demand.subdistrict == offer.subdistrict
    is_expert = not demand.industry_code or full_code(demand.industry_code).startswith(prefixes(offer))
    return _penalty(
        0 if is_near else settings.weights.subdistrict,
        0 if is_expert else settings.weights.expertise,
        shortfall(demand.tier, rank(offer), settings),
    )


@lru_cache(maxsize=4096)
def _penalty(subdistrict: int, expertise: int, rank: int) -> Penalty:
    """Return one value for all pairs of the same price: a million pairs have a few dozen prices."""
    return Penalty(subdistrict, expertise, rank, 0)


class Favourites:
    """The cheapest few of some cadres for any enterprise, found without pricing them all.

    A cadre stands in a shelf for each way to fit: in its subdistrict or anywhere, by each of its prefixes
    or by none. Whoever is among the cheapest few for an enterprise is among the first few of a shelf.
    """

    def __init__(self, offers: Iterable[Offer], settings: Settings, few: int) -> None:
        self._settings = settings
        self._few = few
        self._shelves: dict[tuple[str | None, str | None], dict[int, list[str]]] = defaultdict(dict)
        self._tops: dict[tuple[str | None, str | None, str], list[tuple[int, str]]] = {}
        alike: dict[tuple[str | None, tuple[str, ...], int], int] = defaultdict(int)
        for offer in sorted(offers, key=lambda offer: offer.staff_no):
            kind = (offer.subdistrict, offer.expertise, rank(offer))
            alike[kind] += 1
            if alike[kind] <= few:
                self._put(offer, few)

    def _put(self, offer: Offer, few: int) -> None:
        for place in (offer.subdistrict or "", None):
            for prefix in (*prefixes(offer), None):
                shelf = self._shelves[place, prefix].setdefault(rank(offer), [])
                if len(shelf) < few:
                    shelf.append(offer.staff_no)

    def below(self, demand: Demand, price: int) -> list[tuple[int, str]]:
        """Return (penalty without load, staff number) of the few cheapest under `price`, best first."""
        code = full_code(demand.industry_code) if demand.industry_code else None
        places = dict.fromkeys((demand.subdistrict, ""), 0) if demand.subdistrict else {None: 0}
        trades = {code[:length]: 0 for length in range(len(code) + 1)} if code is not None else {None: 0}
        weights = self._settings.weights
        found: dict[str, int] = {}
        for place, far in ({None: weights.subdistrict} | places).items():
            for trade, foreign in ({None: weights.expertise} | trades).items():
                if far + foreign < price:
                    for short, staff_no in self._top(place, trade, demand.tier):
                        found[staff_no] = min(far + foreign + short, found.get(staff_no, price))
        return sorted((cost, staff_no) for staff_no, cost in found.items() if cost < price)[: self._few]

    def _top(self, place: str | None, trade: str | None, tier: str) -> list[tuple[int, str]]:
        key = (place, trade, tier)
        if key not in self._tops:
            shelf = self._shelves.get((place, trade), {})
            priced = [
                (shortfall(tier, level, self._settings), staff_no) for level, row in shelf.items() for staff_no in row
            ]
            self._tops[key] = sorted(priced)[: self._few]
        return self._tops[key]
