"""What stands where nobody is named, nobody was met or a request failed is not taken for the contrary."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file

PAIRS = "统一社会信用代码,企业名称,服务专员,部门"


def pairs(folder: Path, cadre: str) -> str:
    return csv_file(folder, "pairs", PAIRS, f"{code(1)},虚构甲有限公司,{cadre},经信局")


@pytest.mark.parametrize("words", ["空缺", "暂缺", "待定", "无", "—"])
def test_a_word_for_nobody_is_no_cadre(esm: Esm, tmp_path: Path, words: str) -> None:
    assert esm("import", pairs(tmp_path, words)).code == 0
    assert esm("cadre", "list", "--format", "json").out.strip() == "[]"


@pytest.mark.parametrize("words", ["街道干部", "街道兜底"])
def test_what_is_like_no_name_is_asked_about(esm: Esm, tmp_path: Path, words: str) -> None:
    ran = esm("import", pairs(tmp_path, words))
    assert ran.code == 5
    assert f"is {words} a person?" in ran.err


@pytest.mark.parametrize("text", ["因停产未能见面", "老板出差，改约下周", "取消", "厂房已空，人去楼空", "微信视频座谈"])
def test_a_text_by_which_the_visit_may_not_count_is_asked_about(esm: Esm, tmp_path: Path, text: str) -> None:
    assert esm("import", pairs(tmp_path, "王一禾")).code == 0
    sheet = csv_file(
        tmp_path, "visits", "企业名称,走访人,走访日期,走访内容", f"虚构甲有限公司,王一禾,2026-11-20,{text}"
    )
    ran = esm("import", sheet)
    assert (ran.code, "the text says" in ran.err) == (5, True)


def test_a_remark_that_says_nothing_of_scope_is_listed_as_not_imported(esm: Esm, tmp_path: Path) -> None:
    sheet = csv_file(tmp_path, "firms", "统一社会信用代码,企业名称,备注", f"{code(1)},虚构甲有限公司,在建未投产")
    assert "this remark is not imported: 在建未投产" in esm("import", sheet).out


@pytest.mark.parametrize("words", ["2026年5月退规", "破产清算中"])
def test_a_remark_by_which_it_is_off_the_register_decides_or_is_asked_about(
    esm: Esm, tmp_path: Path, words: str
) -> None:
    sheet = csv_file(
        tmp_path,
        "firms",
        "统一社会信用代码,企业名称,是否规上,入库日期,备注",
        f"{code(1)},虚构甲有限公司,是,2024-01-01,{words}",
    )
    ran = esm("import", sheet)
    assert "not in scope" in ran.out or (ran.code == 5 and "has it left the register?" in ran.err)
