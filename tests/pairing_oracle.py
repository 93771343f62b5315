"""Two naive judges of a pairing: every pairing there is, and a dense matrix with one column for each place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.penalty import Demand, Offer
from esm.domain.pairing.proposal import Holding, Proposal
from esm.domain.pairing.situation import Situation
from esm.domain.values.settings import Settings, Weights

SUBDISTRICTS = (None, "Dongpo", "Xihe", "Nanqiao")
CODES = (None, "C3983", "3983", "3911", "C2614", "5211", "F5211", "J6631", "98")
PREFIXES = ("C", "C39", "39", "3983", "C26", "F", "52", "J66", "98", "")
SECTIONS = {"C": range(13, 44), "F": range(51, 53), "J": range(66, 70)}
Score = tuple[int, int, int, int, int]


@dataclass(frozen=True)
class District:
    """One question to `best_proposal`."""

    demands: tuple[Demand, ...]
    offers: tuple[Offer, ...]
    recusals: frozenset[tuple[str, str]]
    holdings: tuple[Holding, ...]
    settings: Settings
    rotated: frozenset[tuple[str, str]] = frozenset()

    def proposal(self, *, small: int = 10**6) -> Proposal:
        return best_proposal(self.situation(), small=small)

    def situation(self) -> Situation:
        return Situation(
            demands=self.demands, offers=self.offers, recusals=self.recusals, holdings=self.holdings,
            settings=self.settings, rotated=self.rotated,
        )  # fmt: skip

    def served(self) -> dict[str, str]:
        """Return who serves whom today, whatever a rule says of it."""
        in_post = {offer.staff_no for offer in self.offers}
        in_scope = {demand.uscc for demand in self.demands}
        return {one.uscc: one.staff_no for one in self.holdings if one.uscc in in_scope and one.staff_no in in_post}

    def pins(self) -> dict[str, str]:
        demands = {demand.uscc for demand in self.demands}
        offers = {offer.staff_no for offer in self.offers}
        return {
            holding.uscc: holding.staff_no
            for holding in self.holdings
            if holding.pinned and holding.uscc in demands and holding.staff_no in offers
        }


def spelled(code: str) -> str:
    letters = [letter for letter, divisions in SECTIONS.items() if code[:2].isdigit() and int(code[:2]) in divisions]
    return "".join(letters) + code


def price(demand: Demand, offer: Offer, settings: Settings) -> int:
    weights, total = settings.weights, 0
    if demand.subdistrict and offer.subdistrict and demand.subdistrict != offer.subdistrict:
        total += weights.subdistrict
    known = [spelled(code) for code in offer.expertise if code]
    if demand.industry_code and known and not any(spelled(demand.industry_code).startswith(code) for code in known):
        total += weights.expertise
    wanted = {"A": settings.wanted_rank_a, "B": settings.wanted_rank_b, "C": settings.wanted_rank_c}[demand.tier]
    return total + weights.rank * max(0, wanted - (offer.rank or 1))


def score(district: District, given: Mapping[str, str]) -> Score:
    """Return the objective (docs/rules.md, Pairing): the smaller the better."""
    offers = {offer.staff_no: offer for offer in district.offers}
    served = Counter(demand.tier for demand in district.demands if demand.uscc in given)
    kept = sum(
        given.get(holding.uscc) == holding.staff_no and (holding.pinned or not barred(district, holding))
        for holding in district.holdings
    )
    cost = sum(
        price(demand, offers[given[demand.uscc]], district.settings)
        for demand in district.demands
        if demand.uscc in given
    )
    load = sum(count * (count - 1) // 2 for count in Counter(given.values()).values())
    return -served["A"], -served["B"], -served["C"], -kept, cost + district.settings.weights.load * load


def barred(district: District, holding: Holding) -> bool:
    """Return whether a pairing of today is not to be kept."""
    return (holding.staff_no, holding.uscc) in district.recusals | district.rotated


def best_by_loads(
    district: District, *, fixed: Mapping[str, str] | None = None, takers: Container[str] | None = None
) -> tuple[Score, dict[str, str]]:
    """Return the best score and the pairing that the rule for ties chooses, by trying every choice.

    Enterprise after enterprise, in order of uscc; of all pairings that load the cadres alike only the best one
    goes on. `fixed` stays whatever a rule says; only `takers` take more.
    """
    pins = {**district.pins(), **(fixed or {})}
    demands = sorted(district.demands, key=lambda demand: demand.uscc)
    names = sorted(offer.staff_no for offer in district.offers)
    start = tuple(list(pins.values()).count(name) for name in names)
    states: dict[tuple[int, ...], tuple[list[int], list[tuple[bool, str]]]] = {start: ([0] * 5, [])}
    for demand in demands:
        after: dict[tuple[int, ...], tuple[list[int], list[tuple[bool, str]]]] = {}
        for loads, (total, order) in states.items():
            for place, gain in _choices(district, demand, dict(zip(names, loads, strict=True)), pins, takers):
                name = names[place] if place is not None else ""
                more = tuple(load + (number == place and demand.uscc not in pins) for number, load in enumerate(loads))
                best = [a + b for a, b in zip(total, gain, strict=True)], [*order, (not name, name)]
                after[more] = min(after.get(more, best), best)
        states = after
    total, order = min(states.values(), default=([0] * 5, []))
    loaded = total[4] + district.settings.weights.load * sum(load * (load - 1) // 2 for load in start)
    given = {demand.uscc: name for demand, (_, name) in zip(demands, order, strict=True) if name}
    return (total[0], total[1], total[2], total[3], loaded), given


def _choices(
    district: District, demand: Demand, loads: Mapping[str, int], pins: Mapping[str, str], takers: Container[str] | None
) -> Iterator[tuple[int | None, list[int]]]:
    """Yield who may serve an enterprise, by the place in order of staff numbers, with the gain; None: nobody."""
    held = {one.uscc: one.staff_no for one in district.holdings if one.pinned or not barred(district, one)}
    if demand.uscc not in pins:
        yield None, [0] * 5
    for place, offer in enumerate(sorted(district.offers, key=lambda offer: offer.staff_no)):
        name = offer.staff_no
        may_take = (
            demand.uscc not in pins
            and loads[name] < offer.capacity
            and (name, demand.uscc) not in district.recusals | district.rotated
            and (takers is None or name in takers)
        )
        if may_take or pins.get(demand.uscc) == name:
            load = district.settings.weights.load * loads[name] if may_take else 0
            tiers = [-(demand.tier == tier) for tier in "ABC"]
            kept = -(held.get(demand.uscc) == name)
            yield place, [*tiers, kept, price(demand, offer, district.settings) + load]


def everything(district: District) -> Iterator[dict[str, str]]:
    """Yield every pairing that the hard rules allow."""
    usccs = sorted(demand.uscc for demand in district.demands)
    capacities = {offer.staff_no: offer.capacity for offer in district.offers}
    pins = district.pins()

    def extend(place: int, given: dict[str, str]) -> Iterator[dict[str, str]]:
        if place == len(usccs):
            yield dict(given)
            return
        uscc = usccs[place]
        if uscc in pins:
            yield from extend(place + 1, given)
            return
        yield from extend(place + 1, given)
        for staff_no, capacity in capacities.items():
            if (staff_no, uscc) not in district.recusals | district.rotated and list(given.values()).count(
                staff_no
            ) < capacity:
                yield from extend(place + 1, {**given, uscc: staff_no})

    yield from extend(0, pins)


def best_of_all(district: District) -> tuple[Score, dict[str, str]]:
    """Return the best score, and the pairing that the rule for ties chooses."""
    usccs = sorted(demand.uscc for demand in district.demands)

    def order(given: dict[str, str]) -> tuple[Score, list[tuple[bool, str]]]:
        return score(district, given), [(uscc not in given, given.get(uscc, "")) for uscc in usccs]

    best = min(everything(district), key=order)
    return score(district, best), best


def best_of_matrix(district: District) -> Score:
    """Return the best score, by the Hungarian method over single places and the whole order in one number."""
    pins = district.pins()
    demands = [demand for demand in district.demands if demand.uscc not in pins]
    held = {one.uscc: one.staff_no for one in district.holdings if not barred(district, one)}
    load = district.settings.weights.load
    taken = Counter(pins.values())
    places = [(offer, unit) for offer in district.offers for unit in range(taken[offer.staff_no], offer.capacity)]
    prices = [[price(demand, offer, district.settings) + load * unit for offer, unit in places] for demand in demands]
    keeping = 1 + sum(max(row, default=0) for row in prices)
    many = len(demands) + 2
    unserved = {"A": keeping * many**3, "B": keeping * many**2, "C": keeping * many}
    banned = keeping * many**5
    assert banned * many < 2**53
    matrix = [
        [
            banned if (offer.staff_no, demand.uscc) in district.recusals | district.rotated
            else cost - keeping * (held.get(demand.uscc) == offer.staff_no)
            for (offer, _), cost in zip(places, row, strict=True)
        ] + [unserved[demand.tier]] * len(demands)
        for demand, row in zip(demands, prices, strict=True)
    ]  # fmt: skip
    given = dict(pins)
    if demands:
        for row, column in zip(*linear_sum_assignment(matrix), strict=True):
            if column < len(places):
                given[demands[row].uscc] = places[column][0].staff_no
    return score(district, given)


def given_by(proposal: Proposal) -> dict[str, str]:
    return {pair.uscc: pair.staff_no for pair in proposal.pairs}


@st.composite
def districts(draw: st.DrawFn, *, most: int, fewest: int = 0) -> District:
    """Draw a district with pins that the rules allow, and everything else as it comes."""
    random = draw(st.randoms(use_true_random=True))
    codes = random.sample(CODES, random.randint(1, 5))
    prefixes = random.sample(PREFIXES, random.randint(1, 5))
    demands = [
        Demand(f"E{number:02}", random.choice("ABC"), random.choice(SUBDISTRICTS), random.choice(codes))
        for number in range(draw(st.integers(fewest, most)))
    ]
    capacity, most_ranks = random.choice((1, 2, 3, 3, 8)), random.randint(1, 5)
    offers = [
        Offer(
            f"S{number:02}",
            random.choice((None, *range(1, most_ranks + 1))),
            random.choice(SUBDISTRICTS),
            tuple(random.sample(prefixes, random.randint(0, min(3, len(prefixes))))),
            random.randint(0, capacity),
        )
        for number in range(draw(st.integers(fewest, most)))
    ]
    staff_nos = [offer.staff_no for offer in offers]
    usccs = [demand.uscc for demand in demands]
    chance = random.choice((0, 0.05, 0.3, 0.7))
    recusals = frozenset((name, uscc) for name in staff_nos for uscc in usccs if random.random() < chance)
    room = {offer.staff_no: offer.capacity for offer in offers}
    holdings = []
    for uscc in [*usccs, "E98", "E99"]:
        staff_no = random.choice([*staff_nos, "S98", "S99"])
        if random.random() < chance or random.random() < 0.5:
            may_pin = room.get(staff_no, 1) > 0 and (staff_no, uscc) not in recusals
            pinned = may_pin and random.random() < 0.2
            room[staff_no] = room.get(staff_no, 1) - pinned * (uscc in usccs)
            holdings.append(Holding(uscc, staff_no, pinned))
    weights = Weights(**{name: random.choice((0, 1, 2, 5)) for name in ("subdistrict", "expertise", "rank", "load")})
    wanted_a, wanted_b, wanted_c = (random.randint(1, 5) for _ in range(3))
    other = Settings(weights=weights, wanted_rank_a=wanted_a, wanted_rank_b=wanted_b, wanted_rank_c=wanted_c)
    settings = random.choice((Settings(), other))
    random.shuffle(demands)
    random.shuffle(offers)
    rotated = frozenset((one.staff_no, one.uscc) for one in holdings if random.random() < random.choice((0, 0.2)))
    return District(tuple(demands), tuple(offers), recusals, tuple(holdings), settings, rotated)
