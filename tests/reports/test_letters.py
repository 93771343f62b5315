"""Letters of supervision: one a department with what is overdue there, all written or none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.conftest import Esm
from tests.rosters import code


def written(esm: Esm, folder: Path, db: Path, *words: str, lang: str = "en") -> list[dict[str, Any]]:
    ran = esm("report", "letters", "-o", str(folder), "--format", "json", *words, db=db, lang=lang)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)
    assert f"{len(found)}" in ran.err
    assert sorted(path.name for path in folder.iterdir()) == sorted(row["file"] for row in found)
    return found


def rows(file: Path) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for table in Document(str(file)).tables for row in table.rows]


def test_what_is_overdue_stands_in_the_letter_of_its_department(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    db = districts["en"]
    letters = written(esm, tmp_path / "letters", db)
    due = [row for row in json.loads(esm("due", "--format", "json", db=db).out) if row["state"] == "overdue"]
    departments = {row["staff_no"]: row["department"]
                   for row in json.loads(esm("cadre", "list", "--format", "json", db=db).out)}  # fmt: skip
    late = [row for row in json.loads(esm("request", "list", "--format", "json", db=db).out) if row["late"]]
    unserved = json.loads(esm("report", "coverage", "--format", "json", db=db).out)["unserved_enterprises"]
    for letter in letters:
        name = letter["department"]
        own = [row for row in due if departments.get(row["staff_no"]) == name]
        requests = [row for row in late if row["department"] == name]
        assert (letter["overdue"], letter["late_requests"]) == (len(own), len(requests))
        assert letter["unserved"] == (len(unserved) if name is None else 0)
        table = rows(tmp_path / "letters" / letter["file"])
        for row in own:
            assert [row["enterprise"], row["subdistrict"] or "", row["cadre"] or "", row["due_on"],
                    str(row["days_overdue"]), row["last_visit_on"] or "never"] in table  # fmt: skip
        assert all(str(row["id"]) in {line[0] for line in table} for row in requests)
    assert sum(letter["overdue"] for letter in letters) == len(due)
    assert sum(letter["late_requests"] for letter in letters) == len(late)
    assert [letter["number"] for letter in letters] == [*range(1, len(letters) + 1)]
    assert all(letter["overdue"] + letter["late_requests"] + letter["unserved"] for letter in letters)
    assert {letter["answer_by"] for letter in letters} == {"2026-11-30"}  # five working days after 23 November


def test_the_term_to_answer_is_a_setting_in_working_days(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db = Path(shutil.copy(districts["zh"], tmp_path / "district.db"))
    assert esm("config", "set", "letter_answer_days", "10", db=db, today="2026-09-21").code == 0
    assert esm("config", "set", "issuing_office", "江畔区企业服务办公室", db=db).code == 0
    letters = written(esm, tmp_path / "letters", db, "--as-of", "2026-09-21", "--first", "8", lang="zh")
    days = json.loads(esm("calendar", "show", "2026", "--format", "json", db=db).out)["days"]
    off = {day["on"] for day in days if not day["is_worked"]} if days and "is_worked" in days[0] else set()
    assert letters[0]["number"] == 8
    (answer_by,) = {letter["answer_by"] for letter in letters}
    assert answer_by > "2026-10-05"  # ten working days, with the National Day holidays between
    assert answer_by not in off
    text = "\n".join(one.text for one in Document(str(tmp_path / "letters" / letters[0]["file"])).paragraphs)
    year, month, day = (int(part) for part in answer_by.split("-"))
    assert f"{year}年{month}月{day}日前" in text
    assert "〔2026〕第8号" in text
    assert "江畔区企业服务办公室" in text
    assert "2026年9月21日" in text


def test_letters_are_the_same_each_time(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(esm, tmp_path / name, districts["zh"], lang="zh")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_all_letters_are_written_or_none(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db, folder = districts["en"], tmp_path / "letters"
    letters = written(esm, folder, db)
    last = folder / letters[-1]["file"]
    for path in folder.iterdir():
        if path != last:
            path.unlink()
    last.write_bytes(b"mine")
    ran = esm("report", "letters", "-o", str(folder), db=db)
    assert (ran.code, ran.out) == (4, "")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"mine"]
    assert esm("report", "letters", "-o", str(folder), "--force", db=db).code == 0
    assert len(list(folder.iterdir())) == len(letters)


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [((), 2), (("-o", "letters.docx"), 2), (("-o", "file/letters"), 6), (("-o", "file"), 2),
     (("-o", "letters", "--period", "2026-09"), 2), (("-o", "letters", "--template", "none.docx"), 5)],
)  # fmt: skip
def test_what_cannot_be_written_leaves_nothing(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...],
    exit_code: int,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("file").write_bytes(b"x")
    ran = esm("report", "letters", *words, db=districts["en"])
    assert (ran.code, ran.out) == (exit_code, ""), ran.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db"] == ["file"]


def test_options_of_letters_are_for_letters(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    assert esm("report", "coverage", "--first", "2", db=districts["en"]).code == 2
    ran = esm("report", "coverage", "-o", str(tmp_path / "noend"), db=districts["en"])
    assert (ran.code, "extension" in ran.err) == (2, True)
    assert esm("report", "coverage", "-o", str(tmp_path), "--format", "json", db=districts["en"]).code == 2


def test_strange_names_are_text_in_a_letter(esm: Esm, tmp_path: Path) -> None:
    """XML, braces of a template, control characters, and a name longer than any column."""
    strange = "<b>&amp;{{ 7*7 }}</b>\"'" + "长" * 150
    ran = esm("enterprise", "add", code(1), "--name", strange, "--tier", "A", "--subdistrict", "<w:p>街道",
              "--enrolled-on", "2025-01-02", "--above-scale")  # fmt: skip
    assert ran.code == 0, ran.err
    letters = written(esm, tmp_path / "letters", tmp_path / "district.db")
    table = rows(tmp_path / "letters" / letters[0]["file"])
    assert any(strange in row and "<w:p>街道" in row for row in table)
