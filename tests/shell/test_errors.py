"""What the guard makes of an exception: sentences on standard error and an exit code."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
import typer

from esm.cli.shell.errors import guarded
from esm.errors import (
    EsmError,
    InputRefused,
    NotFound,
    Problem,
    RuleRefused,
    StorageRefused,
    UsageRefused,
    say,
)


def raising(error: BaseException) -> Callable[[], int]:
    def run() -> int:
        raise error

    return run


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return the lines on standard error; standard output must be empty."""

    def read() -> list[str]:
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err.splitlines()

    return read


Told = Callable[[], list[str]]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (EsmError, 1),
        (UsageRefused, 2),
        (NotFound, 3),
        (RuleRefused, 4),
        (InputRefused, 5),
        (StorageRefused, 6),
    ],
)
def test_a_refusal_says_what_and_what_next_and_exits_with_its_code(kind: type[EsmError], code: int, told: Told) -> None:
    assert guarded(raising(kind(say("No such thing: {name}.", name="Lantern"), say("Look it up.")))) == code
    assert told() == ["error: No such thing: Lantern.", "Look it up."]


def test_names_cannot_command_the_terminal(told: Told) -> None:
    guarded(raising(NotFound(say("Nobody is called {name}.", name="a\x1b[2J\nb\u202ec\udcff 干部"))))
    assert told() == [r"error: Nobody is called a\x1b[2J\nb\u202ec\udcff 干部."]


def test_the_faults_of_an_input_stand_under_their_sheet(told: Told) -> None:
    problems = [
        Problem("r.xlsx", "企业", "B4", "91X", say("too short")),
        Problem("r.xlsx", "企业", "C9", "abc", say("no number")),
        Problem("v.csv", "", "A2", "", say("missing")),
        Problem("w.csv", "", "", "", say("no rows")),
        Problem("w.csv", "", "", "甲, 乙", say("no roster")),
    ]
    assert guarded(raising(InputRefused(say("Nothing was written."), problems=problems))) == 5
    assert told() == [
        "error: Nothing was written.",
        "r.xlsx > 企业",
        "  B4: “91X” – too short",
        "  C9: “abc” – no number",
        "v.csv",
        "  A2 – missing",
        "w.csv",
        "  no rows",
        "  “甲, 乙” – no roster",
    ]


def test_only_two_hundred_faults_are_listed_and_the_rest_counted(told: Told) -> None:
    problems = [Problem("r.xlsx", "s", f"A{row}", "x", say("bad")) for row in range(250)]
    guarded(raising(InputRefused(say("Nothing was written."), problems=problems)))
    lines = told()
    assert sum(line.startswith("  A") for line in lines) == 200
    assert lines[-1] == "Further errors not listed: 50."


def sqlite_failure(run: Callable[[], object]) -> sqlite3.Error:
    with pytest.raises(sqlite3.Error) as caught:
        run()
    return caught.value


def locked(folder: Path) -> sqlite3.Error:
    with sqlite3.connect(folder / "a.db") as holder:
        holder.execute("BEGIN EXCLUSIVE")
        other = sqlite3.connect(folder / "a.db", timeout=0)
        failure = sqlite_failure(lambda: other.execute("BEGIN IMMEDIATE"))
        other.close()
    holder.close()
    return failure


def full(folder: Path) -> sqlite3.Error:
    database = sqlite3.connect(folder / "a.db")
    database.executescript("CREATE TABLE t (x); PRAGMA max_page_count = 2")
    failure = sqlite_failure(lambda: database.execute("INSERT INTO t VALUES (zeroblob(9999))"))
    database.close()
    return failure


def read_only(folder: Path) -> sqlite3.Error:
    sqlite3.connect(folder / "a.db").close()
    database = sqlite3.connect(f"file:{folder}/a.db?mode=ro", uri=True)
    failure = sqlite_failure(lambda: database.execute("CREATE TABLE t (x)"))
    database.close()
    return failure


