"""The template is what an import reads, in both languages, with everything that helps to fill it in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

from esm.domain.exchange.sheet_catalogue import ROSTER_SHEETS
from esm.domain.values import cell_parsing
from esm.sheets.exchange import fillable_workbook as book


def opened(esm: Esm, tmp_path: Path, lang: str) -> openpyxl.Workbook:
    assert esm("template", str(tmp_path / "t.xlsx"), lang=lang).code == 0
    return openpyxl.load_workbook(tmp_path / "t.xlsx")


def lists_of(sheet: Worksheet) -> dict[str, str]:
    return {str(rule.sqref).split(":")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sheet_of_the_roster_is_there_with_a_frozen_header_notes_and_text_codes(
    esm: Esm, tmp_path: Path, lang: str
) -> None:
    workbook = opened(esm, tmp_path, lang)
    assert len(workbook.sheetnames) == 1 + len(ROSTER_SHEETS)
    for spec, sheet in zip(ROSTER_SHEETS, workbook.worksheets[1:], strict=True):
        columns = [column for column in spec.columns if not column.is_kept]
        assert sheet.title == (spec.chinese if lang == "zh" else spec.label)
        assert sheet.freeze_panes == "C2"
        assert all(cell.comment for cell in sheet[1])
        for column, cell in zip(columns, sheet[2], strict=True):
            is_text = column.kind in {"code", "staff_no", "phone", "industry", "prefixes", "staff_nos"}
            assert cell.number_format == "@" or not is_text, column.key


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_template_imports_nothing_and_says_so(esm: Esm, tmp_path: Path, lang: str) -> None:
    opened(esm, tmp_path, lang)
    ran = esm("import", str(tmp_path / "t.xlsx"))
    assert (ran.code, ran.out.count("is an example and was skipped")) == (0, len(ROSTER_SHEETS))
    assert told(esm, "db", "info")["operations"] == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_example_row_is_a_sound_record_once_it_is_typed_over(esm: Esm, tmp_path: Path, lang: str) -> None:
    workbook = opened(esm, tmp_path, lang)
    cadres, enterprises, *others = workbook.worksheets[1:]
    cadres["A2"], cadres["B2"] = "1001", "虚构甲"
    for place, value in {"A2": code(1), "B2": "虚构一号", "E2": None, "M2": "虚构乙"}.items():
        enterprises[place] = value
    for sheet in others:
        sheet.delete_rows(2)
    workbook.save(tmp_path / "t.xlsx")
    summary = told(esm, "import", str(tmp_path / "t.xlsx"))
    assert (summary["added"], summary["errors"]) == (2, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_left_of_an_example_that_was_typed_over_is_refused(esm: Esm, tmp_path: Path, lang: str) -> None:
    workbook = opened(esm, tmp_path, lang)
    workbook.worksheets[1]["A2"] = "1001"
    workbook.worksheets[2]["A2"] = code(1)
    workbook.save(tmp_path / "t.xlsx")
    errors = told(esm, "import", str(tmp_path / "t.xlsx"))["errors"]
    assert [error["cell"] for error in errors] == ["B2", "B2", "E2", "M2"]
    assert {error["reason"] for error in errors} == {
        "this is the template's example: enter the actual value, or clear the cell"
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_example_that_was_changed_but_keeps_its_mark_is_left_out_and_that_is_said(
    esm: Esm, tmp_path: Path, lang: str
) -> None:
    workbook = opened(esm, tmp_path, lang)
    workbook.worksheets[1]["B2"] = "虚构甲"
    for place, value in {"A3": "0012", "B3": "虚构丙"}.items():
        workbook.worksheets[1][place] = value
    workbook.save(tmp_path / "t.xlsx")
    ran = esm("import", str(tmp_path / "t.xlsx"), lang="en")
    assert f"{workbook.sheetnames[1]}: row 2 is an example and was skipped" in ran.out
    assert [cadre["staff_no"] for cadre in told(esm, "cadre", "list")] == ["0012"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_word_that_a_list_offers_is_read_back(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from esm.cli.shell import language_choice
    from esm.sheets.sheet.message_translation import word

    language_choice.choose(lang)
    word.cache_clear()
    try:
        template = book.template(lang, [])
        for spec, page in zip(ROSTER_SHEETS, template.pages, strict=True):
            for column, field in zip((each for each in spec.columns if not each.is_kept), page.fields, strict=True):
                for choice in field.choices:
                    read = cell_parsing.parser(column.kind)(getattr(choice, "label", choice))  # type: ignore[arg-type]
                    expected = getattr(choice, "code", choice)
                    assert str(read) == str(expected), (column.key, choice)
    finally:
        language_choice.choose("en")
        word.cache_clear()


def test_the_list_of_subdistricts_holds_those_on_record_and_lets_others_pass(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "e", "uscc,name,subdistrict", f"{code(1)},虚构甲,江畔街道"))
    workbook = opened(esm, tmp_path, "zh")
    assert workbook["选项"]["A2"].value == "江畔街道"
    rules = workbook["企业"].data_validations.dataValidation
    (rule,) = [rule for rule in rules if "选项" in rule.formula1]
    assert rule.errorStyle == "information"


def test_yes_no_tiers_ranks_and_channels_have_lists(esm: Esm, tmp_path: Path) -> None:
    workbook = opened(esm, tmp_path, "zh")
    lists = [rule for sheet in workbook.worksheets[1:] for rule in lists_of(sheet).values()]
    assert {'"是,否"', '"A,B,C"', '"科员,副科,正科,副处,正处"', '"实地,电话,线上,会议"'} <= set(lists)


def test_a_template_needs_no_database_and_makes_none(esm: Esm, tmp_path: Path) -> None:
    assert esm("template", str(tmp_path / "t.xlsx"), db=tmp_path / "none.db").code == 0
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(("name", "exit_code"), [("t.csv", 2), ("old.xlsx", 4), ("district.db", 2)])
def test_a_template_never_goes_over_a_file(esm: Esm, tmp_path: Path, name: str, exit_code: int) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"older")
    assert esm("template", str(tmp_path / name)).code == exit_code
    assert (tmp_path / "old.xlsx").read_bytes() == b"older"
