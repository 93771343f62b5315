"""What an import tells in sentences: what each sheet is read as, kinds of faults, and what is missing in a list."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file, told


def test_each_sheet_begins_the_answer_with_what_it_is_read_as(esm: Esm, tmp_path: Path) -> None:
    firms = csv_file(tmp_path, "a", "统一社会信用代码,企业名称,法定代表人", f"{code(1)},虚构一号厂,虚构乙")
    cadres = csv_file(tmp_path, "b", "工号,姓名", "1001,虚构甲")
    ran = esm("import", firms, cadres, "--dry-run", lang="zh")
    first, second, *_rest = ran.err.splitlines()
    assert first.endswith("读作“企业”，3 列中识别 2 列；未导入：法定代表人")
    assert second.endswith("读作“经理人”，2 列全部识别")
    refused = esm("import", csv_file(tmp_path, "c", "uscc,name", "1,虚构"))
    assert refused.code == 5
    assert refused.err.splitlines()[0].endswith("read as Enterprises – all 2 columns")


@pytest.fixture
def faulty(tmp_path: Path) -> str:
    rows = [f"{code(1)},虚构一号厂,2026-01-01,LXDH", f"{code(1)},虚构一号厂,,19900", f"{code(1)},虚构一号厂,,"]
    return csv_file(tmp_path, "faulty", "uscc,name,enrolled_on,contact_phone", *rows)


def test_kinds_of_faults_carry_no_number_and_no_value_of_a_row(esm: Esm, faulty: str) -> None:
    kinds = {kind["reason"]: kind["count"] for kind in told(esm, "import", faulty)["reasons"]}
    assert kinds["duplicate of row …: …"] == 2


def test_what_is_no_number_is_not_masked_and_what_may_be_one_is(esm: Esm, faulty: str) -> None:
    values = [error["value"] for error in told(esm, "import", faulty)["errors"]]
    assert "LXDH" in values
    assert "19900" not in values


def test_faults_stand_before_the_counts_when_rows_are_skipped(esm: Esm, faulty: str) -> None:
    out = esm("import", faulty, "--skip-bad", "--dry-run").out
    assert out.index("Errors by kind") < out.index("LXDH") < out.index("By sheet")


@pytest.mark.parametrize(("lang", "said"), [("en", "统一社会信用代码 (uscc)"), ("zh", "企业：统一社会信用代码")])
def test_a_list_of_enterprises_without_codes_is_told_so(esm: Esm, tmp_path: Path, lang: str, said: str) -> None:
    names = csv_file(tmp_path, "names", "序号,企业名称,法定代表人", "1,虚构甲机械有限公司,虚构乙")
    ran = esm("import", names, lang=lang)
    assert (ran.code, said in ran.err, "工号" in ran.err) == (5, True, False)


def test_a_missing_column_is_named_in_words_alone_in_chinese(esm: Esm, tmp_path: Path) -> None:
    sheet = csv_file(tmp_path, "回避", "统一社会信用代码,回避原因", f"{code(1)},亲属")
    assert "工号 (staff_no)" in esm("import", sheet).err
    chinese = esm("import", sheet, lang="zh").err
    assert "缺少“工号”" in chinese
    assert "staff_no" not in chinese


@pytest.mark.parametrize("word", ["走访", "visits", "Visits", "走访台账"])
def test_a_template_of_one_sheet_is_chosen_by_key_or_word(esm: Esm, tmp_path: Path, word: str) -> None:
    path = tmp_path / "t.xlsx"
    assert esm("template", str(path), "--for", word, lang="zh").code == 0
    assert openpyxl.load_workbook(path).sheetnames[1] == "走访"


@pytest.mark.parametrize("word", ["诉求", "政策", "request_events", "reliefs"])
def test_the_templates_of_requests_and_policies_are_read_back(esm: Esm, tmp_path: Path, word: str) -> None:
    path = tmp_path / "t.xlsx"
    assert esm("template", str(path), "--for", word).code == 0
    ran = esm("import", str(path))
    assert (ran.code, "is an example and was skipped" in ran.out) == (0, True)


def test_a_template_of_no_sheet_is_refused_with_those_there_are(esm: Esm, tmp_path: Path) -> None:
    ran = esm("template", str(tmp_path / "t.xlsx"), "--for", "走放")
    assert (ran.code, "visits 走访" in ran.err) == (2, True)
