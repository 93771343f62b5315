"""Names that may mean one enterprise, cadre or subdistrict are questions, and only those worth a look."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

from esm.domain.register import similar_names
from esm.domain.register.similar_names import distinctive_part, similar_enterprises


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("虚构省江畔市虚构区金羚电器有限公司", "金羚电器有限责任公司"),
        ("江畔市金羚（中国）电器股份有限公司", "金羚(中国)电器公司"),
        ("ＡＢ Ｔｅｓｔ Co., Ltd", "ab test limited"),
    ],
)
def test_place_legal_form_width_case_and_brackets_do_not_tell_names_apart(name: str, other: str) -> None:
    assert distinctive_part(name) == distinctive_part(other)


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
    assert distinctive_part(name) == expected


def test_a_name_near_to_one_on_record_is_asked_about_and_a_far_one_is_not() -> None:
    (found,) = similar_enterprises({"N": "金铃电器有限公司"}, {"A": "金羚电器有限公司", "B": "远山食品有限公司"})
    assert (found.other_uscc, found.score) == ("A", 75)


def test_the_same_core_counts_a_hundred_and_stands_before_what_is_only_near() -> None:
    before = {"A": "金羚电器有限公司", "B": "江畔市金铃电器公司", "C": "金铃电器厂"}
    found = similar_enterprises({"N": "金铃电器有限公司"}, before)
    assert [(each.other_uscc, each.score) for each in found] == [("B", 100), ("C", 100), ("A", 75)]


def test_new_names_of_one_file_are_asked_about_only_when_their_core_is_the_same() -> None:
    new = {"A": "金羚电器有限公司", "B": "金铃电器有限公司", "C": "江畔市金羚电器公司"}
    assert [{each.uscc, each.other_uscc} for each in similar_enterprises(new, {})] == [{"A", "C"}]


def test_an_import_asks_about_a_like_name_and_merges_nothing(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "a", "uscc,name", f"{code(1)},虚构金羚电器有限公司"))
    summary = told(esm, "import", csv_file(tmp_path, "b", "uscc,name", f"{code(2)},虚构金铃电器有限公司"))
    (question,) = summary["questions"]
    assert (question["uscc"], question["other_uscc"]) == (code(2), code(1))
    assert len(told(esm, "enterprise", "list")) == 2


def test_a_new_cadre_of_a_name_on_record_is_found_however_the_name_is_written() -> None:
    before = {"1": "尹虚一", "2": "尹虚二"}
    assert similar_names.namesakes({"3": "尹 虚一", "4": "尹虚三"}, before) == [("3", "1")]


def test_who_is_told_apart_on_record_already_is_not_asked_about_again() -> None:
    assert similar_names.namesakes({"3": "尹虚三"}, {"1": "尹虚一", "2": "尹虚一"}) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("听潮街道", "听潮街"),
        ("听潮", "听潮街道办事处"),
        ("听潮街道办", "听潮镇"),
        ("江畔区听潮街道", "听潮街道"),
        ("Tingchao", "TINGCHAO  Subdistrict"),
    ],
)
def test_subdistricts_that_differ_in_their_kind_or_place_alone_are_asked_about(name: str, other: str) -> None:
    assert similar_names.subdistrict_variants([name], [other, "知鹭街道"]) == [(name, other)]
    assert similar_names.subdistrict_variants([other, name], []) == [(name, other)]


@pytest.mark.parametrize("name", ["望潮街道", "听潮东街道", "街道", "镇", "江畔区", "江畔区街道"])
def test_subdistricts_of_other_names_are_not_asked_about(name: str) -> None:
    assert similar_names.subdistrict_variants([name], ["听潮街道", "江畔街道"]) == []


def test_a_name_is_held_against_five_others_at_most() -> None:
    before = {str(number): "尹虚一" for number in range(9)}
    assert [other for _, other in similar_names.namesakes({"N": "尹虚一"}, before)] == ["0", "1", "2", "3", "4"]


def test_near_names_are_looked_for_up_to_a_number_of_comparisons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(similar_names, "MOST_COMPARISONS", 2)
    before = {"A": "金羚电器有限公司", "B": "远山食品有限公司"}
    assert len(similar_enterprises({"N": "金铃电器有限公司"}, before)) == 1
    assert similar_enterprises({"N": "金铃电器有限公司"}, {**before, "C": "近水食品有限公司"}) == []


def test_a_name_that_thousands_have_asks_a_few_questions_of_each() -> None:
    new = {str(number): "尹虚一" for number in range(2000)}
    assert len(similar_names.namesakes(new, {})) < 5 * len(new)


@pytest.fixture
def asked(esm: Esm, tmp_path: Path) -> dict[str, Any]:
    """Take in a cadre, an enterprise and its subdistrict that are like those on record; return the answer."""
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name,department", "1001,尹虚一,统计局"))
    esm("import", csv_file(tmp_path, "firms", "uscc,name,subdistrict", f"{code(1)},金羚电器厂,听潮街道"))
    staff = csv_file(tmp_path, "cadres", "staff_no,name,department,subdistrict", "1002,尹虚一,,江畔区听潮街道")
    firms = csv_file(tmp_path, "firms", "uscc,name,subdistrict", f"{code(2)},金铃电器厂,听潮街")
    return {"dry": told(esm, "import", staff, firms, "--dry-run"), "real": told(esm, "import", staff, firms)}


@pytest.mark.parametrize("run", ["dry", "real"])
def test_an_import_asks_for_machines_about_like_enterprises_cadres_and_subdistricts(
    asked: dict[str, Any], run: str
) -> None:
    (firm,), (cadre,), places = (asked[run][key] for key in ("questions", "namesakes", "like_subdistricts"))
    assert (firm["uscc"], firm["other_uscc"]) == (code(2), code(1))
    assert (cadre["staff_no"], cadre["other_staff_no"], cadre["other_department"]) == ("1002", "1001", "统计局")
    assert {(each["subdistrict"], each["other_subdistrict"]) for each in places} == {
        ("听潮街", "听潮街道"), ("江畔区听潮街道", "听潮街道"), ("江畔区听潮街道", "听潮街"),
    }  # fmt: skip


@pytest.mark.usefixtures("asked")
def test_what_was_asked_once_is_not_asked_again_and_nothing_was_merged(esm: Esm, tmp_path: Path) -> None:
    assert (len(told(esm, "enterprise", "list")), len(told(esm, "cadre", "list"))) == (2, 2)
    again = told(esm, "import", str(tmp_path / "cadres.csv"), str(tmp_path / "firms.csv"))
    assert [again[key] for key in ("questions", "namesakes", "like_subdistricts")] == [[], [], []]


def test_a_renamed_cadre_and_a_moved_enterprise_are_asked_about_too(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name", "1001,尹虚一", "1002,尹虚二"))
    renamed = told(esm, "import", csv_file(tmp_path, "cadres", "staff_no,name", "1002,尹虚一"))
    assert [(each["staff_no"], each["other_staff_no"]) for each in renamed["namesakes"]] == [("1002", "1001")]
    esm("import", csv_file(tmp_path, "firms", "uscc,name,subdistrict", f"{code(1)},江畔一号,听潮街道"))
    moved = told(esm, "import", csv_file(tmp_path, "firms", "uscc,name,subdistrict", f"{code(1)},江畔一号,听潮镇"))
    assert [each["subdistrict"] for each in moved["like_subdistricts"]] == ["听潮镇"]


def test_people_see_the_questions_as_tables_and_in_a_workbook(esm: Esm, tmp_path: Path) -> None:
    staff = csv_file(tmp_path, "cadres", "staff_no,name,subdistrict", "1001,尹虚一,听潮街道", "1002,尹虚一,听潮街")
    ran = esm("import", staff, "--dry-run", lang="zh")
    assert "是否为同一名经理人" in ran.out
    assert "是否为同一街道（镇）" in ran.out
    assert esm("import", staff, "-o", str(tmp_path / "answer.xlsx")).code == 0
    book = load_workbook(tmp_path / "answer.xlsx")
    cells = {cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"1002", "1001", "听潮街", "听潮街道"} <= cells
