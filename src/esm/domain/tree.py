"""The tree of places, trades and ranks that leads kinds of enterprises to kinds of cadres at their price.

Enterprises that all cadres see alike form a kind, and so do cadres. The cheapest way through the tree from a
kind of enterprises to a kind of cadres costs exactly their penalty, so a flow through it is a pairing with its
price, and it grows with the number of kinds, not with the number of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from esm.domain.assignment import Graph
from esm.domain.preference import shortfall
from esm.domain.roster import TIERS
from esm.domain.settings import Settings


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


class Tree:
    """The ways to some kinds of cadres, which are nodes of `graph`; nodes that lead nowhere are not made."""

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
        self._weights = settings.weights
        self._rooms = dict(rooms)
        ranks = sorted({kind.rank for kind in cadres.values()}, reverse=True)
        self._ranks = {tier: [(level, shortfall(tier, level, settings)) for level in ranks] for tier in TIERS}
        self._residents: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._experts: dict[tuple[str, str, int], list[int]] = defaultdict(list)
        self._places: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
        for node, kind in cadres.items():
            self._residents[kind.place, kind.rank].append(node)
            for trade in kind.trades:
                self._experts[kind.place, trade, kind.rank].append(node)
                self._places[trade, kind.rank][kind.place] = None
        self._fitting = cache(self._open_fitting)
        self._skilled = cache(self._open_skilled)
        self._local = cache(self._open_local)
        self._from_afar = cache(self._open_from_afar)
        self._unskilled = cache(self._open_unskilled)
        self._neither = cache(self._open_neither)

    def enter(self, node: int, kind: EnterpriseKind, *, units: int) -> None:
        """Add the ways of one kind of enterprises, whose node and number of members are given."""
        place, trade, tier, _ = kind
        if place is None:
            ways = [(self._neither(tier) if trade is None else self._from_afar(trade, tier), 0)]
        elif trade is None:
            ways = [(self._unskilled(place, tier), 0)]
        else:
            ways = self._by_rank(tier, lambda level: self._fitting(place, trade, level))
            ways.append((self._from_afar(trade, tier), self._weights.subdistrict))
            ways.append((self._unskilled(place, tier), self._weights.expertise))
        self._link(node, ways, units)

    def _open_from_afar(self, trade: str, tier: str) -> int | None:
        """Return the node for leaving the place aside."""
        ways = self._by_rank(tier, lambda level: self._skilled(trade, level))
        return self._hub([*ways, (self._neither(tier), self._weights.expertise)])

    def _open_unskilled(self, place: str, tier: str) -> int | None:
        """Return the node for leaving the trade aside."""
        ways = self._by_rank(tier, lambda level: self._local(place, level))
        return self._hub([*ways, (self._neither(tier), self._weights.subdistrict)])

    def _open_neither(self, tier: str) -> int | None:
        """Return the node for leaving both aside."""
        return self._hub(self._by_rank(tier, self._anyone))

    def _open_fitting(self, place: str, trade: str, level: int) -> int | None:
        """Return the node of the cadres of a rank who know the place and the trade."""
        ways: list[int | None] = [*self._experts.get((place, trade, level), ())]
        if trade:
            ways.append(self._fitting(place, self._covering(trade[:-1]), level))
        if place:
            ways.append(self._fitting("", trade, level))
        return self._hub([(way, 0) for way in ways])

    def _open_skilled(self, trade: str, level: int) -> int | None:
        """Return the node of those who know the trade."""
        ways = [self._fitting(place, trade, level) for place in self._places.get((trade, level), ())]
        if trade:
            ways.append(self._skilled(self._covering(trade[:-1]), level))
        return self._hub([(way, 0) for way in ways])

    def _open_local(self, place: str, level: int) -> int | None:
        """Return the node of those who know the place."""
        ways: list[int | None] = [*self._residents.get((place, level), ())]
        if place:
            ways.append(self._local("", level))
        return self._hub([(way, 0) for way in ways])

    def _anyone(self, level: int) -> int | None:
        places = [place for place, rank in self._residents if rank == level]
        return self._hub([(self._local(place, level), 0) for place in places])

    def _by_rank(self, tier: str, node: Callable[[int], int | None]) -> list[tuple[int | None, int]]:
        return [(node(level), price) for level, price in self._ranks[tier]]

    def _hub(self, ways: Sequence[tuple[int | None, int]]) -> int | None:
        """Return a node with these ways, or the only node they lead to, or None."""
        targets = {target for target, _ in ways if target is not None}
        if not targets or (len(targets) == 1 and not any(price for _, price in ways)):
            return next(iter(targets), None)
        node = self._graph.node()
        self._rooms[node] = sum(self._rooms[target] for target in targets)
        self._link(node, ways, self._rooms[node])
        return node

    def _link(self, node: int, ways: Iterable[tuple[int | None, int]], units: int) -> None:
        """Add arcs no wider than what can come and what can go on, which is what makes the solver fast."""
        for target, price in ways:
            if target is not None:
                self._graph.arc(node, target, capacity=min(units, self._rooms[target]), price=price)
