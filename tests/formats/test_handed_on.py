"""Files that are handed on name no command; what a command prints on a terminal does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.conftest import Esm

from esm.sheets.sheet.without_commands import without_command


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Due for escalation: 5; run `esm request elevate`.", "Due for escalation: 5."),
        ("按规则应提级：5 件；请用 `esm request elevate` 提级。", "按规则应提级：5 件。"),
        ("3 more: `esm scale --list nursery`.", "3 more."),
        ("另有 3 家，见 `esm scale --list nursery`。", "另有 3 家。"),
        ("Request 1: solved. Inform the enterprise, then run `esm request confirm 1`.",
         "Request 1: solved. Inform the enterprise."),
        ("诉求 1：已解决。企业如何评价？请用 `esm request confirm 1` 登记，不满意用 --dissatisfied。",
         "诉求 1：已解决。企业如何评价？"),
        ("See `esm history`.", ""),
        ("Version 1.5 of `it` stays: 3.5; no command.", "Version 1.5 of `it` stays: 3.5; no command."),
    ],
)  # fmt: skip
def test_only_the_clause_with_the_command_is_left_out(text: str, rest: str) -> None:
    assert without_command(text) == rest


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_list_to_sign_names_no_command_in_a_file_and_does_on_a_terminal(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, lang: str
) -> None:
    words = ("request", "list", "--stuck")
    assert "`esm request elevate`" in esm(*words, db=districts[lang], lang=lang).out
    for name in ("stuck.html", "stuck.md"):
        esm(*words, "-o", str(tmp_path / name), db=districts[lang], lang=lang)
        assert "esm request" not in (tmp_path / name).read_text(encoding="utf-8")
    esm(*words, "-o", str(tmp_path / "stuck.xlsx"), db=districts[lang], lang=lang)
    book = openpyxl.load_workbook(tmp_path / "stuck.xlsx")
    texts = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert texts
    assert not any("esm " in text for text in texts)
