"""Exact assignment on bare integers: cheapest flow by OR-Tools, and the first of equally good answers.

Nothing here knows an enterprise or a cadre. A solver is imported where it solves, so that a command
which pairs nobody does not pay for it; where OR-Tools does not exist, our own does (docs/decisions/0055).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import starmap, takewhile

from esm.errors import RuleRefused, say


@dataclass(slots=True)
class Graph:
    """Nodes are numbered from 0; an arc is (tail, head, capacity, price of a unit), all whole."""

    nodes: int = 0
    arcs: list[tuple[int, int, int, int]] = field(default_factory=list)

    def node(self) -> int:
        """Add a node and return its number."""
        self.nodes += 1
        return self.nodes - 1

    def arc(self, tail: int, head: int, *, capacity: int, price: int = 0) -> int:
        """Add an arc and return its number."""
        self.arcs.append((tail, head, capacity, price))
        return len(self.arcs) - 1


def cheapest_flow(graph: Graph, supplies: Mapping[int, int], *, sink: int) -> list[int]:
    """Return the units on each arc of a cheapest flow that brings every supply to the sink.

    The caller sees to it that one exists; otherwise ArithmeticError. Prices too large for exact 64-bit sums are
    refused. Where OR-Tools cannot be loaded, plain Python finds the same flow in more time.
    """
    if max([abs(price) for _, _, _, price in graph.arcs], default=0) * (graph.nodes + 1) * 16 >= 2**62:
        raise RuleRefused(
            say("The pairing weights are too large to be added up exactly for this many enterprises and cadres."),
            say("Make the weights smaller; only their proportions matter."),
        )
    balance = {**supplies, sink: -sum(supplies.values())}
    try:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415
    except ImportError:
        from esm.domain.pairing.flow.cost_scaling import cheapest_flow_by_scaling  # noqa: PLC0415

        return cheapest_flow_by_scaling(graph.arcs, balance)
    solver = SimpleMinCostFlow()
    deque(starmap(solver.add_arc_with_capacity_and_unit_cost, graph.arcs), maxlen=0)
    for node, supply in balance.items():
        solver.set_node_supply(node, supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise ArithmeticError(f"the flow was not solved: {status}")
    return list(map(solver.flow, range(len(graph.arcs))))


def has_fast_solver() -> bool:
    """Return whether OR-Tools is installed, without loading it."""
    return find_spec("ortools") is not None


class Routes:
    """Takes a flow on a network without cycles apart into single units, in the order in which they are sent."""

    def __init__(self, graph: Graph, flow: Sequence[int], *, last_stop: int) -> None:
        """A unit stops at a node numbered up to `last_stop`."""
        self._last_stop = last_stop
        self._ways: list[list[int]] = [[] for _ in range(graph.nodes)]
        for (tail, head, _, _), units in zip(reversed(graph.arcs), reversed(flow), strict=True):
            if units and tail > last_stop:
                self._ways[tail] += [head] * units

    def send(self, node: int) -> int:
        """Send one unit on from `node`, by the arcs added first, and return where it stops."""
        while node > self._last_stop:
            node = self._ways[node].pop()
        return node


class TieBreak:
    """The cheapest choices of a column for each row, of which one is known, and the first in order among them.

    `costs[row][column]` None forbids; `steps[column]` are the rising prices of its units, one for each place.
    Choices of equal cost differ by cycles on which every move is *tight* under the prices of an optimum;
    a row can move to an earlier column if a chain of tight moves of later rows makes up for it.
    """

    def __init__(
        self, choice: Sequence[int], costs: Sequence[Sequence[int | None]], steps: Sequence[Sequence[int]]
    ) -> None:
        """`choice` must be cheapest; otherwise ValueError."""
        self._choice = list(choice)
        self._costs = costs
        self._steps = steps
        self._hub = len(steps)
        self._rows: list[set[int]] = [set() for _ in steps]
        for row, column in enumerate(choice):
            self._rows[column].add(row)
        self._values = self._column_values()
        self._tight = [self._tight_columns(row) for row in range(len(choice))]

    def first(self) -> list[int]:
        """Return the cheapest choice whose columns, read in order of the rows, come first."""
        for row in range(len(self._choice)):
            self._improve(row)
        return self._choice

    def _improve(self, row: int) -> None:
        here = self._choice[row]
        seen: set[int] = set()
        for column in takewhile(lambda column: column != here, self._tight[row]):
            chain = None if column in seen else self._chain(column, here, row, seen)
            if chain is not None:
                for mover, target in [(row, column), *chain]:
                    self._rows[self._choice[mover]].discard(mover)
                    self._rows[target].add(mover)
                    self._choice[mover] = target
                return

    def _chain(self, start: int, goal: int, fixed: int, seen: set[int]) -> list[tuple[int, int]] | None:
        """Return moves of rows after `fixed` that take the unit too many at `start` to `goal`.

        Nodes in `seen` lead to no goal; what is reached without success joins them.
        """
        arrivals: dict[int, tuple[int, int | None]] = {}
        queue = [start]
        seen.add(start)
        for node in queue:
            for row, target in self._exits(node, fixed):
                if target not in seen:
                    seen.add(target)
                    queue.append(target)
                    arrivals[target] = (node, row)
            if goal in arrivals:
                return self._moves_back_from(goal, arrivals)
        return None

    def _moves_back_from(self, goal: int, arrivals: Mapping[int, tuple[int, int | None]]) -> list[tuple[int, int]]:
        moves: list[tuple[int, int]] = []
        target = goal
        while target in arrivals:
            node, row = arrivals[target]
            if row is not None:
                moves.append((row, target))
            target = node
        return moves

    def _exits(self, node: int, fixed: int) -> list[tuple[int | None, int]]:
        """Return the tight ways to pass a unit on: (row that moves, if any, and where to)."""
        if node == self._hub:
            return [(None, column) for column in range(self._hub) if self._is_tight(self._sheds(column))]
        moves: list[tuple[int | None, int]] = [
            (row, target) for row in self._rows[node] if row > fixed for target in self._tight[row]
        ]
        return [*moves, (None, self._hub)] if self._is_tight(self._adds(node)) else moves

    def _is_tight(self, move: tuple[int, int, int] | None) -> bool:
        return move is not None and self._values[move[0]] + move[2] == self._values[move[1]]

    def _adds(self, column: int) -> tuple[int, int, int] | None:
        units = len(self._rows[column])
        return (column, self._hub, self._steps[column][units]) if units < len(self._steps[column]) else None

    def _sheds(self, column: int) -> tuple[int, int, int] | None:
        units = len(self._rows[column])
        return (self._hub, column, -self._steps[column][units - 1]) if units else None

    def _tight_columns(self, row: int) -> list[int]:
        costs = self._costs[row]
        here = self._choice[row]
        value = self._values[here] - self._cost(row, here)
        return [
            column
            for column, cost in enumerate(costs)
            if cost is not None and (column == here or value + cost == self._values[column])
        ]

    def _cost(self, row: int, column: int) -> int:
        cost = self._costs[row][column]
        if cost is None:
            raise ValueError("a forbidden choice")
        return cost

    def _column_values(self) -> list[int]:
        """Return shortest distances in the residual network, which has no cycle below 0 at an optimum."""
        values = [0] * (self._hub + 1)
        nearer = set(range(self._hub + 1))
        for _ in range(self._hub + 2):
            passed, nearer = nearer, set()
            for column, value in self._distances_onward(passed, values):
                if value < values[column]:
                    values[column] = value
                    nearer.add(column)
            if not nearer:
                return values
        raise ValueError("the choice is not a cheapest one")

    def _distances_onward(self, columns: Set[int], values: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield (column, distance) for every move away from some columns, whose distances are known."""
        for row, here in enumerate(self._choice):
            if here in columns:
                start = values[here] - self._cost(row, here)
                for column, cost in enumerate(self._costs[row]):
                    if cost is not None:
                        yield column, start + cost
        for column in range(self._hub):
            for move in (self._adds(column), self._sheds(column)):
                if move is not None and move[0] in columns:
                    yield move[1], values[move[0]] + move[2]
