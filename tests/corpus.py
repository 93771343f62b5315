"""A corpus of roster files, one per fault or habit of real offices, each with what an import must answer.

A case is a function that writes its file into a folder and returns what is expected of it; all names are
invented. `CASES` lists them by name.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.comments import Comment
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.rosters import code

A, B, C = code(1), code(2), code(3)
HEADER = ["统一社会信用代码", "企业名称", "街道", "入库日期", "联系电话"]
GOOD = [A, "虚构甲有限公司", "江畔街道", "2026-03-01", "19900001234"]
OTHER = [B, "虚构乙有限公司", "山前镇", "2026-03-02", ""]
Rows = Sequence[Sequence[object]]
Fill = Callable[[openpyxl.worksheet.worksheet.Worksheet], object]


@dataclass(frozen=True)
class Expected:
    """What an import answers: its exit code, the faulty cells, the rows added, and words that it says."""

    file: Path
    code: int = 0
    cells: frozenset[str] = frozenset()
    added: int = 1
    says: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=dict)


Case = Callable[[Path], Expected]
CASES: dict[str, Case] = {}


def case(function: Case) -> Case:
    """Take a case into the corpus under its name."""
    CASES[function.__name__] = function
    return function


def refused(file: Path, *says: str, cells: str = "") -> Expected:
    """Expect that nothing is taken."""
    return Expected(file, 5, frozenset(cells.split()), 0, says)


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


def lines(*rows: Sequence[object], separator: str = ",") -> str:
    """Return rows as CSV text."""
    return "\n".join(separator.join(map(str, row)) for row in rows) + "\n"


def repacked(path: Path, part: str, change: Callable[[bytes], bytes], **more: bytes) -> Path:
    """Change one part of a workbook, and add others."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert change(parts[part]) != parts[part] or more
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, part: change(parts[part]), **more}.items():
            archive.writestr(name, content)
    return path


def bytes_file(folder: Path, name: str, data: bytes) -> Path:
    """Write bytes."""
    (folder / name).write_bytes(data)
    return folder / name


SHEET = "xl/worksheets/sheet1.xml"


# --- A: files and containers


@case
def empty_file(folder: Path) -> Expected:
    return refused(bytes_file(folder, "r.xlsx", b""), "0 bytes")


@case
def text_named_xlsx(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), name="enterprises.xlsx"))


@case
def old_xls(folder: Path) -> Expected:
    book = xlwt.Workbook()
    sheet = book.add_sheet("企业")
    for number, row in enumerate((HEADER, GOOD)):
        for position, cell in enumerate(row):
            sheet.write(number, position, cell)
    book.save(str(folder / "r.xls"))
    return Expected(folder / "r.xls")


@case
def old_xls_named_xlsx_with_real_dates_and_a_hidden_sheet(folder: Path) -> Expected:
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for name, key in (("企业", 0), ("企业名录", 1)):
        sheet = book.add_sheet(name)
        sheet.visibility = key
        for position, cell in enumerate(HEADER[:4]):
            sheet.write(0, position, cell)
        for position, cell in enumerate(((A, B)[key], "虚构甲", "江畔街道")):
            sheet.write(1, position, cell)
        sheet.write(1, 3, date(2026, 3, 1), style)
    book.save(str(folder / "r.xlsx"))
    return Expected(folder / "r.xlsx", added=2, says=("hidden sheet",), values={"enrolled_on": "2026-03-01"})


@case
def crafted_xls(folder: Path) -> Expected:
    path = old_xls(folder).file
    data = bytearray(path.read_bytes())
    for place in range(512, len(data), 37):
        data[place] ^= 0x5A
    path.write_bytes(data)
    return refused(path)


@case
def password(folder: Path) -> Expected:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    return refused(bytes_file(folder, "r.xlsx", data), "password")


