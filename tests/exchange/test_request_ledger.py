"""The ledger of requests (诉求台账) and the requests raised at visits: what files tell, and what is supposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.rosters import csv_file, told

A = "91339907MA0000015T"
FIRMS = ("uscc,name,above_scale,enrolled_on", f"{A},虚构甲有限公司,是,2024-01-01")
CADRES = ("staff_no,name,department", "1001,王一禾,经信局", "1002,李双木,商务局")
TODAY = "2026-11-23"
F6A = (
    "统一社会信用代码,收到日期,诉求类别,诉求内容,责任部门,办结日期,办理结果,是否销号",
    f"{A},2026-09-01,用工人才,缺两名焊工,人社局,2026-09-08,已解决,是",
)


@pytest.fixture
def office(esm: Esm, tmp_path: Path) -> Esm:
    """Return an office that serves one enterprise with two cadres."""
    files = csv_file(tmp_path, "firms", *FIRMS), csv_file(tmp_path, "cadres", *CADRES)
    assert esm("import", *files, today=TODAY).code == 0
    return esm


def take_in(
    office: Esm, folder: Path, *lines: str, name: str = "诉求", code: int = 0, more: tuple[str, ...] = ()
) -> Any:
    """Import a sheet; return the answer."""
    file = csv_file(folder, name, *lines)
    ran = office("import", file, *more, "--format", "json", today=TODAY)
    assert ran.code == code, ran.out + ran.err
    return json.loads(ran.out)


def assumed(answer: Any) -> dict[str, tuple[object, int]]:
    return {one["field"]: (one["value"], one["rows"]) for one in answer["assumed"]}


def moves(office: Esm, number: int = 1) -> list[tuple[str, str]]:
    shown = told(office, "request", "show", str(number), today=TODAY)
    return [(each["move"], each["done_on"]) for each in shown["events"]]


def test_a_closed_request_comes_in_closed_with_its_moves(office: Esm, tmp_path: Path) -> None:
    answer = take_in(office, tmp_path, *F6A)
    shown = told(office, "request", "show", "1", today=TODAY)
    assert (shown["state"], shown["outcome"], shown["closed_on"]) == ("closed", "solved", "2026-09-08")
    assert moves(office) == [
        ("accept", "2026-09-01"), ("dispatch", "2026-09-01"), ("answer", "2026-09-08"), ("close", "2026-09-08"),
    ]  # fmt: skip
    assert assumed(answer) == {
        "accepted_on": ("received_on", 1), "dispatched_on": ("received_on", 1), "answered_on": ("closed_on", 1),
    }  # fmt: skip


def test_a_ledger_again_changes_nothing_and_the_next_adds_what_is_missing(office: Esm, tmp_path: Path) -> None:
    header = "企业名称,收到日期,受理日期,交办日期,诉求类别,诉求内容,责任部门,办结日期,办理结果,办理状态,满意度"
    row = "虚构甲有限公司,2026-11-02,2026-11-03,2026-11-04,用工人才,缺两名焊工,人社局"
    first = take_in(office, tmp_path, header, f"{row},,,办理中,", name="台账")
    assert (first["added"], first["assumed"]) == (3, [])
    assert told(office, "request", "show", "1", today=TODAY)["state"] == "dispatched"
    again = take_in(office, tmp_path, header, f"{row},,,办理中,", name="台账")
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 1)
    later = take_in(office, tmp_path, header, f"{row},2026-11-16,已解决,已办结,满意", name="台账")
    assert later["added"] == 3
    assert moves(office) == [
        ("accept", "2026-11-03"), ("dispatch", "2026-11-04"), ("answer", "2026-11-16"), ("close", "2026-11-16"),
        ("confirm", "2026-11-16"),
    ]  # fmt: skip
    assert told(office, "request", "show", "1", today=TODAY)["state"] == "confirmed"


def test_what_tells_no_state_and_no_class_is_said_to_be_open_and_of_other_matters(office: Esm, tmp_path: Path) -> None:
    answer = take_in(office, tmp_path, "企业名称,收到日期,诉求内容", "虚构甲有限公司,2026-11-02,缺两名焊工")
    assert assumed(answer) == {"state": ("received", 1), "request_class": ("other", 1)}
    strict = office("import", str(tmp_path / "诉求.csv"), "--strict", db=tmp_path / "new.db", today=TODAY)
    assert strict.code == 5


@pytest.mark.parametrize(
    ("header", "value", "state"),
    [
        ("办理状态", "办理中", "accepted"), ("办理状态", "待受理", "received"), ("是否销号", "否", "received"),
        ("是否销号", "√", "closed"), ("是否办结", "已办结", "closed"), ("目前", "已办结", "closed"),
        ("目前", "未办结", "received"), ("办理状态", "已撤回", "withdrawn"),
    ],
)  # fmt: skip
def test_the_state_is_known_by_its_header_or_by_its_values(
    office: Esm, tmp_path: Path, header: str, value: str, state: str
) -> None:
    take_in(office, tmp_path, f"企业名称,收到日期,诉求内容,{header}", f"虚构甲有限公司,2026-11-02,缺两名焊工,{value}")
    assert told(office, "request", "show", "1", today=TODAY)["state"] == state


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("办理状态", "看情况", "D2"),  # seen and not understood
        ("办结日期,是否销号", "2026-11-09,否", "D2"),  # contradict each other
        ("是否销号,办理结果", "是,部分问题仍在协调", "E2"),  # closed, and nobody can say whether solved
        ("满意度", "满意", "D2"),
        ("办理情况", "已解决，招到两人", "D2"),  # free text is no state, and may say one
        ("办结日期", "2026-10-30", "D2"),  # before the receipt
    ],
)
def test_what_decides_and_is_not_understood_refuses(
    office: Esm, tmp_path: Path, header: str, cells: str, column: str
) -> None:
    rows = (f"企业名称,收到日期,诉求内容,{header}", f"虚构甲有限公司,2026-11-02,缺两名焊工,{cells}")
    answer = take_in(office, tmp_path, *rows, code=5)
    assert column in {each["cell"] for each in answer["errors"]}
    assert told(office, "request", "list", "--all", today=TODAY) == []


def test_problems_of_visits_are_requests_raised_at_them(office: Esm, tmp_path: Path) -> None:
    header = "企业名称,走访人,走访日期,走访方式,走访结果,反映问题,诉求类别"
    rows = (
        "虚构甲有限公司,王一禾、李双木,2026-11-03,现场,已见面,缺两名焊工,用工人才",
        "虚构甲有限公司,王一禾,2026-11-10,现场,已见面,暂无诉求,",
        "虚构甲有限公司,王一禾,2026-11-11,现场,已见面,无,",
        "虚构甲有限公司,王一禾,2026-11-12,现场,已见面,道路太窄,",
    )
    answer = take_in(office, tmp_path, header, *rows, name="走访台账")
    assert assumed(answer) == {"state": ("received", 2), "request_class": ("other", 1)}
    found = told(office, "request", "list", "--all", today=TODAY)
    assert sorted((each["subject"], each["received_on"], each["request_class"]) for each in found) == [
        ("缺两名焊工", "2026-11-03", "labour"), ("道路太窄", "2026-11-12", "other"),
    ]  # fmt: skip
    again = take_in(office, tmp_path, header, *rows, name="走访台账")
    assert (again["added"], again["updated"]) == (0, 0)


def test_a_request_raised_at_a_visit_comes_as_far_as_the_sheet_tells(office: Esm, tmp_path: Path) -> None:
    header = "企业名称,走访人,走访日期,走访方式,走访结果,反映问题,诉求类别,办理情况,是否办结"
    row = "虚构甲有限公司,王一禾,2026-11-03,现场,已见面,缺两名焊工,用工人才"
    assert take_in(office, tmp_path, header, f"{row},已解决两人,", name="走访台账", code=5)["questions"] != []
    take_in(office, tmp_path, header, f"{row},招到两人,是", name="走访台账")
    assert told(office, "request", "show", "1", today=TODAY)["state"] == "closed"
    assert moves(office) == [("accept", "2026-11-03"), ("close", "2026-11-03")]


def test_a_ledger_is_known_by_its_headers_alone(office: Esm, tmp_path: Path) -> None:
    take_in(office, tmp_path, *F6A, name="2026年9月")
    assert told(office, "request", "show", "1", today=TODAY)["state"] == "closed"
