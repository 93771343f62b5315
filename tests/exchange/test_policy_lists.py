"""Lists of policies (政策清单): for whom each is, until when, and under which code."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.rosters import csv_file, told

from esm.domain.policies.audience_words import audience_rules
from esm.domain.values.days.period_parsing import period
from esm.errors import Message

F6B = ("政策编号,政策名称,适用对象,有效期至", "R1,招工补贴,小微企业,2026-12-31")


def take_in(esm: Esm, folder: Path, *lines: str, name: str = "政策", code: int = 0, more: tuple[str, ...] = ()) -> Any:
    """Import a sheet; return the answer."""
    ran = esm("import", csv_file(folder, name, *lines), *more, "--format", "json")
    assert ran.code == code, ran.out + ran.err
    return json.loads(ran.out) if not code else ran


def test_a_policy_for_small_firms_is_for_small_firms(esm: Esm, tmp_path: Path) -> None:
    answer = take_in(esm, tmp_path, *F6B)
    shown = told(esm, "policy", "show", "R1")
    assert (shown["sizes"], shown["audience"]) == (["micro", "small"], "小微企业")
    assert answer["assumed"] == []


def test_policies_without_a_code_get_one_and_keep_it(esm: Esm, tmp_path: Path) -> None:
    header = "序号,政策名称,政策条款,责任科室,有效期,适用对象"
    rows = (
        "1,招工补贴,每人1000元,就业科,2026-01-01至2026-12-31,规上制造业企业",
        "2,首次升规奖励,20万元,运行科,2027-12-31,新升规企业",
    )
    answer = take_in(esm, tmp_path, header, *rows, name="惠企政策汇编")
    assert [(one["field"], one["value"], one["rows"]) for one in answer["assumed"]] == [("policy", "P001–P002", 2)]
    first = told(esm, "policy", "show", "P001")
    assert (first["start_on"], first["until_on"], first["office"]) == ("2026-01-01", "2026-12-31", "就业科")
    assert (first["industries"], first["above_scale"], first["gives"]) == (["C"], True, "每人1000元")
    assert told(esm, "policy", "show", "P002")["newly_entered"] is True
    again = take_in(esm, tmp_path, header, rows[1], rows[0], "3,用电补贴,,,,", name="惠企政策汇编")
    assert (again["added"], again["unchanged"], again["updated"]) == (1, 2, 0)
    assert [(one["field"], one["value"]) for one in again["assumed"]] == [("policy", "P003"), ("audience", None)]


def test_words_that_are_no_rule_refuse_unless_they_are_mapped(esm: Esm, tmp_path: Path) -> None:
    rows = ("政策编号,政策名称,适用对象", "R1,研发补助,高新技术企业")
    refused = take_in(esm, tmp_path, *rows, code=5)
    assert "高新技术企业" in refused.out
    take_in(esm, tmp_path, *rows, more=("--map", "适用对象=policies.audience"))
    assert told(esm, "policy", "show", "R1")["audience"] == "高新技术企业"


def test_a_list_that_does_not_say_for_whom_is_for_everybody_and_says_so(esm: Esm, tmp_path: Path) -> None:
    answer = take_in(esm, tmp_path, "政策名称,责任科室", "招工补贴,就业科", name="政策清单")
    assert [one["field"] for one in answer["assumed"]] == ["policy", "audience", "until_on"]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("规上企业", {"above_scale": True}),
        ("规模以上工业企业", {"above_scale": True, "industries": ("B", "C", "D")}),
        ("小微企业", {"sizes": ("micro", "small")}),
        ("中小企业", {"sizes": ("micro", "small", "medium")}),
        ("大型企业、中型企业", {"sizes": ("medium", "large")}),
        ("大中型制造业企业", {"sizes": ("medium", "large"), "industries": ("C",)}),
        ("制造业、建筑业", {"industries": ("C", "E")}),
        ("批发和零售业", {"industries": ("F",)}),
        ("A类、B类企业", {"tiers": ("A", "B")}),
        ("新入库企业", {"newly_entered": True}),
        ("全区所有企业", {}),
        ("制造业企业、新升规企业", "制造业企业、新升规企业"),  # either of two fields is no rule
        ("小微企业、个体工商户", "个体工商户"),
        ("科技企业", "科技企业"),
        ("规上企业（含新升规）", "规上企业(含新升规)"),
    ],
)
def test_words_for_whom_a_policy_is_are_rules_or_not_understood(words: str, rules: object) -> None:
    assert audience_rules(words) == rules


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("2026-01-01至2026-12-31", (date(2026, 1, 1), date(2026, 12, 31))),
        ("自2026年1月1日起至2026年12月31日止", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026.1.1—2026.12.31", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-12-31", (None, date(2026, 12, 31))),
        ("2026年3月1日-4月30日", (date(2026, 3, 1), date(2026, 4, 30))),
        ("2026.3.1—4.30", (date(2026, 3, 1), date(2026, 4, 30))),
        ("常年受理", (None, None)),
        ("至2026年12月31日", (None, date(2026, 12, 31))),
        ("2026年12月31日前", (None, date(2026, 12, 31))),
        ("2026年1月1日起施行", (date(2026, 1, 1), None)),
        (date(2026, 12, 31), (None, date(2026, 12, 31))),
        ("2026年度", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-2028年", (date(2026, 1, 1), date(2028, 12, 31))),
        ("长期有效", (None, None)),
    ],
)
def test_a_period_is_understood_as_people_write_it(cell: Any, days: object) -> None:
    assert period(cell) == days


@pytest.mark.parametrize("cell", ["三年", "2026-12-31至2026-01-01", "2026年1月至12月", "见文件", "2026-02-30"])
def test_what_is_no_period_is_refused(cell: str) -> None:
    assert isinstance(period(cell), Message)
