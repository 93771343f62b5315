"""The coverage report of a million enterprises against the same figures by hand-written SQL."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import million, results
from benchmarks.commands import row
from benchmarks.measure import Job, esm, measured

SIZE, VISITS = 1_000_000, 6


def main() -> None:
    """Measure and write the table."""
    script = Path(__file__).with_name("coverage.sql")
    with TemporaryDirectory() as folder:
        database = Path(folder) / "1m.db"
        million.make(database, SIZE, visits_each=VISITS)
        shell = Job(["sh", "-c", f"sqlite3 '{database}' < '{script}'"])
        mine, theirs = measured(Job(esm(database, "report", "coverage", "--format", "json")), shell, runs=3)
    results.write(
        "Coverage report",
        f"{SIZE:,} enterprises, {SIZE * VISITS:,} visits. Medians of three runs.",
        [
            ["command", "s", "MiB", "against", "s", "ratio", "goal"],
            row("`esm report coverage`", mine, "coverage.sql in the sqlite3 shell", theirs, "1.3"),
        ],
    )


if __name__ == "__main__":
    main()