@case
def web_page_named_xls(folder: Path) -> Expected:
    return refused(csv(folder, "<html><table><tr><td>企业名称</td></tr></table></html>", name="r.xls"), "web page")


@case
def zip_that_is_no_workbook(folder: Path) -> Expected:
    with zipfile.ZipFile(folder / "r.xlsx", "w") as archive:
        archive.writestr("readme.txt", "x")
    return refused(folder / "r.xlsx", "archive")


@case
def open_document(folder: Path) -> Expected:
    with zipfile.ZipFile(folder / "r.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return refused(folder / "r.ods", "OpenDocument")


@case
def cut_off(folder: Path) -> Expected:
    path = xlsx(folder)
    path.write_bytes(path.read_bytes()[:-400])
    return refused(path, "damaged")


@case
def wrong_checksum(folder: Path) -> Expected:
    path = xlsx(folder)
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    data[place + 16] ^= 0xFF
    path.write_bytes(data)
    return refused(path, "damaged")


@case
def zip_bomb(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{"xl/media/a.bin": bytes(60 << 20)})
    return refused(path, "unpacks to")


@case
def too_many_parts(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{f"xl/media/{n}.bin": b"" for n in range(2001)})
    return refused(path, "too much")


@case
def entity_bomb(folder: Path) -> Expected:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    path = repacked(xlsx(folder), "xl/workbook.xml", lambda xml: xml.replace(b"<workbook", doctype + b"<workbook", 1))
    return Expected(path)


@case
def macros(folder: Path) -> Expected:
    path = repacked(xlsx(folder), SHEET, lambda xml: xml, **{"xl/vbaProject.bin": b"x"})
    return Expected(path.rename(folder / "r.xlsm"), says=("macros were not run",))


@case
def links_to_other_workbooks(folder: Path) -> Expected:
    link = {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    return Expected(repacked(xlsx(folder), SHEET, lambda xml: xml, **link), says=("other workbooks",))


@case
def wrong_dimension(folder: Path) -> Expected:
    path = xlsx(folder, (HEADER, GOOD, OTHER))
    return Expected(repacked(path, SHEET, lambda xml: xml.replace(b'ref="A1:E3"', b'ref="A1"')), added=2)


@case
def phantom_rows_to_the_last(folder: Path) -> Expected:
    ghosts = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in (500_000, 1_048_576))
    path = repacked(xlsx(folder), SHEET, lambda xml: xml.replace(b"</sheetData>", ghosts + b"</sheetData>"))
    return Expected(path)


@case
def folder_as_file(folder: Path) -> Expected:
    (folder / "r.xlsx").mkdir()
    return refused(folder / "r.xlsx", "folder or a device")


@case
def pipe_as_file(folder: Path) -> Expected:
    os.mkfifo(folder / "r.csv")
    return refused(folder / "r.csv", "folder or a device")


@case
def missing_file(folder: Path) -> Expected:
    return refused(folder / "none.xlsx", "There is no file")


@case
def lock_of_an_open_workbook(folder: Path) -> Expected:
    return refused(bytes_file(folder, "~$r.xlsx", b"\x05clerk" + bytes(159)), "is open")


@case
def file_name_with_quotes_and_blanks(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), name="规上 '企业' \"2026\".csv"))


# --- B: structure


@case
def title_rows(folder: Path) -> Expected:
    return Expected(xlsx(folder, (["虚构区规上企业名单"], ["单位：万元"], [], HEADER, GOOD)))


@case
def groups_over_two_lines(folder: Path) -> Expected:
    rows = (
        ["统一社会信用代码", "企业名称", "企业联系人", None],
        [None, None, "姓名", "电话"],
        [A, "虚构甲", "尹甲", "19900001234"],
    )

    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), values={"contact_name": "尹甲", "contact_phone": "199****1234"})


@case
def title_and_groups_over_two_lines(folder: Path) -> Expected:
    rows = (
        ["虚构区企业名单"], ["统一社会信用代码", "企业名称", "联系人", None], [None, None, "职务", "手机"],
        [A, "虚构甲", "主任", "19900001234"],
    )  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), values={"contact_title": "主任"})


