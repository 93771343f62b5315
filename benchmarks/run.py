"""Runs every benchmark and writes RESULTS.md: `make bench`. Ratios count; times are of one machine on one day."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks import districts, million, planning
from benchmarks.measure import ESM, Measured, esm, measured


def main() -> None:
    """Measure and write the tables."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [
            *_heading(),
            *_start(Path(folder)),
            *_jobs(Path(folder)),
            *_size(Path(folder)),
            *planning.table(Path(folder)),
        ]
    text = "\n".join(lines) + "\n"
    (Path(__file__).parent / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


def _heading() -> list[str]:
    names = ("typer", "sqlmodel", "ortools", "rich")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return [
        "# Results",
        "",
        f"Python {platform.python_version()}, {versions}. Medians of nine runs in fresh processes.",
        "",
    ]


def _start(folder: Path) -> list[str]:
    small, large = folder / "1k.db", folder / "10k.db"
    districts.make(small, 1_000, subdistricts=8, visits_each=3)
    districts.make(large, 10_000, subdistricts=30, visits_each=3)
    typer = measured([sys.executable, "-c", "import typer"])
    sqlmodel = measured([sys.executable, "-c", "import sqlmodel"])
    due = measured(esm(large, "due", "--limit", "20"))
    rows = [
        ("`esm --help`", measured([ESM, "--help"]), "`import typer`", typer, "≤ 2.0"),
        ("`esm due --limit 20`, 10 000", due, "the same, 1 000", measured(esm(small, "due", "--limit", "20")), "≤ 1.5"),
        ("`esm due --limit 20`, 10 000", due, "Taskwarrior, 10 000 tasks", _taskwarrior(folder), "≤ 0.6"),
        ("`esm visit log`", _visit_log(large), "`import sqlmodel`", sqlmodel, "≤ 1.5"),
    ]
    lines = ["## Start", "", "| what | seconds | against | seconds | ratio | goal |", "|---|---|---|---|---|---|"]
    for what, mine, other, theirs, goal in rows:
        if theirs is None:
            lines.append(f"| {what} | {mine.seconds:.3f} | {other} | not installed | – | {goal} |")
        else:
            ratio = mine.seconds / theirs.seconds
            lines.append(f"| {what} | {mine.seconds:.3f} | {other} | {theirs.seconds:.3f} | {ratio:.2f} | {goal} |")
    return [*lines, ""]


def _visit_log(database: Path) -> Measured:
    return measured(esm(database, "visit", "log", districts.code(0), "--dry-run"))


def _taskwarrior(folder: Path) -> Measured | None:
    """Give Taskwarrior as many overdue tasks, and ask it the same."""
    if shutil.which("task") is None:
        return None
    (folder / "taskrc").write_text(f"data.location={folder}/tasks\nconfirmation=no\nverbose=nothing\n")
    tasks = ",".join(
        f'{{"description":"visit {number}","due":"2026{number % 9 + 1:02d}15T000000Z","status":"pending"}}'
        for number in range(10_000)
    )
    given = {"TASKRC": str(folder / "taskrc"), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    subprocess.run(["task", "import"], input=f"[{tasks}]", text=True, check=True, capture_output=True, env=given)
    return measured(["task", "overdue", "limit:20"], environment=given)


def _size(folder: Path) -> list[str]:
    """Measure what may not grow with what is stored: 1 000 000 enterprises, 6 000 000 visits, 1.6 GB."""
    small, large = folder / "1k-bulk.db", folder / "1m.db"
    million.make(small, 1_000)
    million.make(large, 1_000_000)
    peer = f"sqlite3 '{large}' < '{Path(__file__).parent / 'coverage.sql'}'"
    due, short = measured(esm(large, "due", "--limit", "20")), measured(esm(small, "due", "--limit", "20"))
    report = measured(esm(large, "report", "coverage", "--format", "json"), runs=3)
    by_hand = measured(["sh", "-c", peer], runs=3)
    rows = [
        ("`esm due --limit 20`, 1 000 000", due, "the same, 1 000", short, "≤ 1.5"),
        ("`esm report coverage`, 1 000 000", report, "coverage.sql in the sqlite3 shell", by_hand, "≤ 1.3"),
    ]
    return [
        "## Size",
        "",
        "| what | seconds | against | seconds | ratio | goal |",
        "|---|---|---|---|---|---|",
        *(
            f"| {what} | {mine.seconds:.3f} | {other} | {theirs.seconds:.3f} "
            f"| {mine.seconds / theirs.seconds:.2f} | {goal} |"
            for what, mine, other, theirs, goal in rows
        ),
        "",
    ]


def _jobs(folder: Path) -> list[str]:
    lines = ["## Jobs", "", "| what | example district | MiB | 2 000 × 2 000 | MiB |", "|---|---|---|---|---|"]
    example, large = folder / "example.db", folder / "2k.db"
    files = sorted((Path(__file__).parents[1] / "examples" / "district.en").glob("*.csv"))
    subprocess.run(esm(example, "import", *map(str, files)), check=True, capture_output=True)
    districts.make(large, 2_000, subdistricts=12)
    for words in (["assign", "--dry-run"], ["schedule", "--dry-run"], ["report", "coverage"], ["check"]):
        if words[0] == "schedule":
            for database in (example, large):
                subprocess.run(esm(database, "assign"), check=False, capture_output=True)
        mine, theirs = measured(esm(example, *words), runs=5), measured(esm(large, *words), runs=5)
        lines.append(
            f"| `esm {' '.join(words)}` | {mine.seconds:.2f} s | {mine.mebibytes:.0f} "
            f"| {theirs.seconds:.2f} s | {theirs.mebibytes:.0f} |"
        )
    return [*lines, ""]


if __name__ == "__main__":
    main()
