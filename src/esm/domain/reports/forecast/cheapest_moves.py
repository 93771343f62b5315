"""The fewest moves that give as many visits as can be a seat, by the exact flow solver of the pairing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from esm.domain.pairing.flow.min_cost_flow import Graph, cheapest_flow
from esm.domain.reports.forecast.circumstances import Seat, WantedVisit
from esm.domain.values.grouping import grouped


def arcs_needed(all_wanted: Sequence[WantedVisit], room: Mapping[Seat, int]) -> int:
    """Return how many arcs the network has at the most, which tells how long solving takes."""
    foreign = sum(len(room) if wanted.recused else len(wanted.days) for wanted in all_wanted)
    return len(room) + foreign + sum(len(wanted.home) for wanted in all_wanted)


def cheapest_moves(all_wanted: Sequence[WantedVisit], room: Mapping[Seat, int]) -> tuple[dict[str, Seat], list[str]]:
    """Return the seats of those who move to another cadre, and who finds no seat; `room` are the seats of all cadres.

    As many as can be are seated, and of all ways to do that this one has the fewest moves.
    """
    network = _Network(all_wanted, room)
    flow = cheapest_flow(network.graph, dict.fromkeys(network.wanted, 1), sink=0)
    return network.moves(flow)


class _Network:
    """Node 0 is the sink; one for each visit, each seat, and each day for those who may sit with anybody."""

    def __init__(self, all_wanted: Sequence[WantedVisit], room: Mapping[Seat, int]) -> None:
        self.graph = Graph(1)
        self._all = all_wanted
        self._seats = {seat: self.graph.node() for seat in sorted(room)}
        self._days = {day: self.graph.node() for day in sorted({day for day, _who in room})}
        self.wanted = [self.graph.node() for _wanted in all_wanted]
        self._away: list[tuple[int, int, Seat]] = []
        self._through: list[tuple[int, int, int]] = []
        self._hosts: list[tuple[int, Seat]] = []
        self._none: list[int] = []
        for seat, node in self._seats.items():
            self.graph.arc(node, 0, capacity=room[seat])
            self._hosts.append((self.graph.arc(self._days[seat[0]], node, capacity=room[seat]), seat))
        for number, wanted in enumerate(all_wanted):
            self._add(number, wanted)

    def _add(self, number: int, wanted: WantedVisit) -> None:
        node = self.wanted[number]
        for seat in wanted.home:
            if seat in self._seats:
                self.graph.arc(node, self._seats[seat], capacity=1)
        if wanted.recused:
            for seat in self._foreign(wanted):
                self._away.append((self.graph.arc(node, self._seats[seat], capacity=1, price=1), number, seat))
        else:
            for day in wanted.days:
                if day in self._days:
                    arc = self.graph.arc(node, self._days[day], capacity=1, price=1)
                    self._through.append((arc, number, day))
        self._none.append(self.graph.arc(node, 0, capacity=1, price=len(self._all) + 1))

    def _foreign(self, wanted: WantedVisit) -> Iterator[Seat]:
        days = set(wanted.days)
        return (seat for seat in self._seats if seat[0] in days and seat[1] not in wanted.recused)

    def moves(self, flow: Sequence[int]) -> tuple[dict[str, Seat], list[str]]:
        """Return what a flow says: who sits with which other cadre, and who nowhere."""
        moved = {self._all[number].uscc: seat for arc, number, seat in self._away if flow[arc]}
        hosts = grouped((seat for arc, seat in self._hosts for _unit in range(flow[arc])), lambda seat: seat[0])
        for arc, number, day in self._through:
            if flow[arc]:
                moved[self._all[number].uscc] = hosts[day].pop(0)
        return moved, [wanted.uscc for wanted, arc in zip(self._all, self._none, strict=True) if flow[arc]]