@case
def blank_rows_between(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, GOOD, [], [], OTHER)), added=2)


@case
def total_and_notes_at_the_end(folder: Path) -> Expected:
    rows = (HEADER, GOOD, ["合计", "", 1], ["填表人：尹甲"], ["备注：以名录库为准"])
    return Expected(xlsx(folder, rows), says=("total or a note",))


@case
def row_without_a_code(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, ["", "虚构乙"])), "required", cells="A3")


@case
def repeated_header_column(folder: Path) -> Expected:
    return refused(xlsx(folder, ([*HEADER, "单位名称"], [*GOOD, "x"])), "there twice", cells="F1")


@case
def misspelt_required_column(folder: Path) -> Expected:
    return refused(xlsx(folder, (["统一社会信用代马", *HEADER[1:]], GOOD)), "统一社会信用代马", cells="A1")


@case
def unknown_columns(folder: Path) -> Expected:
    return Expected(xlsx(folder, ([*HEADER, "是否党员"], [*GOOD, "是"])), says=("是否党员",))


@case
def decorated_headers(folder: Path) -> Expected:
    header = ["＊统一社会\n信用代码", " 企业　名称* ", "街道（镇）", "入库日期\n(年月日)", "联系 电话"]
    return Expected(xlsx(folder, (header, GOOD)), values={"subdistrict": "江畔街道"})


@case
def synonyms(folder: Path) -> Expected:
    return Expected(xlsx(folder, (["社会信用代码", "单位详细名称", "属地", "入统时间", "联系方式"], GOOD)))


@case
def other_order_of_columns(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER[::-1], GOOD[::-1])))


@case
def several_sheets_one_of_them_notes(folder: Path) -> Expected:
    path = xlsx(folder)
    book = openpyxl.load_workbook(path)
    book.create_sheet("填表要求").append(["请于月底前报送"])
    book.save(path)
    return Expected(path, says=("填表要求",))


@case
def hidden_sheet_rows_and_columns(folder: Path) -> Expected:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    path = xlsx(folder, (HEADER, GOOD, OTHER), hide)
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("企业名录")
    for row in (HEADER[:2], [C, "虚构丙"]):
        other.append(row)
    other.sheet_state = "hidden"
    book.save(path)
    return Expected(path, added=3, says=("hidden or filtered rows", "hidden columns", "hidden sheet"))


@case
def hidden_rows_of_an_old_workbook(folder: Path) -> Expected:
    book = xlwt.Workbook()
    for name, numbers in (("填表说明", ()), ("企业", range(1, 121))):
        sheet = book.add_sheet(name)
        for row, cells in enumerate([HEADER[:2], *[[code(n), f"虚构{n}"] for n in numbers]]):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    for row in (3, 7):
        sheet.row(row).hidden = True
    sheet.col(1).hidden = True
    book.save(str(folder / "r.xls"))
    says = ("企业: hidden or filtered rows, read as well: 2", "企业: hidden columns, read as well: 1")
    return Expected(folder / "r.xls", added=120, says=says)


@case
def hidden_row_of_a_small_old_workbook(folder: Path) -> Expected:
    book = xlwt.Workbook()
    sheet = book.add_sheet("enterprises")
    for row, cells in enumerate([["uscc", "name"], [A, "Made-up"]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.row(1).hidden = True
    book.save(str(folder / "r.xls"))
    return Expected(folder / "r.xls", says=("hidden or filtered rows, read as well: 1",))


@case
def filtered_rows(folder: Path) -> Expected:
    def hide(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:E3"
        sheet.row_dimensions[3].hidden = True

    return Expected(xlsx(folder, (HEADER, GOOD, OTHER), hide), added=2, says=("filtered rows, read as well: 1",))


@case
def street_merged_downwards(folder: Path) -> Expected:
    rows = (HEADER, GOOD, [B, "虚构乙", None, "2026-03-02"])
    return Expected(xlsx(folder, rows, lambda sheet: sheet.merge_cells("C2:C3")), added=2)


@case
def turned_on_its_side(folder: Path) -> Expected:
    return refused(xlsx(folder, list(zip(HEADER, GOOD, OTHER, strict=True)), sheet="Sheet1"))


@case
def formula_without_a_result(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A, "=CONCATENATE(1,2)", *GOOD[2:]])), "no stored result", cells="B2")


