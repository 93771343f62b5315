"""Titles that name a unit, and what stands under a table: totals, notes, signatures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from esm.sheets.exchange.surroundings import remark, unit_said


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("单位：亿元", "10000"), ("计量单位: 元", "0.0001"), ("（单位：千元、人）", "0.1"), ("单位：人、万元", "1"),
        ("营业收入情况（百万元）", "100"), ("Unit: 10,000 yuan", "1"), ("单 位：人民币元", "0.0001"),
    ],
)  # fmt: skip
def test_a_title_names_the_unit_of_the_amounts_under_it(title: str, unit: str) -> None:
    found = unit_said([["名单", None, title]], [])
    assert found is not None
    assert found[1] == Decimal(unit)


@pytest.mark.parametrize("title", ["填报单位：江畔街道办事处", "单位：元或万元", "2026年（第三季度）", "单位：家"])
def test_a_title_that_names_no_unit_or_several_settles_nothing(title: str) -> None:
    assert unit_said([[title], ["", 3]], []) is None


@pytest.mark.parametrize(
    "text",
    ["合 计", "总计（12家）", "本页小计", "共 12 家", "备注：以名录库为准", "注1：上年数", "填表人", "单位负责人：尹甲",
     "审核人(签字)：", "报出日期：2026年", "联系电话：0571-2", "制表人:尹", "资料来源：统计局", "以下空白",
     "制表：", "（盖章）", "单位公章", "知鹭街道小计", "Total", "Note: x"],
)  # fmt: skip
def test_totals_notes_and_signatures_are_told_from_rows(text: str) -> None:
    assert remark([None, text, "", 3]) == text


@pytest.mark.parametrize(
    "text",
    [
        "合众机械有限公司",
        "共创科技",
        "注塑机厂",
        "单位",
        "联系人",
        "总部大厦",
        "1",
        "notebook",
        "会计事务所",
        "公章刻制社",
        "2026年11月20日",
    ],
)
def test_what_is_like_a_remark_and_none_stays_a_row(text: str) -> None:
    assert remark([text, 3]) is None


@pytest.mark.parametrize("day", ["2026年11月20日", "2026-11-20", date(2026, 11, 20)])
def test_a_date_that_stands_alone_is_the_day_of_a_signature(day: str | date) -> None:
    assert remark([None, day, ""]) is not None
    assert remark([None, day, "虚构厂"]) is None
