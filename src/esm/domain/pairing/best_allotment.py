"""An optimal pairing in three stages of small prices: who is served, then who is kept, then what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set

from esm.domain.pairing.flow.min_cost_flow import Graph, TieBreak, cheapest_flow
from esm.domain.pairing.flow_network import Market, Network
from esm.domain.pairing.penalty import penalty, penalty_matrix
from esm.domain.register.enterprise_record import TIERS


def best_allotment(market: Market) -> dict[str, str]:
    """Return an optimal pairing, uscc to staff number; the unserved are not in it.

    Recusals bind only where an optimum without them meets one and cannot be mended at the same price; that
    enterprise stands apart from then on.
    """
    apart: set[str] = set()
    while True:
        given = _best_with_recusals(market, apart)
        stuck = _exchange_recused(market, given)
        if not stuck:
            return given
        apart.update(stuck)


def _best_with_recusals(market: Market, apart: Set[str]) -> dict[str, str]:
    """Return an optimal pairing with the recusals of `apart` alone.

    Where everything can be kept without serving fewer, it is, and only the rest is left to pair.
    """
    if not market.demands:
        return {}
    unserved = least_unserved(market, apart)
    rest = market.with_all_kept() if market.held else None
    if rest is not None and least_unserved(rest, apart) == unserved:
        return {**market.held, **_best_with_recusals(rest, apart)}
    return Network(market, unserved, apart).pairs()


def _exchange_recused(market: Market, given: dict[str, str]) -> list[str]:
    """Exchange the cadres of recused pairs for those of others, at the same price; return whom nothing helped."""
    wrong = sorted(uscc for uscc, barred in market.recused.items() if given.get(uscc) in barred)
    if not wrong:
        return []
    demands = {demand.uscc: demand for demand in market.demands}
    offers = {offer.staff_no: offer for offer in market.offers}
    movable = [uscc for uscc in sorted(given) if given[uscc] != market.held.get(uscc)]

    def price(uscc: str, staff_no: str) -> int:
        return penalty(demands[uscc], offers[staff_no], market.settings).total

    def is_exchangeable(uscc: str, other: str) -> bool:
        mine, theirs = given[uscc], given[other]
        if theirs in market.recused[uscc] or mine in market.recused.get(other, ()):
            return False
        return price(uscc, theirs) + price(other, mine) == prices[uscc] + prices[other]

    prices = {uscc: price(uscc, given[uscc]) for uscc in given}
    stuck: list[str] = []
    for uscc in wrong:
        if given[uscc] not in market.recused[uscc]:
            continue
        other = next((other for other in movable if is_exchangeable(uscc, other)), None)
        if other is None:
            stuck.append(uscc)
        else:
            given[uscc], given[other] = given[other], given[uscc]
            prices.update((moved, price(moved, given[moved])) for moved in (uscc, other))
    return stuck


def least_unserved(market: Market, apart: Set[str]) -> dict[str, int]:
    """Return how many of each tier stay unserved when A, then B, then C have the most served.

    Recusals bind for `apart` alone. Where there are none, the tiers fill the room in their order. Otherwise,
    enterprises that can be served together form a matroid, so that any prices that fall from A to C lead to
    these counts.
    """
    return _unserved_apart(market, apart) if apart else _unserved_by_room(market)


def _unserved_by_room(market: Market) -> dict[str, int]:
    room = sum(map(market.room, market.offers))
    wanting = Counter(demand.tier for demand in market.demands)
    counts: dict[str, int] = {}
    for tier in TIERS:
        counts[tier] = max(0, wanting[tier] - room)
        room = max(0, room - wanting[tier])
    return counts


def _unserved_apart(market: Market, apart: Set[str]) -> dict[str, int]:
    graph = Graph()
    sink, pool = graph.node(), graph.node()
    named_cadres = {staff_no: graph.node() for staff_no in sorted(market.named_cadres(apart))}
    rooms: Counter[int] = Counter()
    for offer in market.offers:
        rooms[named_cadres.get(offer.staff_no, pool)] += market.room(offer)
    for node, room in rooms.items():
        graph.arc(node, sink, capacity=room)
    supplies: dict[int, int] = {}
    unserved: list[tuple[str, int]] = []
    groups = Counter((demand.tier, demand.uscc if demand.uscc in apart else "") for demand in market.demands)
    for (tier, uscc), units in groups.items():
        node = graph.node()
        supplies[node] = units
        barred = market.recused[uscc] if uscc else frozenset()
        for target in (pool, *(node for staff_no, node in named_cadres.items() if staff_no not in barred)):
            graph.arc(node, target, capacity=units)
        unserved.append((tier, graph.arc(node, sink, capacity=units, price=len(TIERS) - TIERS.index(tier))))
    flow = cheapest_flow(graph, supplies, sink=sink)
    counts = dict.fromkeys(TIERS, 0)
    for tier, arc in unserved:
        counts[tier] += flow[arc]
    return counts


def first_in_order(market: Market, given: Mapping[str, str]) -> dict[str, str]:
    """Return the optimal pairing whose staff numbers, in order of uscc and unserved last, come first.

    `given` must be optimal. It prices every pair: for districts in which these are few.
    """
    staff_nos = [offer.staff_no for offer in market.offers]
    columns = {staff_no: column for column, staff_no in enumerate(staff_nos)}
    load = market.settings.weights.load
    steps = [
        [load * (market.taken.get(offer.staff_no, 0) + unit) for unit in range(market.room(offer))]
        for offer in market.offers
    ]
    choice = [columns.get(given.get(demand.uscc, ""), len(columns)) for demand in market.demands]
    costs = _whole_costs(market, dearest_load=sum(map(sum, steps)))
    first = TieBreak(choice, costs, [*steps, [0] * len(market.demands)]).first()
    return {
        demand.uscc: staff_nos[column]
        for demand, column in zip(market.demands, first, strict=True)
        if column < len(staff_nos)
    }


def _whole_costs(market: Market, *, dearest_load: int) -> list[list[int | None]]:
    """Return the whole objective as one number for each enterprise and cadre, and for going unserved."""
    prices = penalty_matrix(market.demands, market.offers, market.settings)
    keeping = 1 + dearest_load + sum(max(row, default=0) for row in prices)
    many = len(market.demands) + 2
    unserved = {tier: keeping * many ** (len(TIERS) - place) for place, tier in enumerate(TIERS)}
    columns = {offer.staff_no: column for column, offer in enumerate(market.offers)}
    costs: list[list[int | None]] = []
    for demand, row in zip(market.demands, prices, strict=True):
        whole: list[int | None] = [*row, unserved[demand.tier]]
        held = market.held.get(demand.uscc)
        if held is not None:
            whole[columns[held]] = row[columns[held]] - keeping
        for staff_no in market.recused.get(demand.uscc, ()):
            if staff_no in columns:
                whole[columns[staff_no]] = None
        costs.append(whole)
    return costs
