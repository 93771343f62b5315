"""A layout of an office's sheet: its header, a few invented rows, and what must come of it by docs/rules.md, Import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.rosters import code
from xlsxwriter import Workbook

A, B, C, D = map(code, (1, 2, 3, 4))
CELL = "|"  # stands between the cells of a row
ON_RECORD = {
    "企业": (
        "统一社会信用代码|企业名称|是否规上|入库日期",
        f"{A}|虚构甲有限公司|是|2024-01-01",
        f"{B}|虚构乙有限公司|是|2024-01-01",
    ),
    "干部": (
        "工号|姓名|部门|手机",
        "1001|王一禾|经信局|19900000001",
        "1002|李双木|商务局|19900000002",
        "1003|赵三石|税务局|19900000003",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How an office writes a sheet and what the import answers.

    `source` is the kind of publication whose columns these are. `fields` are what the columns with a header are taken
    for, from the left, `-` for none. `stored` are the rows on record afterwards by `sheet: columns`, each as its cells
    without blanks, `-` for a blank one. `assumed` are the fields that are supposed, `asked` the kinds of the questions.
    `code` is the exit code; `words` stand in the answer. `desk` is on record before.
    """

    name: str
    source: str
    rows: tuple[str, ...]
    sheet: str = "Sheet1"
    merged: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    desk: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fields: str = ""
    assumed: str = ""
    asked: str = ""
    code: int = 0
    words: tuple[str, ...] = ()
    stored: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self, path: Path) -> str:
        """Write the sheet as a workbook; return its path."""
        return written(path, {self.sheet: self.rows}, self.merged)


def written(path: Path, sheets: Mapping[str, tuple[str, ...]], merged: tuple[str, ...] = ()) -> str:
    """Write sheets as a workbook of texts, with cells merged in the first one; return its path."""
    with Workbook(path, {"strings_to_numbers": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row.split(CELL)):
                    if cell:
                        sheet.write_string(number, column, cell.replace("\\n", "\n"))
        for area in merged:
            first = book.worksheets()[0]
            left = area.split(":")[0]
            column, line = ord(left[0]) - ord("A"), int(left[1:]) - 1
            first.merge_range(area, next(iter(sheets.values()))[line].split(CELL)[column])
    return str(path)
