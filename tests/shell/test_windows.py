"""What esm does on Windows, each of its rules put under the same code here (docs/decisions/0058)."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
from tests.conftest import ROOT, TODAY, Esm
from tests.small_district import CODES
from tests.windows import Windows, as_on_windows

from esm import operating_system
from esm.__main__ import main
from esm.errors import StorageRefused, UsageRefused
from esm.formats.write import atomic_file

UPGRADED = ROOT / "tests" / "released" / "0007.sql"


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Windows:
    """Put the rule about open files before the calls of the system."""
    return as_on_windows(monkeypatch)


def test_the_rule_is_in_force(windows: Windows, tmp_path: Path) -> None:
    file = tmp_path / "open.csv"
    file.touch()
    with file.open("rb"):
        for act in (file.unlink, lambda: file.replace(tmp_path / "other.csv")):
            with pytest.raises(PermissionError):
                act()
    file.unlink()


def test_no_command_renames_or_removes_a_file_that_is_open(
    windows: Windows, esm: Esm, settled: Path, tmp_path: Path
) -> None:
    def done(line: str, code: int = 0, db: Path = settled) -> None:
        ran = esm(*line.format(here=tmp_path).split(), db=db)
        assert (ran.code, windows.refused) == (code, []), (line, ran.err)

    new = tmp_path / "new.db"
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_text("uscc,name\n1,x\n", encoding="utf-8")
    good.write_text(f"uscc,name\n{CODES[7]},Eight\n", encoding="utf-8")
    done("db init", db=new)
    new.write_bytes(b"")
    done(f"import {bad} --errors {{here}}/errors.xlsx", 5, db=new)
    done(f"import {good} --dry-run", db=new)
    done(f"import {good}", db=new)
    done("schedule -o {here}/plan.xlsx")
    for _ in range(2):
        done("due -o {here}/due.csv --force")
    done("verify {here}/due.csv")
    done("calendar export --all -o {here}/calendars")
    done("week --all -o {here}/weeks")
    done("export {here}/export.xlsx")
    done("undo")
    done("db backup {here}/copy.db")
    done("db copy {here}/copy.db {here}/second.db")
    done("db restore {here}/copy.db")
    done("db restore {here}/copy.db", db=tmp_path / "elsewhere.db")
    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(UPGRADED.read_text(encoding="utf-8"))
    done("db upgrade", db=old)
    done("db check", db=old)


def test_a_database_that_another_program_has_open_is_not_restored_over(
    windows: Windows, esm: Esm, settled: Path, tmp_path: Path
) -> None:
    assert esm("db", "backup", str(tmp_path / "copy.db"), db=settled).code == 0
    before = settled.read_bytes()
    names = sorted(tmp_path.iterdir())
    with settled.open("rb"):
        ran = esm("db", "restore", str(tmp_path / "copy.db"), db=settled)
    assert (ran.code, "in use by another program" in ran.err) == (6, True)
    assert 1 < windows.waited < 2
    assert (settled.read_bytes(), sorted(tmp_path.iterdir())) == (before, names)


def test_a_restore_that_cannot_be_finished_puts_the_present_database_back(
    windows: Windows, esm: Esm, settled: Path, tmp_path: Path
) -> None:
    assert esm("db", "backup", str(tmp_path / "copy.db"), db=settled).code == 0
    before = settled.read_bytes()
    windows.held_from[".esm-"] = 6
    ran = esm("db", "restore", str(tmp_path / "copy.db"), db=settled)
    assert (ran.code, "in use by another program" in ran.err) == (6, True)
    assert settled.read_bytes() == before
    assert list(tmp_path.glob("settled*.db")) == [settled]


def test_a_disk_without_hard_links_takes_a_restore(
    windows: Windows, monkeypatch: pytest.MonkeyPatch, esm: Esm, settled: Path, tmp_path: Path
) -> None:
    def refuse(*_names: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert esm("db", "backup", str(tmp_path / "copy.db"), db=settled).code == 0
    before = settled.read_bytes()
    windows.held_from[".esm-"] = 6
    assert esm("db", "restore", str(tmp_path / "copy.db"), db=settled).code == 6
    assert (settled.read_bytes(), list(tmp_path.glob("settled*.db"))) == (before, [settled])
    assert esm("db", "restore", str(tmp_path / "copy.db"), db=settled).code == 0
    assert len(list(tmp_path.glob("settled*.db"))) == 2


def test_a_virus_scanner_is_waited_for(windows: Windows, tmp_path: Path) -> None:
    file = tmp_path / "due.csv"
    file.write_bytes(b"old")
    windows.held[file.resolve()] = 3
    atomic_file.save(file, b"new", force=True)
    assert (file.read_bytes(), len(windows.refused)) == (b"new", 3)
    assert list(tmp_path.iterdir()) == [file]


def test_elsewhere_nothing_is_tried_twice(windows: Windows, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(operating_system, "IS_WINDOWS", False)
    file = tmp_path / "due.csv"
    file.write_bytes(b"old")
    windows.held[file.resolve()] = 1
    with pytest.raises(StorageRefused):
        atomic_file.save(file, b"new", force=True)
    assert (file.read_bytes(), windows.waited) == (b"old", 0)


def test_a_file_that_is_open_in_excel_is_named_as_that_before_any_work(
    windows: Windows, monkeypatch: pytest.MonkeyPatch, esm: Esm, settled: Path, tmp_path: Path
) -> None:
    file = tmp_path / "due.csv"
    file.write_bytes(b"old")
    usual = Path.open

    def locked(path: Path, mode: str = "r", *words: object, **options: object) -> object:
        if path == file and "+" in mode:  # Excel lets others read the file, but not write to it
            raise PermissionError(errno.EACCES, "The process cannot access the file", str(path))
        return usual(path, mode, *words, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", locked)
    ran = esm("due", "-o", str(file), "--force", db=settled)
    assert ran.code == 6
    assert "cannot be replaced: it is open in another program" in ran.err
    assert "choose another name" in ran.err
    assert file.read_bytes() == b"old"


@pytest.mark.parametrize("name", ["~$due.csv", ".~due.csv", ".~lock.due.csv#"])
def test_the_lock_of_an_office_program_is_known(tmp_path: Path, name: str) -> None:
    (tmp_path / "due.csv").touch()
    (tmp_path / name).touch()
    with pytest.raises(StorageRefused, match="open in another program"):
        atomic_file.save(tmp_path / "due.csv", b"new", force=True)


class ClosedPipe:
    """Standard output after `more` was left, as Windows tells it."""

    encoding = "utf-8"
    errors = "strict"

    def write(self, text: str) -> int:
        """Take the text; nothing is sent yet."""
        return len(text)

    def flush(self) -> None:
        """Fail as Windows does."""
        raise OSError(errno.EINVAL, "Invalid argument")

    def isatty(self) -> bool:
        """Return that it is no terminal."""
        return False


@pytest.mark.parametrize(("is_windows", "code"), [(True, 141), (False, 70)])
def test_a_reader_that_left_is_no_fault(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    settled: Path,
    tmp_path: Path,
    is_windows: bool,
    code: int,
) -> None:
    monkeypatch.setattr(operating_system, "IS_WINDOWS", is_windows)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdout", ClosedPipe())
    assert main(["--db", str(settled), "--today", TODAY, "--lang", "en", "due"]) == code
    assert bool(capfd.readouterr().err) is not is_windows


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["esm", "--db", r"demo\district.db", "--today", TODAY], rf"esm --db demo\district.db --today {TODAY}"),
        (["--db", r"C:\Program Files\esm.db"], r'--db "C:\Program Files\esm.db"'),
        (["-o", "C:\\My folder\\"], '-o "C:\\My folder\\\\"'),
        (["企业.xlsx", "a&b", "(x)", "@x", "a,b", "a;b", "$x", ""], '企业.xlsx "a&b" "(x)" "@x" "a,b" "a;b" "$x" ""'),
        (["--until=2026.12", "it's", 'say "yes"'], '"--until=2026.12" "it\'s" "say \\"yes\\""'),
    ],
)
def test_a_line_to_copy_is_one_that_cmd_and_powershell_take(windows: Windows, words: list[str], line: str) -> None:
    assert operating_system.typed(words) == line


def test_where_words_go_in_quotes_the_program_gets_them_back(windows: Windows) -> None:
    """Python's own rules for Windows say how a program splits its line; ours may only quote more."""
    for word in ["a b", 'a "b" c', "a\\b c\\", 'a\\" b', "", "\\\\server\\share\\a b\\"]:
        assert operating_system.typed([word]) == subprocess.list2cmdline([word])


