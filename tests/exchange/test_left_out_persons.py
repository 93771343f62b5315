"""What belongs to a person whose column is left out goes with it, and a name like another's is never no name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file

FIRMS = f"{code(1)},虚构甲有限公司,是,2024-01-01"


@pytest.fixture(autouse=True)
def district(esm: Esm, tmp_path: Path) -> None:
    firms = csv_file(tmp_path, "firms", "统一社会信用代码,企业名称,是否规上,入库日期", FIRMS)
    people = csv_file(
        tmp_path, "people", "工号,姓名,部门", "1001,王伟,经信局", "1002,王伟,商务局", "1003,李双木,商务局"
    )
    assert esm("import", firms, people).code == 0


def test_the_title_of_a_leader_who_is_left_out_is_nobody_elses(esm: Esm, tmp_path: Path) -> None:
    sheet = csv_file(
        tmp_path, "sheet", "企业名称,包联领导,职务,服务专员,联系电话", "虚构甲有限公司,钱一,局长,李双木,19900000001"
    )
    assert "包联领导" in esm("import", sheet).err or "服务专员" in esm("import", sheet).err
    assert esm("import", sheet, "--map", "包联领导=-").code == 0
    shown = json.loads(esm("cadre", "show", "1003", "--format", "json", "--with-phones").out)
    assert (shown["title"], shown["phone"]) == (None, "19900000001")


def test_a_name_that_several_have_is_shown_as_it_stands(esm: Esm, tmp_path: Path) -> None:
    sheet = csv_file(
        tmp_path, "visits", "企业名称,走访人,走访日期,走访方式,走访结果", "虚构甲有限公司,王伟,2026-11-20,现场,已见面"
    )
    ran = esm("import", sheet)
    assert ran.code == 5
    assert "“王伟”" in ran.err
    assert "1001 王伟 经信局, 1002 王伟 商务局" in ran.err


def test_a_misspelt_name_alone_in_a_sheet_leads_to_the_one_like_it(esm: Esm, tmp_path: Path) -> None:
    ran = esm("import", csv_file(tmp_path, "pairs", "企业名称,服务专员", "虚构甲有限公司,李双本"))
    assert ran.code == 5
    assert "1003 李双木 商务局" in ran.err
    assert "uscc" not in ran.err
