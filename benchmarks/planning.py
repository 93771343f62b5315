"""A year's plan for 10 000 enterprises, against reading its inputs and writing its rows and nothing else."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from benchmarks import districts
from benchmarks.measure import DAY, ENVIRONMENT, esm

from esm.storage import cadres, database, enterprises, holidays, journal, plans, settings

UNTIL = "2027-11-23"
RUNS = 3
COLUMNS = ("enterprise_id", "cadre_id", "due_on", "planned_on", "confirmed", "provisional", "made_on")


def table(folder: Path) -> list[str]:
    """Return the table of the year's plan: the whole command, the same again, and the least that it must do."""
    path = folder / "year.db"
    districts.make(path, 10_000, subdistricts=30, visits_each=3)
    planned = folder / "planned.db"
    command = _median(path, planned, esm(planned, "schedule", "--until", UNTIL, "--format", "json"))
    again = _median(planned, folder / "again.db", esm(folder / "again.db", "schedule", "--until", UNTIL))
    with database.reading(planned) as reading:
        rows = reading.rows(f"SELECT {', '.join(COLUMNS)} FROM plan ORDER BY id")
    (folder / "rows.json").write_text(json.dumps(rows), encoding="utf-8")
    least = folder / "least.db"
    floor = _median(path, least, [sys.executable, "-m", "benchmarks.planning", str(least), str(folder / "rows.json")])
    return [
        "## A year's plan, 10 000 enterprises",
        "",
        f"{len(rows)} visits. Against: a process that reads the inputs and writes the rows over the plain driver.",
        "",
        "| what | seconds | reading and writing alone | ratio | goal |",
        "|---|---|---|---|---|",
        f"| `esm schedule`, first plan | {command:.2f} | {floor:.2f} | {command / floor:.2f} | ≤ 4 |",
        f"| `esm schedule` again, nothing moves | {again:.2f} | {floor:.2f} | {again / floor:.2f} | ≤ 4 |",
        "",
    ]


def _median(source: Path, copy: Path, command: Sequence[str]) -> float:
    """Return the median time of a command that writes into a fresh copy."""
    times = []
    for _ in range(RUNS):
        shutil.copy(source, copy)
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def least(path: Path, rows: Sequence[Sequence[object]]) -> None:
    """Read what a plan depends on and write its rows as one sealed operation."""
    with database.reading(path) as reading:
        rules = settings.load(reading)
        plans.needs(reading, date.fromisoformat(DAY), rules.cadence_months)
        plans.opened(reading)
        cadres.load(reading)
        cadres.absences(reading)
        enterprises.names(reading)
        holidays.calendar(reading)
    header = journal.Header(at=f"{DAY}T00:00:00+00:00", today=DAY, actor="bench", host="bench", command=("bench",))
    with closing(database.connect(path, mode="rw")) as connection:
        connection.execute("BEGIN IMMEDIATE")
        operation_id = journal.begin(connection, header, database.REVISION)
        marks = ", ".join("?" for _ in COLUMNS)
        connection.executemany(f"INSERT INTO plan ({', '.join(COLUMNS)}) VALUES ({marks})", rows)
        journal.close(connection, operation_id)
        connection.execute("COMMIT")


if __name__ == "__main__":
    least(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
