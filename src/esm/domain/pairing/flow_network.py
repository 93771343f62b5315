"""The pairing as a cheapest flow over kinds of enterprises and kinds of cadres, without a price for each pair.

Recusals do not fit into the tree of kinds. Enterprises for which they matter stand *apart*; the *named* cadres,
those whom one of them must avoid, have a tree of their own, which the ones apart do not enter: they have an arc
to each named cadre they may get.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from heapq import heapify, heapreplace

from esm.domain.pairing.flow.min_cost_flow import Graph, Routes, cheapest_flow
from esm.domain.pairing.penalty import Demand, Offer, penalty, prefixes, rank_of, rank_penalty
from esm.domain.pairing.penalty_tree import CadreKind, EnterpriseKind, PenaltyTree
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.industry import full_code
from esm.domain.values.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Who is to be paired: `demands` by uscc, the pinned ones left out, and `offers` by staff number.

    `taken` counts a cadre's pinned enterprises; `held` names the cadre with whom an enterprise may stay,
    `recused` those whom it must not get.
    """

    demands: Sequence[Demand]
    offers: Sequence[Offer]
    taken: Mapping[str, int]
    held: Mapping[str, str]
    recused: Mapping[str, Set[str]]
    settings: Settings

    def room(self, offer: Offer) -> int:
        """Return how many more enterprises the cadre can get; more than all of them makes no difference."""
        return min(offer.capacity - self.taken.get(offer.staff_no, 0), len(self.demands))

    def named_cadres(self, apart: Set[str]) -> set[str]:
        """Return the cadres whom some enterprise of `apart` must not get."""
        return {staff_no for uscc in apart for staff_no in self.recused[uscc]}

    def with_all_kept(self) -> Market | None:
        """Return what is left to pair when every holding is kept, or None where a cadre holds too many."""
        taken = Counter(self.taken) + Counter(self.held.values())
        if any(taken[offer.staff_no] > offer.capacity for offer in self.offers):
            return None
        demands = [demand for demand in self.demands if demand.uscc not in self.held]
        return replace(self, demands=demands, taken=taken, held={})