@case
def excel_error(folder: Path) -> Expected:
    def put(sheet: Any) -> None:
        sheet["C2"].value, sheet["C2"].data_type = "#REF!", "e"

    return refused(xlsx(folder, (HEADER, GOOD), put), "Excel error", cells="C2")


@case
def yes_in_a_name(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A, True, *GOOD[2:]])), "yes or no", cells="B2")


@case
def blanks_and_breaks_around_cells(folder: Path) -> Expected:
    row = [f"\u3000{A}\n", "\u00a0虚构甲有限公司 ", "江畔街道\t", " 2026-03-01", "199 0000 1234"]
    return Expected(xlsx(folder, (HEADER, row)), values={"name": "虚构甲有限公司", "subdistrict": "江畔街道"})


@case
def apostrophes_before_numbers(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, [f"'{A}", *GOOD[1:4], "'19900001234"])))


@case
def ticks_for_yes(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "是否规上", "建筑资质"], [A, "虚构甲", "√", "☐"])
    return Expected(xlsx(folder, rows), values={"above_scale": True, "qualified": False})


@case
def notes_on_cells(folder: Path) -> Expected:
    def note(sheet: Any) -> None:
        sheet["B2"].comment = Comment("改名了", "尹甲")

    return Expected(xlsx(folder, (HEADER, GOOD), note))


@case
def header_and_no_row_beside_a_filled_sheet(folder: Path) -> Expected:
    path = xlsx(folder)
    book = openpyxl.load_workbook(path)
    book.create_sheet("干部").append(["工号", "姓名"])
    book.save(path)
    return Expected(path, says=("no row under it",))


@case
def no_roster_at_all(folder: Path) -> Expected:
    return refused(xlsx(folder, (["品名", "单价"], ["甲", 3]), sheet="Sheet1"), "品名, 单价")


@case
def revenue_in_hundred_millions(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "年营业收入（亿元）"], [A, "虚构甲", 1.2])
    return Expected(xlsx(folder, rows), values={"revenue": 12000})


@case
def revenue_in_yuan(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "营业收入(元)"], [A, "虚构甲", "35,000,000"])
    return Expected(xlsx(folder, rows), values={"revenue": 3500})


@case
def revenue_in_a_unit_unknown(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "营业收入(美元)"], [A, "虚构甲", 5])
    return Expected(xlsx(folder, rows), says=("营业收入(美元)",), values={"revenue": None})


@case
def revenue_in_the_unit_of_the_title(folder: Path) -> Expected:
    rows = (["企业名单", "", "单位：亿元、人"], ["统一社会信用代码", "企业名称", "营业收入"], [A, "虚构甲", 1.2])
    return Expected(xlsx(folder, rows), says=("read in 亿元",), values={"revenue": 12000})


@case
def revenue_whose_own_header_goes_before_the_title(folder: Path) -> Expected:
    rows = (["企业名单（单位：元）"], ["统一社会信用代码", "企业名称", "营业收入（万元）"], [A, "虚构甲", 1200])
    return Expected(xlsx(folder, rows), values={"revenue": 1200})


