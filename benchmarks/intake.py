"""Importing a roster against reading its cells alone with the fastest reader."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import districts, results
from benchmarks.commands import row
from benchmarks.measure import Job, esm, measured
from xlsxwriter import Workbook

READ = "import sys, python_calamine as c; c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()"
BY_HAND = str(Path(__file__).with_name("by_hand.py"))
HEADER = (
    "统一社会信用代码", "企业名称", "行业代码", "街道", "地址", "年营业收入(万元)", "从业人数", "分级", "是否规上",
    "入库日期", "联系人", "联系电话",
)  # fmt: skip


def main() -> None:
    """Measure and write the table."""
    rows = [["`esm import`", "s", "MiB", "against", "s", "ratio", "goal"]]
    with TemporaryDirectory() as folder:
        for size, runs in ((10_000, 5), (100_000, 3)):
            roster, database = Path(folder) / f"{size}.xlsx", Path(folder) / f"{size}.db"
            _write(roster, size)
            districts.make(database, 1, subdistricts=1)
            read = Job([sys.executable, "-c", READ, str(roster)])
            by_hand = Job([sys.executable, BY_HAND, str(roster), str(database)])
            mine, theirs, least = measured(
                Job(esm(database, "import", str(roster), "--dry-run")), read, by_hand, runs=runs
            )
            what = f"{size:,} enterprises"
            rows.append(row(what, mine, "reading the cells, calamine", theirs, "≤ 3, ≤ 300 MiB"))
            rows.append(row(what, mine, "reading and inserting by hand, with the triggers", least, "–"))
    about = (
        "A workbook of twelve columns into a database, rolled back: without the seal, which the other side by hand "
        "makes, and the commit."
    )
    results.write("Import", about, rows, libraries=("python-calamine",))


def _write(path: Path, size: int) -> None:
    with Workbook(path) as book:
        sheet = book.add_worksheet("企业")
        sheet.write_row(0, 0, HEADER)
        for n in range(size):
            sheet.write_row(n + 1, 0, values(n))


def values(number: int) -> tuple[object, ...]:
    """Return the row of an enterprise."""
    return (
        districts.code(number), f"虚构{number}号有限公司", "C3983", f"街道{number % 30}", f"虚构路{number}号",
        2000 + number % 9000, 5 + number % 400, "ABC"[number % 3], "是", "2026-03-01", "尹甲", f"199{number:08d}",
    )  # fmt: skip


if __name__ == "__main__":
    main()
