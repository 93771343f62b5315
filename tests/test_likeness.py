"""Names that may mean one enterprise are questions, and only those worth a look."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.rosters import Esm, code, csv_file, told

from esm.domain import likeness
from esm.domain.likeness import alike, core


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("虚构省江畔市虚构区金羚电器有限公司", "金羚电器有限责任公司"),
        ("江畔市金羚（中国）电器股份有限公司", "金羚(中国)电器公司"),
        ("ＡＢ Ｔｅｓｔ Co., Ltd", "ab test limited"),
    ],
)
def test_place_legal_form_width_case_and_brackets_do_not_tell_names_apart(name: str, other: str) -> None:
    assert core(name) == core(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("江畔宏泰市政工程有限公司", "江畔宏泰市政工程"),
        ("东市场管理有限公司", "东市场管理"),
        ("有限公司", "有限公司"),
        ("厂", "厂"),
    ],
)
def test_what_only_looks_like_a_place_or_form_stays(name: str, expected: str) -> None:
    assert core(name) == expected


def test_a_name_near_to_one_on_record_is_asked_about_and_a_far_one_is_not() -> None:
    (found,) = alike({"N": "金铃电器有限公司"}, {"A": "金羚电器有限公司", "B": "远山食品有限公司"})
    assert (found.other_uscc, found.score) == ("A", 75)


def test_new_names_of_one_file_are_asked_about_only_when_their_core_is_the_same() -> None:
    new = {"A": "金羚电器有限公司", "B": "金铃电器有限公司", "C": "江畔市金羚电器公司"}
    assert [(each.uscc, each.other_uscc) for each in alike(new, {})] == [("A", "C")]


def test_an_import_asks_about_a_like_name_and_merges_nothing(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "a", "uscc,name", f"{code(1)},虚构金羚电器有限公司"))
    summary = told(esm, "import", csv_file(tmp_path, "b", "uscc,name", f"{code(2)},虚构金铃电器有限公司"))
    (question,) = summary["questions"]
    assert (question["uscc"], question["other_uscc"]) == (code(2), code(1))
    assert len(told(esm, "enterprise", "list")) == 2


def test_a_name_that_several_have_is_found_however_it_is_written() -> None:
    assert likeness.shared([("1", "尹虚一"), ("2", "尹 虚一"), ("3", "尹虚二")]) == {"尹虚一": ["1", "2"]}


def test_subdistricts_that_differ_in_their_kind_alone_are_doubted() -> None:
    names = ["听潮街道", "听潮街", "听潮镇", "知鹭街道", "Tingchao Subdistrict", "Tingchao", "街道"]
    assert likeness.spelled_apart(names) == [["听潮街道", "听潮街", "听潮镇"], ["Tingchao Subdistrict", "Tingchao"]]


def test_an_import_asks_about_cadres_of_one_name_and_a_subdistrict_in_two_spellings(esm: Esm, tmp_path: Path) -> None:
    staff = csv_file(tmp_path, "cadres", "staff_no,name", "1001,尹虚一", "1002,尹虚一")
    firms = csv_file(
        tmp_path, "enterprises", "uscc,name,subdistrict", f"{code(1)},江畔一号,听潮街道", f"{code(2)},江畔二厂,听潮街"
    )
    ran = esm("import", staff, firms)
    assert ran.code == 0, ran.err
    assert "尹虚一 (1001, 1002)" in ran.out
    assert "several spellings: 听潮街, 听潮街道" in ran.out