@case
def signatures_and_totals_of_a_form_at_the_end(folder: Path) -> Expected:
    rows = (
        ["序号", "企业名称", "统一社会信用代码", "入库日期"], [1, "虚构甲", A, "2026-03-01"], ["本页小计", 1],
        ["总计（1家）"], ["以下空白"], ["注1：以名录库为准"],
        ["单位负责人：尹甲", "", "审核人：尹乙", "报出日期：2026年11月20日"], ["制表人：尹丙"],
        ["联系电话：0571-20000000"], ["填报日期（盖章）：2026年11月"], ["共1家"], ["数据来源：统计局"],
    )  # fmt: skip
    return Expected(xlsx(folder, rows), says=("row 7 is a total or a note",))


# --- C: dates


@case
def dates_of_1904(folder: Path) -> Expected:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "企业"
    for row in (HEADER[:2] + ["入库日期"], [A, "虚构甲", datetime(2026, 3, 1)]):  # noqa: DTZ001, RUF005
        book.active.append(row)
    book.save(folder / "r.xlsx")
    return Expected(folder / "r.xlsx", values={"enrolled_on": "2026-03-01"})


@case
def every_spelling_of_a_date(folder: Path) -> Expected:
    words: list[object] = [
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "20260301",
        "2026年3月1日",
        "２０２６年３月１日",
        46082,
    ]
    rows = [[code(n), f"虚构{n}", "x", word, ""] for n, word in enumerate(words, start=1)]
    return Expected(xlsx(folder, (HEADER, *rows)), added=7, values={"enrolled_on": "2026-03-01"})


@case
def dates_that_are_none(folder: Path) -> Expected:
    words: list[object] = [
        "3月5日", "26.3.5", "3/5/2026", "2026-02-30", "2026-W10-2", "上周五", "3.5-3.7", "2026-03-01、2026-04-01", "——",
        60, "2026-03-01T10:00:00+08:00", "2026年3月", "1850-01-01",
    ]  # fmt: skip
    rows = [[code(n), f"虚构{n}", "x", word, ""] for n, word in enumerate(words, start=1)]
    return refused(xlsx(folder, (HEADER, *rows)), cells=" ".join(f"D{n + 2}" for n in range(len(words))))


# --- D: codes, phones, names, numbers


@case
def codes_in_any_dress(folder: Path) -> Expected:
    dressed = [A.lower(), f"{B[:6]} {B[6:12]}-{B[12:]}", "".join(chr(ord(c) + 0xFEE0) for c in C)]
    return Expected(xlsx(folder, (HEADER, *[[word, f"虚构{n}"] for n, word in enumerate(dressed)])), added=3)


@case
def letter_o_for_zero(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A.replace("0", "O"), "虚构甲"])), A, cells="A2")


@case
def codes_that_cannot_be(folder: Path) -> Expected:
    words: list[object] = [A[:-1], A + "0", A[:-2] + A[-1] + A[-2], "0" * 18, 9.131e17, 440704000012345, "А" + A[1:]]
    rows = [[word, f"虚构{n}"] for n, word in enumerate(words)]
    return refused(xlsx(folder, (HEADER, *rows)), cells=" ".join(f"A{n + 2}" for n in range(len(words))))


@case
def one_code_twice(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, [A, "虚构乙"])), "row 2", cells="A3")


@case
def phones_in_any_dress(folder: Path) -> Expected:
    words: list[object] = ["+86 199 0000 1234", "86-19900001234", "１９９００００１２３４", 19900001234, 19900001234.0]
    rows = [[code(n), f"虚构{n}", "x", "", word] for n, word in enumerate(words, start=1)]
    return Expected(xlsx(folder, (HEADER, *rows)), added=5, values={"contact_phone": "199****1234"})


@case
def phones_that_cannot_be(folder: Path) -> Expected:
    words: list[object] = [
        "19900001234/19900001235", "1990000123", "12900001234", "199****1234", "110101199001011234", "1.99E+10²",
    ]  # fmt: skip
    rows = [[code(n), f"虚构{n}", "x", "", word] for n, word in enumerate(words, start=1)]
    return refused(xlsx(folder, (HEADER, *rows)), cells=" ".join(f"E{n + 2}" for n in range(len(words))))


