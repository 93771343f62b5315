"""The roster's vocabulary: which headers mean which column of which sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from esm.domain.exchange.sheet_catalogue import BOOK, ROSTER_SHEETS
from esm.domain.values.column_spec import SheetSpec
from esm.domain.values.raw_text import fold
from esm.sheets.exchange.grid import Grid
from esm.sheets.exchange.header_recognition import nearest_header, recognise
from esm.sheets.exchange.recognised_sheet import Recognised

# docs/cli.md, Columns: the required ones have a star.
CONTRACT = {
    "cadres": "staff_no* name* department title rank subdistrict expertise phone capacity active_from left_on email",
    "enterprises": "uscc* name* industry_code subdistrict address revenue employees qualified tier above_scale"
    " enrolled_on exited_on contact_name contact_title contact_phone",
    "pairings": "uscc* staff_no* start_on* end_on pinned deputy",
    "recusals": "staff_no* uscc* reason* kind start_on end_on",
    "absences": "staff_no* start_on* end_on* reason deputy",
    "visits": "uscc* staff_no* done_on* channel outcome minutes met_with business satisfaction",
    "requests": "request_no uscc* received_on* request_class nature subject* staff_no accept_days answer_days"
    " close_days",
    "request_events": "request_no* number move* done_on* who department supporting note until_on days outcome basis"
    " satisfied reason",
    "policies": "code title* source gives worth start_on until_on industries tiers sizes above_scale newly_entered"
    " unasked audience office",
    "briefings": "policy* uscc* done_on* staff_no",
    "applications": "policy* uscc* done_on* kind* note",
    "reliefs": "policy* uscc* done_on* kind* number amount*",
}
# What a row means that leaves them blank: no for a question, the usual way of a visit, the first of several, always.
BLANKS = {
    **dict.fromkeys(
        [
            "pairings.pinned",
            "plans.confirmed",
            "plans.provisional",
            "request_classes.retired",
            "called_off_plans.confirmed",
        ],
        False,
    ),
    **dict.fromkeys(["policies.above_scale", "policies.newly_entered", "policies.unasked"], False),
    **dict.fromkeys(["visits.channel", "cancelled_visits.channel"], "on_site"),
    **dict.fromkeys(["visits.outcome", "cancelled_visits.outcome"], "met"),
    **dict.fromkeys(["companions.cancelled_entry", "promises.cancelled_entry"], 0),
    **dict.fromkeys(["cancelled_visits.number", "companions.number", "promises.number", "outside_visits.number"], 1),
    **dict.fromkeys(["plans.number", "reliefs.number", "called_off_plans.number"], 1),
    **dict.fromkeys(["postings.start_on", "profiles.start_on", "recusals.start_on", "settings.start_on"], date.min),
    "recusals.kind": "other",
}
# Days and names without which a record says nothing.
NEEDED = {"uscc", "start_on", "done_on", "recorded_on", "cancelled_on", "visited_on", "visited_by", "due_on", "made_on"}


def understood(name: str, *headers: str) -> Recognised:
    found = recognise(name, headers)
    assert found is not None
    return found


def keys(found: Recognised) -> list[str]:
    return [heading.column.key for heading in found.headings]


def test_the_sheets_have_the_columns_of_the_contract() -> None:
    columns = {
        sheet.key: " ".join(column.key + "*" * column.is_required for column in sheet.columns if not column.is_kept)
        for sheet in BOOK
        if sheet.key in CONTRACT
    }
    assert columns == CONTRACT


def test_what_a_row_means_that_leaves_a_cell_blank() -> None:
    blanks = {(sheet.key, key): sheet.columns[place].blank for sheet in BOOK for place, key in enumerate(sheet.keys)}
    assert {".".join(place): blank for place, blank in blanks.items() if blank is not None} == BLANKS


def test_a_record_of_an_export_leaves_out_only_a_day_that_it_may_not_have() -> None:
    """A department or a group holds from always, a visit stands until it is cancelled, a plan until one uses it up."""
    others = [sheet for sheet in BOOK if sheet.key not in CONTRACT and NEEDED.intersection(sheet.keys)]
    optional = {
        (sheet.key, column.key)
        for sheet in others
        for column in sheet.columns
        if column.key in NEEDED and not column.is_required
    }
    assert optional == {
        ("postings", "start_on"), ("profiles", "start_on"), ("settings", "start_on"),
        ("outside_visits", "cancelled_on"), ("plans", "visited_on"), ("plans", "visited_by"),
    }  # fmt: skip


def test_columns_that_esm_keeps_stand_after_those_of_the_contract_and_are_never_required() -> None:
    for sheet in ROSTER_SHEETS:
        assert [column.is_kept for column in sheet.columns] == sorted(column.is_kept for column in sheet.columns)
        assert not any(column.is_kept and column.is_required for column in sheet.columns)


@pytest.mark.parametrize("sheet", BOOK, ids=lambda sheet: sheet.key)
def test_a_header_names_one_column_of_its_sheet_only(sheet: SheetSpec) -> None:
    folded = [fold(name) for column in sheet.columns for name in set(map(fold, column.names))]
    assert len(folded) == len(set(folded))


@pytest.mark.parametrize("sheet", BOOK, ids=lambda sheet: sheet.key)
def test_every_label_key_and_alias_is_read_back_as_its_column(sheet: SheetSpec) -> None:
    for column in sheet.columns:
        for name in column.names:
            assert keys(understood(sheet.key, name)) == [column.key]


@pytest.mark.parametrize(
    "header",
    ["企业名称", " 企业 名称 ", "企业\n名称", "企业名称*", "＊企业名称", "企业名称(必填)", "企业名称（全称）",
     "单位名称", "NAME", "ｎａｍｅ", "Enterprise"],
)  # fmt: skip
def test_blanks_stars_brackets_width_and_case_of_a_header_do_not_matter(header: str) -> None:
    assert keys(understood("企业", header)) == ["name"]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("年营业收入", "1"), ("年营业收入(万元)", "1"), ("主营业务收入（单位：万元）", "1"), ("revenue", "1"),
        ("年营业收入(亿元)", "10000"), ("营业收入 亿元", "10000"), ("营业收入【元】", "0.0001"),
        ("营业收入(千元)", "0.1"), ("Revenue (100 million yuan)", "10000"), ("revenue (yuan)", "0.0001"),
        ("Annual revenue (10,000 yuan)", "1"),
    ],
)  # fmt: skip
def test_the_header_says_the_unit_of_revenue_and_ten_thousand_yuan_goes_without_saying(header: str, unit: str) -> None:
    (heading,) = understood("企业", header).headings
    assert (heading.column.key, heading.unit or Decimal(1)) == ("revenue", Decimal(unit))


def test_an_amount_in_an_unknown_unit_is_not_taken_for_revenue() -> None:
    assert understood("企业", "企业名称", "年营业收入(万美元)").unknown == ((1, "年营业收入(万美元)"),)


@pytest.mark.parametrize(
    ("name", "headers", "sheet"),
    [
        ("Sheet1", ("信用代码", "单位名称"), "enterprises"),
        ("Sheet1", ("工号", "姓名", "电话"), "cadres"),
        ("2026", ("信用代码", "工号", "走访日期"), "visits"),
        ("导出", ("staff_no", "uscc", "reason"), "recusals"),
        ("导出", ("staff_no", "start_on", "end_on"), "absences"),
        ("导出", ("uscc", "staff_no", "start_on", "end_on"), "pairings"),
    ],
)
def test_a_sheet_with_any_name_is_recognised_by_its_headers(name: str, headers: tuple[str, ...], sheet: str) -> None:
    assert understood(name, *headers).spec.key == sheet


@pytest.mark.parametrize("name", ["走访", "走访记录", "visits", "VISITS", " Visits "])
def test_a_sheet_is_recognised_by_its_name_in_either_language(name: str) -> None:
    assert understood(name, "信用代码").spec.key == "visits"


def test_the_name_of_a_sheet_goes_before_its_headers() -> None:
    headers = ("工号", "信用代码", "原因")
    assert understood("Sheet1", *headers).spec.key == "recusals"
    assert understood("结对", *headers).spec.key == "pairings"


def test_when_two_kinds_match_the_one_with_all_required_columns_is_meant() -> None:
    assert understood("Sheet1", "工号", "开始日期", "结束日期", "职级", "部门").spec.key == "absences"


def test_when_two_kinds_have_all_they_require_the_one_with_more_columns_is_meant() -> None:
    assert understood("Sheet1", "信用代码", "工号", "开始日期", "结束日期", "是否固定").spec.key == "pairings"


@pytest.mark.parametrize("headers", [(), ("序号", "说明"), ("姓名", "电话", "备注", "传真", "生日")])
def test_headers_that_fit_no_sheet_are_not_recognised(headers: tuple[str, ...]) -> None:
    assert recognise("Sheet1", headers) is None


def test_missing_repeated_and_unknown_columns_are_told_apart() -> None:
    found = understood("干部", "姓名", "手机", "电话", "传真", "")
    assert ([column.key for column in found.missing], [column.key for column in found.by_name]) == ([], ["staff_no"])
    assert [heading.header for heading in found.repeated] == ["电话"]
    assert found.unknown == ((3, "传真"),)


def test_the_nearest_header_is_found_for_a_misspelt_one() -> None:
    uscc = next(sheet for sheet in ROSTER_SHEETS if sheet.key == "enterprises").columns[0]
    assert nearest_header(uscc, ["序号", "统一社会信用代号"]) == "统一社会信用代号"
    assert nearest_header(uscc, ["序号", "备注"]) is None


@pytest.mark.parametrize(
    ("row", "column", "address"), [(0, 0, "A1"), (6, 2, "C7"), (0, 25, "Z1"), (0, 26, "AA1"), (0, 702, "AAA1")]
)
def test_an_address_is_that_of_excel(row: int, column: int, address: str) -> None:
    assert Grid("f", "s", []).address(row, column) == address


def test_an_address_counts_from_where_the_grid_begins() -> None:
    assert Grid("f", "s", [], first_row=3).address(1, 2) == "C4"
