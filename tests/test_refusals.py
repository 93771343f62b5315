"""Bad input: each with its exit code, one line that helps, and nothing changed."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Ran

from esm.domain import uscc

Esm = Callable[..., Ran]
ONE = "91330205MA2AAAAA1" + uscc.check_character("91330205MA2AAAAA1")
TWO = "91330205MA2AAAAB2" + uscc.check_character("91330205MA2AAAAB2")


@pytest.fixture
def district(esm: Esm, path: Path) -> Path:
    """Return a database with two enterprises of like names and one cadre who left."""
    for code, name in ((ONE, "江畔恒达机电有限公司"), (TWO, "江畔恒达服饰有限公司")):
        assert esm("enterprise", "add", code, "--name", name, "--above-scale", "--enrolled-on", "2026-06-01").code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒").code == 0
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
    ("server", ["--db", "postgresql://desk/esm", "due"], 6, "--db"),
]


@pytest.mark.parametrize(("words", "code", "place"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_a_refusal_names_the_place_and_changes_nothing(
    esm: Esm, district: Path, words: list[str], code: int, place: str
) -> None:
    before = digest(district)
    ran = esm(*words)
    assert (ran.code, ran.out) == (code, "")
    assert place in ran.err
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
        from esm.storage import database

        with pytest.raises((sqlite3.OperationalError, StorageRefused)), database.reading(copy, patience=0.1):
            pass
        assert digest(copy) == before
        other.execute("ROLLBACK")
