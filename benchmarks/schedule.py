"""A year's plan against reading what it needs and writing what it yields, and nothing else."""

from __future__ import annotations

import pickle
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.commands import fresh, row
from benchmarks.measure import ENVIRONMENT, Job, measured

from esm.domain.schedule.new_plan import Schedule
from esm.storage.database import connection, settings
from esm.storage.database.place import FilePlace
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import planning_inputs, plans, workdays
from esm.usecases.schedule import plan as scheduling

SIZE, UNTIL = 10_000, date(2027, 11, 23)


def main() -> None:
    """Measure and write the table."""
    with TemporaryDirectory() as folder:
        path, plan = Path(folder) / "district.db", Path(folder) / "plan"
        districts.make(path, SIZE, subdistricts=30, visits_each=1)
        with connection.reading(FilePlace(path)) as reading:
            planned = scheduling.propose(reading, districts.TODAY, UNTIL)
        plan.write_bytes(pickle.dumps(planned))
        bare = Job(
            [sys.executable, "-m", "benchmarks.schedule", str(path.with_suffix(".copy")), str(plan)],
            environment=ENVIRONMENT, before=fresh(path).before,
        )  # fmt: skip
        mine, theirs = measured(fresh(path, "schedule", "--until", UNTIL.isoformat()), bare, runs=3)
    results.write(
        "Visit plan",
        f"{SIZE:,} enterprises, planned until {UNTIL}: {len(planned.planned):,} visits. The other side reads the same "
        "tables, writes a plan that was made before, by the same room, and shows nothing. Medians of three runs.",
        [
            ["command", "s", "MiB", "against", "s", "ratio", "goal"],
            row("`esm schedule`", mine, "reading and writing alone", theirs, "4"),
        ],
        libraries=("sqlmodel", "sqlalchemy"),
    )


def read_and_write(path: Path, plan: Schedule) -> None:
    """Read the inputs of a plan, and write one that is given."""
    today = districts.TODAY
    with connection.reading(FilePlace(path)) as reading:
        rules = settings.load(reading, today)
        cadres.load(reading)
        cadres.absences(reading, today)
        enterprises.names(reading)
        plans.open_plans(reading)
        planning_inputs.visit_needs(reading, today, rules.cadence_months)
        workdays.calendar_in_force(reading)
    with connection.writing(FilePlace(path), districts.HEADER) as writing:
        scheduling.apply(writing, plan, today)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        read_and_write(Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes()))  # noqa: S301 - just written
    else:
        main()
