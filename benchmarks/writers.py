"""Eight processes that write at once, each change in a connection and an operation of its own, as commands make them.

They go through the storage room alone (`connection.writing`), for starting a command each time would measure Python.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.measure import ENVIRONMENT, ROOT
from tests import postgres

from esm.errors import EsmError
from esm.storage.database import connection, copying, journal
from esm.storage.database.place import FilePlace, Place, place_of

WRITERS, CHANGES = 8, 500
SHARED = 1  # the enterprise whose employees every change counts up by one


def main() -> None:
    """Let them write into a file and on a server, and write the table."""
    programs = postgres.newest_programs()
    if programs is None:
        sys.exit(f"Not measured: {postgres.LEFT_OUT}.")
    rows = [["engine", "changes", "lost", "errors", "broken seals", "a second", "median wait, s", "longest wait, s"]]
    with TemporaryDirectory() as name, postgres.temporary(programs, settings="-c listen_addresses=") as server:
        file, there = FilePlace(Path(name) / "written.db"), place_of(server.address("written"))
        districts.make(file.file, WRITERS, subdistricts=1, visits_each=1)
        copying.copy(file, there)
        with server.connect() as shell:
            (version,) = shell.execute("SHOW server_version").fetchone() or ("",)
        for engine, place in ((f"PostgreSQL {version}", there), ("SQLite", file)):
            rows.append([engine, *_written(place)])
            print(rows[-1], file=sys.stderr)
    load = os.getloadavg()[1]
    results.write(
        "Eight writers",
        f"{WRITERS} processes with {CHANGES} changes each: a visit, and a number in one row that all count up. Each "
        "change is a connection, a transaction that waits for the disk, and a sealed operation. Seconds by the clock "
        f"on the wall, of {os.cpu_count()} cores that others used too (load {load:.0f}). Goals on a server: 0 lost, 0 "
        "errors, no wait over 5 s.",
        rows,
        libraries=("psycopg",),
    )


def _written(place: Place) -> Iterator[str]:
    with connection.writing(place, districts.HEADER) as writing:
        writing.change("enterprise", SHARED, {"employees": 0})
    with connection.reading(place) as before:
        operations = before.value("SELECT count(*) FROM operation")
    start = time.monotonic()
    at_work = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.writers", str(place), str(number)], cwd=ROOT, env=ENVIRONMENT,
            stdout=subprocess.PIPE, text=True,
        )
        for number in range(1, WRITERS + 1)
    ]  # fmt: skip
    said = [line for each in at_work for line in each.communicate()[0].split()]
    seconds = time.monotonic() - start
    waits = [float(line) for line in said if line != "error"]
    with connection.reading(place) as after:
        counted = after.value("SELECT employees FROM enterprise WHERE id = :id", id=SHARED)
        made = after.value("SELECT count(*) FROM operation") - operations
        broken = len(list(journal.broken_seals(after.connection, operations)))
    yield f"{made:,}"
    yield str(len(waits) - min(counted, made))
    yield str(WRITERS * CHANGES - len(waits))
    yield str(broken)
    yield f"{made / seconds:.0f}"
    yield f"{statistics.median(waits):.2f}"
    yield f"{max(waits):.2f}"


def _write(place: Place, number: int) -> None:
    """Be one of them; say how long each change took, or that it failed."""
    for turn in range(CHANGES):
        start = time.monotonic()
        try:
            with connection.writing(place, districts.HEADER) as writing:
                counted = writing.value("SELECT employees FROM enterprise WHERE id = :id", id=SHARED)
                writing.change("enterprise", SHARED, {"employees": counted + 1})
                day = (districts.TODAY - timedelta(days=1000 + turn)).isoformat()
                writing.insert(
                    "visit",
                    [{"enterprise_id": number, "cadre_id": number, "done_on": day, "channel": "on_site",
                      "outcome": "met", "recorded_on": districts.TODAY.isoformat()}],
                )  # fmt: skip
        except EsmError:
            print("error")
        else:
            print(f"{time.monotonic() - start:.3f}")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        main()
    else:
        _write(place_of(sys.argv[1]), int(sys.argv[2]))
