"""The tree of places, trades and ranks that leads kinds of enterprises to kinds of cadres at their price.

Enterprises that all cadres see alike form a kind, and so do cadres. The cheapest way through the tree from a
kind of enterprises to a kind of cadres costs exactly their penalty, so a flow through it is a pairing with its
price, and it grows with the number of kinds, not with the number of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from esm.domain.pairing.flow.min_cost_flow import Graph
from esm.domain.pairing.penalty import rank_penalty
from esm.domain.register.enterprise_record import TIERS
from esm.domain.values.settings import Settings


class EnterpriseKind(NamedTuple):
    """What tells enterprises from each other; `place` and `trade` are None where the roster does not say.

    `trade` is the deepest prefix of any cadre that covers the industry code, `apart` the uscc of an enterprise
    that is a kind of its own.
    """

    place: str | None
    trade: str | None
    tier: str
    apart: str


class CadreKind(NamedTuple):
    """What tells cadres from each other; the place "" is anywhere, the trade "" is any.

    `room` is how many more enterprises each can get beside the `taken`, `alone` the staff number of a cadre
    who is a kind of their own.
    """

    place: str
    trades: tuple[str, ...]
    rank: int
    room: int
    taken: int
    alone: str


Ways = list[tuple[int, int]]
ByRank = Mapping[int, list[int]]
FEW = 4  # ways to so few nodes need no node of their own: more arcs and fewer nodes are solved faster


class PenaltyTree:
    """The ways to some kinds of cadres, which are nodes of `graph`; what leads nowhere, or to few, is no node."""

    def __init__(
        self,
        graph: Graph,
        cadres: Mapping[int, CadreKind],
        *,
        covering: Callable[[str], str],
        rooms: Mapping[int, int],
        settings: Settings,
    ) -> None:
        """`covering` gives the deepest trade of any cadre that covers a code, `rooms` how many a kind can get."""
        self._graph = graph
        self._covering = covering
        self._rooms = dict(rooms)
        self._weights = settings.weights
        ranks = {kind.rank for kind in cadres.values()}
        self._prices = {tier: {rank: rank_penalty(tier, rank, settings) for rank in ranks} for tier in TIERS}
        self._residents: dict[str, dict[int, list[int]]] = {}
        self._experts: dict[str, dict[str, dict[int, list[int]]]] = {}
        for node, (place, trades, rank, *_) in cadres.items():
            self._residents.setdefault(place, {}).setdefault(rank, []).append(node)
            for trade in trades:
                self._experts.setdefault(trade, {}).setdefault(place, {}).setdefault(rank, []).append(node)
        self._fitting = cache(self._open_fitting)
        self._skilled = cache(self._open_skilled)
        self._local = cache(self._open_local)
        self._from_afar = cache(self._open_from_afar)
        self._unskilled = cache(self._open_unskilled)
        self._neither = cache(self._open_neither)

    def enter(self, node: int, kind: EnterpriseKind, *, units: int) -> None:
        """Add the ways of one kind of enterprises, whose node and number of members are given."""
        if not self._residents:
            return
        place, trade, tier, _ = kind
        if place is None:
            ways = [(self._neither(tier) if trade is None else self._from_afar(trade, tier), 0)]
        elif trade is None:
            ways = [(self._unskilled(place, tier), 0)]
        else:
            ways = self._ways_with_prices(self._fitting(place, trade), tier)
            ways.append((self._from_afar(trade, tier), self._weights.subdistrict))
            ways.append((self._unskilled(place, tier), self._weights.expertise))
        self._link(node, ways, units)

    def _open_from_afar(self, trade: str, tier: str) -> int:
        """Return the node for leaving the place aside."""
        neither = (self._neither(tier), self._weights.expertise)
        return self._hub([*self._ways_with_prices(self._skilled(trade), tier), neither])

    def _open_unskilled(self, place: str, tier: str) -> int:
        """Return the node for leaving the trade aside."""
        neither = (self._neither(tier), self._weights.subdistrict)
        return self._hub([*self._ways_with_prices(self._local(place), tier), neither])

    def _open_neither(self, tier: str) -> int:
        """Return the node for leaving both aside."""
        anyone = self._merged_ways({}, [self._local(place) for place in self._residents])
        return self._hub(self._ways_with_prices(anyone, tier))

    def _open_fitting(self, place: str, trade: str) -> ByRank:
        """Return the ways to those who know the place and the trade."""
        wider = [self._fitting(place, self._covering(trade[:-1]))] if trade else []
        if place:
            wider.append(self._fitting("", trade))
        return self._merged_ways(self._experts.get(trade, {}).get(place, {}), wider)

    def _open_skilled(self, trade: str) -> ByRank:
        """Return the ways to those who know the trade."""
        wider = [self._fitting(place, trade) for place in self._experts.get(trade, ())]
        if trade:
            wider.append(self._skilled(self._covering(trade[:-1])))
        return self._merged_ways({}, wider)

    def _open_local(self, place: str) -> ByRank:
        """Return the ways to those who know the place."""
        return self._merged_ways(self._residents.get(place, {}), [self._local("")] if place else [])

    def _merged_ways(self, own: ByRank, wider: Sequence[ByRank]) -> ByRank:
        """Return for each rank the few nodes, or the one, that lead to its own cadres and where wider ways lead."""
        rows = own
        if any(wider):
            rows = {rank: list(row) for rank, row in own.items()}
            for other in wider:
                for rank, row in other.items():
                    rows.setdefault(rank, []).extend(row)
            rows = {rank: list(dict.fromkeys(row)) for rank, row in rows.items()}
        return {
            rank: row if len(row) <= FEW else [self._hub([(node, 0) for node in row])] for rank, row in rows.items()
        }

    def _ways_with_prices(self, nodes: ByRank, tier: str) -> Ways:
        prices = self._prices[tier]
        return [(node, prices[rank]) for rank, row in nodes.items() for node in row]

    def _hub(self, ways: Collection[tuple[int, int]]) -> int:
        """Return a node with these ways."""
        node = self._graph.node()
        self._rooms[node] = sum([self._rooms[target] for target, _ in ways])
        self._link(node, ways, self._rooms[node])
        return node

    def _link(self, node: int, ways: Iterable[tuple[int, int]], units: int) -> None:
        """Add arcs no wider than what can come and what can go on, which is what makes the solver fast."""
        rooms = self._rooms
        self._graph.arcs += [
            (node, target, room if (room := rooms[target]) < units else units, price) for target, price in ways
        ]