def foreign(folder: Path) -> sqlite3.Error:
    (folder / "a.db").write_text("not a database, only a text that is long enough to be looked at" * 20)
    database = sqlite3.connect(folder / "a.db")
    failure = sqlite_failure(lambda: database.execute("SELECT * FROM sqlite_master"))
    database.close()
    return failure


def missing_folder(folder: Path) -> sqlite3.Error:
    return sqlite_failure(lambda: sqlite3.connect(folder / "none" / "a.db"))


def damaged(folder: Path) -> sqlite3.Error:
    database = sqlite3.connect(folder / "a.db")
    database.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
    database.close()
    image = bytearray((folder / "a.db").read_bytes())
    image[4096:] = b"\xff" * (len(image) - 4096)
    (folder / "a.db").write_bytes(image)
    database = sqlite3.connect(folder / "a.db")
    failure = sqlite_failure(lambda: database.execute("SELECT * FROM t").fetchall())
    database.close()
    return failure


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [
        (locked, "The database is in use by another program."),
        (full, "The disk is full."),
        (read_only, "The database is read-only."),
        (foreign, "This file is not an esm database."),
        (missing_folder, "The database cannot be opened."),
        (damaged, "The database is damaged."),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_database_that_fails_exits_6_with_a_sentence_and_a_next_step(
    failing: Callable[[Path], sqlite3.Error], sentence: str, wrapped: bool, tmp_path: Path, told: Told
) -> None:
    error = failing(tmp_path)
    shown = sqlalchemy.exc.OperationalError("SELECT 1", {}, error) if wrapped else error
    assert guarded(raising(shown)) == 6
    lines = told()
    assert lines[0] == f"error: {sentence}"
    assert len(lines) == 2


def test_a_failing_disk_exits_6(told: Told) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert guarded(raising(error)) == 6
    assert told()[0] == "error: The disk or network folder of the database failed."


def test_a_wrong_statement_is_a_fault_of_esm_not_of_the_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    database = sqlite3.connect(":memory:")
    error = sqlite_failure(lambda: database.execute("SELEKT"))
    database.close()
    assert guarded(raising(error)) == 70
    assert told()[0].startswith("error: Internal error (OperationalError)")


def test_a_file_that_cannot_be_used_exits_5_and_is_named(tmp_path: Path, told: Told) -> None:
    assert guarded(lambda: len((tmp_path / "none.xlsx").read_bytes())) == 5
    assert guarded(lambda: len(tmp_path.read_bytes())) == 5
    lines = told()
    assert lines[0] == f"error: The file or folder {tmp_path / 'none.xlsx'} does not exist."
    assert lines[2] == f"error: {tmp_path} is a folder, not a file."


def test_a_fault_of_esm_leaves_a_private_log_without_anybodys_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    secret = "1990000" + "1234"
    assert guarded(raising(KeyError(secret))) == 70
    (log,) = tmp_path.rglob("*.log")
    assert "builtins.KeyError" in log.read_text()
    assert "test_errors:" in log.read_text()
    assert secret not in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600
    first, second = told()
    assert first == "error: Internal error (KeyError); no partial data was written."
    assert str(log) in second


def test_a_fault_is_logged_somewhere_when_the_log_folder_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Told
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert guarded(raising(KeyError("x"))) == 70
    log = Path(re.findall(r"send (\S+\.log)", told()[1])[0])
    assert "builtins.KeyError" in log.read_text()
    log.unlink()


def test_debug_shows_the_traceback_and_keeps_the_exit_code(told: Told) -> None:
    assert guarded(raising(NotFound(say("No such thing."))), debug=True) == 3
    lines = told()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-1] == "error: No such thing."


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), typer.Abort()])
def test_an_interrupt_exits_130(stop: BaseException, told: Told) -> None:
    assert guarded(raising(stop)) == 130
    assert told() == ["Interrupted; no partial data was written."]


def test_a_request_to_end_counts_as_an_interrupt(told: Told) -> None:
    def run() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    assert guarded(run) == 130
    assert told() == ["Interrupted; no partial data was written."]
