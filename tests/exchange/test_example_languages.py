"""The two languages of the example district: the sheets, their headers, and the same records in both."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEETS = {
    "cadres": "干部", "enterprises": "企业", "pairings": "结对", "recusals": "回避", "absences": "请假",
    "visits": "走访", "requests": "诉求", "request_events": "诉求办理", "policies": "政策", "briefings": "宣讲",
    "applications": "政策申报", "reliefs": "减负",
}  # fmt: skip
HEADERS = {
    "cadres": """工号 staff_no 姓名 name 部门 department 职务 title 职级 rank 街道 subdistrict 擅长行业 expertise
        手机 phone 服务户数 capacity 任职日期 active_from 离任日期 left_on""",
    "enterprises": """统一社会信用代码 uscc 企业名称 name 行业代码 industry_code 街道 subdistrict 地址 address
        年营业收入(万元) revenue 从业人数 employees 建筑资质 qualified 分级 tier 是否规上 above_scale
        入库日期 enrolled_on 退库日期 exited_on 联系人 contact_name 联系人职务 contact_title 联系电话 contact_phone""",
    "pairings": "统一社会信用代码 uscc 工号 staff_no 开始日期 start_on 结束日期 end_on 固定 pinned",
    "recusals": "工号 staff_no 统一社会信用代码 uscc 原因 reason",
    "absences": "工号 staff_no 开始日期 start_on 结束日期 end_on 原因 reason",
    "visits": "统一社会信用代码 uscc 工号 staff_no 走访日期 done_on 走访方式 channel 走访结果 outcome 走访纪要 minutes",
    "requests": """诉求编号 request_no 统一社会信用代码 uscc 收到日期 received_on 诉求类别 request_class 诉求性质 nature
        诉求内容 subject 经办干部工号 staff_no 提出时的走访日期 visited_on""",
    "request_events": """诉求编号 request_no 第几步 number 办理环节 move 办理日期 done_on 部门 department
        协办部门 supporting 备注 note 新期限 until_on
        办理结果 outcome 法律依据 basis 企业满意 satisfied 提级原因 reason""",
    "policies": """政策编号 code 政策名称 title 文件依据 source 政策内容 gives 可享受金额(元) worth 开始日期 start_on
        截止日期 until_on 适用行业 industries 适用等级 tiers 适用规模 sizes
        仅限规上 above_scale 仅限新入库 newly_entered
        免申即享 unasked""",
    "briefings": "政策编号 policy 统一社会信用代码 uscc 宣讲日期 done_on 工号 staff_no 走访时宣讲 on_visit",
    "applications": "政策编号 policy 统一社会信用代码 uscc 日期 done_on 申报情况 kind 备注 note",
    "reliefs": "政策编号 policy 统一社会信用代码 uscc 到账日期 done_on 减负类别 kind 金额(元) amount",
}
WORDS = {
    "是": "yes", "否": "no", "科员": "1", "副科": "2", "正科": "3", "副处": "4", "正处": "5",
    "实地": "on_site", "电话": "phone", "线上": "online", "座谈会": "meeting",
    "见到": "met", "未见到": "not_reached", "拒访": "refused", "搬迁": "moved", "停业": "closed",
    "咨询": "consult", "求助": "help", "投诉": "complaint", "建议": "suggestion",
    "受理": "accept", "不予受理": "reject", "交办": "dispatch", "异议": "dispute", "答复": "answer",
    "协办答复": "support", "延期": "extend", "办结": "close", "回访": "confirm", "重办": "reopen", "撤回": "withdraw",
    "提级": "elevate", "已解决": "solved", "部分解决": "partly_solved", "已解释": "explained", "挂起": "shelved",
    "小型;中型": "small;medium", "微型;小型": "micro;small", "减税": "tax_cut", "降费": "fee_cut", "补贴": "subsidy",
    "贷款": "loan", "已申报": "applied", "放弃": "declined", "不适用": "not_applicable",
}  # fmt: skip


@cache
def rows(sheet: str) -> list[dict[str, str]]:
    with (EXAMPLES / "district.en" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_english_files_hold_the_contract_keys_and_plain_english(sheet: str) -> None:
    text = (EXAMPLES / "district.en" / f"{sheet}.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0].split(",") == HEADERS[sheet].split()[1::2]
    assert text.isascii()


@cache
def workbook() -> Any:
    return openpyxl.load_workbook(EXAMPLES / "district.zh.xlsx")


def cells(sheet: str) -> Iterator[tuple[Any, ...]]:
    yield from workbook()[SHEETS[sheet]].iter_rows(min_row=3, values_only=True)


def test_the_workbook_has_a_merged_title_above_each_frozen_header() -> None:
    assert workbook().sheetnames == list(SHEETS.values())
    for sheet, name in SHEETS.items():
        page = workbook()[name]
        assert page["A1"].value.startswith("江畔区")
        assert [merged.min_row for merged in page.merged_cells.ranges] == [1]
        assert [cell.value for cell in page[2]] == HEADERS[sheet].split()[::2]
        assert page.freeze_panes == "A3"


def plain(cell: Any) -> str:
    """Return a Chinese cell as the English file has it, where it needs no translator."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = "" if cell is None else str(cell)
    numbers = text.replace("年", ".").replace("月", ".").removesuffix("日").split(".")
    if len(numbers) == 3:
        return date(*map(int, numbers)).isoformat()
    joined = text.replace("、", ";")
    return WORDS.get(joined, joined)


@pytest.mark.parametrize("sheet", SHEETS)
def test_both_languages_hold_the_same_records(sheet: str) -> None:
    named = {
        "name",
        "department",
        "title",
        "subdistrict",
        "address",
        "contact_name",
        "contact_title",
        "reason",
        "minutes",
        *("subject", "request_class", "supporting", "note", "basis", "source", "gives"),
    }
    for chinese, english in zip(cells(sheet), rows(sheet), strict=True):
        for (key, wanted), cell in zip(english.items(), chinese, strict=True):
            if key in named:
                assert bool(cell) == bool(wanted)
            elif key == "revenue":
                assert Decimal(str(cell)) == Decimal(wanted)
            else:
                assert plain(cell) == (wanted[1:] if key == "industry_code" else wanted)


def test_some_dates_are_typed_as_text_and_codes_are_never_numbers() -> None:
    typed = [row[2] for row in cells("visits") if isinstance(row[2], str)]
    assert any("年" in text for text in typed)
    assert any("." in text for text in typed)
    assert len(typed) < len(rows("visits")) / 3
    for row in cells("enterprises"):
        assert all(isinstance(row[place], str) for place in (0, 2, 14))
