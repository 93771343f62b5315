"""One pairing, solved once in this process: `python -m benchmarks.solve SOLVER KIND SIZE [CHURN]` prints JSON.

The solvers get the same costs and must reach the same sum. The peers get the finished dense matrix: only their
solving is timed, while esm starts from the rosters. Memory is what was added after the rosters stood.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

from esm.domain import pairing, preference
from esm.domain.pairing import Demand, Holding, Offer
from esm.domain.settings import Settings, Weights

BANNED = 10_000  # dearer than any pairing that a sum of allowed ones could save at these sizes
SUBDISTRICTS = {500: 8, 2_000: 12, 10_000: 30, 50_000: 80}  # and 200 in anything larger
DIVISIONS = range(1, 98)
# The prices of rules.md, and prices that a district may set: many different sums, so that few pairs cost the same.
KINDS = {
    "default": Settings(),
    "fine": Settings(
        weights=Weights(subdistrict=40, expertise=30, rank=7), wanted_rank_a=5, wanted_rank_b=4, wanted_rank_c=3
    ),
}


class District:
    """As many enterprises as cadres, one-to-one, each cadre an expert of one to three industries; some recused."""

    def __init__(self, kind: str, size: int, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.rules = KINDS[kind]
        self.subdistricts = next((number for most, number in SUBDISTRICTS.items() if size <= most), 200)
        self.demands = [self.demand(number) for number in range(size)]
        self.offers = [self.offer(number) for number in range(size)]
        self.recusals = {
            (self.chance.choice(self.offers).staff_no, self.chance.choice(self.demands).uscc)
            for _ in range(size // 12)
        }  # fmt: skip

    def demand(self, number: int) -> Demand:
        """Return a new enterprise."""
        chance = self.chance
        code = f"{chance.choice(DIVISIONS):02}{chance.randrange(10)}{chance.randrange(10)}"
        return Demand(f"E{number:07}", chance.choices("ABC", (1, 3, 6))[0], self._place(), code)

    def offer(self, number: int) -> Offer:
        """Return a new cadre."""
        known = tuple(sorted(f"{division:02}" for division in self.chance.sample(DIVISIONS, self.chance.randint(1, 3))))
        return Offer(f"S{number:07}", self.chance.randrange(1, 6), self._place(), known, 1)

    def _place(self) -> str:
        return f"subdistrict {self.chance.randrange(self.subdistricts)}"

    def _penalty(
        self, *, tier: str = "C", code: str | None = None, here: str | None = None, known: tuple[str, ...] = (),
        there: str | None = None, rank: int | None = None,
    ) -> preference.Penalty:  # fmt: skip
        rank = 5 if rank is None else rank
        return preference.penalty(Demand("", tier, here, code), Offer("", rank, there, known, 1), self.rules)

    def propose(self, holdings: list[Holding]) -> pairing.Proposal:
        """Return esm's own pairing."""
        return pairing.propose(
            self.demands, self.offers, recusals=self.recusals, holdings=holdings, settings=self.rules
        )  # fmt: skip

    def matrix(self) -> Any:
        """Return the cost of every pair, one row an enterprise."""
        import numpy as np  # noqa: PLC0415 - esm's own run must not load it

        demands, offers = self.demands, self.offers
        costs = np.zeros((len(demands), len(offers)))
        # Cadres know whole divisions, so the first two digits of an industry decide.
        _add(
            costs, [str(each.industry_code)[:2] for each in demands], [each.expertise for each in offers],
            lambda code, known: self._penalty(code=code, known=known).expertise,
        )  # fmt: skip
        _add(
            costs, [each.subdistrict for each in demands], [each.subdistrict for each in offers],
            lambda here, there: self._penalty(here=here, there=there).subdistrict,
        )  # fmt: skip
        _add(
            costs, [each.tier for each in demands], [each.rank for each in offers],
            lambda tier, rank: self._penalty(tier=tier, rank=rank).rank,
        )  # fmt: skip
        row_of = {each.uscc: number for number, each in enumerate(demands)}
        column_of = {each.staff_no: number for number, each in enumerate(offers)}
        for staff_no, uscc in self.recusals:
            costs[row_of[uscc], column_of[staff_no]] = BANNED
        return costs


def _add(costs: Any, rows: list[Any], columns: list[Any], price: Callable[[Any, Any], int]) -> None:
    """Add a price that depends on one word of the row and one of the column, row by row to save memory."""
    import numpy as np  # noqa: PLC0415

    words = sorted(set(columns))
    column_of = {word: number for number, word in enumerate(words)}
    places = np.array([column_of[word] for word in columns])
    priced = {row: np.array([price(row, word) for word in words], dtype=np.float64) for row in set(rows)}
    for number, row in enumerate(rows):
        costs[number] += priced[row][places]


def esm(district: District, _costs: Any) -> float:
    """Pair as `esm assign` does, from the rosters."""
    return district.propose([]).penalty


def lapx(_district: District, costs: Any) -> float:
    """Pair by lapx, Jonker and Volgenant's algorithm."""
    import lap  # noqa: PLC0415

    return float(lap.lapjv(costs)[0])


def scipy(_district: District, costs: Any) -> float:
    """Pair by scipy, a shortest augmenting path algorithm."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    return float(costs[linear_sum_assignment(costs)].sum())


def greedy(_district: District, costs: Any) -> float:
    """Give each enterprise in order the cheapest cadre that is left: not optimal."""
    import numpy as np  # noqa: PLC0415

    taken = np.zeros(costs.shape[1])
    total = 0.0
    for row in costs:
        column = int((row + taken).argmin())
        total += float(row[column])
        taken[column] = np.inf
    return total


Solver = Callable[[District, Any], float]
PEERS: dict[str, Solver] = {"lapx": lapx, "scipy": scipy, "greedy": greedy}


def churned(district: District, percent: int) -> list[Holding]:
    """Pair, then replace so many of a hundred on both sides; return the pairings of the year before."""
    holdings = [Holding(pair.uscc, pair.staff_no, False) for pair in district.propose([]).pairs]
    size, chance = len(district.demands), district.chance
    for number in chance.sample(range(size), size * percent // 100):
        district.demands[number] = district.demand(size + number)
    for number in chance.sample(range(size), size * percent // 100):
        district.offers[number] = district.offer(size + number)
    return holdings


def peak() -> float:
    """Return the largest memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(solver: str, kind: str, size: int, churn: int | None = None) -> None:
    """Solve and print; a small district first, so that no library is loaded while the clock runs."""
    solve, needs_matrix = PEERS.get(solver, esm), solver in PEERS
    small = District(kind, 50)
    solve(small, small.matrix() if needs_matrix else None)
    district = District(kind, size)
    holdings = [] if churn is None else churned(district, churn)
    before = peak()
    costs = district.matrix() if needs_matrix else None
    start = time.perf_counter()
    found = solve(district, costs) if churn is None else district.propose(holdings).penalty
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "mebibytes": peak() - before, "penalty": found}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:]))
