"""`esm import --errors` gives the files back with every fault marked where it stands."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from tests.conftest import Esm
from tests.rosters import code, csv_file, workbook

RED = "FFFFC7CE"
HEADER = ["统一社会信用代码", "企业名称", "街道", "联系电话", "入库日期"]
ROWS = [
    ["虚构区企业名单"],
    HEADER,
    [code(1), "虚构甲有限公司", "江南街道", "19900001234", "2026-03-01"],
    [code(2), "虚构乙有限公司", "江南街道", "1380013800", "3月5日"],
    ["", "虚构丙有限公司", "江南街道"],
]
FAULTY = {"D4", "E4", "A5"}


@pytest.fixture
def roster(tmp_path: Path) -> str:
    return workbook(tmp_path / "r.xlsx", {"企业": ROWS, "草稿": [["不相干", 3.5, True]]})


def coloured(sheet: openpyxl.worksheet.worksheet.Worksheet) -> set[str]:
    return {cell.coordinate for row in sheet for cell in row if cell.fill.fgColor.rgb == RED}


def test_faulty_cells_are_coloured_and_say_why_and_all_others_are_as_they_were(
    esm: Esm, roster: str, tmp_path: Path
) -> None:
    assert esm("import", roster, "--errors", str(tmp_path / "out.xlsx")).code == 5
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book["企业"]
    assert coloured(sheet) == FAULTY == {cell.coordinate for row in sheet for cell in row if cell.comment}
    assert "year is missing" in sheet["E4"].comment.text
    assert [[cell.value or "" for cell in row][: len(cells)] for row, cells in zip(sheet, ROWS, strict=True)] == ROWS
    assert [cell.value for cell in book["草稿"][1]] == ["不相干", 3.5, True]


def test_the_summary_lists_every_fault_with_a_link_to_its_cell(esm: Esm, roster: str, tmp_path: Path) -> None:
    esm("import", roster, "--errors", str(tmp_path / "out.xlsx"))
    first = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    cells: list[Cell] = [row[2] for row in first.iter_rows(min_row=2)]
    assert {cell.value for cell in cells} == FAULTY
    assert {cell.hyperlink.location for cell in cells} == {f"'企业'!{place}" for place in FAULTY}


def test_the_workbook_given_back_is_imported_once_it_is_mended(esm: Esm, roster: str, tmp_path: Path) -> None:
    esm("import", roster, "--errors", str(tmp_path / "out.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    for place, value in {"D4": "13800138000", "E4": "2026-03-05", "A5": code(3)}.items():
        book["企业"][place] = value
    book.save(tmp_path / "out.xlsx")
    assert esm("import", str(tmp_path / "out.xlsx")).code == 0
    assert len(esm("enterprise", "list", "--format", "csv").out.splitlines()) == 1 + 3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_of_faults_is_passed_over_without_a_word(esm: Esm, roster: str, tmp_path: Path, lang: str) -> None:
    esm("import", roster, "--errors", str(tmp_path / "out.xlsx"), lang=lang)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    first = book.sheetnames[0]
    book["企业"].delete_rows(4, 2)
    book.save(tmp_path / "out.xlsx")
    ran = esm("import", str(tmp_path / "out.xlsx"), lang=lang)
    assert (ran.code, f", {first}:" in ran.out) == (0, False)
    assert "草稿" in ran.out


def test_faults_that_only_the_database_knows_are_marked_too(esm: Esm, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "visits", "uscc,staff_no,done_on", f"{code(1)},1001,2026-11-02")
    esm("import", roster, "--skip-bad", "--errors", str(tmp_path / "out.xlsx"))
    assert coloured(openpyxl.load_workbook(tmp_path / "out.xlsx")["visits"]) == {"A2", "B2"}


def test_a_fault_inside_a_merged_area_marks_the_area(esm: Esm, roster: str, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(roster)
    book["企业"].merge_cells("E4:E5")
    book.save(roster)
    esm("import", roster, "--errors", str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["企业"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["E4:E5"]
    assert sheet["E4"].value == "3月5日"
    assert sheet["E4"].comment.text.count("year is missing") == 1


def test_the_sheets_of_several_files_stand_side_by_side(esm: Esm, tmp_path: Path) -> None:
    files = [csv_file(tmp_path, name, "staff_no,name", "1001,") for name in ("north", "south")]
    esm("import", *files, "--errors", str(tmp_path / "out.xlsx"))
    names = openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames
    assert names == ["Errors", "north", "south"]


def test_without_a_fault_nothing_is_written(esm: Esm, tmp_path: Path) -> None:
    ran = esm("import", csv_file(tmp_path, "c", "staff_no,name", "1001,虚构甲"), "--errors", str(tmp_path / "o.xlsx"))
    assert ran.code == 0
    assert "No errors" in ran.err
    assert not (tmp_path / "o.xlsx").exists()


@pytest.mark.parametrize(("name", "exit_code"), [("r.xlsx", 2), ("old.xlsx", 4), ("o.csv", 2), ("no/o.xlsx", 6)])
def test_a_name_that_cannot_be_written_is_refused_before_anything_is_imported(
    esm: Esm, roster: str, tmp_path: Path, name: str, exit_code: int
) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"older")
    before = Path(roster).read_bytes()
    assert esm("import", roster, "--skip-bad", "--errors", str(tmp_path / name)).code == exit_code
    assert esm("enterprise", "list", "--format", "csv").out.count("\n") == 1
    assert (Path(roster).read_bytes(), (tmp_path / "old.xlsx").read_bytes()) == (before, b"older")


def test_control_characters_and_formulas_in_cells_stay_plain_text(esm: Esm, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "c", "staff_no,name,phone", "1001,=cmd|'/c calc'!A1,\x1b[31m")
    esm("import", roster, "--errors", str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["c"]
    assert (sheet["B2"].data_type, sheet["B2"].value) == ("s", "=cmd|'/c calc'!A1")
    assert sheet["C2"].comment is not None
