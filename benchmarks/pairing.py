"""Pairing, exact, against exact peers and a greedy pass; its growth; and the pairing of the year after."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks import results
from benchmarks.measure import ENVIRONMENT, ROOT

EXACT = ("esm", "lapx", "scipy", "ortools")
SOLVERS = (*EXACT, "greedy")
ROUNDS = {500: 5, 2_000: 5, 10_000: 3}
ALL_ARCS = 2_000  # OR-Tools with an arc for every pair of 10,000 takes 12 GiB
KINDS = ("default", "fine", "crowded")
LIBRARIES = ("ortools", "lapx", "scipy", "numpy")

ABOUT = """
As many enterprises as cadres, one-to-one, each cadre an expert of one to three of 97 industries, some recused. All
times are those of the processor, medians of five rounds, of 10,000 three; the exact solvers must reach the same
penalty. *Solving* is for the peers their work on the finished matrix alone, for esm all the way from those to be
paired to who gets whom. *Whole* begins with the rosters on both sides: the peers build the matrix with numpy first,
esm says of every pair what it costs and who better was passed over. Goals against the best exact peer: 500: 3;
2,000: 0.3; 10,000: 0.017, and 0.05 of its memory; 1.5 against greedy. `fine` prices are 40, 30 and 7 instead of 4, 3
and 2, the wanted ranks 5, 4 and 3; `crowded` has these prices, its enterprises crowd in few subdistricts and a cadre
knows one industry: of some thirty districts tried, the one that took lapx longest.
"""


@dataclass(frozen=True)
class Solved:
    """The median seconds of some rounds, the most memory added in MiB, and the sum that was reached."""

    solving: float
    whole: float
    mebibytes: float
    penalty: float


def solved(*jobs: Sequence[str], rounds: int) -> list[Solved]:
    """Solve every job in turns, each time in a fresh process; the sum of a job must not vary."""
    found = [[_once(job) for job in jobs] for _ in range(rounds)]
    kept = []
    for each in zip(*found, strict=True):
        (penalty,) = {one["penalty"] for one in each}
        solving, whole, added = ([one[name] for one in each] for name in ("solving", "whole", "mebibytes"))
        kept.append(Solved(statistics.median(solving), statistics.median(whole), max(added), penalty))
    return kept


def _once(job: Sequence[str]) -> dict[str, float]:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks.solve", *job], check=True, capture_output=True, text=True, cwd=ROOT,
        env=ENVIRONMENT,
    )  # fmt: skip
    told: dict[str, float] = json.loads(ran.stdout)
    return told


def against_peers() -> None:
    """Compare with the solvers that need every pair in a matrix."""
    rows = [
        ["district", "size", "solver", "solving, s", "esm took", "whole, s", "esm took", "MiB", "esm took", "penalty"]
    ]
    for kind in KINDS:
        for size, rounds in ROUNDS.items():
            solvers = [each for each in SOLVERS if each != "ortools" or size <= ALL_ARCS]
            jobs = [(each, kind, str(size)) for each in solvers]
            found = dict(zip(solvers, solved(*jobs, rounds=rounds), strict=True))
            if len({each.penalty for name, each in found.items() if name in EXACT}) != 1:
                raise ArithmeticError(found)
            rows += [[kind, f"{size:,}", *_compared(name, each, found["esm"])] for name, each in found.items()]
    results.write("Pairing against exact peers", " ".join(ABOUT.split()), rows, libraries=LIBRARIES)


def _compared(name: str, each: Solved, mine: Solved) -> list[str]:
    def ratio(own: float, theirs: float) -> str:
        return "" if name == "esm" else f"{own / theirs:.2f}"

    return [
        name, f"{each.solving:.4f}", ratio(mine.solving, each.solving), f"{each.whole:.4f}",
        ratio(mine.whole, each.whole), f"{each.mebibytes:.0f}", ratio(mine.mebibytes, each.mebibytes),
        f"{each.penalty:.0f}",
    ]  # fmt: skip


def growth() -> None:
    """Grow the district a hundredfold."""
    sizes = (10_000, 100_000, 1_000_000)
    found = [solved(("esm", "default", str(size)), rounds=3 if size == sizes[0] else 1)[0] for size in sizes]
    rows = [["size", "s", "MiB added", "times the time of 10,000"]]
    for size, each in zip(sizes, found, strict=True):
        grown = f"{each.whole / found[0].whole:.0f}"
        rows.append([f"{size:,}", f"{each.whole:.2f}", f"{each.mebibytes:.0f}", grown])
    results.write(
        "Pairing growth",
        "Default prices, from the rosters to explained pairs, time of the processor. Goals for 1,000,000: 150 times "
        "the time, 60 s, 2,048 MiB.",
        rows,
        libraries=LIBRARIES,
    )  # fmt: skip


def year_after() -> None:
    """Pair again after a tenth of both sides was replaced."""
    rows = [["size", "first, s", "year after, s", "ratio"]]
    for size in (2_000, 10_000):
        first, again = solved(("esm", "default", str(size)), ("esm", "default", str(size), "10"), rounds=3)
        rows.append([f"{size:,}", f"{first.whole:.3f}", f"{again.whole:.3f}", f"{again.whole / first.whole:.2f}"])
    results.write(
        "Pairing the year after",
        "10 % of enterprises and cadres replaced; time of the processor. Goal: 0.5.",
        rows,
        libraries=LIBRARIES,
    )


if __name__ == "__main__":
    against_peers()
    year_after()
    growth()
