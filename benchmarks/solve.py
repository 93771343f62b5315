"""One pairing, solved once in this process: `python -m benchmarks.solve SOLVER KIND SIZE [CHURN]` prints JSON.

The solvers get the same costs and must reach the same sum. Two times are taken, both of the processor: `solving`
alone, for the peers with the finished dense matrix, for esm from the lists of those to be paired to who gets whom;
and `whole`, from the rosters on, with the matrix, or with esm's reasons for every pair. Memory is what was added
after the rosters stood.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar
from unittest.mock import patch

from benchmarks.rosters import District

from esm.__main__ import RARELY
from esm.domain.pairing import assignment
from esm.domain.pairing.best_allotment import best_allotment
from esm.domain.pairing.proposal import Holding, Proposal
from esm.domain.pairing.situation import Situation

Answer = TypeVar("Answer")


class Watch:
    """Adds up the processor's time of what is called through it."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timed(self, do: Callable[..., Answer]) -> Callable[..., Answer]:
        """Return the same function, under the watch."""

        def watched(*arguments: object) -> Answer:
            start = time.process_time()
            answer = do(*arguments)
            self.seconds += time.process_time() - start
            return answer

        return watched


def propose(district: District, holdings: list[Holding]) -> Proposal:
    """Pair as `esm assign` does."""
    return assignment.best_proposal(
        Situation(
            demands=tuple(district.demands), offers=tuple(district.offers), recusals=district.recusals,
            holdings=tuple(holdings), settings=district.rules,
        )
    )  # fmt: skip


def esm(district: District, holdings: list[Holding], watch: Watch) -> float:
    """Pair and tell of every pair why; under the watch is who gets whom."""
    with patch.object(assignment, "best_allotment", watch.timed(best_allotment)):
        return propose(district, holdings).penalty


def lapx(costs: Any) -> float:
    """Pair by lapx, Jonker and Volgenant's algorithm."""
    import lap  # noqa: PLC0415

    return float(lap.lapjv(costs)[0])


def scipy(costs: Any) -> float:
    """Pair by scipy, a shortest augmenting path algorithm."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    return float(costs[linear_sum_assignment(costs)].sum())


def ortools(costs: Any) -> float:
    """Pair by the library that esm uses, with an arc for every pair."""
    import numpy as np  # noqa: PLC0415
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415

    rows, columns = costs.shape
    solver = SimpleMinCostFlow()
    tails, heads = np.repeat(np.arange(rows), columns), np.tile(np.arange(rows, rows + columns), rows)
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones(rows * columns), costs.ravel())
    solver.set_nodes_supplies(np.arange(rows + columns), np.repeat([1, -1], [rows, columns]))
    if solver.solve() != solver.OPTIMAL:
        raise ArithmeticError("not solved")
    return float(solver.optimal_cost())


def greedy(costs: Any) -> float:
    """Give each enterprise in order the cheapest cadre that is left: not optimal."""
    import numpy as np  # noqa: PLC0415

    taken = np.zeros(costs.shape[1])
    total = 0.0
    for row in costs:
        column = int((row + taken).argmin())
        total += float(row[column])
        taken[column] = np.inf
    return total


PEERS: dict[str, Callable[[Any], float]] = {"lapx": lapx, "scipy": scipy, "ortools": ortools, "greedy": greedy}


def churned(district: District, percent: int) -> list[Holding]:
    """Pair, then replace so many of a hundred on both sides; return the pairings of the year before."""
    holdings = [Holding(pair.uscc, pair.staff_no, False) for pair in propose(district, []).pairs]
    size, chance = len(district.demands), district.chance
    for number in chance.sample(range(size), size * percent // 100):
        district.demands[number] = district.demand(size + number)
    for number in chance.sample(range(size), size * percent // 100):
        district.offers[number] = district.offer(size + number)
    return holdings


def peak() -> float:
    """Return the largest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def solve(solver: str, district: District, holdings: list[Holding]) -> dict[str, float]:
    """Pair once and return what it took."""
    watch, before, start = Watch(), peak(), time.process_time()
    penalty = esm(district, holdings, watch) if solver == "esm" else watch.timed(PEERS[solver])(district.matrix())
    whole = time.process_time() - start
    return {"solving": watch.seconds, "whole": whole, "mebibytes": peak() - before, "penalty": penalty}


def main(solver: str, kind: str, size: int, churn: int | None = None) -> None:
    """Solve and print; a small district first, so that no library is loaded while the clock runs."""
    gc.set_threshold(*RARELY)
    solve(solver, District(kind, 50), [])
    district = District(kind, size)
    holdings = [] if churn is None else churned(district, churn)
    print(json.dumps(solve(solver, district, holdings)))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
