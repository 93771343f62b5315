"""What a whole command costs, beside what cannot be avoided: importing its libraries, or starting at all."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.measure import ESM, Job, Measured, esm, measured


def main() -> None:
    """Measure and write the table."""
    with TemporaryDirectory() as folder:
        served, unserved = Path(folder) / "served.db", Path(folder) / "unserved.db"
        districts.make(served, 10_000, subdistricts=30, visits_each=3)
        districts.make(unserved, 2_000, subdistricts=12)
        start, typer = measured(Job([ESM, "--help"]), Job([sys.executable, "-c", "import typer"]))
        log, sqlmodel = measured(
            fresh(served, "visit", "log", districts.code(0), "--met", "Manager"),
            Job([sys.executable, "-c", "import sqlmodel"]),
        )
        assign, help_ = measured(fresh(unserved, "assign"), Job([ESM, "--help"]), runs=7)
    rows = [
        ["command", "s", "MiB", "against", "s", "ratio", "goal"],
        row("`esm --help`", start, "`import typer`", typer, "2.0"),
        row("`esm visit log`, 10,000 enterprises", log, "`import sqlmodel`", sqlmodel, "1.5"),
        row("`esm assign`, 2,000 × 2,000", assign, "`esm --help`", help_, "6"),
    ]
    results.write(
        "Whole commands",
        "Written for good, each time into a fresh copy of the database. Medians of nine runs, of `esm assign` seven.",
        rows,
        libraries=("typer", "sqlmodel", "sqlalchemy", "ortools"),
    )


def fresh(database: Path, *words: str) -> Job:
    """Return a command on a copy that is made anew before each run."""
    copy = database.with_suffix(".copy")
    return Job(esm(copy, *words), before=lambda: shutil.copy(database, copy))


def row(what: str, mine: Measured, other: str, theirs: Measured, goal: str) -> list[str]:
    """Return one line of a table."""
    return [
        what, f"{mine.seconds:.3f}", f"{mine.mebibytes:.0f}", other, f"{theirs.seconds:.3f}", mine.ratio(theirs), goal,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
