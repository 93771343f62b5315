"""Section B of the catalogue: what stands where on a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from tests.corpus import GOOD, HEADER, OTHER, SHEET, A, B, C, Expected, case, refused, repacked, sheet_csv, xlsx
from tests.rosters import code


@case("B1")
def title_rows(folder: Path) -> Expected:
    return Expected(xlsx(folder, (["虚构区规上企业名单"], ["单位：万元"], [], HEADER, GOOD)))


@case("B1")
def no_roster_at_all(folder: Path) -> Expected:
    return refused(xlsx(folder, (["品名", "单价"], ["甲", 3]), sheet="Sheet1"), "品名, 单价")


@case("B2")
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


@case("B2")
def title_and_groups_over_two_lines(folder: Path) -> Expected:
    rows = (
        ["虚构区企业名单"], ["统一社会信用代码", "企业名称", "联系人", None], [None, None, "职务", "手机"],
        [A, "虚构甲", "主任", "19900001234"],
    )  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), values={"contact_title": "主任"})


@case("B2")
def names_and_telephones_of_two_people_in_groups(folder: Path) -> Expected:
    rows = (
        ["统一社会信用代码", "企业名称", "企业负责人", None, "联系人", None],
        [None, None, "姓名", "手机", "姓名", "手机"],
        [A, "虚构甲", "尹甲", "19900001111", "尹乙", "19900001234"],
    )

    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            sheet.merge_cells(area)

    says = ("企业负责人姓名, 企业负责人手机",)
    values = {"contact_name": "尹乙", "contact_phone": "199****1234"}
    return Expected(xlsx(folder, rows, merge), says=says, values=values)


@case("B2")
def telephone_of_somebody_else_alone(folder: Path) -> Expected:
    rows = (
        ["统一社会信用代码", "企业名称", "企业负责人", None], [None, None, "姓名", "手机"],
        [A, "虚构甲", "尹甲", "19900001111"],
    )  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), says=("企业负责人姓名, 企业负责人手机",), values={"contact_phone": None})


@case("B2")
def two_years_in_groups(folder: Path) -> Expected:
    rows = (
        ["统一社会信用代码", "企业名称", "2025年", None, "2026年1-10月", None],
        [None, None, "营业收入", "利税", "营业收入", "利税"], [A, "虚构甲", 3500, 90, 2800, 70],
    )  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), says=("2026年1-10月营业收入",), values={"revenue": 3500})


@case("B2")
def second_line_with_remarks_under_every_header(folder: Path) -> Expected:
    rows = (
        ["统一社会信用代码", "企业名称", "联系人", None], ["（18位）", "（全称）", "姓名", "手机"],
        [A, "虚构甲", "尹甲", "19900001234"],
    )  # fmt: skip
    values = {"contact_name": "尹甲", "contact_phone": "199****1234"}
    return Expected(xlsx(folder, rows, lambda sheet: sheet.merge_cells("C1:D1")), values=values)


@case("B1")
def title_merged_over_the_header(folder: Path) -> Expected:
    rows = (["2026年10月规上企业名单（负责人：尹甲）"], ["序号", *HEADER], [1, *GOOD])
    says = ("not imported: 序号",)
    return Expected(xlsx(folder, rows, lambda sheet: sheet.merge_cells("A1:F1")), says=says)


@case("B1")
def title_merged_over_a_part_of_the_header(folder: Path) -> Expected:
    rows = (["规上企业名单"], ["序号", *HEADER], [1, *GOOD])
    says = ("not imported: 序号",)
    return Expected(xlsx(folder, rows, lambda sheet: sheet.merge_cells("A1:C1")), says=says)


@case("B2")
def amounts_of_a_year_in_a_group(folder: Path) -> Expected:
    rows = (
        ["单位：万元", None, None, None], ["统一社会信用代码", "企业名称", "营业收入", None],
        [None, None, "上年", "1-本月"], [A, "虚构甲", 3500, 2800],
    )  # fmt: skip

    def merge(sheet: Any) -> None:
        for area in ("A2:A3", "B2:B3", "C2:D2"):
            sheet.merge_cells(area)

    return Expected(xlsx(folder, rows, merge), says=("营业收入1-本月",), values={"revenue": 3500})


@case("B3")
def blank_rows_between(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, GOOD, [], [], OTHER)), added=2)


@case("B4")
def total_and_notes_at_the_end(folder: Path) -> Expected:
    rows = (HEADER, GOOD, ["合计", "", 1], ["填表人：尹甲"], ["备注：以名录库为准"])
    return Expected(xlsx(folder, rows), says=("total or a note",))


@case("B4")
def row_without_a_code(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, ["", "虚构乙"])), "required", cells="A3")


@case("B4")
def signatures_and_totals_of_a_form_at_the_end(folder: Path) -> Expected:
    rows = (
        ["序号", "企业名称", "统一社会信用代码", "入库日期"], [1, "虚构甲", A, "2026-03-01"], ["本页小计", 1],
        ["总计（1家）"], ["以下空白"], ["注1：以名录库为准"],
        ["单位负责人：尹甲", "", "审核人：尹乙", "报出日期：2026年11月20日"], ["制表人：尹丙"],
        ["联系电话：0571-20000000"], ["填报日期（盖章）：2026年11月"], ["共1家"], ["数据来源：统计局"],
    )  # fmt: skip
    return Expected(xlsx(folder, rows), says=("row 7 is a total or a note",))


@case("B4")
def signature_with_the_name_in_the_cell_beside_it(folder: Path) -> Expected:
    rows = (HEADER, GOOD, ["填表人：", "尹甲", "审核人：", "尹乙", ""], ["小计", "1 家"])
    return Expected(xlsx(folder, rows), says=("row 3 is a total or a note", "row 4 is a total"))


@case("B4")
def word_that_is_no_code_above_a_name(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, GOOD, ["新办", "虚构乙"])), "credit code", cells="A3")


@case("B5")
def repeated_header_column(folder: Path) -> Expected:
    return refused(xlsx(folder, ([*HEADER, "单位名称"], [*GOOD, "x"])), "appears twice", cells="F1")


@case("B6")
def misspelt_required_column(folder: Path) -> Expected:
    return refused(xlsx(folder, (["统一社会信用代马", *HEADER[1:]], GOOD)), "统一社会信用代马", cells="A1")


@case("B7")
def unknown_columns(folder: Path) -> Expected:
    return Expected(xlsx(folder, ([*HEADER, "是否党员"], [*GOOD, "是"])), says=("是否党员",))


@case("B8")
def decorated_headers(folder: Path) -> Expected:
    header = ["＊统一社会\n信用代码", " 企业　名称* ", "街道（镇）", "入库日期\n(年月日)", "联系 电话"]
    return Expected(xlsx(folder, (header, GOOD)), values={"subdistrict": "江畔街道"})


@case("B9")
def synonyms(folder: Path) -> Expected:
    return Expected(xlsx(folder, (["社会信用代码", "单位详细名称", "属地", "入统时间", "联系方式"], GOOD)))


@case("B10")
def several_sheets_one_of_them_notes(folder: Path) -> Expected:
    path = xlsx(folder)
    book = openpyxl.load_workbook(path)
    book.create_sheet("填表要求").append(["请于月底前报送"])
    book.save(path)
    return Expected(path, says=("填表要求",))


@case("B11")
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
    return refused(path, "hidden or filtered: --hidden take", "the sheet is hidden", cells="A2 A2")


@case("B11")
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
    return refused(folder / "r.xls", "hidden or filtered", cells="A4 A8")


@case("B11")
def hidden_row_of_a_small_old_workbook(folder: Path) -> Expected:
    book = xlwt.Workbook()
    sheet = book.add_sheet("enterprises")
    for row, cells in enumerate([["uscc", "name"], [A, "Made-up"]]):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    sheet.row(1).hidden = True
    book.save(str(folder / "r.xls"))
    return refused(folder / "r.xls", "hidden or filtered", cells="A2")


@case("B11")
def filtered_rows(folder: Path) -> Expected:
    def hide(sheet: Any) -> None:
        sheet.auto_filter.ref = "A1:E3"
        sheet.row_dimensions[3].hidden = True

    return refused(xlsx(folder, (HEADER, GOOD, OTHER), hide), "hidden or filtered", cells="A3")


@case("B12")
def street_merged_downwards(folder: Path) -> Expected:
    rows = (HEADER, GOOD, [B, "虚构乙", None, "2026-03-02"])
    return Expected(xlsx(folder, rows, lambda sheet: sheet.merge_cells("C2:C3")), added=2)


@case("B13")
def turned_on_its_side(folder: Path) -> Expected:
    return refused(xlsx(folder, list(zip(HEADER, GOOD, OTHER, strict=True)), sheet="Sheet1"))


@case("B14")
def header_and_no_row_beside_a_filled_sheet(folder: Path) -> Expected:
    path = xlsx(folder)
    book = openpyxl.load_workbook(path)
    book.create_sheet("干部").append(["工号", "姓名"])
    book.save(path)
    return Expected(path, says=("no rows below it",))


@case("B16")
def other_order_of_columns(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER[::-1], GOOD[::-1])))


@case("B17")
def notes_on_cells(folder: Path) -> Expected:
    def note(sheet: Any) -> None:
        sheet["B2"].comment = Comment("改名了", "尹甲")

    return Expected(xlsx(folder, (HEADER, GOOD), note))


@case("B18")
def formula_without_a_result(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A, "=CONCATENATE(1,2)", *GOOD[2:]])), "no stored result", cells="B2")


@case("B19")
def excel_error(folder: Path) -> Expected:
    def put(sheet: Any) -> None:
        sheet["C2"].value, sheet["C2"].data_type = "#REF!", "e"

    return refused(xlsx(folder, (HEADER, GOOD), put), "Excel error", cells="C2")


@case("B20")
def yes_in_a_name(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER, [A, True, *GOOD[2:]])), "yes or no", cells="B2")


@case("B22")
def blanks_and_breaks_around_cells(folder: Path) -> Expected:
    row = [f"\u3000{A}\n", "\u00a0虚构甲有限公司 ", "江畔街道\t", " 2026-03-01", "199 0000 1234"]
    return Expected(xlsx(folder, (HEADER, row)), values={"name": "虚构甲有限公司", "subdistrict": "江畔街道"})


@case("B23")
def apostrophes_before_numbers(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, [f"'{A}", *GOOD[1:4], "'19900001234"])))


@case("B24")
def ticks_for_yes(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "是否规上", "建筑资质"], [A, "虚构甲", "√", "☐"])
    return Expected(xlsx(folder, rows), values={"above_scale": True, "qualified": False})


@case("B1")
def header_below_the_twentieth_row(folder: Path) -> Expected:
    return refused(xlsx(folder, (*[[f"第{n}条"] for n in range(1, 25)], HEADER, GOOD), sheet="Sheet1"), "第1条")


@case("B5")
def one_header_twice_by_its_synonym(folder: Path) -> Expected:
    return refused(xlsx(folder, (["信用代码", "社会信用代码", "企业名称"], [A, A, "甲"])), "appears twice", cells="B1")


@case("B6")
def missing_required_column_without_a_near_one(folder: Path) -> Expected:
    return refused(xlsx(folder, (["企业名称", "街道", "等级"], ["甲", "江畔街道", "A"])), "信用代码", cells="A1")


@case("B11")
def hidden_rows_with_and_without_a_value(folder: Path) -> Expected:
    def hide(sheet: Any) -> None:
        for row in (3, 4, 5):
            sheet.row_dimensions[row].hidden = True
        sheet["A4"].number_format = "@"

    path = xlsx(folder, (HEADER, GOOD, OTHER), hide)
    return refused(path, "hidden or filtered", cells="A3")


@case("B11")
def column_hidden_left_of_the_table(folder: Path) -> Expected:
    def hide(sheet: Any) -> None:
        sheet.column_dimensions["A"].hidden = True

    return Expected(xlsx(folder, ([None, *HEADER], [None, *GOOD]), hide), says=("hidden columns",))


@case("B12")
def title_and_total_merged_sideways(folder: Path) -> Expected:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:E1")
        sheet.merge_cells("A4:E5")

    return Expected(xlsx(folder, (["虚构区企业名单"], HEADER, GOOD, ["合计：1 家"]), merge), says=("total or a note",))


@case("B14")
def header_and_no_row(folder: Path) -> Expected:
    return refused(xlsx(folder, (HEADER,)), "no rows below it")


@case("B14")
def sheets_without_a_cell(folder: Path) -> Expected:
    return refused(xlsx(folder, ()), "no rows")


@case("B15")
def header_in_the_last_row_of_all(folder: Path) -> Expected:
    def put(sheet: Any) -> None:
        for column, header in enumerate(HEADER, start=1):
            sheet.cell(1_048_576, column, header)

    return refused(xlsx(folder, (), put, sheet="Sheet1"), "no header in the first 20 rows")


@case("B18")
def formula_of_another_cell_without_a_result(folder: Path) -> Expected:
    xml = b'<row r="3"><c r="A3"><f t="shared" si="0"/></c></row></sheetData>'
    path = repacked(xlsx(folder), SHEET, lambda old: old.replace(b"</sheetData>", xml))
    return refused(path, "no stored result", cells="A3 B3")


@case("B19")
def excel_errors_of_every_kind(folder: Path) -> Expected:
    errors = ["#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"]

    def put(sheet: Any) -> None:
        for row, error in enumerate(errors, start=2):
            sheet.cell(row, 3).value, sheet.cell(row, 3).data_type = error, "e"

    rows = [[code(n), f"虚构{n}", "x"] for n in range(1, 7)]
    return refused(
        xlsx(folder, (HEADER, *rows), put), "Excel error", *errors, cells=" ".join(f"C{n}" for n in range(2, 8))
    )


@case("B21")
def name_in_several_fonts(folder: Path) -> Expected:
    def put(sheet: Any) -> None:
        raised = TextBlock(InlineFont(vertAlign="superscript"), "二")
        sheet["B2"] = CellRichText("虚构", TextBlock(InlineFont(b=True), "甲"), raised, "厂")

    return Expected(xlsx(folder, (HEADER, GOOD), put), values={"name": "虚构甲二厂"})


@case("B22")
def line_break_inside_a_name(folder: Path) -> Expected:
    return Expected(xlsx(folder, (HEADER, [A, "虚构甲\n有限公司", *GOOD[2:]])), values={"name": "虚构甲有限公司"})


@case("B24")
def sign_that_is_neither_yes_nor_no(folder: Path) -> Expected:
    rows = (["统一社会信用代码", "企业名称", "是否规上"], [A, "虚构甲", "★"], [B, "虚构乙", "○"])
    return refused(xlsx(folder, rows), "是, 否, yes, no", "★", cells="C2 C3")


@case("B6")
def one_column_of_a_sheet_alone(folder: Path) -> Expected:
    return refused(sheet_csv(folder, "list", "uscc", A), "企业 (enterprises): 企业名称 (name)")


@case("B6")
def recusals_without_their_reason(folder: Path) -> Expected:
    return refused(sheet_csv(folder, "list", "staff_no,uscc", f"1001,{A}"), "回避 (recusals): 回避原因 (reason)")
