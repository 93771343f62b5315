"""`esm visit log --from`: the visits of a week at once, from forms in a workbook or from a table."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from tests import database_content
from tests.conftest import Esm
from tests.desk_at_work import FIRMS, make
from tests.rosters import told

from esm.storage.database.place import FilePlace

HEADER = "企业名称,日期,接待人,走访纪要,承诺 1,时限 1,诉求 1,诉求类别 1,备注"
TABLE = f"""{HEADER}
{FIRMS[0]},2026-11-20,虚构甲,订单饱满,回复用电,2026-12-01,,,
,,,,,,,,
{FIRMS[1]},2026-11-23,虚构乙,缺工,,,缺十名电工,labour.recruitment,急
"""


@pytest.fixture
def db(tmp_path: Path, empty_database: Path) -> Path:
    """Return a district with six enterprises at work."""
    return make(tmp_path, empty_database)


def stored(esm: Esm, db: Path) -> list[tuple[Any, ...]]:
    """Return the visits on record, as they were entered."""
    rows = sorted(told(esm, "visit", "list", db=db), key=lambda row: int(row["id"]))
    return [(row["uscc"], row["done_on"], row["met_with"], row["minutes"]) for row in rows]


def test_a_table_of_visits_is_one_operation_and_one_answer(esm: Esm, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    file.write_text(TABLE, encoding="utf-8")
    ran = esm("visit", "log", "--from", str(file), "--format", "json", db=db)
    answer = json.loads(ran.out)
    assert "Columns that are not read: 备注." in ran.err
    assert stored(esm, db) == [
        (FIRMS[0], "2026-11-20", "虚构甲", "订单饱满"), (FIRMS[1], "2026-11-23", "虚构乙", "缺工"),
    ]  # fmt: skip
    assert [(row["uscc"], row["due_on"] > row["due_before"]) for row in answer["visits"]] == [
        (FIRMS[0], True), (FIRMS[1], True),
    ]  # fmt: skip
    assert [row["words"] for row in answer["promises"]] == ["回复用电"]
    assert [row["subject"] for row in answer["requests"]] == ["缺十名电工"]
    assert answer["recorded"] == 2
    assert f"To take it back: `esm undo {answer['operation']}`." in answer["notes"]
    assert esm("undo", db=db).code == 0
    assert stored(esm, db) == []


def test_one_visit_of_a_table_answers_as_if_it_had_been_typed(
    esm: Esm, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = f"uscc,date,met_with,minutes\n{FIRMS[0]},2026-11-20,虚构甲,订单饱满\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(one.encode())))
    words = ("--format", "json", "--dry-run")
    piped = json.loads(esm("visit", "log", "--from", "-", *words, db=db).out)
    typed = ("visit", "log", FIRMS[0], "订单饱满", "--met", "虚构甲", "--on", "2026-11-20")
    assert piped == json.loads(esm(*typed, *words, db=db).out)


def test_the_forms_of_a_workbook_are_visits_and_people_read_each_in_full(esm: Esm, db: Path, tmp_path: Path) -> None:
    file, book = tmp_path / "week.xlsx", Workbook()
    book.remove(book.active)
    for firm in FIRMS[:3]:
        single = tmp_path / "one.xlsx"
        assert esm("visit", "form", firm, "-o", str(single), "--force", db=db, lang="zh").code == 0
        sheet = book.create_sheet(firm[-4:])
        for row in load_workbook(single).active.iter_rows(values_only=True):
            sheet.append(["虚构甲" if row[0] in {"接待人", "走访纪要"} and number == 1 else cell
                          for number, cell in enumerate(row)])  # fmt: skip
    book.save(file)
    ran = esm("visit", "log", "--from", str(file), db=db)
    assert ran.code == 0, ran.err
    assert [row[0] for row in stored(esm, db)] == FIRMS[:3]
    assert all(f"\n江畔{number}号\n" in ran.out for number in range(3))
    assert ran.out.count("Next visit due") == 3


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        (f"{FIRMS[2]},2026-11-20,虚构丙,", 5, "Minutes is missing"),
        (f"{FIRMS[2]},2026-11-99,虚构丙,忙", 5, "2026-11-99"),
        (f"{FIRMS[2]},2026-11-24,虚构丙,忙", 4, "4: The visit date 2026-11-24 is in the future."),
        ("无此企业,2026-11-20,虚构丙,忙", 3, "4: No enterprise matches “无此企业”."),
    ],
)
def test_one_row_that_is_refused_is_named_and_refuses_all(
    esm: Esm, db: Path, tmp_path: Path, row: str, code: int, said: str
) -> None:
    file, before = tmp_path / "week.csv", database_content.digest(FilePlace(db))
    first = [f"{firm},2026-11-20,虚构甲,订单饱满" for firm in FIRMS[:2]]
    file.write_text("\n".join(["企业名称,日期,接待人,走访纪要", *first, row]), encoding="utf-8")
    ran = esm("visit", "log", "--from", str(file), db=db)
    assert (ran.code, database_content.digest(FilePlace(db))) == (code, before)
    assert said in ran.err


def test_what_is_added_on_the_command_line_is_of_one_form_alone(esm: Esm, db: Path, tmp_path: Path) -> None:
    file = tmp_path / "week.csv"
    file.write_text(TABLE, encoding="utf-8")
    assert esm("visit", "log", "--from", str(file), "--request", "宿舍", "--class", "schooling", db=db).code == 2
