"""Cheapest flows in plain Python, for machines on which OR-Tools does not exist (docs/decisions/0055).

The method is Goldberg's cost scaling (Journal of Algorithms 22, 1997): push and relabel until no arc with room
is cheaper than -epsilon, for smaller and smaller epsilon. Where several flows are equally good, the order of the
steps decides which is found; it is the order of OR-Tools, so that both give the same units on every arc.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

DIVISOR = 5  # epsilon is divided by it from round to round
Arc = tuple[int, int, int, int]


def cheapest_flow_by_scaling(arcs: Sequence[Arc], supplies: Mapping[int, int]) -> list[int]:
    """Return the units on each arc (tail, head, capacity, price) of a cheapest flow; what is supplied adds up to 0.

    ArithmeticError: the arcs cannot carry what is supplied.
    """
    nodes = 1 + max([max(tail, head) for tail, head, _, _ in arcs] + list(supplies), default=-1)
    source, sink = nodes, nodes + 1
    ends = [
        (source, node, supplies[node], 0) if supplies[node] > 0 else (node, sink, -supplies[node], 0)
        for node in sorted(supplies)
        if supplies[node]
    ]
    residual = _Residual([*arcs, *ends], nodes + 2)
    units = sum(supply for supply in supplies.values() if supply > 0)
    residual.excess[source], residual.excess[sink] = units, -units
    _Scaling(residual).solve()
    return residual.flow()[: len(arcs)]


class _Residual:
    """What can still be sent: every arc stands twice, as a slot of its tail and, turned round, as one of its head.

    The slots of a node lie side by side from `first[node]` to `first[node + 1]`: first what comes in, in order
    of tails, then what goes out, as it was added. Prices are multiplied so that an epsilon of 1 is exact.
    """

    def __init__(self, arcs: Sequence[Arc], nodes: int) -> None:
        order = sorted(range(len(arcs)), key=lambda number: arcs[number][0])
        degrees = [0] * nodes
        for tail, head, _, _ in arcs:
            degrees[tail] += 1
            degrees[head] += 1
        self.nodes = nodes
        self.first = [0, *accumulate(degrees)]
        self.excess = [0] * nodes
        self.potential = [0] * nodes
        nothing = [0] * (2 * len(arcs))
        self.head, self.opposite, self.room, self.price = nothing[:], nothing[:], nothing[:], nothing[:]
        self._turned = [0] * len(arcs)
        free = self.first[:-1]
        for number in order:
            self._turned[number] = free[arcs[number][1]]
            free[arcs[number][1]] += 1
        for number in order:
            tail, head, capacity, price = arcs[number]
            there, back = free[tail], self._turned[number]
            free[tail] += 1
            self.head[there], self.opposite[there], self.room[there] = head, back, capacity
            self.head[back], self.opposite[back] = tail, there
            self.price[there], self.price[back] = price * (nodes + 1), -price * (nodes + 1)

    def flow(self) -> list[int]:
        """Return the units on each arc, which are the room on the way back."""
        return [self.room[slot] for slot in self._turned]


class _Scaling:
    """The search: `_next[node]` is the slot before which none of the node's is admissible.

    A slot is admissible if it has room and its price is below 0 after the potentials of its ends.
    """

    def __init__(self, residual: _Residual) -> None:
        self._net = residual
        self._next = residual.first[:-1]
        self._active: list[int] = []
        self._relabels = 0
        self._epsilon = max(1, max(residual.price, default=0))

    def solve(self) -> None:
        """Make the flow a cheapest one."""
        while True:
            self._epsilon = max(self._epsilon // DIVISOR, 1)
            self._refine()
            if self._epsilon == 1:
                return

    def _refine(self) -> None:
        self._saturate()
        active = self._active = [node for node, excess in enumerate(self._net.excess) if excess > 0]
        while active:
            self._discharge(active.pop())

    def _saturate(self) -> None:
        net = self._net
        for node in range(net.nodes):
            end = net.first[node + 1]
            for slot in range(self._next[node], end):
                if net.room[slot] and net.price[slot] + net.potential[node] < net.potential[net.head[slot]]:
                    self._push(node, slot, net.room[slot])
            self._next[node] = end

    def _push(self, node: int, slot: int, units: int) -> None:
        net = self._net
        net.room[slot] -= units
        net.room[net.opposite[slot]] += units
        net.excess[node] -= units
        net.excess[net.head[slot]] += units

    def _discharge(self, node: int) -> None:
        """Send on all that is too much at a node, and lower its potential whenever nothing is admissible."""
        net = self._net
        heads, excess, potential, room, price = net.head, net.excess, net.potential, net.room, net.price
        end = net.first[node + 1]
        while True:
            own = potential[node]
            for slot in range(self._next[node], end):
                if not room[slot]:
                    continue
                head, reached = heads[slot], price[slot] + own
                if reached >= potential[head] or not self._is_open(head, reached):
                    continue
                was_active = excess[head] > 0
                self._push(node, slot, min(excess[node], room[slot]))
                if excess[head] > 0 and not was_active:
                    self._active.append(head)
                if not excess[node]:
                    self._next[node] = slot
                    return
            if self._relabels >= net.nodes:
                self._require_way_out(node)
            self._relabel(node)

    def _require_way_out(self, node: int) -> None:
        """Raise ArithmeticError where no way with room leads on to a deficit: then lowering would never end."""
        net = self._net
        self._relabels = 0
        reached = [node]
        known = {node}
        for each in reached:
            if net.excess[each] < 0:
                return
            for slot in range(net.first[each], net.first[each + 1]):
                if net.room[slot] and net.head[slot] not in known:
                    known.add(net.head[slot])
                    reached.append(net.head[slot])
        raise ArithmeticError("the arcs cannot carry what is supplied")

    def _is_open(self, head: int, reached: int) -> bool:
        """Return whether a node can be sent to; one that has no way on is relabelled before, and then may not."""
        if self._net.excess[head] < 0 or self._has_admissible(head):
            return True
        self._relabel(head)
        return reached < self._net.potential[head]

    def _has_admissible(self, node: int) -> bool:
        net = self._net
        heads, potential, room, price = net.head, net.potential, net.room, net.price
        own = potential[node]
        for slot in range(self._next[node], net.first[node + 1]):
            if room[slot] and price[slot] + own < potential[heads[slot]]:
                self._next[node] = slot
                return True
        return False

    def _relabel(self, node: int) -> None:
        """Lower the potential of a node without admissible slots: by epsilon, or as far as keeps within epsilon."""
        net = self._net
        heads, potential, room, price = net.head, net.potential, net.room, net.price
        self._relabels += 1
        start, end = net.first[node], net.first[node + 1]
        lowered = potential[node] - self._epsilon
        best: int | None = None
        second: int | None = None
        best_slot = end
        for slot in range(start, end):
            if room[slot]:
                limit = potential[heads[slot]] - price[slot]
                if limit > lowered:
                    potential[node], self._next[node] = lowered, slot
                    return
                if best is None or limit > best:
                    second, best, best_slot = best, limit, slot
        if best is None:
            if net.excess[node]:
                raise ArithmeticError("the arcs cannot carry what is supplied")
            potential[node], self._next[node] = lowered, end
            return
        potential[node] = best - self._epsilon
        self._next[node] = best_slot if second is None or second <= potential[node] else start
