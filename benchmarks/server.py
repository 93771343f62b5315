"""Commands on a PostgreSQL server against the same on a file: `make bench-server`.

A server of the installed programs is started for it. It logs the processor time of every statement, which is added to
that of the command; what the server spends on opening a connection is not in it. It writes to the disk as one at work.
"""

from __future__ import annotations

import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, million, results
from benchmarks.measure import ANSWERS, DAY, ENVIRONMENT, ESM
from tests import postgres

from esm.storage.database import connection, copying
from esm.storage.database.engines import postgres_schema
from esm.storage.database.engines.server_address import server_place
from esm.storage.database.place import FilePlace, Place, ServerPlace

SETTINGS = (
    "-c log_statement_stats=on -c log_min_error_statement=panic -c listen_addresses= -c max_wal_size=2GB "
    "-c shared_buffers=256MB"
)
SPENT = re.compile(r"!\s+([\d.]+) s user, ([\d.]+) s system, [\d.]+ s elapsed\n")
LARGE, SMALL, VISITS = 100_000, 10_000, 10_000


@dataclass(frozen=True, slots=True)
class Twins:
    """The same district in a file and on a server, and the server's log."""

    file: FilePlace
    server: ServerPlace
    log: Path

    def row(self, what: str, words: Sequence[str], goal: str, runs: int = 3) -> list[str]:
        """Return a line of the table: medians of some runs in turns, after one that warms the caches."""
        rounds = [(self._spent(self.file, words), self._spent(self.server, words)) for _ in range(runs + 1)][1:]
        file, client, server = (
            statistics.median(times) for times in zip(*((mine[0], *theirs) for mine, theirs in rounds), strict=True)
        )
        print(what, f"{file:.3f} {client:.3f} {server:.4f}", file=sys.stderr)
        ratio = (client + server) / file
        return [what, f"{file:.2f}", f"{client:.2f}", f"{1000 * server:,.1f} ms", f"{ratio:.2f}", goal]

    def _spent(self, place: Place, words: Sequence[str]) -> tuple[float, float]:
        """Return the processor time of a command and that of the server's statements, in seconds."""
        begun, start = self.log.stat().st_size, _of_children()
        ran = subprocess.run(
            [ESM, "--today", DAY, "--lang", "en", *words], check=False, stdout=subprocess.DEVNULL,
            env={**ENVIRONMENT, "ESM_DB": str(place)},
        )  # fmt: skip
        if ran.returncode not in ANSWERS:
            raise subprocess.CalledProcessError(ran.returncode, words)
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(begun)
            logged = sum(float(user) + float(system) for user, system in SPENT.findall(log.read()))
        return _of_children() - start, logged


def main() -> None:
    """Measure and write the tables."""
    programs = postgres.newest_programs()
    if programs is None:
        sys.exit(f"Not measured: {postgres.LEFT_OUT}.")
    with TemporaryDirectory() as name, postgres.temporary(programs, settings=SETTINGS) as server:
        folder, log = Path(name), Path(server.url.partition("host=")[2]) / "log"
        large, small = (
            Twins(FilePlace(folder / f"{each}.db"), server_place(server.address(each), None), log)
            for each in ("large", "small")
        )
        _make_large(large)
        with server.connect() as shell:
            shell.execute("VACUUM")  # as the server does by itself within a minute
        _make_small(small)
        visits = folder / "visits.csv"
        _write_visits(visits)
        rows = [
            ["command", "file, s", "client, s", "server's statements", "ratio", "goal"],
            large.row(f"`esm due --limit 20`, {LARGE:,} enterprises", ["due", "--limit", "20"], "20 ms", runs=9),
            large.row(f"`esm report coverage`, {LARGE:,} enterprises", ["report", "coverage"], "2"),
            small.row(f"`esm import`, {VISITS:,} visits", ["import", str(visits), "--dry-run"], "3"),
            small.row("`esm schedule`, two years", ["schedule", "--dry-run", "--until", "2028-11-23"], "–", runs=1),
            small.row("`esm db check`", ["db", "check"], "–", runs=1),
        ]  # fmt: skip
        with server.connect() as shell:
            (version,) = shell.execute("SHOW server_version").fetchone() or ("",)
        results.write(
            "On a server",
            f"PostgreSQL {version} on the same machine. Seconds of processor time, medians of three runs in turns, of "
            "the due list nine, of planning and check one; the ratio is client and server together against the file. "
            "One enterprise of 200 is paused. The other district has 10,000 enterprises, 12 visits each and a plan. "
            "What writes is rolled back.",
            rows, libraries=("psycopg",),
        )  # fmt: skip


def _make_large(twins: Twins) -> None:
    """Make the district that is read only; its journal tells nothing of its rows, so they are copied as they are."""
    million.make(twins.file.file, LARGE, visits_each=2, paused=200)
    with (
        connection.reading(twins.file) as original,
        postgres_schema.new_tables(twins.server, connection.PATIENCE_SECONDS) as copied,
    ):
        copying.copy_rows(original.connection, copied)
        copied.install_definitions()


def _make_small(twins: Twins) -> None:
    districts.make(twins.file.file, SMALL, subdistricts=20, visits_each=12)
    subprocess.run([ESM, "-q", "--db", str(twins.file), "--today", DAY, "schedule"], check=True, env=ENVIRONMENT)
    copying.copy(twins.file, twins.server)


def _write_visits(path: Path) -> None:
    lines = [f"{districts.code(number)},{number:07d},2026-11-22,on_site,met" for number in range(VISITS)]
    path.write_text("\n".join(["uscc,staff_no,done_on,channel,outcome", *lines, ""]), encoding="utf-8")


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
