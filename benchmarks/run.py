"""Runs every benchmark, one after the other, each in a process of its own: `make bench`."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.measure import ENVIRONMENT, ROOT

TABLES = ("commands", "due", "coverage", "pairing", "schedule", "watch", "intake", "blank_rows")


def main() -> None:
    """Measure; each script puts its table into RESULTS.md."""
    for table in TABLES:
        subprocess.run([sys.executable, "-m", f"benchmarks.{table}"], check=True, cwd=ROOT, env=ENVIRONMENT)


if __name__ == "__main__":
    main()
