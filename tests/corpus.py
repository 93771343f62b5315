"""How the cases of the catalogue of bad input are written: files made on the spot, and what an import must answer.

A case is a function that writes its file into a folder and returns what is expected of it, by the rules, not by
what the code does; all names are invented. `CASES` lists them by the number of their entry and their name; the
cases stand in `corpus_files` (A), `corpus_structure` (B), `corpus_values` (C, D) and `corpus_csv` (E).
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from tests.rosters import code

A, B, C = code(1), code(2), code(3)
HEADER = ["统一社会信用代码", "企业名称", "街道", "入库日期", "联系电话"]
GOOD = [A, "虚构甲有限公司", "江畔街道", "2026-03-01", "19900001234"]
OTHER = [B, "虚构乙有限公司", "山前镇", "2026-03-02", ""]
Rows = Sequence[Sequence[object]]
Fill = Callable[[Worksheet], object]


@dataclass(frozen=True)
class Expected:
    """What an import answers.

    `cells` are the faulty ones, `added` counts the rows taken, `says` and `silent_on` are words that stand in the
    answer or must not, `values` is what every enterprise then has, and `before` is imported first.
    """

    file: Path
    code: int = 0
    cells: frozenset[str] = frozenset()
    added: int = 1
    updated: int = 0
    says: tuple[str, ...] = ()
    silent_on: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)
    before: tuple[Path, ...] = ()


Case = Callable[[Path], Expected]
CASES: dict[str, Case] = {}


def case(entry: str, name: str = "") -> Callable[[Case], Case]:
    """Take a case into the corpus under the number of its entry and its name."""

    def take(function: Case) -> Case:
        key = f"{entry} {name or function.__name__}"
        assert key not in CASES
        CASES[key] = function
        return function

    return take


def refused(file: Path, *says: str, cells: str = "", **more: Any) -> Expected:
    """Expect that nothing is taken."""
    return Expected(file, 5, frozenset(cells.split()), 0, says=says, **more)


def xlsx(folder: Path, rows: Rows = (HEADER, GOOD), change: Fill | None = None, *, sheet: str = "企业") -> Path:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    active = book.active
    active.title = sheet
    for row in rows:
        active.append(list(row))
    if change is not None:
        change(active)
    book.save(folder / "r.xlsx")
    return folder / "r.xlsx"


def csv(folder: Path, text: str, encoding: str = "utf-8", name: str = "r.csv") -> Path:
    """Write a text file."""
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


def sheet_csv(folder: Path, name: str, *texts: str) -> Path:
    """Write the lines of a sheet as a text file of its name."""
    return csv(folder, "\n".join(texts) + "\n", name=f"{name}.csv")


def lines(*rows: Sequence[object], separator: str = ",") -> str:
    """Return rows as CSV text."""
    return "\n".join(separator.join(map(str, row)) for row in rows) + "\n"


def repacked(path: Path, part: str, change: Callable[[bytes], bytes], **more: bytes) -> Path:
    """Change one part of a workbook, and add others."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert more or change(parts[part]) != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, part: change(parts[part]), **more}.items():
            archive.writestr(name, content)
    return path


def bytes_file(folder: Path, name: str, data: bytes) -> Path:
    """Write bytes."""
    (folder / name).write_bytes(data)
    return folder / name


SHEET = "xl/worksheets/sheet1.xml"
