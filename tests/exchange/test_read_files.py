"""Roster files become grids of cells, or are refused in one sentence."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from tests.conftest import budget
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from esm.errors import InputRefused
from esm.formats.read import csv, xlsx_archive_check, xlsx_extent
from esm.formats.read import file as intake
from esm.formats.read import workbook as read_xlsx
from esm.sheets.exchange.grid import NO_RESULT, Grid

ROSTER = "工号,姓名\n1001,虚构甲\n"
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook(fill: Callable[[Worksheet], object], name: str = "干部") -> bytes:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    fill(book.add_worksheet(name))
    book.close()
    return buffer.getvalue()


def archive(**parts: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    assert change(parts[name]) != parts[name]
    return archive(**parts | {name: change(parts[name])})


BOOK = workbook(lambda sheet: sheet.write_row("A1", ["甲", 1]))


def cells(rows: Iterable[Iterable[object]]) -> dict[tuple[int, int], object]:
    return {(number, place): cell for number, row in enumerate(rows) for place, cell in enumerate(row) if cell != ""}


def rows(data: bytes | str, encoding: str = "utf-8") -> list[list[object]]:
    grid = csv.read(data if isinstance(data, bytes) else data.encode(encoding), "f.csv")
    return [list(row) for row in grid.rows]


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(InputRefused) as caught:
        read()
    assert caught.value.hint is not None
    return str(caught.value)


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes, str], Path]:
    def save(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return save


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert rows(ROSTER + "1002,𠮷田䶮\n", encoding) == [["工号", "姓名"], ["1001", "虚构甲"], ["1002", "𠮷田䶮"]]


@budget(60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\"\r\n,;\t'"), max_size=20))
def test_utf8_is_never_taken_for_gb18030(text: str) -> None:
    assert rows(f"名称,x\n{text},x\n")[1:] == [[text, "x"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_header_line_tells_the_delimiter(delimiter: str) -> None:
    text = f"干部名单\n工号{delimiter}擅长行业\n1001{delimiter}" + (
        "C39,C40;C41" if delimiter == "\t" else "C39、C40\n"
    )
    assert rows(text)[1] == ["工号", "擅长行业"]
    assert len(rows(text)[2]) == 2


def test_a_line_that_declares_the_separator_is_obeyed_and_counted() -> None:
    grid = csv.read(b"sep=;\r\na,b;c\r\n", "f.csv")
    assert (grid.rows, grid.address(0, 1)) == ([["a,b", "c"]], "B2")


def test_rows_of_a_csv_file_are_numbered_as_excel_numbers_them() -> None:
    grid = csv.read(b'a,b\r\n\r\n"x\ny",z\rq,r', "f.csv")
    assert grid.rows == [["a", "b"], [], ["x\ny", "z"], ["q", "r"]]


@pytest.mark.parametrize("text", ['a,b\n"x,y\nz,w\n', 'a,b\n"x"y,z\n', "a,b\n" + "x" * 131073 + ",y\n"])
def test_quotation_marks_that_do_not_match_and_endless_cells_are_refused_with_the_line(text: str) -> None:
    assert "line " in refusal(lambda: rows(text))


def test_what_was_put_around_a_cell_to_keep_it_text_is_taken_off() -> None:
    assert rows("a,b,c,d\n=\"0017\",'=1+1,'@x,'甲'\n")[1] == ["0017", "=1+1", "@x", "'甲'"]


def test_the_sheet_of_a_csv_file_is_named_like_the_file() -> None:
    grid = csv.read(b"a,b\n", "folder/visits.2026.csv")
    assert (grid.file, grid.sheet) == ("folder/visits.2026.csv", "visits.2026")


def test_cells_of_a_workbook_stand_where_excel_shows_them() -> None:
    (grid,) = read_xlsx.read(workbook(lambda sheet: sheet.write("C4", "甲")), "f.xlsx")
    assert (grid.sheet, grid.address(3, 2), grid.rows[3][2]) == ("干部", "C4", "甲")
    assert not any(grid.rows[0])


def test_whole_numbers_are_integers_and_dates_are_dates() -> None:
    at = datetime.combine(date(2026, 3, 1), time(9, 30))

    def fill(sheet: Worksheet) -> None:
        sheet.write_row(0, 0, [3, 1.5, True, date(2026, 3, 1), at, "0017"])

    (row,) = read_xlsx.read(workbook(fill), "f.xlsx")[0].rows
    assert list(row) == [3, 1.5, True, date(2026, 3, 1), at, "0017"]
    assert [type(cell) for cell in row] == [int, float, bool, date, datetime, str]


def test_a_cell_merged_downwards_counts_for_all_its_rows() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.merge_range("A1:A3", "城东街道")
        sheet.write_column("B1", ["甲", "乙", "丙", "丁"])

    assert [row[0] for row in read_xlsx.read(workbook(fill), "f.xlsx")[0].rows] == ["城东街道"] * 3 + [""]


def test_a_cell_with_an_excel_error_does_not_pass_as_blank() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.write_row("A1", ["甲", "乙"])
        sheet.write_formula("C3", "=NA()", None, "#N/A")

    assert read_xlsx.read(workbook(fill, "A & B"), "f.xlsx")[0].rows[2][2] == "#N/A"


def test_a_formula_that_was_never_calculated_does_not_pass_as_blank() -> None:
    book, buffer = openpyxl.Workbook(), BytesIO()
    book.active["A1"], book.active["B2"] = "甲", "=1+1"
    book.save(buffer)
    assert read_xlsx.read(buffer.getvalue(), "f.xlsx")[0].rows == [["甲"], ["", NO_RESULT]]


def test_a_formula_whose_result_is_the_empty_text_is_blank() -> None:
    data = workbook(lambda sheet: sheet.write_formula("A1", '=IF(1,"","x")', None, ""))
    as_excel_saves_it = with_part(data, SHEET, lambda xml: xml.replace(b'r="A1"><f>', b'r="A1" t="str"><f>'))
    assert not any(map(any, read_xlsx.read(as_excel_saves_it, "f.xlsx")[0].rows))


def test_every_sheet_but_charts_is_read_in_order() -> None:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    for name in ("企业", "干部"):
        book.add_worksheet(name).write("A1", name)
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=企业!$A$1:$A$2"})
    book.add_chartsheet("图").set_chart(chart)
    book.close()
    assert [grid.sheet for grid in read_xlsx.read(buffer.getvalue(), "f.xlsx")] == ["企业", "干部"]


@pytest.mark.parametrize("cell", ["XFD10001", "B99999999", "ZZZZ9"])
def test_a_stray_cell_far_from_the_table_is_refused_before_it_takes_the_memory(cell: str) -> None:
    data = workbook(lambda sheet: sheet.write_column("A1", ["a"] * 10001))
    far = with_part(data, SHEET, lambda xml: xml.replace(b'r="A10001"', f'r="{cell}"'.encode()))
    assert "far away" in refusal(lambda: read_xlsx.read(far, "f.xlsx"))


@pytest.mark.parametrize("size", [100, 300, 1000])
@budget(100)
@example(rows=['<row r="{0}"/>', "<row/>"] * 40 + ["<row><c><v>7</v></c></row>"])
@given(
    rows=st.lists(
        st.sampled_from(
            ['<row r="{0}" spans="1:2"><c r="A{0}" s="0"/><c r="B{0}" s="0"></c></row>'] * 4
            + [
                '<row r="{0}" hidden="1"/>', "<row/>", "<row/>", '<row><c s="0"/></row>', "<row><c><v>7</v></c></row>",
                '<row r="{0}"><c r="B{0}"><v>{0}</v></c></row>', '<row r="{0}"><c r="A{0}"><f>1+1</f></c></row>',
                '<row r="{0}"><c r="A{0}"><f t="shared" si="0"/></c></row>',
                '<row r="{0}"><c r="C{0}" t="inlineStr"><is><t>x</t></is></c></row>',
            ]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_blank_rows_are_passed_over_and_all_others_stay_where_they_are(
    monkeypatch: pytest.MonkeyPatch, rows: list[str], size: int
) -> None:
    """The parser on the whole sheet is the oracle; what it is not given must hold nothing."""
    xml = "".join(row.format(number) for number, row in enumerate(rows, start=3))
    data = with_part(BOOK, SHEET, lambda old: old.replace(b"</sheetData>", f"{xml}</sheetData>".encode()) + b" ")
    monkeypatch.setattr(xlsx_extent, "PIECE", size)
    whole = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    (grid,) = read_xlsx.read(data, "f.xlsx")
    found = {at: cell for at, cell in cells(grid.rows).items() if cell != NO_RESULT}
    assert found == cells(whole)
    assert len(cells(grid.rows)) - len(found) == sum("<f" in row for row in rows)


@pytest.mark.parametrize(("cell", "is_read"), [('<c r="A{0}" s="0"/>', True), ('<c r="A{0}"><v>1</v></c>', False)])
def test_only_rows_that_hold_something_count_against_the_room_that_a_workbook_may_take(
    monkeypatch: pytest.MonkeyPatch, cell: str, is_read: bool
) -> None:
    monkeypatch.setattr(xlsx_archive_check, "MOST_BYTES", 2**21)
    xml = "".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(9, 80_000))
    data = with_part(BOOK, SHEET, lambda old: old.replace(b"</sheetData>", f"{xml}</sheetData>".encode()))
    if is_read:
        assert read_xlsx.read(data, "f.xlsx")[0].rows == [["甲", 1]]
    else:
        assert "expands to" in refusal(lambda: read_xlsx.read(data, "f.xlsx"))


@pytest.mark.parametrize(
    "blank",
    ['<row r="1048576"><c r="XFD1048576" s="0"/></row>', '<row r="1048576" ht="9"/>', '<row r="1048576"> </row>'],
)
def test_a_blank_cell_or_row_far_from_the_table_costs_and_loses_nothing(blank: str) -> None:
    data = workbook(lambda sheet: sheet.write_column("A1", ["a"] * 10001))
    far = with_part(data, SHEET, lambda xml: xml.replace(b"</sheetData>", f"{blank}</sheetData>".encode()))
    assert read_xlsx.read(far, "f.xlsx") == read_xlsx.read(data, "f.xlsx")


def test_a_far_cell_that_only_looks_blank_is_refused() -> None:
    data = workbook(lambda sheet: sheet.write_column("A1", ["a"] * 10001))
    row = b'<row r="1048576"><c r="XFD1048576" x="/>"><v>1</v></c></row></sheetData>'
    far = with_part(data, SHEET, lambda xml: xml.replace(b"</sheetData>", row))
    assert "far away" in refusal(lambda: read_xlsx.read(far, "f.xlsx"))


def test_a_workbook_that_claims_more_texts_than_memory_holds_is_refused() -> None:
    data = workbook(lambda sheet: sheet.write("A1", "甲"))
    claim = with_part(data, "xl/sharedStrings.xml", lambda xml: xml.replace(b'Count="1"', b'Count="6099999999999"'))
    assert "damaged" in refusal(lambda: read_xlsx.read(claim, "f.xlsx"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    data = archive(**{"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b" " * (20 * 2**20)})
    assert "expands to 20 MB" in refusal(lambda: read_xlsx.read(data, "f.xlsx"))


def test_an_archive_that_claims_more_than_400_mib_is_refused() -> None:
    data = archive(**{"xl/workbook.xml": os.urandom(3 * 2**20)})
    size = data.rindex(b"PK\x01\x02") + 24
    claimed = data[:size] + (401 * 2**20).to_bytes(4, "little") + data[size + 4 :]
    assert "expands to 401 MB" in refusal(lambda: read_xlsx.read(claimed, "f.xlsx"))


@pytest.mark.parametrize("keep", [100, 1000, -30])
def test_a_workbook_cut_off_is_refused(keep: int) -> None:
    data = workbook(lambda sheet: sheet.write("A1", "甲"))
    assert "damaged, incomplete" in refusal(lambda: read_xlsx.read(data[:keep], "f.xlsx"))


def test_a_part_whose_checksum_does_not_fit_is_refused() -> None:
    data = workbook(lambda sheet: sheet.write_column("A1", [f"甲{number}" for number in range(200)]))
    middle = data.index(b"xl/sharedStrings.xml") + 300
    damaged = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
    assert "damaged" in refusal(lambda: read_xlsx.read(damaged, "f.xlsx"))


@budget(150)
@given(st.data())
def test_a_workbook_with_damaged_bytes_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    bytes_ = bytearray(workbook(lambda sheet: sheet.write_row("A1", ["工号", 1, 2.5])))
    # Its length differs with the time of day that it holds, and what is drawn must not.
    for place in data.draw(st.lists(st.integers(0, 9_999), min_size=1, max_size=5)):
        bytes_[place % len(bytes_)] = data.draw(st.integers(0, 255))
    with suppress(InputRefused):
        assert all(isinstance(grid, Grid) for grid in read_xlsx.read(bytes(bytes_), "f.xlsx"))


def test_the_content_and_not_the_ending_chooses_the_reader(saved: Callable[[bytes, str], Path]) -> None:
    book = workbook(lambda sheet: sheet.write_row("A1", ["工号", "姓名"]))
    assert intake.read(saved(book, "a.csv"))[0].rows == [["工号", "姓名"]]
    assert intake.read(saved(ROSTER.encode(), "干部.xlsx"))[0].sheet == "干部"


@pytest.mark.parametrize(
    ("data", "word"), [(b"", "empty (0 bytes)"), (OLE + b"\0" * 2000, "damaged"), (b"PK\x03\x04x", "damaged")]
)
def test_empty_and_broken_files_are_refused(saved: Callable[[bytes, str], Path], data: bytes, word: str) -> None:
    assert word in refusal(lambda: intake.read(saved(data, "f.xlsx")))


def test_a_file_of_more_than_100_mib_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "big.csv").open("wb") as file:
        file.truncate(100 * 2**20 + 1)
    assert "larger than 100 MB" in refusal(lambda: intake.read(tmp_path / "big.csv"))


@pytest.mark.parametrize("name", ["a\0b.csv", "x" * 300])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    assert "cannot be read" in refusal(lambda: intake.read(tmp_path / name))
