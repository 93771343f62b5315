"""No small file holds the process: whatever a file is made of, the work grows with its size and no faster.

Each is imported in a process of its own under a limit of processor time and of memory that honest work stays far
below and quadratic work exceeds many times over.
"""

from __future__ import annotations

import faulthandler
import os
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import xlwt
from tests.corpus import HEADER
from tests.rosters import code, workbook
from xlsxwriter import Workbook

from esm.domain.exchange.sheet_catalogue import ROSTER_SHEETS
from esm.errors import InputRefused, Problem, say
from esm.formats.read import bounded_process
from esm.formats.read import workbook as read_book
from esm.formats.read.size_limits import MOST_COLUMNS
from esm.sheets.exchange.grid import Cell, Grid

SECONDS, BYTES = 40, 2 * 2**30
SHEET, NAMES, RELATIONS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
Change = Callable[[bytes], bytes]
Rows = Sequence[Sequence[object]]


def packed(change: dict[str, Change], rows: Rows) -> bytes:
    """Return a workbook with one roster, some parts of it changed."""
    buffer = BytesIO()
    with Workbook(buffer) as book:
        sheet = book.add_worksheet("企业")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    with zipfile.ZipFile(buffer) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert all(name in parts for name in change)
    found = BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, change[name](content) if name in change else content)
    return found.getvalue()


def ending(piece: str, count: int, tail: str = "") -> Change:
    """Return what puts a piece many times at the end of a sheet's rows."""
    return lambda xml: xml.replace(b"</sheetData>", f"{piece * count}{tail}</sheetData>".encode())


def beginning(piece: str) -> Change:
    return lambda xml: xml.replace(b"<sheets>", f"<sheets>{piece}".encode())


def merged(area: str, count: int) -> Change:
    cells = f'<mergeCells count="{count}">{f"<mergeCell ref={chr(34)}{area}{chr(34)}/>" * count}</mergeCells>'
    return lambda xml: xml.replace(b"</sheetData>", f"</sheetData>{cells}".encode())


def same_sheets(count: int) -> Change:
    return beginning("".join(f'<sheet name="S{n}" sheetId="{n + 9}" r:id="rId1"/>' for n in range(count)))


def unnumbered(count: int) -> str:
    return f"<row>{'<c><v>1</v></c>' * count}</row>"


