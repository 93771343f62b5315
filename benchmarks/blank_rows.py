"""A roster under which a million rows are formatted and hold nothing, against the roster without them."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.commands import row
from benchmarks.intake import HEADER, READ, values
from benchmarks.measure import Job, esm, measured
from xlsxwriter import Workbook

SIZE, LAST = 1_000, 1_000_000
COLUMNS = 5


def main() -> None:
    """Measure and write the table."""
    rows = [["`esm import`", "s", "MiB", "against", "s", "ratio", "goal"]]
    with TemporaryDirectory() as folder:
        plain, padded, database = Path(folder) / "plain.xlsx", Path(folder) / "padded.xlsx", Path(folder) / "a.db"
        districts.make(database, 1, subdistricts=1)
        _write(plain, SIZE)
        _write(padded, LAST)
        mine, without, read = measured(
            Job(esm(database, "import", str(padded), "--dry-run")),
            Job(esm(database, "import", str(plain), "--dry-run")),
            Job([sys.executable, "-c", READ, str(padded)]),
            runs=5,
        )
    what = f"{SIZE:,} enterprises, blank rows to {LAST:,}"
    rows.append(row(what, mine, "the same roster without them", without, "–"))
    rows.append(row(what, mine, "reading its cells, calamine", read, "≤ 3, ≤ 300 MiB"))
    about = f"Under the roster {COLUMNS} cells of every row are formatted and hold nothing."
    results.write("Blank rows", about, rows, libraries=("python-calamine",))


def _write(path: Path, last: int) -> None:
    with Workbook(path, {"constant_memory": True}) as book:
        border = book.add_format({"border": 1})
        sheet = book.add_worksheet("企业")
        sheet.write_row(0, 0, HEADER)
        for n in range(SIZE):
            sheet.write_row(n + 1, 0, values(n))
        for n in range(SIZE + 1, last):
            for column in range(COLUMNS):
                sheet.write_blank(n, column, None, border)


if __name__ == "__main__":
    main()
