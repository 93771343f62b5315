"""Bad input: each with its exit code, one line that helps, and nothing changed."""

from __future__ import annotations

import getpass
import hashlib
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import csv_file

from esm.domain.values import credit_code
from esm.storage.database.place import FilePlace

ONE = "91330205MA2AAAAA1" + credit_code.check_character("91330205MA2AAAAA1")
HUGE = "9" * 20
TWO = "91330205MA2AAAAB2" + credit_code.check_character("91330205MA2AAAAB2")


@pytest.fixture
def district(esm: Esm, path: Path) -> Path:
    """Return a database with two enterprises of like names and one cadre who left."""
    told = ("--above-scale", "--enrolled-on", "2026-06-01", "--subdistrict", "城东街道")
    for code, name in ((ONE, "江畔恒达机电有限公司"), (TWO, "江畔恒达服饰有限公司")):
        assert esm("enterprise", "add", code, "--name", name, *told).code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒", "--department", "统计局").code == 0
    assert esm("cadre", "leave", "1001", "--on", "2026-11-01").code == 0
    return path


def digest(path: Path) -> str:
    """Return what the file's bytes come to."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


REFUSED = [
    ("unknown option", ["due", "--wihtin", "3"], 2, "--within"),
    ("unknown command", ["dew"], 2, "due"),
    ("unreadable day", ["visit", "log", ONE, "--on", "2026-02-30"], 2, "2026-02-30"),
    ("unreadable period", ["report", "--period", "2026-13"], 2, "2026-13"),
    ("unknown enterprise", ["enterprise", "show", "江畔恒大"], 3, "江畔恒达"),
    ("ambiguous enterprise", ["visit", "log", "江畔恒达", "--cadre", "1001"], 3, TWO),
    ("unknown cadre", ["cadre", "show", "尹志横"], 3, "尹志恒"),
    ("unknown visit", ["visit", "cancel", "99"], 3, "99"),
    ("unknown operation", ["undo", "99"], 3, "99"),
    ("future visit", ["visit", "log", ONE, "--cadre", "1001", "--on", "2026-11-24"], 4, "2026-11-24"),
    ("visit before enrolment", ["visit", "log", ONE, "--cadre", "1001", "--on", "2026-05-31"], 4, "2026-06-01"),
    ("visit by a cadre who left", ["visit", "log", ONE, "--cadre", "1001"], 4, "尹志恒"),
    ("visit by nobody", ["visit", "log", ONE], 4, "--cadre"),
    ("enterprise known already", ["enterprise", "add", ONE, "--name", "甲"], 4, ONE),
    ("exit before enrolment", ["enterprise", "exit", ONE, "--on", "2026-05-01"], 4, "2026-06-01"),
    ("period that has not begun", ["report", "--period", "2027-01"], 4, "2027-01"),
    ("invalid check character", ["enterprise", "add", ONE[:-1] + "0", "--name", "甲"], 2, ONE[:-1] + "0"),
    ("missing roster", ["import", "nowhere.xlsx"], 5, "nowhere.xlsx"),
    ("too far ahead", ["due", "--within", "9999999"], 2, "36500"),
    ("huge limit", ["due", "--limit", HUGE], 2, "--limit"),
    ("huge limit of visits", ["visit", "list", "--limit", HUGE], 2, "--limit"),
    ("huge limit of the history", ["history", "--limit", HUGE], 2, "--limit"),
    ("negative limit", ["due", "--limit", "-1"], 2, "-1 is out of range"),
    ("no number", ["due", "--within", "1.5"], 2, "“1.5” is not a whole number"),
    ("huge capacity", ["cadre", "edit", "1001", "--capacity", HUGE], 2, "--capacity"),
    ("largest integer as capacity", ["cadre", "edit", "1001", "--capacity", str(2**63 - 1)], 2, "1000000000"),
    ("huge capacity for all", ["assign", "--capacity", HUGE], 2, "--capacity"),
    ("more than all of mankind", ["enterprise", "edit", ONE, "--employees", HUGE], 2, "--employees"),
    ("more than all money", ["enterprise", "edit", ONE, "--revenue", HUGE], 2, HUGE),
    ("huge visit", ["visit", "cancel", HUGE], 2, "VISIT: " + HUGE),
    ("visit zero", ["visit", "cancel", "0"], 2, "VISIT: 0"),
    ("visit in scientific notation", ["visit", "cancel", "1e3"], 2, "1e3"),
    ("huge operation", ["undo", HUGE], 2, "OPERATION: " + HUGE),
    ("last day of all", ["--today", "9999-12-31", "due"], 2, "1901 to 2199"),
    ("first day of all", ["--today", "0001-01-01", "check"], 2, "1901 to 2199"),
    ("report at the end of days", ["report", "--as-of", "9999-12-31"], 2, "9999"),
    ("plan to the end of days", ["schedule", "--until", "9999-12-31"], 2, "9999"),
    ("visit at the beginning of days", ["visit", "log", ONE, "--on", "0001-01-01"], 2, "1901 to 2199"),
    ("period at the end of days", ["report", "--period", "9999-11"], 2, "9999-11"),
    ("day of an ISO week", ["--today", "2026-W10-2", "due"], 2, "“2026-W10-2” is not a date"),
    ("day without a year that no year has", ["--today", "2-30", "due"], 2, "there is no such day"),
    ("blank day", ["--today", " ", "due"], 2, "is not a date"),
    ("unknown subdistrict", ["due", "--check", "--subdistrict", "城东"], 3, "Did you mean 城东街道?"),
    ("unknown subdistrict in a list", ["enterprise", "list", "--subdistrict", "河西镇"], 3, "Known names: 城东街道"),
    ("unknown department", ["cadre", "list", "--department", "统计"], 3, "Did you mean 统计局?"),
    ("blank enterprise", ["enterprise", "show", " "], 3, "The name is empty"),
    ("blank cadre", ["due", "--cadre", ""], 3, "The name is empty"),
    ("blank subdistrict", ["due", "--subdistrict", ""], 3, "The name is empty"),
    ("blank reason", ["visit", "cancel", "1", "--reason", " "], 3, "There is no visit 1"),
    ("words of SQL", ["enterprise", "show", "'; DROP TABLE visit; --"], 3, "DROP TABLE"),
    ("wildcard of SQL", ["enterprise", "show", "%"], 3, "“%”"),
    ("bytes that are no text", ["enterprise", "show", "\udcff"], 2, "invalid in the encoding"),
    ("minutes that are no text", ["visit", "log", ONE, "--minutes", "\udcff"], 4, "--cadre"),
    ("option in place of a name", ["cadre", "add", "--", "--name"], 2, "--name is missing"),
    ("format against the ending", ["due", "-o", "due.xlsx", "--format", "csv"], 2, "due.xlsx"),
    ("unknown ending", ["due", "-o", "due.pdf"], 2, ".xlsx"),
    ("unknown format", ["due", "--format", "pdf"], 2, "pdf"),
    ("output in a missing folder", ["due", "-o", "nowhere/due.csv"], 6, "nowhere"),
    ("folder as output", ["due", "-o", "/", "--format", "csv"], 2, "a folder"),
    ("folder as roster", ["import", "/"], 5, "a folder"),
    ("restore of a missing file", ["db", "restore", "nowhere.db"], 5, "nowhere.db"),
    ("database made already", ["db", "init"], 4, "already exists"),
    ("quiet and verbose", ["-q", "-v", "due"], 2, "--quiet"),
    ("unknown language", ["--lang", "fr", "due"], 2, "fr"),
    ("folder as database", ["--db", "/", "due"], 6, "not a file"),
    ("server", ["--db", "postgresql://desk/esm", "due"], 6, "--db"),
]


@pytest.mark.parametrize(("words", "code", "hint"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_refusal_names_the_place_and_changes_nothing(
    esm: Esm, district: Path, words: list[str], code: int, hint: str
) -> None:
    before = digest(district)
    ran = esm(*words)
    assert (ran.code, ran.out) == (code, "")
    assert hint in ran.err
    assert "Traceback" not in ran.err
    assert digest(district) == before


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_refusal_speaks_the_language_asked_for(esm: Esm, district: Path, lang: str) -> None:
    said = esm("visit", "cancel", "99", lang=lang).err
    assert ("There is no visit 99" in said) is (lang == "en")
    assert ("99" in said and "走访" in said) is (lang == "zh")


def test_a_mistyped_path_makes_no_database(esm: Esm, tmp_path: Path) -> None:
    ran = esm("due", db=tmp_path / "mistyped.db")
    assert ran.code == 6
    assert "esm import" in ran.err
    assert not (tmp_path / "mistyped.db").exists()


@pytest.mark.parametrize("words", [["due"], ["assign"], ["cadre", "add", "1", "--name", "甲"], ["db", "backup", "b"]])
def test_an_empty_file_is_no_database_and_how_to_begin_is_said(esm: Esm, tmp_path: Path, words: list[str]) -> None:
    empty = tmp_path / "empty.db"
    empty.touch()
    ran = esm(*words, db=empty)
    assert (ran.code, "esm db init" in ran.err, empty.stat().st_size) == (6, True, 0)


def test_an_empty_file_may_become_the_database_and_keeps_its_permissions(esm: Esm, tmp_path: Path) -> None:
    empty, roster = tmp_path / "empty.db", csv_file(tmp_path, "cadres", "staff_no,name", "1001,尹志恒")
    empty.touch()
    empty.chmod(0o660)
    assert esm("import", roster, "--dry-run", db=empty).code == 0
    assert empty.stat().st_size == 0
    assert esm("import", roster, db=empty).code == 0
    assert esm("cadre", "show", "1001", db=empty).code == 0
    assert stat.S_IMODE(empty.stat().st_mode) == 0o660


def test_a_change_without_anybody_who_acts_is_refused(
    esm: Esm, district: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr(getpass, "getuser", nobody)
    before = digest(district)
    ran = esm("--actor", "", "cadre", "add", "1002", "--name", "甲")
    assert (ran.code, "ESM_ACTOR" in ran.err) == (2, True)
    assert digest(district) == before


@pytest.mark.parametrize("words", [["assign"], ["cadre", "add", "1002", "--name", "甲"], ["undo"]])
def test_an_output_that_cannot_be_written_is_refused_before_anything_is_changed(
    esm: Esm, district: Path, tmp_path: Path, words: list[str]
) -> None:
    (tmp_path / "taken.json").touch()
    before = digest(district)
    assert esm(*words, "-o", str(tmp_path / "taken.json")).code == 4
    assert digest(district) == before


def test_an_output_is_never_written_over_the_roster_it_was_read_from(esm: Esm, path: Path, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "cadres", "staff_no,name", "1001,尹志恒")
    before = digest(Path(roster))
    assert esm("import", roster, "-o", roster, "--force").code == 2
    assert digest(Path(roster)) == before


def test_a_file_whose_name_is_no_text_is_read_and_written(esm: Esm, path: Path, tmp_path: Path) -> None:
    roster = tmp_path / "\udcff.csv"
    roster.write_text("staff_no,name\n1001,尹志恒\n", encoding="utf-8")
    assert esm("import", str(roster)).code == 0
    assert "\\udcff.csv" in esm("history").out


def test_a_dash_as_output_is_the_screen(esm: Esm, district: Path) -> None:
    assert esm("due", "-o", "-") == esm("due")


def test_a_file_that_is_no_database_is_refused(esm: Esm, tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("these are notes, not a database\n" * 50)
    before = digest(other)
    assert esm("due", db=other).code == 6
    assert digest(other) == before


def test_the_database_of_another_program_is_refused(esm: Esm, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")
    before = digest(other)
    assert esm("import", "nowhere.xlsx", db=other).code == 5
    assert esm("visit", "list", db=other).code == 6
    assert digest(other) == before


@pytest.mark.parametrize("words", [["due"], ["cadre", "add", "1", "--name", "甲"]])
def test_a_newer_schema_is_refused_by_reading_and_writing_commands(esm: Esm, path: Path, words: list[str]) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = digest(path)
    ran = esm(*words)
    assert ran.code == 6
    assert "newer" in ran.err
    assert digest(path) == before


def test_an_output_is_never_written_over_the_database(esm: Esm, district: Path) -> None:
    before = digest(district)
    assert esm("due", "--format", "json", "-o", str(district), "--force").code == 2
    assert digest(district) == before


def test_an_existing_output_is_kept_unless_forced(esm: Esm, district: Path, tmp_path: Path) -> None:
    target = tmp_path / "due.json"
    target.write_text("mine")
    assert esm("due", "-o", str(target)).code == 4
    assert target.read_text() == "mine"
    assert esm("due", "-o", str(target), "--force").code == 0
    assert ONE in target.read_text()


HOSTILE = [
    "[/red]甲",
    "=cmd|' /C calc'!A0",
    "甲\n乙",
    "甲\x1b]0;x\x07",
    "--help",
    "'; DROP TABLE visit; --",
    "甲\u202e乙",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["table", "json", "csv", "md"])
def test_a_name_is_data_in_every_format(esm: Esm, path: Path, name: str, kind: str) -> None:
    assert esm("enterprise", "add", ONE, f"--name={name}", "--above-scale").code == 0
    ran = esm("enterprise", "list", "--format", kind)
    assert ran.code == 0
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
    assert name.strip("=-'[/\n")[:1] in ran.out


def test_a_locked_database_is_waited_for_and_then_refused(esm: Esm, district: Path, tmp_path: Path) -> None:
    copy = tmp_path / "locked.db"
    shutil.copy(district, copy)
    with sqlite3.connect(copy, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        before = digest(copy)
        from esm.errors import StorageRefused
        from esm.storage.database import connection as database

        with pytest.raises((sqlite3.OperationalError, StorageRefused)), database.reading(FilePlace(copy), patience=0.1):
            pass
        assert digest(copy) == before
        other.execute("ROLLBACK")


def test_what_was_done_already_says_where_to_look(esm: Esm, district: Path) -> None:
    esm("cadre", "add", "7001", "--name", "江某")
    esm("cadre", "leave", "7001")
    again = esm("cadre", "leave", "7001")
    assert again.code == 4
    assert "See `esm cadre show 7001`." in again.err