def test_what_the_demo_and_the_history_print_can_be_typed_there(windows: Windows, esm: Esm, tmp_path: Path) -> None:
    folder = tmp_path / "my demo"
    shown = esm("demo", str(folder)).out
    assert f'esm --db "{folder}/district.db" --today 2026-11-23 due --limit 15' in shown
    assert "'" not in "".join(line for line in shown.splitlines() if line.startswith("$ "))
    assert "'" not in esm("db", "copy", "--help").out
    assert windows.refused == []


def test_the_history_shows_commands_as_they_are_typed_there(windows: Windows, esm: Esm, settled: Path) -> None:
    assert esm("config", "set", "issuing_office", "the clerk's office", db=settled).code == 0
    assert 'config set issuing_office "the clerk\'s office"' in esm(
        "history", "--format", "csv", db=settled
    ).out.replace('""', '"')


def _program(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text('#!/bin/sh\nfor file; do :; done\nprintf "%s\\n" "$@" > "$file.words"\n', encoding="utf-8")
    program.chmod(0o700)
    return program


@pytest.mark.parametrize("line", ['"{}" -multiInst', "{} -multiInst"])
def test_an_editor_under_program_files_can_be_named(windows: Windows, tmp_path: Path, line: str) -> None:
    program = _program(tmp_path / "Program Files" / "Notepad++", "notepad++.exe")
    assert operating_system.command_words(line.format(program)) == [str(program), "-multiInst"]
    without_ending = line.format(str(program).removesuffix(".exe"))
    assert operating_system.command_words(without_ending) == [str(program).removesuffix(".exe"), "-multiInst"]


def test_a_backslash_is_one_and_a_lone_quote_is_refused(windows: Windows) -> None:
    assert operating_system.command_words(r"C:\edit\vi.exe -n") == [r"C:\edit\vi.exe", "-n"]
    with pytest.raises(ValueError, match="quotation mark"):
        operating_system.command_words('"C:\\edit')


@pytest.mark.parametrize(
    "name",
    ["CON", "con.csv", "nul .xlsx", "COM1.db", "lpt¹", "due:1.csv", "who?.csv", "a*b", 'a"b', "a|b", "due.", "due ",
     "aux/due.csv", "out./due.csv", "CONOUT$"],
)  # fmt: skip
def test_a_name_that_windows_gives_another_meaning_is_refused(windows: Windows, tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageRefused, match="cannot be the name of a file on Windows"):
        operating_system.require_usable_name(tmp_path / name)


@pytest.mark.parametrize("name", ["console.csv", "com10.csv", "企业 名单.xlsx", "a.b.csv", "../due.csv", "./due.csv"])
def test_other_names_are_taken(windows: Windows, name: str) -> None:
    operating_system.require_usable_name(Path(name))
    operating_system.require_usable_name(Path(PureWindowsPath("C:\\out") / name))


@pytest.mark.parametrize("line", ["due -o {}.csv", "db backup {}", "export {}.xlsx", "calendar export --all -o {}"])
def test_such_names_are_refused_for_every_output(
    windows: Windows, esm: Esm, settled: Path, tmp_path: Path, line: str
) -> None:
    ran = esm(*line.format(tmp_path / "nul").split(), db=settled)
    assert (ran.code, "cannot be the name of a file on Windows." in ran.err) == (2, True), ran.err
    assert [
        each.name for each in tmp_path.iterdir() if "settled" not in each.name and "district" not in each.name
    ] == []


def test_elsewhere_these_are_names_like_any(esm: Esm, settled: Path, tmp_path: Path) -> None:
    for name in ("con.csv", "due:1?.csv"):
        assert esm("due", "-o", str(tmp_path / name), db=settled).code == 0
    shutil.copy(tmp_path / "con.csv", tmp_path / "aux.csv")
