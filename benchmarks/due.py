"""The due list against Taskwarrior, and against itself in a small district."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import million, results
from benchmarks.measure import Job, esm, measured

ASKED = ("due", "--limit", "20")


def main() -> None:
    """Measure and write the table."""
    rows = [["`esm due --limit 20`", "s", "MiB", "against", "s", "ratio", "goal"]]
    with TemporaryDirectory() as folder:
        stored = {size: Path(folder) / f"{size}.db" for size in (1_000, 10_000, 100_000, 1_000_000)}
        for size, database in stored.items():
            million.make(database, size, visits_each=1)
        for size, goal in ((10_000, "0.6"), (100_000, "0.08")):
            peer = tasks(Path(folder) / f"tasks{size}", size)
            mine, theirs = measured(Job(esm(stored[size], *ASKED)), peer, runs=7)
            rows.append(
                [f"{size:,} enterprises", f"{mine.seconds:.3f}", f"{mine.mebibytes:.0f}",
                 f"`task overdue limit:20`, {size:,} tasks", f"{theirs.seconds:.3f}", mine.ratio(theirs), goal]
            )  # fmt: skip
        large, small = measured(*(Job(esm(stored[size], *ASKED)) for size in (1_000_000, 1_000)), runs=7)
        rows.append(
            ["1,000,000 enterprises", f"{large.seconds:.3f}", f"{large.mebibytes:.0f}", "itself, 1,000 enterprises",
             f"{small.seconds:.3f}", large.ratio(small), "1.5"]
        )  # fmt: skip
    version = subprocess.run(["task", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    results.write(
        "Due list",
        f"Enterprises with a cadre and one visit each; Taskwarrior {version} with as many pending, dated tasks. "
        "Medians of seven runs.",
        rows,
    )


def tasks(folder: Path, size: int) -> Job:
    """Return the job that asks Taskwarrior for its overdue tasks, after giving it that many."""
    folder.mkdir()
    (folder / "taskrc").write_text(f"data.location={folder}/tasks\nconfirmation=no\nverbose=nothing\nhooks=0\n")
    given = {"TASKRC": str(folder / "taskrc"), "HOME": str(folder)}
    listed = ",".join(
        f'{{"description":"visit {number}","due":"2026{number % 9 + 1:02d}15T000000Z","status":"pending"}}'
        for number in range(size)
    )
    subprocess.run(
        ["task", "import"], input=f"[{listed}]", text=True, check=True, capture_output=True,
        env={"PATH": "/usr/bin:/bin", **given},
    )  # fmt: skip
    return Job(["task", "overdue", "limit:20"], environment=given)


if __name__ == "__main__":
    main()