class Network:
    """The flow network of a market in which the numbers of unserved are fixed."""

    def __init__(self, market: Market, unserved: Mapping[str, int], apart: Set[str]) -> None:
        """`unserved` counts by tier and must be possible; recusals bind for the enterprises `apart` alone."""
        self._market = market
        self._apart = apart
        self._named = market.named_cadres(apart)
        self._graph = Graph()
        self._sink = self._graph.node()
        self._cadres = self._group_cadres()
        self._stops = {kind: self._graph.node() for kind in self._cadres}
        self._left = {tier: self._graph.node() for tier in unserved if unserved[tier]}
        self._last_stop = self._graph.nodes - 1
        self._entries: dict[str, int] = {}
        self._open_exits(unserved)
        self._open_entries()
        self._kept = self._open_kept()

    def pairs(self) -> dict[str, str]:
        """Return who gets whom, uscc to staff number: most kept, then least penalty.

        In a kind some are kept in order of uscc; the others go in order of uscc, the unserved last, each to
        the cadre of the kind with the fewest, then the first staff number.
        """
        flow = cheapest_flow(self._graph, Counter(self._entries.values()), sink=self._sink)
        given: dict[str, str] = {}
        for arc, holders in self._kept.items():
            given.update((uscc, self._market.held[uscc]) for uscc in holders[: flow[arc]])
            flow[arc] = 0
        loads = Counter(given.values())
        queues = {
            self._stops[kind]: [(loads.get(offer.staff_no, 0), offer.staff_no) for offer in offers]
            for kind, offers in self._cadres.items()
        }
        for queue in queues.values():
            heapify(queue)
        routes = Routes(self._graph, flow, last_stop=self._last_stop)
        for uscc, entry in self._entries.items():
            queue = [] if uscc in given else queues.get(routes.send(entry), [])
            if queue:
                load, given[uscc] = queue[0]
                heapreplace(queue, (load + 1, given[uscc]))
        return given

    def _group_cadres(self) -> dict[CadreKind, list[Offer]]:
        """Return the cadres with room by kind.

        Who holds several is a kind alone: of two holdings of one cadre, a kind would keep both as if two
        cadres held them.
        """
        market, named_cadres = self._market, self._named
        holdings = Counter(market.held.values())
        worthwhile = self._worthwhile_load()
        wanted = max(map(market.settings.wanted_rank, TIERS))
        kinds: dict[CadreKind, list[Offer]] = {}
        for offer in market.offers:
            staff_no = offer.staff_no
            taken, held = market.taken.get(staff_no, 0), holdings.get(staff_no, 0)
            room = min(market.room(offer), max(worthwhile - taken, held, 1))
            alone = staff_no if staff_no in named_cadres or held > 1 else ""
            if room:
                known = min(rank_of(offer), wanted)
                kind = CadreKind(offer.subdistrict or "", prefixes(offer), known, room, taken, alone)
                kinds.setdefault(kind, []).append(offer)
        return kinds

    def _worthwhile_load(self) -> int:
        """Return a load beyond which every optimum gives a cadre nobody but those who stay.

        Whoever has x + 1 + spread enterprises could hand one to any cadre with less than x for less; so all
        who are allowed and have the capacity must have x, and there are not enterprises enough for a large x.
        """
        market = self._market
        load = market.settings.weights.load
        units = len(market.demands) + sum(market.taken.values())
        spread = self._dearest_alone() // load if load else units
        capacities = sorted(offer.capacity for offer in market.offers)
        if not capacities or capacities[-1] <= spread:
            return units
        barred = max((len(market.recused[uscc]) for uscc in self._apart), default=0)
        others = Counter(capacities[: max(0, len(capacities) - barred)]).items()
        beyond = bisect_right(range(units + 1), units, key=lambda x: sum(min(some, x) * many for some, many in others))
        return beyond + spread

    def _open_exits(self, unserved: Mapping[str, int]) -> None:
        """Let cadres take enterprises, each dearer than the one before, and so many go unserved."""
        price = self._market.settings.weights.load
        for kind, offers in self._cadres.items():
            if price:
                for load in range(kind.taken, kind.taken + kind.room):
                    self._graph.arc(self._stops[kind], self._sink, capacity=len(offers), price=price * load)
            else:
                self._graph.arc(self._stops[kind], self._sink, capacity=len(offers) * kind.room)
        for tier, node in self._left.items():
            self._graph.arc(node, self._sink, capacity=unserved[tier])

    def _open_entries(self) -> None:
        """Let every kind of enterprises into the trees, and those apart to the named cadres they may get."""
        trades = {trade for kind in self._cadres for trade in kind.trades}

        @cache
        def covering(code: str) -> str:
            """Return the deepest of the trades that covers the code; "" where none does."""
            while code and code not in trades:
                code = code[:-1]
            return code

        @cache
        def trade_of(industry_code: str | None) -> str | None:
            return covering(full_code(industry_code)) if industry_code else None

        common, named_cadres = self._tree(covering, is_named=False), self._tree(covering, is_named=True)
        kinds: dict[EnterpriseKind, list[Demand]] = {}
        for demand in self._market.demands:
            apart = demand.uscc if demand.uscc in self._apart else ""
            kind = EnterpriseKind(demand.subdistrict or None, trade_of(demand.industry_code), demand.tier, apart)
            kinds.setdefault(kind, []).append(demand)
        for kind, demands in kinds.items():
            node = self._graph.node()
            self._entries.update(dict.fromkeys([demand.uscc for demand in demands], node))
            common.enter(node, kind, units=len(demands))
            if kind.apart:
                self._open_allowed(node, demands[0])
            else:
                named_cadres.enter(node, kind, units=len(demands))
            if kind.tier in self._left:
                self._graph.arc(node, self._left[kind.tier], capacity=len(demands))

    def _tree(self, covering: Callable[[str], str], *, is_named: bool) -> PenaltyTree:
        stops = {self._stops[kind]: kind for kind in self._cadres if (kind.alone in self._named) is is_named}
        rooms = {node: kind.room * len(self._cadres[kind]) for node, kind in stops.items()}
        return PenaltyTree(self._graph, stops, covering=covering, rooms=rooms, settings=self._market.settings)

    def _open_allowed(self, node: int, demand: Demand) -> None:
        barred = self._market.recused[demand.uscc]
        for kind, offers in self._cadres.items():
            if kind.alone in self._named and kind.alone not in barred:
                price = penalty(demand, offers[0], self._market.settings).total
                self._graph.arc(node, self._stops[kind], capacity=1, price=price)

    def _open_kept(self) -> dict[int, list[str]]:
        """Let holders stay at a price below anything that a change could save; return them by arc.

        One arc leads from a kind of enterprises to a kind of cadres for all who hold each other.
        """
        if not self._market.held:
            return {}
        bonus = self._dearest() + 1
        cadres = {offer.staff_no: (kind, offer) for kind, offers in self._cadres.items() for offer in offers}
        holders: dict[tuple[int, int], list[str]] = defaultdict(list)
        prices: dict[tuple[int, int], int] = {}
        for demand in self._market.demands:
            staff_no = self._market.held.get(demand.uscc)
            if staff_no in cadres:
                kind, offer = cadres[staff_no]
                way = (self._entries[demand.uscc], self._stops[kind])
                holders[way].append(demand.uscc)
                prices[way] = penalty(demand, offer, self._market.settings).total - bonus
        return {self._graph.arc(*way, capacity=len(usccs), price=prices[way]): usccs for way, usccs in holders.items()}

    def _dearest(self) -> int:
        """Return a bound on the penalty of any pairing."""
        most = max((kind.taken + kind.room for kind in self._cadres), default=0)
        load = self._market.settings.weights.load * most
        return len(self._market.demands) * (self._dearest_alone() + load)

    def _dearest_alone(self) -> int:
        """Return a bound on the penalty of one pair without its load."""
        settings = self._market.settings
        ranks = {rank_of(offer) for offer in self._market.offers}
        short = max((rank_penalty(tier, offered, settings) for offered in ranks for tier in TIERS), default=0)
        return settings.weights.subdistrict + settings.weights.expertise + short
