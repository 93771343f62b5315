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

from esm.storage.database.place import Place

FEW = ("--as-of", "2026-09-21")  # the day of a few letters, for what is true of any number


def written(esm: Esm, folder: Path, db: Path | Place, *words: str, lang: str = "en") -> list[dict[str, Any]]:
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
    assert {letter["number"] for letter in letters} == {None}, "only the office knows which numbers it has given"
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
    assert "〔2026〕8号" in text  # without 第, as GB/T 9704 has it
    assert "江畔区企业服务办公室" in text
    assert "2026年9月21日" in text


def test_letters_are_the_same_each_time(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert len(written(esm, tmp_path / name, districts["zh"], *FEW, lang="zh")) > 1
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def numbers(letters: list[dict[str, Any]]) -> dict[str | None, int | None]:
    return {letter["department"]: letter["number"] for letter in letters}


def test_without_a_number_there_is_room_for_one(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    for lang, text in (("zh", "〔2026〕　　号"), ("en", "2026 No. ____")):
        letters = written(esm, tmp_path / lang, districts["zh"], lang=lang)
        document = Document(str(tmp_path / lang / letters[0]["file"]))
        assert text in [paragraph.text for paragraph in document.paragraphs]
        assert letters[0]["file"].startswith("2026-11-23-")


def test_a_letter_keeps_its_number_and_no_number_is_given_twice(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    db, folder = Path(shutil.copy(districts["zh"], tmp_path / "district.db")), tmp_path / "letters"
    first = numbers(written(esm, folder, db, "--first", "3"))
    assert sorted(filter(None, first.values())) == [*range(3, 3 + len(first))]
    department = next(name for name in first if name)
    (folder / f"2026-11-23-{department}.docx").unlink()
    ran = esm("report", "letters", "-o", str(folder), "--format", "json", "--force", "--first", "4", db=db)
    again = numbers(json.loads(ran.out))
    assert "Kept the numbers" in ran.err
    in_folder = list(again.values())
    assert again.pop(department) == 3 + len(first), "the first that no letter in the folder has"
    assert again == {name: number for name, number in first.items() if name != department}
    later = esm("report", "letters", "-o", str(folder), "--format", "json", "--first", "1", db=db, today="2026-11-25")
    given = [*in_folder, *numbers(json.loads(later.out)).values()]
    assert len(set(given)) == len(given)
    next_year = esm("report", "letters", "-o", str(folder), "--format", "json", "--first", "1", db=db,
                    today="2027-01-05")  # fmt: skip
    assert min(number for number in numbers(json.loads(next_year.out)).values() if number) == 1


def test_what_is_old_in_the_folder_is_said_and_left(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db, folder = districts["zh"], tmp_path / "letters"
    letters = written(esm, folder, db, "--first", "1", lang="zh")
    old = folder / letters[0]["file"]
    old.rename(folder / "an older name.docx")
    (folder / "notes.docx").write_bytes(b"mine")
    (folder / "mine.txt").write_bytes(b"mine")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    ran = esm("report", "letters", "-o", str(folder), "--force", "--first", "90", db=db, lang="zh")
    assert "an older name.docx" in ran.err
    assert "notes.docx" not in ran.err
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert old.exists()


def test_one_letter_can_be_written_and_verified(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db = districts["zh"]
    letters = written(esm, tmp_path / "letters", db, "--first", "5", lang="zh")
    for letter in (letters[-1], letters[0]):
        file = tmp_path / "letters" / letter["file"]
        alone = tmp_path / f"{letter['number']}.docx"
        words = ("report", "letters", "--department", letter["department"] or "", "--first", str(letter["number"]))
        assert esm(*words, "-o", str(alone), db=db, lang="zh").code == 0
        assert alone.read_bytes() == file.read_bytes()
        assert esm("verify", str(file), db=db).code == 0
    document = Document(str(file))
    cell = next(
        cell for table in document.tables for row in table.rows for cell in row.cells if cell.text.startswith("2026-")
    )
    form = document.tables[-1]
    form.cell(0, 1).text, form.cell(2, 3).text = "12月1日已走访3家", "2026-12-01"
    document.save(str(file))
    ran = esm("verify", str(file), "--format", "json", db=db)
    assert ran.err == ""
    assert (ran.code, json.loads(ran.out)["differences"]) == (0, [])
    assert {"text": "12月1日已走访3家"} in json.loads(ran.out)["not_compared"]
    cell.text = "2026-01-02"
    number = next(paragraph for paragraph in document.paragraphs if "号" in paragraph.text)
    number.text = number.text.replace("号", "1号")
    document.save(str(file))
    ran = esm("verify", str(file), "--format", "json", db=db)
    assert (ran.code, [each["file"] for each in json.loads(ran.out)["differences"]]) == (1, ["2026-01-02", "51"])


def test_a_department_with_nothing_overdue_gets_no_letter(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    ran = esm("report", "letters", "--department", "无此局", "-o", str(tmp_path / "a.docx"), db=districts["zh"])
    assert (ran.code, ran.out) == (4, "")
    assert not (tmp_path / "a.docx").exists()


def test_all_letters_are_written_or_none(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db, folder = districts["en"], tmp_path / "letters"
    letters = written(esm, folder, db, *FEW)
    last = folder / letters[-1]["file"]
    for path in folder.iterdir():
        if path != last:
            path.unlink()
    last.write_bytes(b"mine")
    ran = esm("report", "letters", *FEW, "-o", str(folder), db=db)
    assert (ran.code, ran.out) == (4, "")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"mine"]
    assert esm("report", "letters", *FEW, "-o", str(folder), "--force", db=db).code == 0
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
    ran = esm("report", "letters", *words, *FEW[: 0 if "--period" in words else 2], db=districts["en"])
    assert (ran.code, ran.out) == (exit_code, ""), ran.err
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".db"] == ["file"]


def test_options_of_letters_are_for_letters(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    assert esm("report", "coverage", "--first", "2", db=districts["en"]).code == 2
    ran = esm("report", "coverage", "-o", str(tmp_path / "noend"), db=districts["en"])
    assert (ran.code, "extension" in ran.err) == (2, True)
    assert esm("report", "coverage", "-o", str(tmp_path), "--format", "json", db=districts["en"]).code == 2


def test_strange_names_are_text_in_a_letter(esm: Esm, place: Place, tmp_path: Path) -> None:
    """XML, braces of a template, control characters, and a name longer than any column."""
    strange = "<b>&amp;{{ 7*7 }}</b>\"'" + "长" * 150
    ran = esm("enterprise", "add", code(1), "--name", strange, "--tier", "A", "--subdistrict", "<w:p>街道",
              "--enrolled-on", "2025-01-02", "--above-scale")  # fmt: skip
    assert ran.code == 0, ran.err
    letters = written(esm, tmp_path / "letters", place)
    table = rows(tmp_path / "letters" / letters[0]["file"])
    assert any(strange in row and "<w:p>街道" in row for row in table)
