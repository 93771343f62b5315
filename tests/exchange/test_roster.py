"""From grids to records: whole rosters, and every fault of a bad one at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from xlsxwriter import Workbook

from esm.domain.values import credit_code
from esm.domain.values.raw_text import RawCell
from esm.errors import Problem
from esm.formats.read import csv, workbook
from esm.sheets.exchange.grid import Grid
from esm.usecases.exchange.roster.identities import OnRecord
from esm.usecases.exchange.roster.roster_parser import Roster, read_sheets, roster
from esm.usecases.exchange.roster.roster_rows import RosterRow


def code(number: int) -> str:
    """Return the sound credit code of an invented enterprise."""
    first = f"91330100MA{number:07}"
    return first + credit_code.check_character(first)


A, B = code(1), code(2)
ENTERPRISE = ("uscc", "name")
PAIRING = ("uscc", "staff_no", "start_on", "end_on")
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))


def read_roster(grids: Sequence[Grid]) -> Roster:
    """Return the records of all sheets, where nobody is on record."""
    return roster(read_sheets(grids), OnRecord(), date.min)


def read(*rows: Sequence[RawCell], sheet: str = "Sheet1") -> Roster:
    return read_roster([Grid("f.xlsx", sheet, rows)])


def faults(reading: Roster) -> list[tuple[str, str]]:
    return [(problem.cell, str(problem.reason)) for problem in reading.problems]


def only(reading: Roster) -> Problem:
    (problem,) = reading.problems
    return problem


def notes(reading: Roster) -> str:
    return "\n".join(map(str, reading.notes))


CHINESE: dict[str, list[list[RawCell]]] = {
    "干部": [
        ["某区企业服务经理人名册"], [],
        ["工号*", "姓名*", "单位", "职务", "职级", "街道/镇", "擅长行业", "手机", "服务户数", "任职日期"],
        ["0017", "虚构甲", "经信局", "科长", "正科", "城东街道", "C39、C40", 19900001234, 2, date(2024, 3, 1)],
        ["0018", "虚构乙", None, None, 1, None, None, "199 0000 5678", None, "2024年4月1日"],
    ],
    "企业": [
        ["规上企业名单(2026)"],
        ["统一社会信用代码", "单位名称", "行业代码", "主营业务收入\n(亿元)", "从业人数", "分级", "是否规上", "入库日期",
         "联系电话"],
        [A.lower(), "虚构一号有限公司", "c3983", 1.5, "1,200", "A", "是", "2025.1.1", "0571-20000000"],
        [B, "虚构二号有限公司", None, None, 80.0, None, "否", None, None],
    ],
    "结对": [["信用代码", "工号", "结对日期", "固定"], [A, "0017", "2026/3/1", "√"]],
    "回避": [["工号", "信用代码", "回避原因"], ["0018", A, "亲属任职"]],
    "请假": [["工号", "开始日期", "结束日期"], ["0017", 46113, 46143]],
    "走访": [["信用代码", "工号", "走访日期", "走访方式", "走访结果", "纪要"],
           [A, "0017", date(2026, 3, 5), "实地走访", "见到", "用工缺口"]],
}  # fmt: skip
ENGLISH = {
    "cadres": "staff_no,name,department,title,rank,subdistrict,expertise,phone,capacity,active_from\n"
    "0017,虚构甲,经信局,科长,section head,城东街道,C39;C40,+86 19900001234,2,2024-03-01\n"
    "0018,虚构乙,,,1,,,19900005678,,2024-04-01\n",
    "enterprises": "Credit code,Enterprise,Industry code,Annual revenue (10 000 yuan),Employees,Tier,Above scale,"
    "Enrolled on,Contact's phone\n"
    f"{A},虚构一号有限公司,C3983,15000,1200,A,yes,2025-01-01,057120000000\n{B},虚构二号有限公司,,,80,,no,,\n",
    "pairings": f"uscc,staff_no,start_on,pinned\n{A},0017,2026-03-01,true\n",
    "recusals": f"staff_no,uscc,reason\n0018,{A},亲属任职\n",
    "absences": "staff_no,start_on,end_on\n0017,2026-04-01,2026-05-01\n",
    "visits": f"uscc,staff_no,done_on,channel,outcome,minutes\n{A},0017,2026-03-05,on_site,met,用工缺口\n",
}
EXPECTED = {
    "cadres": [
        {"staff_no": "0017", "name": "虚构甲", "department": "经信局", "title": "科长", "rank": 3,
         "subdistrict": "城东街道", "expertise": ("C39", "C40"), "phone": "19900001234", "capacity": 2,
         "active_from": date(2024, 3, 1)},
        {"staff_no": "0018", "name": "虚构乙", "rank": 1, "phone": "19900005678", "active_from": date(2024, 4, 1)},
    ],
    "enterprises": [
        {"uscc": A, "name": "虚构一号有限公司", "industry_code": "C3983", "revenue": Decimal(15000), "employees": 1200,
         "tier": "A", "above_scale": True, "enrolled_on": date(2025, 1, 1), "contact_phone": "0571-20000000"},
        {"uscc": B, "name": "虚构二号有限公司", "employees": 80, "above_scale": False},
    ],
    "pairings": [{"uscc": A, "staff_no": "0017", "start_on": MARCH, "pinned": True}],
    "recusals": [{"staff_no": "0018", "uscc": A, "reason": "亲属任职"}],
    "absences": [{"staff_no": "0017", "start_on": APRIL, "end_on": MAY}],
    "visits": [{"uscc": A, "staff_no": "0017", "done_on": date(2026, 3, 5), "channel": "on_site", "outcome": "met",
                "minutes": "用工缺口"}],
}  # fmt: skip


def values(roster: Roster) -> dict[str, list[dict[str, object]]]:
    return {key: [dict(row.values) for row in roster.rows[key]] for key in EXPECTED}


def test_a_chinese_workbook_with_title_rows_reads_as_its_records() -> None:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in CHINESE.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    reading = read_roster(workbook.read(buffer.getvalue(), "f.xlsx"))
    assert (values(reading), reading.problems, notes(reading)) == (EXPECTED, (), "")


@pytest.mark.parametrize("name", ["{key}.csv", "export-{key}-2026.csv"])
def test_the_same_roster_as_english_csv_reads_as_the_same_records(name: str) -> None:
    grids = [csv.read(text.encode(), name.format(key=key)) for key, text in ENGLISH.items()]
    reading = read_roster(grids)
    assert (values(reading), reading.problems, notes(reading)) == (EXPECTED, (), "")


def test_a_record_knows_its_row_and_the_cells_of_all_its_columns() -> None:
    reading = read(["名单"], ["序号", *ENTERPRISE, "tier"], [1, A, "虚构一号", None])
    (row,) = reading.rows["enterprises"]
    assert (row.file, row.sheet, row.number) == ("f.xlsx", "Sheet1", 3)
    assert row.cells == {"uscc": "B3", "name": "C3", "tier": "D3"}
    assert isinstance(row, RosterRow)


def test_blank_cells_and_absent_columns_are_no_values() -> None:
    (row,) = read([*ENTERPRISE, "tier", "address"], [A, "虚构一号", "", " "]).rows["enterprises"]
    assert row.values == {"uscc": A, "name": "虚构一号"}


def test_blank_rows_and_rows_that_are_only_numbered_are_passed_over() -> None:
    reading = read(["序号", *ENTERPRISE], [1, A, "虚构一号"], [], [2, None, ""], [None] * 3, [3, B, "虚构二号"])
    assert [row.number for row in reading.rows["enterprises"]] == [2, 6]
    assert reading.problems == ()


def test_the_header_repeated_on_a_later_page_is_no_record() -> None:
    header = ["staff_no", "name"]
    assert len(read(header, ["1", "虚构甲"], header, ["2", "虚构乙"]).rows["cadres"]) == 2


def test_a_header_may_stand_as_low_as_row_20_and_no_lower() -> None:
    lines: list[Sequence[RawCell]] = [["标题"]] * 19
    assert len(read(*lines, ENTERPRISE, [A, "虚构一号"]).rows["enterprises"]) == 1
    assert not any(read(*lines, ["标题"], ENTERPRISE, [A, "虚构一号"]).rows.values())


@pytest.mark.parametrize(
    "first", ["合计", "总 计", "备注：以上为2026年数据", "填表人:虚构丙", "说明", "注:", "Total", "Note: draft"]
)
def test_a_total_or_note_under_the_table_is_left_out_and_said(first: str) -> None:
    reading = read(["序号", *ENTERPRISE, "employees"], [1, A, "虚构一号", 5], [first, None, None, 5])
    assert (len(reading.rows["enterprises"]), reading.problems) == (1, ())
    assert "row 3" in notes(reading)
    assert first in notes(reading)


def test_an_enterprise_whose_name_begins_like_a_note_is_a_record() -> None:
    reading = read(["name", "uscc"], ["总计虚构有限公司", A])
    assert (len(reading.rows["enterprises"]), notes(reading)) == (1, "")


def test_unknown_columns_are_left_out_and_said() -> None:
    assert "邮箱, 传真" in notes(read([*ENTERPRISE, "邮箱", "传真"], [A, "虚构一号", "x", "y"]))


def test_a_sheet_that_is_no_roster_is_left_out_and_said_when_another_one_is() -> None:
    reading = read_roster(
        [Grid("f", "说明", [["怎样填写"]]), Grid("f", "企业", [ENTERPRISE, [A, "虚构一号"]]), Grid("f", "空", [])]
    )
    assert (len(reading.rows["enterprises"]), reading.problems) == (1, ())
    assert [str(note) for note in reading.notes] == ["f, 说明: not a roster sheet, not imported"]


def test_a_file_without_any_roster_sheet_is_a_fault_that_names_the_headers_seen() -> None:
    problem = only(read(["甲", "乙"], ["丙", "丁"]))
    assert (problem.file, problem.value) == ("f.xlsx", "甲, 乙")
    assert "no roster sheet" in str(problem.reason)


def test_each_file_must_hold_a_sheet_of_a_roster() -> None:
    good, bad = Grid("a.csv", "a", [ENTERPRISE, [A, "虚构一号"]]), Grid("b.csv", "b", [])
    assert only(read_roster([good, bad])).file == "b.csv"


def test_a_header_without_rows_is_said_and_is_a_fault_when_there_is_no_row_at_all() -> None:
    filled, bare = Grid("a.csv", "a", [ENTERPRISE, [A, "虚构一号"]]), Grid("b.csv", "cadres", [["工号", "姓名"]])
    reading = read_roster([filled, bare])
    assert reading.problems == ()
    assert "b.csv, cadres: there is a header, but no rows below it" in notes(reading)
    fault = only(read_roster([bare]))
    assert (fault.file, fault.sheet, str(fault.reason)) == (
        "b.csv",
        "cadres",
        "there is a header, but no rows below it",
    )


@pytest.mark.parametrize(
    ("header", "lacking"),
    [
        (["信用代码"], ["企业名称 (name)"]),
        (["staff_no", "uscc"], ["回避原因 (reason)", "(start_on)", "(done_on)"]),
        (["工号", "begin"], ["姓名 (name)"]),
    ],
)
def test_headers_too_few_for_any_sheet_are_told_which_columns_are_missing(
    header: list[str], lacking: list[str]
) -> None:
    reason = str(only(read(header, ["1"] * len(header))).reason)
    assert "required columns are missing" in reason
    assert all(column in reason for column in lacking)
    assert reason.count(": ") == len(lacking)


def test_a_missing_required_column_is_named_with_the_nearest_header() -> None:
    problem = only(read(["统一社会信用代号", "企业名称"], [A, "虚构一号"], sheet="企业"))
    assert (problem.cell, problem.value) == ("A1", "统一社会信用代号")
    assert "统一社会信用代码 (uscc)" in str(problem.reason)


def test_a_column_that_is_there_twice_is_a_fault_and_no_row_is_taken() -> None:
    reading = read([*ENTERPRISE, "单位名称"], [A, "虚构一号", "虚构二号"])
    assert [cell for cell, _ in faults(reading)] == ["C1"]
    assert "also in B" in str(only(reading).reason)
    assert not any(reading.rows.values())


def test_a_blank_required_cell_is_a_fault() -> None:
    assert faults(read([*ENTERPRISE, "tier"], [A, " ", "A"])) == [("B2", "a value is required here")]


def test_a_row_with_more_cells_than_the_header_is_a_fault() -> None:
    (fault,) = faults(read(["uscc", "name", "address"], [A, "虚构一号", "虚构路1号", "2楼"]))
    assert fault[0] == "D2"


def test_a_short_row_has_blank_cells_at_its_end() -> None:
    assert len(read(["uscc", "name", "address"], [A, "虚构一号"]).rows["enterprises"]) == 1


def test_every_fault_is_reported_at_once_with_its_cell_and_value_and_good_rows_are_kept() -> None:
    reading = read(
        [*ENTERPRISE, "employees", "enrolled_on"],
        [A[:-1], "虚构一号", "约50", "2026-02-30"],
        [B, "虚构二号", 5, MARCH],
        [913301000000000001, None, 1.5, "3月5日"],
    )
    assert [(problem.cell, problem.value) for problem in reading.problems] == [
        ("A2", A[:-1]), ("C2", "约50"), ("D2", "2026-02-30"),
        ("A4", "913301000000000001"), ("C4", "1.5"), ("D4", "3月5日"), ("B4", ""),
    ]  # fmt: skip
    assert [row.values["uscc"] for row in reading.rows["enterprises"]] == [B]


def test_an_excel_error_is_named_in_a_column_of_any_kind() -> None:
    assert "Excel error" in str(only(read([*ENTERPRISE, "enrolled_on"], [A, "虚构一号", "#REF!"])).reason)


def test_a_faulty_phone_is_repeated_masked_for_it_is_still_somebodys() -> None:
    reading = read(["staff_no", "name", "phone"], ["1", "虚构甲", "199000012345"])
    assert only(reading).value == "199*****2345"


def test_a_number_long_enough_for_an_identity_card_is_not_repeated() -> None:
    reading = read(["staff_no", "name", "phone"], ["1", "虚构甲", "330100190001011234"])
    assert only(reading).value == "330…"


@pytest.mark.parametrize(
    ("header", "first", "second", "is_same"),
    [
        (("uscc", "name"), (A, "虚构一号"), (A, "虚构改名"), True),
        (("uscc", "name"), (A, "虚构一号"), (B, "虚构一号"), False),
        (("staff_no", "name"), ("7", "虚构甲"), (7.0, "虚构乙"), True),
        (("staff_no", "name"), ("7", "虚构甲"), ("07", "虚构甲"), False),
        (("uscc", "staff_no", "start_on"), (A, "7", MARCH), (A, "8", "2026.3.1"), True),
        (("uscc", "staff_no", "done_on"), (A, "7", MARCH), (A, "7", MARCH), True),
        (("uscc", "staff_no", "done_on"), (A, "7", MARCH), (A, "8", MARCH), False),
        (("staff_no", "uscc", "reason"), ("7", A, "亲属"), ("7", A, "同学"), True),
        (("staff_no", "start_on", "end_on"), ("7", MARCH, APRIL), ("7", MARCH, MAY), True),
        (("staff_no", "start_on", "end_on"), ("7", MARCH, APRIL), ("8", MARCH, APRIL), False),
    ],
)
def test_two_rows_with_one_key_are_a_fault_that_names_both(
    header: Sequence[str], first: Sequence[RawCell], second: Sequence[RawCell], *, is_same: bool
) -> None:
    reading = read(header, first, second)
    assert len(reading.problems) == is_same
    assert sum(len(reading.rows[key]) for key in EXPECTED) == 2 - is_same
    assert all(problem.cell == "A3" and "row 2" in str(problem.reason) for problem in reading.problems)


def test_the_same_key_in_another_file_is_a_fault_that_names_it() -> None:
    grids = [Grid(file, "企业", [ENTERPRISE, [A, "虚构一号"]]) for file in ("a.csv", "b.csv")]
    problem = only(read_roster(grids))
    assert (problem.file, "a.csv" in str(problem.reason)) == ("b.csv", True)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ((*ENTERPRISE, "exited_on", "enrolled_on"), (A, "虚构一号", MARCH, MARCH)),
        (("staff_no", "name", "left_on", "active_from"), ("7", "虚构甲", MARCH, APRIL)),
        (("uscc", "staff_no", "end_on", "start_on"), (A, "7", MARCH, APRIL)),
        (("staff_no", "reason", "end_on", "start_on"), ("7", "x", MARCH, MARCH)),
    ],
)
def test_an_end_that_is_not_after_its_start_is_a_fault(header: Sequence[str], row: Sequence[RawCell]) -> None:
    assert only(read(header, row)).cell == "C2"
    assert read(header, [*row[:2], JUNE, row[3]]).problems == ()


@pytest.mark.parametrize(
    ("first", "second", "at_fault"),
    [
        ((A, "7", MARCH, MAY), (A, "8", APRIL, None), "C3"),
        ((A, "7", MARCH, None), (A, "8", APRIL, MAY), "C3"),
        ((A, "7", APRIL, None), (A, "8", MARCH, MAY), "C2"),
        ((A, "7", MARCH, APRIL), (A, "8", APRIL, None), None),
        ((A, "7", MARCH, None), (B, "7", APRIL, None), None),
    ],
)
def test_pairings_of_one_enterprise_that_overlap_are_a_fault(
    first: Sequence[RawCell], second: Sequence[RawCell], at_fault: str | None
) -> None:
    assert [cell for cell, _ in faults(read(PAIRING, first, second))] == [at_fault] * (at_fault is not None)


def test_a_long_pairing_overlaps_every_later_one_inside_it() -> None:
    rows = [(A, "7", MARCH, None), (A, "8", APRIL, MAY), (A, "9", MAY, JUNE)]
    assert [cell for cell, _ in faults(read(PAIRING, *rows))] == ["C3", "C4"]


def test_the_sheets_of_one_kind_are_put_together() -> None:
    reading = read_roster([Grid("f", "城东", [ENTERPRISE, [A, "甲厂"]]), Grid("f", "城西", [ENTERPRISE, [B, "乙厂"]])])
    assert [row.sheet for row in reading.rows["enterprises"]] == ["城东", "城西"]
