"""The commands around the main job: demo, database, history, and the answers that scripts rely on."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.conftest import HEADER, Esm
from tests.small_district import CODES

from esm.domain.desk.table_words import table_words
from esm.domain.values import credit_code
from esm.storage.database import connection
from esm.storage.database.place import FilePlace

ONE = "91339907MA0000001" + credit_code.check_character("91339907MA0000001")


@pytest.fixture
def served(esm: Esm, path: Path) -> Path:
    """Return a database in which one cadre serves one enterprise that is overdue."""
    added = esm("enterprise", "add", ONE, "--name", "江畔一号有限公司", "--above-scale", "--enrolled-on", "2026-06-30")
    assert added.code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒", "--department", "统计局").code == 0
    assert esm("assign", today="2026-07-01").code == 0
    return path


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_demo_shows_the_three_main_tables_with_their_commands(esm: Esm, tmp_path: Path, lang: str) -> None:
    ran = esm("demo", str(tmp_path / "there"), lang=lang)
    assert ran.code == 0
    shown = [line.split() for line in ran.out.splitlines() if line.startswith("$ esm")]
    assert [word for line in shown for word in ("import", "assign", "schedule", "due", "report") if word in line] == [
        "import", "assign", "schedule", "due", "report",
    ]  # fmt: skip
    assert esm("db", "check", db=tmp_path / "there" / "district.db").code == 0


def test_the_demo_is_never_written_over_a_database(esm: Esm, tmp_path: Path) -> None:
    (tmp_path / "district.db").write_bytes(b"mine")
    assert esm("demo", str(tmp_path)).code == 4
    assert (tmp_path / "district.db").read_bytes() == b"mine"


def test_init_makes_an_empty_database_once(esm: Esm, tmp_path: Path) -> None:
    new = tmp_path / "new" / "district.db"
    assert esm("db", "init", db=new).code == 0
    assert esm("due", db=new).code == 0
    assert esm("db", "init", db=new).code == 4


def test_info_counts_rows_and_names_the_head(esm: Esm, served: Path) -> None:
    told = json.loads(esm("db", "info", "--format", "json").out)
    rows = {row["table"]: row["rows"] for row in told["tables"]}
    assert (rows["enterprise"], rows["cadre"], rows["pairing"]) == (1, 1, 1)
    assert esm("db", "check", "--head", told["head"][:16]).code == 0
    assert esm("db", "check", "--head", "0123456789abcdef").code == 1


def test_people_read_the_words_of_offices_for_tables(esm: Esm, served: Path) -> None:
    tables = json.loads(esm("db", "info", "--format", "json").out)["tables"]
    assert [row["table"] for row in tables if isinstance(table_words(row["table"]), str)] == []
    told = esm("db", "info", lang="zh").out.splitlines()
    assert [line for line in told[7:] if re.match("[a-z]", line)] == []
    with sqlite3.connect(served) as raw:
        raw.execute("DROP TRIGGER journal_enterprise_update")
        raw.execute("UPDATE enterprise SET name = 'x' WHERE id = 1")
    assert "企业 1 被绕过操作日志改动过" in esm("db", "check", lang="zh").out


def test_an_upgrade_of_a_current_database_changes_nothing(esm: Esm, served: Path) -> None:
    before = served.read_bytes()
    assert esm("db", "upgrade").code == 0
    assert served.read_bytes() == before


def test_a_backup_can_be_restored_and_the_present_file_is_kept(esm: Esm, served: Path, tmp_path: Path) -> None:
    assert esm("db", "backup", str(tmp_path / "copy.db")).code == 0
    assert esm("visit", "log", ONE, "--met", "Manager").code == 0
    assert esm("db", "restore", str(tmp_path / "copy.db")).code == 0
    assert json.loads(esm("visit", "list", "--format", "json").out) == []
    (aside,) = served.parent.glob("district-before-restore-*.db")
    assert len(json.loads(esm("visit", "list", "--format", "json", db=aside).out)) == 1


def test_history_names_who_did_what_and_masks_telephone_numbers(esm: Esm, served: Path) -> None:
    assert esm("cadre", "edit", "1001", "--phone", "19900001234").code == 0
    (last, *_) = json.loads(esm("history", "--format", "json").out)
    assert (last["actor"], last["changes"], last["undone"]) == ("clerk", 1, False)
    assert "19900001234" not in last["command"]
    assert "199****1234" in last["command"]


def test_undo_takes_the_last_command_back_and_its_dry_run_does_not(esm: Esm, served: Path) -> None:
    assert esm("visit", "log", ONE, "--met", "Manager").code == 0
    assert esm("undo", "--dry-run").code == 0
    assert len(json.loads(esm("visit", "list", "--format", "json").out)) == 1
    assert esm("undo").code == 0
    assert json.loads(esm("visit", "list", "--format", "json").out) == []


def test_the_workbook_of_the_report_has_every_share_and_no_column_twice(esm: Esm, served: Path, tmp_path: Path) -> None:
    assert esm("report", "-o", str(tmp_path / "report.xlsx")).code == 0
    header, row = load_workbook(tmp_path / "report.xlsx")["By tier"].iter_rows(min_row=3, max_row=4, values_only=True)
    assert header[:7] == (
        "Tier", "Served", "In scope", "Share served", "Due and visited", "Due in period", "Share visited",
    )  # fmt: skip
    assert row[:7] == ("C", 1, 1, 1, 0, 1, 0)
    assert len(set(header)) == len(header) == 19
    assert "Visited" not in header


def test_undo_and_the_answers_of_changes_are_written_in_any_format(esm: Esm, served: Path, tmp_path: Path) -> None:
    told = json.loads(esm("cadre", "edit", "1001", "--title", "主任", "--format", "json").out)
    assert told["changes"] == [{"field": "title", "old": None, "new": "主任"}]
    assert esm("undo", "-o", str(tmp_path / "undo.json")).code == 0
    assert json.loads((tmp_path / "undo.json").read_text())["rows"] == 1


def test_due_check_tells_scripts_whether_a_visit_is_overdue_whatever_the_limit(esm: Esm, served: Path) -> None:
    assert esm("due", "--check", today="2026-08-30").code == 0
    assert esm("due", "--check", "--limit", "1", today="2026-08-31").code == 1
    assert esm("visit", "log", ONE, "--met", "Manager", today="2026-08-31").code == 0
    assert esm("due", "--check", today="2026-08-31").code == 0


def test_a_paused_enterprise_is_listed_last_and_never_overdue(esm: Esm, served: Path) -> None:
    with connection.writing(FilePlace(served), HEADER) as writing:
        writing.insert("pause", [{"enterprise_id": 1, "reason": "搬迁", "start_on": "2026-11-01"}])
    (row,) = json.loads(esm("due", "--format", "json").out)
    assert (row["state"], row["days_overdue"]) == ("paused", 0)
    assert "paused" in esm("due").out
    assert esm("due", "--check").code == 0


def test_a_confirmed_plan_stays_where_it_was_agreed(esm: Esm, served: Path) -> None:
    assert esm("visit", "log", ONE, "--met", "Manager", today="2026-11-20").code == 0
    with connection.writing(FilePlace(served), HEADER) as writing:
        agreed = {"enterprise_id": 1, "cadre_id": 1, "due_on": "2027-01-19", "planned_on": "2027-01-05", "confirmed": 1}
        writing.insert("plan", [{**agreed, "provisional": 1, "made_on": "2026-11-23"}])
    assert esm("schedule", "--until", "2027-03-31").code == 0
    (row,) = json.loads(esm("due", "--within", "90", "--format", "json").out)
    assert row["planned_on"] == "2027-01-05"
    with connection.reading(FilePlace(served)) as reading:
        assert reading.value("SELECT confirmed FROM plan WHERE planned_on = :on", on="2027-01-05") == 1


def test_planning_twice_changes_nothing(esm: Esm, served: Path) -> None:
    first = json.loads(esm("schedule", "--format", "json").out)
    again = json.loads(esm("schedule", "--format", "json").out)
    assert (again["kept"], again["moved"]) == (first["planned"], 0)
    assert again["visits"] == first["visits"]
    assert "schedule" in json.loads(esm("history", "--format", "json").out)[0]["command"]
    assert len(json.loads(esm("history", "--format", "json").out)) == 4


def test_quiet_says_nothing_beside_the_answer(esm: Esm, tmp_path: Path) -> None:
    assert esm("--quiet", "db", "init", db=tmp_path / "new.db").err == ""


def test_verbose_says_which_database_and_which_day(esm: Esm, served: Path) -> None:
    said = esm("--verbose", "due").err
    assert str(served) in said
    assert "2026-11-23" in said


def test_the_plan_counts_the_unserved_of_the_day_apart_from_visits_due_after_a_cadre_left(
    esm: Esm,
) -> None:
    for number in (1, 2):
        words = ["--above-scale", "--enrolled-on", "2026-10-01"]
        assert esm("enterprise", "add", CODES[number - 1], "--name", f"江畔{number}号", *words).code == 0
    assert esm("cadre", "add", "1001", "--name", "尹虚").code == 0
    assert esm("assign").code == 1
    assert esm("schedule").code == 0
    left = json.loads(esm("cadre", "leave", "1001", "--on", "2026-12-10", "--format", "json").out)
    plan = json.loads(esm("schedule", "--format", "json").out)
    assert (plan["unserved"], plan["without_cadre"], plan["dropped"], left["called_off"]) == (1, 1, 0, 2)
    assert plan["moves"] == []
    nobody = [(row["uscc"], row["planned_on"]) for row in plan["visits"] if row["staff_no"] is None]
    assert sorted(nobody) == [(CODES[0], None), (CODES[1], None)]
