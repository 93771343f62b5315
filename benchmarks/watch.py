"""The above-scale watch against printing the same columns with the sqlite3 shell."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.commands import row
from benchmarks.measure import DAY, Job, esm, measured

from esm.storage.register.threshold_watch import WATCHED


def main() -> None:
    """Measure and write the table."""
    rows = [["`esm scale`", "s", "MiB", "against", "s", "ratio", "goal"]]
    with TemporaryDirectory() as folder:
        for size in (10_000, 100_000):
            database = Path(folder) / f"{size}.db"
            districts.make(database, size, subdistricts=30)
            sql = WATCHED.format(filters="").replace(":today", f"'{DAY}'")
            shell = Job(["sqlite3", "-readonly", "-json", str(database), sql])
            mine, theirs = measured(Job(esm(database, "scale")), shell, runs=5)
            rows.append(row(f"{size:,} enterprises", mine, "its rows by the sqlite3 shell", theirs, "–"))
    results.write("Above-scale watch", "Every enterprise on the register, with a revenue. Medians of five runs.", rows)


if __name__ == "__main__":
    main()
