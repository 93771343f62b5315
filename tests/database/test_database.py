"""Opening the database: the measured settings, who may write, and which files are refused untouched."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests import database_content, killed_writer, small_district
from tests.conftest import HEADER

from esm.cli.shell import storage_errors
from esm.errors import EsmError, RuleRefused, StorageRefused
from esm.storage.database import connection as database
from esm.storage.database import creation, migration
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.place import FilePlace

EXTRA = 3
Open = Callable[[Path], object]

SETTING = "INSERT INTO setting (key, value, start_on) VALUES ('due_soon_days', '7', '0001-01-01')"


def read(path: Path) -> None:
    with database.reading(FilePlace(path), patience=0.1) as reading:
        reading.rows("SELECT * FROM cadre")


def write(path: Path) -> None:
    with database.writing(FilePlace(path), HEADER, patience=0.1) as writing:
        writing.rows("SELECT * FROM cadre")


def upgrade(path: Path) -> None:
    migration.upgrade(FilePlace(path), HEADER)


def refused(act: Open, path: Path) -> str:
    """Return what the user is told; anything that would not reach the user as a refusal fails."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 - which kind is judged below
        act(path)
    refusal = caught.value if isinstance(caught.value, EsmError) else storage_errors.refusal(caught.value)
    assert isinstance(refusal, StorageRefused)
    return str(refusal)


def test_a_writer_has_the_measured_settings(writing: Writing) -> None:
    wanted = {"journal_mode": "truncate", "synchronous": EXTRA, "foreign_keys": 1, "recursive_triggers": 1,
              "busy_timeout": 30_000}  # fmt: skip
    assert {name: writing.value(f"PRAGMA {name}") for name in wanted} == wanted


def test_a_reader_waits_for_thirty_seconds(reading: Reading) -> None:
    assert reading.value("PRAGMA busy_timeout") == 30_000


def test_a_second_writer_is_refused_when_its_patience_ends(path: Path) -> None:
    with database.writing(FilePlace(path), HEADER), pytest.raises(sqlite3.OperationalError) as caught:
        write(path)
    assert isinstance(storage_errors.refusal(caught.value), StorageRefused)