WIDE: Rows = [HEADER, *([code(n), "甲", "", "", ""] for n in range(3_000))]
WORKBOOKS = {
    "cells that never end": {SHEET: ending("<c ", 400_000, '<c t="e"')},
    "one cell of many errors": {SHEET: ending("", 0, "<c" + ' t="e"' * 400_000)},
    "formulas that never end": {SHEET: ending("<c><f>", 400_000)},
    "formulas in one cell": {SHEET: ending("", 0, "<c>" + "<f " * 400_000)},
    "hidden rows that never end": {SHEET: ending("<row ", 400_000, ' hidden="1"')},
    "hidden rows that are not closed": {SHEET: ending('<row hidden="1">', 400_000)},
    "hidden columns that never end": {SHEET: ending("<col ", 400_000, ' hidden="1"')},
    "one name without an end": {NAMES: beginning("<sheet " + "a" * 2_000_000)},
    "sheets that never end": {NAMES: beginning("<sheet a" * 400_000)},
    "blanks without an end": {NAMES: beginning("<sheet a" + " " * 2_000_000 + ">")},
    "relations that never end": {RELATIONS: lambda xml: xml + b"<Relationship a" * 400_000},
    "blank cells without an end": {SHEET: ending("<c" + ' a="1"' * 1_000_000, 1, ' r="XFD9999999"')},
    "one part that is many sheets": {NAMES: same_sheets(20_000), SHEET: ending('<row r="9"/>', 200_000)},
    "far cells that do not say where they stand": {SHEET: ending(unnumbered(300_000), 1, "<row/>" * 900_000)},
    "a far cell behind a tab": {SHEET: ending('<row r="9"><c\tr="A999999999" t="e"><v>#N/A</v></c></row>', 1)},
    "a far cell in small letters": {SHEET: ending('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>', 1)},
    "merged again and again": {SHEET: merged("A2:A3000", 200_000)},
    "headers merged again and again": {SHEET: merged("A1:XFD1", 200_000)},
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def imported(file: Path) -> subprocess.CompletedProcess[str]:
    """Import the file on trial, limited in time and memory."""
    words = [sys.executable, "-m", "esm", "--db", str(file.with_suffix(".db")), "import", str(file), "--dry-run"]
    environment = {**os.environ, "ESM_LANG": "en", "ESM_TODAY": "2026-11-23"}
    return subprocess.run(words, env=environment, capture_output=True, text=True, preexec_fn=limited, check=False)


LONG = 30_000
CELLS = {
    "digits in every cell": "1" * LONG,
    "digits and commas": "1," * (LONG // 2),
    "numbers of seven digits": "1234567" * (LONG // 7),
    "blanks inside": "注" + " " * LONG + "x",
    "accents": "a" + "\u0301\u0327" * (LONG // 2),
    "brackets": "(" * LONG,
    "brackets of two kinds": "(【" * (LONG // 2),
    "letters": "a" * LONG,
    "letters and at signs": "a@" * (LONG // 2),
    "formulas": '"=' * (LONG // 2),
    "quotation marks": "'" * LONG,
    "units": "单位：" * (LONG // 3),
    "separators": "、" * LONG,
    "ampersands": "&#9;" * (LONG // 4),
    "stars": "*" * LONG,
}


TEXTS = {  # what is written, how often, and what is said of it
    "rows without end": (b"\n", 30_000_000, "1048576 rows"),
    "short rows without end": (b"a\n", 15_000_000, "1048576 rows"),
    "columns without end": (b",", 30_000_000, "4194304 characters"),
    "more columns than a sheet has": (b",", 20_000, "16384 columns"),
    "a row over many lines": (b'"\n",', 8_000_000, "4194304 characters"),
    "more cells than a workbook may have": (b"a" + b",a" * 59 + b"\n", 400_000, "20000000 cells"),
    "a line without end": ("甲".encode(), 30_000_000, "4194304 characters"),
    "blanks without end": (b" ", 90_000_000, "4194304 characters"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_is_read_or_refused_within_bounds(tmp_path: Path, change: dict[str, Change]) -> None:
    file = tmp_path / "r.xlsx"
    file.write_bytes(packed(change, WIDE))
    assert file.stat().st_size < 300_000
    ran = imported(file)
    assert ran.returncode in {0, 5}, ran.stderr[-500:]
    assert "to read" not in ran.stderr  # the bounds of the reading process are for what nobody thought of


@pytest.mark.slow
@pytest.mark.parametrize(("piece", "count", "reason"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_refused_before_it_takes_much_memory(tmp_path: Path, piece: bytes, count: int, reason: str) -> None:
    file = tmp_path / "r.csv"
    file.write_bytes(piece * count)
    ran = imported(file)
    assert ran.returncode == 5
    assert reason in ran.stderr
    assert "Copy only the table into a new workbook" in ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize("text", CELLS.values(), ids=CELLS)
def test_no_text_of_a_cell_costs_more_than_its_length(tmp_path: Path, text: str) -> None:
    """It stands above the header, in it, in every column and below the table."""
    sheets: dict[str, Sequence[Sequence[object]]] = {
        spec.chinese: [
            [text] * 9, [*(column.chinese for column in spec.columns), text],
            *([f"{text}{number}"] * len(spec.columns) for number in range(12)), [None, text],
        ]
        for spec in ROSTER_SHEETS
    }  # fmt: skip
    ran = imported(Path(workbook(tmp_path / "r.xlsx", sheets)))
    assert ran.returncode in {0, 5}, ran.stderr[-500:]


@pytest.mark.slow
@pytest.mark.parametrize("depth", [5, pytest.param(25, marks=pytest.mark.nightly)])
def test_a_header_of_as_many_columns_as_a_sheet_has_is_read_within_bounds(tmp_path: Path, depth: int) -> None:
    rows = [[f"列{row}-{column}" for column in range(MOST_COLUMNS)] for row in range(depth)]
    ran = imported(Path(workbook(tmp_path / "r.xlsx", {"企业": [[*HEADER, *rows[0][5:]], *rows]})))
    assert ran.returncode == 5, ran.stderr[-500:]


def test_sheets_of_an_old_workbook_that_share_their_cells_are_refused() -> None:
    """Each of the 200 would be parsed anew, and has room for 16 million cells."""
    book = xlwt.Workbook()
    for number in range(200):
        book.add_sheet(f"S{number}").write(0, 0, number)
    buffer = BytesIO()
    book.save(buffer)
    data = buffer.getvalue()
    assert len(read_book.read(data, "f.xls")) == 200
    starts = [place for place in range(len(data) - 4) if data[place : place + 2] == b"\x85\x00"]
    shared = bytearray(data)
    for place in starts:
        if data[place + 2] < 16:
            shared[place + 4 : place + 8] = data[starts[0] + 4 : starts[0] + 8]
    with pytest.raises(InputRefused, match="damaged"):
        read_book.read(bytes(shared), "f.xls")


def test_old_sheets_with_a_far_cell_each_are_refused_before_the_parser_makes_room() -> None:
    book = xlwt.Workbook()
    for number in range(3):
        book.add_sheet(f"S{number}").write(65_535, 200, number)
    buffer = BytesIO()
    book.save(buffer)
    with pytest.raises(InputRefused, match="20000000 cells"):
        read_book.read(buffer.getvalue(), "f.xls")


def endless() -> list[Grid]:
    while True:
        pass


def insatiable() -> list[Grid]:
    return [Grid("f", "s", [["甲" * 2**31]])]


def aborted() -> list[Grid]:
    faulthandler.disable()  # it would write to the terminal
    os.abort()


@pytest.mark.parametrize(
    ("read", "reason"),
    [(endless, "too long to read"), (insatiable, "more than 2 GB of memory"), (aborted, "more than 2 GB of memory")],
)
def test_what_nobody_thought_of_ends_the_reader_and_not_the_program(
    monkeypatch: pytest.MonkeyPatch, read: Callable[[], list[Grid]], reason: str
) -> None:
    monkeypatch.setattr(bounded_process, "SECONDS", 1)
    with pytest.raises(InputRefused, match=reason) as refused:
        bounded_process.grids(read, "f.xlsx", 100)
    assert refused.value.hint is not None


def test_one_long_text_in_every_cell_is_refused_before_it_is_parsed() -> None:
    text = "甲" * 10_000_000
    with pytest.raises(InputRefused, match="2 GB of memory"):
        bounded_process.grids(lambda: [Grid("f", "s", [[text]] * 20_000)], "f.xlsx", 2**21)


def test_the_readers_own_refusal_comes_through_whole() -> None:
    def refuse() -> list[Grid]:
        raise InputRefused(say("{file} is empty.", file="f"), say("Save it."), [Problem("f", "s", "A1", "", say("x"))])

    with pytest.raises(InputRefused, match="f is empty") as refused:
        bounded_process.grids(refuse, "f", 1)
    assert (refused.value.hint, refused.value.problems[0].cell) == (say("Save it."), "A1")


def test_sheets_come_through_as_they_are() -> None:
    rows: list[list[Cell]] = [[number, "甲", 1.5, True, date(2026, 1, 2), None] for number in range(2_500)]
    grid = Grid("f", "s", rows, 2, (((0, 0), (1, 1)),), (say("a note"),))
    assert bounded_process.grids(lambda: [grid, Grid("f", "t", [])], "f", 1) == [grid, Grid("f", "t", [])]