@case
def numbers_that_cannot_be(folder: Path) -> Expected:
    words: list[object] = [-3, 1.5, "约50", "1.2万", "三百", 2**63, "1e3", "5人左右"]
    rows = [[code(n), f"虚构{n}", word] for n, word in enumerate(words, start=1)]
    header = ["统一社会信用代码", "企业名称", "从业人数"]
    return refused(xlsx(folder, (header, *rows)), cells=" ".join(f"C{n + 2}" for n in range(len(words))))


@case
def same_as_above(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, [B, "虚构乙", "同上"])), "same as above", cells="C3")


@case
def names_too_long_or_blank(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A, "长" * 201], [B, "\u3000"])), cells="B2 B3")


# --- E: CSV


@case
def utf8_with_mark(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD), "utf-8-sig"))


@case
def gb18030_with_rare_names(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [A, "𠮷䶮虚构", *GOOD[2:]]), "gb18030"), values={"name": "𠮷䶮虚构"})


@case
def utf16_with_mark(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator="\t"), "utf-16"))


@case
def utf16_without_mark(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, GOOD), "utf-16-le"))


@case
def bytes_of_no_encoding(folder: Path) -> Expected:
    return refused(bytes_file(folder, "r.csv", b"\xff\xfe\xfd" + bytes(range(200, 256)) * 3))


@case
def garbled_when_saved(folder: Path) -> Expected:
    header = ["企业名称".encode().decode("gb18030", "replace"), "姓名".encode().decode("gb18030")]
    return refused(csv(folder, lines(header, ["x", "y"])), "garbled", "企业名称")


@case
def replacement_characters(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, "虚构\ufffd\ufffd", *GOOD[2:]])), "encoding", cells="B2")


@case
def nul_characters(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, "虚\x00构", *GOOD[2:]])))


@case
def quotation_mark_left_open(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [A, '"虚构甲', *GOOD[2:]], OTHER)), "quotation marks")


@case
def semicolons(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD, separator=";")))


@case
def ragged_rows(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, [*GOOD, "more"])), "more cells", cells="F2")


@case
def old_mac_line_ends(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, GOOD).replace("\n", "\r")))


@case
def separator_declared(folder: Path) -> Expected:
    return Expected(csv(folder, "sep=;\n" + lines(HEADER, GOOD, separator=";")))


@case
def wrapped_numbers(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [f'="{A}"', *GOOD[1:4], '="19900001234"'])))


@case
def saved_again_by_excel(folder: Path) -> Expected:
    return refused(csv(folder, lines(HEADER, ["9.13E+17", *GOOD[1:4], "1.99E+10"])), cells="A2 E2")


@case
def formulas_as_names(folder: Path) -> Expected:
    return Expected(csv(folder, lines(HEADER, [A, "=1+1", *GOOD[2:]])), values={"name": "=1+1"})


@case
def strict_open_xml(folder: Path) -> Expected:
    path = xlsx(folder)
    old, new = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for part in ("xl/workbook.xml", SHEET):
        repacked(path, part, lambda xml: xml.replace(old, new))
    return Expected(path)


def blob(path: Path) -> bytes:
    """Return what a file holds, nothing for what cannot be read as one."""
    return path.read_bytes() if path.is_file() else b""


def seeds(folder: Path) -> list[bytes]:
    """Return workbooks worth mutating: every readable file of the corpus that is an archive or an old workbook."""
    found = []
    for name, make in CASES.items():
        place = folder / name
        place.mkdir()
        if name in {"zip_bomb", "pipe_as_file", "too_many_parts"}:
            continue
        data = blob(make(place).file)
        if data.startswith((b"PK", b"\xd0\xcf")):
            found.append(data)
    return found


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with every part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return buffer.getvalue()