def test_a_second_writer_waits_for_the_first(path: Path) -> None:
    with database.writing(FilePlace(path), HEADER) as first:
        second = subprocess.Popen([sys.executable, "-c", SECOND_WRITER, str(path)], stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline() == "about to write\n"
        first.connection.execute(SETTING)
    assert second.communicate(timeout=20)[0] == "saw 7\n"


SECOND_WRITER = """
import sys
from pathlib import Path
from esm.storage.database import connection as database
from esm.storage.database.place import FilePlace
from tests.conftest import HEADER
print("about to write", flush=True)
with database.writing(FilePlace(Path(sys.argv[1])), HEADER) as writing:
    print("saw", writing.value("SELECT value FROM setting"))
"""


def test_a_reader_works_beside_a_writer_and_sees_none_of_it(path: Path) -> None:
    with database.writing(FilePlace(path), HEADER) as writing:
        writing.connection.execute(SETTING)
        with database.reading(FilePlace(path), patience=0.1) as reading:
            assert reading.rows("SELECT * FROM setting") == []


@pytest.fixture
def umask_of_a_group() -> Iterator[None]:
    """Let new files be open to everybody, as far as the process is concerned."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("umask_of_a_group")
def test_only_the_owner_may_read_a_new_database_and_a_backup(tmp_path: Path) -> None:
    creation.create(FilePlace(tmp_path / "new.db"))
    migration.backup(FilePlace(tmp_path / "new.db"), FilePlace(tmp_path / "backups" / "copy.db"))
    for file in ("new.db", "backups/copy.db"):
        assert stat.S_IMODE((tmp_path / file).stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_that_an_administrator_set_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    small_district.settle(path)
    read(path)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_making_a_database_leaves_that_one_file(tmp_path: Path) -> None:
    creation.create(FilePlace(tmp_path / "new.db"))
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_a_database_is_never_made_over_another(path: Path) -> None:
    before = database_content.digest(path)
    with pytest.raises(RuleRefused, match="already exists"):
        creation.create(FilePlace(path))
    assert database_content.digest(path) == before


@pytest.mark.parametrize("act", [read, write, upgrade])
def test_a_mistyped_path_is_refused_and_never_created(tmp_path: Path, act: Open) -> None:
    assert "no database" in refused(act, tmp_path / "mistyped.db")
    assert list(tmp_path.iterdir()) == []


def a_text(file: Path) -> None:
    file.write_text("these are notes, not a database\n" * 50)


def an_empty_file(file: Path) -> None:
    file.touch()


def another_application(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE notes (words TEXT)")


def another_application_with_write_ahead_log(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE notes (words TEXT)")


def another_application_with_alembic(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")


def a_newer_revision(file: Path) -> None:
    creation.create(FilePlace(file))
    with closing(database_content.bare(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def a_database_cut_short(file: Path) -> None:
    creation.create(FilePlace(file))
    os.truncate(file, 20_480)


STRANGERS = [a_text, an_empty_file, another_application, another_application_with_write_ahead_log,
             another_application_with_alembic, a_newer_revision, a_database_cut_short]  # fmt: skip


@pytest.mark.parametrize("act", [read, write, upgrade])
@pytest.mark.parametrize("make", STRANGERS)
def test_a_file_that_is_no_database_of_this_esm_is_refused_untouched(
    tmp_path: Path, make: Callable[[Path], None], act: Open
) -> None:
    file = tmp_path / "stranger.db"
    make(file)
    before = database_content.digest(file)
    refused(act, file)
    assert database_content.digest(file) == before


@pytest.mark.parametrize("act", [read, write, upgrade])
def test_a_folder_is_refused(tmp_path: Path, act: Open) -> None:
    assert "not a file" in refused(act, tmp_path)


@pytest.mark.parametrize("name", ["数据 库.db", "a?b#c%20.db", "it's.db", "a&mode=memory.db"])
def test_any_file_name_serves(tmp_path: Path, name: str) -> None:
    creation.create(FilePlace(tmp_path / name))
    small_district.settle(tmp_path / name)
    assert database_content.flaws(tmp_path / name) == []
    assert all(file.name.startswith(name) for file in tmp_path.iterdir())


def test_every_table_is_strict(reading: Reading) -> None:
    lax = reading.rows("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict")
    assert {name for (name,) in lax} == {"alembic_version", "sqlite_schema"}


@pytest.mark.parametrize(("table", "column"), database_content.day_columns())
def test_a_column_of_days_takes_nothing_but_days(writing: Writing, table: str, column: str) -> None:
    for text in ("2026-3-5", "20260305", "2026-13-01", "2026-03-05 08:00", "now", "", "2461105"):
        with pytest.raises(sqlite3.Error, match=f"ck_{table}_{column}|non-deterministic use of date"):
            writing.connection.execute(*filled(writing, table, {column: text}))


@pytest.mark.parametrize(("table", "column"), database_content.day_columns())
def test_a_column_of_days_takes_only_days_that_exist(writing: Writing, table: str, column: str) -> None:
    for text in ("2026-02-30", "2026-02-29", "2026-04-31"):
        with pytest.raises(sqlite3.IntegrityError, match=f"ck_{table}_{column}"):
            writing.connection.execute(*filled(writing, table, {column: text}))


def filled(writing: Writing, table: str, values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """Return an insert that gives a row what it must have, so that only the rule about days can refuse it."""
    must: dict[str, object] = {
        name: "2026-01-01" if (table, name) in database_content.day_columns() else {"INTEGER": 1, "TEXT": "A"}[kind]
        for _, name, kind, is_needed, *_ in writing.rows(f"PRAGMA table_info({table})")
        if is_needed and name != "id"
    }
    kinds = {"request_event": "accept", "application": "applied", "relief": "subsidy", "recusal": "other"}
    words = {"basis": "register", "channel": "phone", "outcome": "met", "nature": "help", "kind": kinds.get(table, "A")}
    must |= {name: word for name, word in words.items() if name in must} | values
    if table == "operation":
        must["hash"] = "sealed"
    return f"INSERT INTO {table} ({', '.join(must)}) VALUES ({', '.join(f':{name}' for name in must)})", must


def test_no_table_with_days_was_forgotten(writing: Writing) -> None:
    tables = {*writing.connection.journalled_tables(), "operation"}
    assert {table for table, _ in database_content.day_columns()} == tables - {
        "pairing_deputy",
        "companion",
        "request_class",
    }


def test_a_reading_command_never_writes(path: Path) -> None:
    small_district.settle(path)
    before, modified = database_content.digest(path), path.stat().st_mtime_ns
    assert database_content.flaws(path) == []
    with database.reading(FilePlace(path)) as reading, pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.connection.execute("DELETE FROM clock")
    assert (database_content.digest(path), path.stat().st_mtime_ns) == (before, modified)


@pytest.mark.parametrize("act", [read, write])
def test_what_a_killed_writer_left_is_taken_back_by_whoever_comes_next(path: Path, tmp_path: Path, act: Open) -> None:
    small_district.settle(path)
    whole = tmp_path / "whole.db"
    shutil.copy(path, whole)
    assert killed_writer.write_and_die(path) == -signal.SIGKILL
    assert path.read_bytes() != whole.read_bytes()
    act(path)
    assert database_content.dump(path) == database_content.dump(whole)
    assert database_content.flaws(path) == []
