"""What a sheet says beside its columns: hidden rows and sheets, and a subdistrict that stands once for many rows."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Esm
from tests.rosters import code, told, workbook

HEADER = ["统一社会信用代码", "企业名称", "是否规上"]


def firms(*numbers: int) -> list[list[str]]:
    return [HEADER, *([code(number), f"虚构{number}号厂", "是"] for number in numbers)]


@pytest.fixture
def hidden(tmp_path: Path) -> str:
    """Return a workbook with a filtered row, a hidden sheet of firms and a hidden note."""
    path = workbook(tmp_path / "r.xlsx", {"企业": firms(1, 2, 3, 4), "企业名录": firms(5), "底稿": [["勿外传"]]})
    book = openpyxl.load_workbook(path)
    for row in (3, 4):
        book["企业"].row_dimensions[row].hidden = True
    book["企业名录"].sheet_state = book["底稿"].sheet_state = "hidden"
    book.save(path)
    return path


def on_record(esm: Esm) -> list[str]:
    return [firm["uscc"] for firm in told(esm, "enterprise", "list")]


def test_hidden_sheets_and_rows_are_asked_about(esm: Esm, hidden: str) -> None:
    ran = esm("import", hidden)
    assert ran.code == 5
    assert "--hidden take" in ran.err
    summary = told(esm, "import", hidden)
    asked = [(one["sheet"], one["value"]) for one in summary["questions"] if one["kind"] == "hidden"]
    assert asked == [("企业", "3–4"), ("企业名录", "2")]
    assert summary["rejected"] == 3


@pytest.mark.parametrize(("choice", "numbers"), [("take", [1, 2, 3, 4, 5]), ("leave", [1, 4]), ("不导入", [1, 4])])
def test_what_is_hidden_is_taken_or_left_as_chosen(esm: Esm, hidden: str, choice: str, numbers: list[int]) -> None:
    ran = esm("import", hidden, "--hidden", choice)
    assert (ran.code, "3–4" in ran.out) == (0, True)
    assert sorted(on_record(esm)) == sorted(map(code, numbers))


def test_valid_rows_beside_hidden_ones_are_taken_with_skip_bad(esm: Esm, hidden: str) -> None:
    assert esm("import", hidden, "--skip-bad").code == 1
    assert sorted(on_record(esm)) == sorted(map(code, (1, 4)))


def streets(esm: Esm) -> list[str | None]:
    listed = sorted(told(esm, "enterprise", "list"), key=lambda firm: str(firm["name"]))
    return [firm["subdistrict"] for firm in listed]


def test_one_sheet_a_subdistrict_takes_it_from_the_name_or_the_title(esm: Esm, tmp_path: Path) -> None:
    title = [["江畔区临江镇规上企业名单"], *firms(3)]
    path = workbook(tmp_path / "r.xlsx", {"1.城东街道": firms(1), "城西街道": firms(2), "Sheet3": title})
    assumed = told(esm, "import", path)["assumed"]
    assert [(one["value"], one["rows"]) for one in assumed if one["field"] == "subdistrict"] == [
        ("城东街道", 1), ("城西街道", 1), ("临江镇", 1),
    ]  # fmt: skip
    assert streets(esm) == ["城东街道", "城西街道", "临江镇"]


def test_a_name_on_record_is_known_without_its_kind_and_other_names_are_none(esm: Esm, tmp_path: Path) -> None:
    esm("import", workbook(tmp_path / "a.xlsx", {"城东街道": firms(1)}))
    esm("import", workbook(tmp_path / "b.xlsx", {"城东": firms(2), "各乡镇": firms(3)}))
    assert streets(esm) == ["城东街道", "城东街道", None]


def test_a_subdistrict_at_the_head_of_a_block_holds_for_its_rows(esm: Esm, tmp_path: Path) -> None:
    told_once = ["街道", "城东街道", None, None, "城西街道", None]
    rows = [[*row, street] for row, street in zip(firms(1, 2, 3, 4, 5), told_once, strict=True)]
    path = workbook(tmp_path / "r.xlsx", {"企业": rows})
    assert [(one["field"], one["rows"]) for one in told(esm, "import", path)["assumed"]][:1] == [("subdistrict", 3)]
    assert streets(esm) == ["城东街道", "城东街道", "城东街道", "城西街道", "城西街道"]
    assert esm("import", path, "--strict").code == 5


def test_a_blank_among_subdistricts_told_row_by_row_stays_blank(esm: Esm, tmp_path: Path) -> None:
    rows = [[*row, street] for row, street in zip(firms(1, 2, 3), ["街道", "城东街道", None, "城西街道"], strict=True)]
    esm("import", workbook(tmp_path / "r.xlsx", {"企业": rows}))
    assert streets(esm) == ["城东街道", None, "城西街道"]
