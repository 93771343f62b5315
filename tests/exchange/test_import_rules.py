"""Nothing is assumed in silence: the eight rules of docs/rules.md, Import, each on both sides of its border."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.office.layout import ON_RECORD, A, B, written
from tests.rosters import code, csv_file, told

HEAD = "统一社会信用代码,企业名称,是否规上,入库日期"


@pytest.fixture
def desk(esm: Esm, tmp_path: Path) -> Esm:
    assert esm("import", written(tmp_path / "desk.xlsx", ON_RECORD)).code == 0
    return esm


def pairings(esm: Esm, folder: Path) -> list[tuple[str, str, str, str]]:
    """Return enterprise, cadre, first and last day of every pairing."""
    esm("export", str(folder), "--force")
    with (folder / "pairings.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["uscc"], row["staff_no"], row["start_on"], row["end_on"]) for row in csv.DictReader(file)]


def fields(answer: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    return {each["header"]: (each["field"], each["ground"]) for each in answer["understood"]}


@pytest.mark.parametrize(
    ("header", "field", "ground"),
    [
        ("企业名称,服务专员,联系电话", "cadre.phone", "neighbour"),
        ("企业名称,联系电话,服务专员", "enterprise.contact_phone", "neighbour"),
        ("企业名称,专员电话,服务专员", "cadre.phone", "header"),
    ],
)
def test_a_phone_is_his_beside_whom_it_stands(desk: Esm, tmp_path: Path, header: str, field: str, ground: str) -> None:
    cells = {"企业名称": "虚构甲有限公司", "服务专员": "王一禾"}
    row = ",".join(cells.get(each, "19900000001") for each in header.split(","))
    answer = told(desk, "import", csv_file(tmp_path, "f", header, row))
    assert next(found for found in fields(answer).values() if found[0] and "phone" in found[0]) == (field, ground)


@pytest.mark.parametrize(("odd", "is_status"), [(1, True), (2, False)])
def test_nine_in_ten_words_make_a_column_the_field(esm: Esm, tmp_path: Path, odd: int, *, is_status: bool) -> None:
    words = ["存续"] * (10 - odd) + ["见附件"] * odd
    rows = [f"{code(n)},虚构{n}号,{word}" for n, word in enumerate(words)]
    answer = told(esm, "import", csv_file(tmp_path, "e", "统一社会信用代码,企业名称,情形", *rows))
    assert ("情形" in [each["header"] for each in answer["recognised_by_values"]]) is is_status
    assert [error["cell"] for error in answer["errors"]] == (["C11"] if is_status else ["C1"])


def test_yes_and_ticks_alone_are_no_field(esm: Esm, tmp_path: Path) -> None:
    answer = told(esm, "import", csv_file(tmp_path, "e", f"{HEAD},核对", f"{A},虚构甲有限公司,是,2024-01-01,√"))
    assert fields(answer)["核对"] == (None, None)


def test_two_columns_of_one_field_are_asked_about(desk: Esm, tmp_path: Path) -> None:
    file = csv_file(tmp_path, "v", "企业名称,走访人,走访日期,甲,乙", "虚构甲有限公司,王一禾,2026-11-20,现场,电话")
    answer = told(desk, "import", file)
    assert [error["cell"] for error in answer["errors"]] == ["D1", "E1"]
    assert all("visits.channel" in error["reason"] for error in answer["errors"])


def test_what_is_assumed_is_listed_and_strict_refuses_it(desk: Esm, tmp_path: Path) -> None:
    file = csv_file(tmp_path, "v", "企业名称,走访人,走访日期", "虚构甲有限公司,王一禾,2026-11-20")
    refused = desk("import", file, "--strict", "--format", "json")
    assert (refused.code, told(desk, "visit", "list")) == (5, [])
    assumed = told(desk, "import", file)["assumed"]
    assert [(each["field"], each["value"], each["rows"]) for each in assumed] == [
        ("channel", "on_site", 1), ("outcome", "met", 1),
    ]  # fmt: skip
    assert all(each["consequence"] for each in assumed)


def test_strict_takes_what_says_everything(desk: Esm, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path, "v", "企业名称,走访人,走访日期,走访方式,走访结果", "虚构甲有限公司,王一禾,2026-11-20,现场,已见面"
    )
    assert desk("import", file, "--strict").code == 0


def test_the_largest_plausible_revenue_goes_in_and_the_next_does_not(esm: Esm, tmp_path: Path) -> None:
    header = "统一社会信用代码,企业名称,行业代码,营业收入"
    file = csv_file(tmp_path, "e", header, f"{A},虚构甲有限公司,C3441,200000")
    assert esm("import", file, "--dry-run").code == 0
    file = csv_file(tmp_path, "e", header, f"{A},虚构甲有限公司,C3441,200001")
    assert esm("import", file, "--dry-run").code == 5
    assert esm("import", file, "--dry-run", "--map", "营业收入=enterprises.revenue").code == 0


def test_namesakes_are_told_apart_by_department_and_then_by_phone(esm: Esm, tmp_path: Path) -> None:
    desk = {
        "企业": ON_RECORD["企业"],
        "干部": (
            "工号|姓名|部门|手机", "1001|王一禾|经信局|19900000001", "1002|王一禾|商务局|19900000002",
            "1003|王一禾|商务局|19900000003",
        ),
    }  # fmt: skip
    assert esm("import", written(tmp_path / "desk.xlsx", desk)).code == 0
    file = csv_file(
        tmp_path,
        "p",
        "企业名称,包联干部,单位,手机",
        "虚构甲有限公司,王一禾,经信局,",
        "虚构乙有限公司,王一禾,商务局,19900000003",
    )
    assert esm("import", file).code == 0
    assert [pair[:2] for pair in pairings(esm, tmp_path / "out")] == [(A, "1001"), (B, "1003")]
    doubtful = told(esm, "import", csv_file(tmp_path, "q", "企业名称,包联干部", "虚构甲有限公司,王一禾"))
    assert all(number in doubtful["errors"][0]["reason"] for number in ("1001", "1002", "1003"))


def test_a_number_once_given_stays(esm: Esm, tmp_path: Path) -> None:
    first = csv_file(tmp_path, "c", "姓名,部门", "王一禾,经信局", "李双木,商务局")
    told(esm, "import", first, "--number-cadres")
    later = csv_file(tmp_path, "c", "姓名,部门", "周四方,税务局", "李双木,商务局", "王一禾,经信局")
    answer = told(esm, "import", later, "--number-cadres")
    assert (answer["added"], [each["value"] for each in answer["assumed"]]) == (1, ["1003"])
    numbers = {each["name"]: each["staff_no"] for each in told(esm, "cadre", "list")}
    assert numbers == {"王一禾": "1001", "李双木": "1002", "周四方": "1003"}


def test_an_allotment_without_a_day_goes_on_moves_and_begins(desk: Esm, tmp_path: Path) -> None:
    first = csv_file(tmp_path, "p", "企业名称,包联干部,开始日期", "虚构甲有限公司,王一禾,2026-10-01")
    assert desk("import", first).code == 0
    same = csv_file(tmp_path, "p", "企业名称,包联干部", "虚构甲有限公司,王一禾")
    answer = told(desk, "import", same)
    assert (answer["added"], answer["updated"], answer["assumed"]) == (0, 0, [])
    moved = csv_file(tmp_path, "p", "企业名称,包联干部", "虚构甲有限公司,李双木", "虚构乙有限公司,赵三石")
    assert desk("import", moved).code == 0
    assert pairings(desk, tmp_path / "out") == [
        (A, "1001", "2026-10-01", "2026-11-23"), (A, "1002", "2026-11-23", ""), (B, "1003", "2026-11-23", ""),
    ]  # fmt: skip


def test_a_mapping_that_was_written_repeats_what_was_decided(desk: Esm, tmp_path: Path) -> None:
    rows = ("企业名称,服务队,联系电话,挂钩领导", "虚构甲有限公司,王一禾,19900000021,李双木")
    file, mapping = csv_file(tmp_path, "p", *rows), str(tmp_path / "m.toml")
    assert desk("import", file).code == 5
    chosen = ["--map", "服务队=cadre.name", "--map", "挂钩领导=-"]
    once = told(desk, "import", file, "--dry-run", *chosen, "--write-mapping", mapping)
    again = told(desk, "import", file, "--mapping", mapping)
    assert {key: field for key, (field, _) in fields(again).items()} == {
        "企业名称": "enterprise.name", "服务队": "cadre.name", "联系电话": "cadre.phone", "挂钩领导": "-",
    }  # fmt: skip
    assert {ground for _, ground in fields(again).values()} == {"mapping"}
    assert [each["field"] for each in once["understood"]] == [each["field"] for each in again["understood"]]
    assert [pair[:2] for pair in pairings(desk, tmp_path / "out")] == [(A, "1001")]


def test_a_question_tells_machines_where_and_what(esm: Esm, tmp_path: Path) -> None:
    file = csv_file(tmp_path, "e", f"{HEAD},经营状态", f"{A},虚构甲有限公司（停产）,是,2024-01-01,注销")
    questions = {each["kind"]: each for each in told(esm, "import", file)["questions"]}
    assert set(questions) == {"name", "struck_off"}
    assert (questions["struck_off"]["cell"], questions["name"]["cell"]) == ("E2", "B2")
    assert all(each["question"] for each in questions.values())


@pytest.mark.parametrize(
    ("header", "cells"), [("经营状态", "注销"), ("经营状态", "吊销"), ("备注", "2026年已退库"), ("备注", "已迁出")]
)
def test_who_is_off_the_register_is_not_in_scope(esm: Esm, tmp_path: Path, header: str, cells: str) -> None:
    file = csv_file(tmp_path, "e", f"{HEAD},{header}", f"{A},虚构甲有限公司,是,2024-01-01,{cells}")
    assert [each["kind"] for each in told(esm, "import", file, "--above-scale")["questions"]] == ["struck_off"]
    assert told(esm, "enterprise", "show", A)["scopes"] == []


@pytest.mark.parametrize("word", ["无", "暂无", "/", "—", "N/A", "待补"])
def test_a_blank_word_keeps_what_is_stored(esm: Esm, tmp_path: Path, word: str) -> None:
    header = "统一社会信用代码,企业名称,联系人,联系电话"
    esm("import", csv_file(tmp_path, "e", header, f"{A},虚构甲有限公司,张甲,19900000011"))
    answer = told(esm, "import", csv_file(tmp_path, "e", header, f"{A},虚构甲有限公司,{word},{word}"))
    assert (answer["unchanged"], answer["errors"]) == (1, [])
