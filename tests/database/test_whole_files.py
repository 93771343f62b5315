"""Databases, backups and restored files appear whole or not at all, whoever dies or comes between."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from tests import database_content, rosters, small_district
from tests.conftest import HEADER, PROFILE, ROOT, TODAY
from tests.faulty_disk import KILL, Fault, attempt
from tests.several_processes import at_once

from esm.__main__ import main
from esm.storage.database import connection as database
from esm.storage.database import creation, migration
from esm.storage.database.connection import Writing
from esm.storage.database.engines import sqlite
from esm.storage.database.place import FilePlace, Place

POINTS = 7  # of the file calls of a command by day, besides the last ones; by night all of them


def esm(path: Path, *words: str | Path) -> int:
    return main(["--db", str(path), "--today", TODAY, "--lang", "en", "--actor", "clerk", "-q", *map(str, words)])


def leftovers(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.name.startswith(".esm-")]


def faults(calls: int, *errors: int) -> Iterator[Fault]:
    """Yield faults spread over the calls of a command, and at each of the last ones, where files get their names."""
    step = 1 if PROFILE == "nightly" else -(-calls // POINTS)
    for number in sorted({*range(1, calls, step), *range(calls - 3, calls + 1)}):
        for error in errors:
            yield Fault(number, error)


def test_a_backup_that_is_killed_is_whole_or_absent_and_is_made_the_next_time(settled: Path, tmp_path: Path) -> None:
    stored = database_content.dump(settled)
    calls = attempt(lambda: esm(settled, "db", "backup", tmp_path / "whole.db"), tmp_path).calls
    for fault in faults(len(calls), KILL):
        backup = tmp_path / "monday.db"
        assert attempt(lambda: esm(settled, "db", "backup", backup), tmp_path, fault).code is None  # noqa: B023
        assert not backup.exists() or database_content.dump(backup) == stored, fault
        backup.unlink(missing_ok=True)
        assert esm(settled, "db", "backup", backup) == 0
        assert leftovers(tmp_path) == []
        backup.unlink()


def test_a_restore_that_is_killed_or_fails_leaves_a_whole_database_in_its_place(settled: Path, tmp_path: Path) -> None:
    backup = migration.backup(FilePlace(settled), FilePlace(tmp_path / "monday.db")).file
    monday = database_content.dump(backup)
    small_district.employ(settled, "1002")
    tuesday = database_content.dump(settled)
    template = Path(shutil.copy(settled, tmp_path / "template.db"))
    calls = attempt(lambda: esm(settled, "db", "restore", backup), tmp_path).calls
    for fault in faults(len(calls), KILL, errno.EIO):
        shutil.copy(template, settled)
        ended = attempt(lambda: esm(settled, "db", "restore", backup), tmp_path, fault)
        assert ended.code in ({None} if fault.error == KILL else {0, 6}), ended
        if fault.error != KILL:
            is_done = ended.code == 0 or "was written, but" in ended.err
            assert (database_content.dump(settled) == monday) is is_done, ended
        assert database_content.dump(settled) in (monday, tuesday), fault
        assert esm(settled, "db", "restore", backup) == 0
        assert database_content.dump(settled) == monday
        assert leftovers(tmp_path) == []
    aside = [database_content.dump(file) for file in tmp_path.glob("*before-restore*")]
    assert tuesday in aside
    assert all(dump in (monday, tuesday) for dump in aside)


def test_two_restores_of_one_second_keep_both_files_that_they_replaced(settled: Path, tmp_path: Path) -> None:
    backup = migration.backup(FilePlace(settled), FilePlace(tmp_path / "monday.db")).file
    for number in range(2):
        small_district.employ(settled, f"later{number}")
        migration.restore(FilePlace(settled), FilePlace(backup), HEADER.at)
    kept = sorted(tmp_path.glob("*before-restore*"))
    assert len(kept) == 2
    assert {database_content.dump(file)["cadre"][-1][1] for file in kept} == {"later0", "later1"}


def test_a_restore_follows_a_link_and_keeps_the_permissions(settled: Path, tmp_path: Path) -> None:
    backup = migration.backup(FilePlace(settled), FilePlace(tmp_path / "monday.db")).file
    monday = database_content.dump(backup)
    settled.chmod(0o660)
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.db"
    link.symlink_to(settled)
    small_district.employ(link, "1002")
    aside = migration.restore(FilePlace(link), FilePlace(backup), HEADER.at)
    assert link.is_symlink()
    assert (database_content.dump(settled), settled.stat().st_mode & 0o777) == (monday, 0o660)
    assert isinstance(aside, FilePlace)
    assert aside.file.parent == settled.parent


@pytest.mark.parametrize("words", [("due",), ("cadre", "edit", "1001", "--title", "x"), ("undo",), ("db", "check")])
def test_the_first_command_after_a_crash_heals_the_file_behind_a_link(
    settled: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = database_content.dump(settled)
    log = ("visit", "log", small_district.CODES[0], "--minutes", "x")
    template = Path(shutil.copy(settled, tmp_path / "template.db"))
    calls = attempt(lambda: esm(settled, *log), tmp_path).calls
    shutil.copy(template, settled)
    commit = 1 + calls.index(f"sqlite truncate {settled.name}-journal")
    assert attempt(lambda: esm(settled, *log), tmp_path, Fault(commit)).code is None
    assert settled.with_name(f"{settled.name}-journal").stat().st_size > 0
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "link.db"
    link.symlink_to(settled)
    assert esm(link, *words) in {0, 1}
    assert database_content.flaws(settled) == []
    if words[0] in {"due", "db"}:
        assert database_content.dump(settled) == before


def test_two_first_imports_of_one_database_both_succeed(tmp_path: Path) -> None:
    lines = (f"{rosters.code(number)},企业{number},yes,2026-06-01" for number in range(20))
    roster = rosters.csv_file(tmp_path, "enterprises.csv", "uscc,name,above_scale,enrolled_on", *lines)
    place = FilePlace(tmp_path / "new" / "district.db")
    assert at_once(lambda place, _: esm(Path(str(place)), "import", roster), place, 2) == [0, 0]
    assert len(database_content.dump(place)["enterprise"]) == 20
    assert database_content.flaws(place) == []
    assert {file.name for file in place.file.parent.iterdir()} <= {"district.db", "district.db-journal"}


@pytest.mark.parametrize("was_empty", [False, True])
def test_what_was_made_in_vain_stays_where_another_wrote_in_it_meanwhile(tmp_path: Path, *, was_empty: bool) -> None:
    place = FilePlace(tmp_path / "district.db")
    if was_empty:
        place.file.touch()
    with creation.made_where_missing(place):
        small_district.employ(place, "1001")  # as another does, while the roster of this run is found faulty
    assert [row[1] for row in database_content.dump(place)["cadre"]] == ["1001"]


def test_a_database_that_another_run_took_away_while_this_one_waited_is_made_again(tmp_path: Path) -> None:
    place = FilePlace(tmp_path / "district.db")
    tries = []

    def opening() -> AbstractContextManager[Writing]:
        tries.append(place.exists)
        if len(tries) == 1:
            place.remove()
        return database.writing(place, HEADER)

    with creation.opened_where_missing(place, opening) as (writing, keep):
        writing.insert("cadre", [{"staff_no": "1001", "name": "尹"}])
        keep()
    assert tries == [True, True]
    assert len(database_content.dump(place)["cadre"]) == 1


def test_a_writer_that_waited_for_a_restore_writes_into_what_was_restored(settled: Path, tmp_path: Path) -> None:
    backup = migration.backup(FilePlace(settled), FilePlace(tmp_path / "monday.db")).file
    place = FilePlace(settled)
    waited: list[Place | None] = []

    def begin() -> sqlite.SqliteConnection:
        connection = sqlite.connect(place, mode="rw", patience=1)
        connection.execute("SELECT count(*) FROM cadre")
        if not waited:
            waited.append(migration.restore(place, FilePlace(backup), HEADER.at))
        connection.lock()
        return connection

    small_district.employ(settled, "1002")
    with closing(sqlite.on_what_stands_there(place, begin)) as connection:
        assert connection.execute("SELECT max(staff_no) FROM cadre").fetchone() == ("1001",)


@pytest.mark.parametrize("words", [("visit", "log", small_district.CODES[0], "--minutes", "x"), ("db", "upgrade")])
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC])
@pytest.mark.parametrize("is_lasting", [False, True])
def test_a_disk_that_fails_while_a_change_is_saved_is_told_by_what_the_file_says(
    settled: Path, tmp_path: Path, words: tuple[str, ...], *, error: int, is_lasting: bool
) -> None:
    if words[0] == "db":
        settled.unlink()
        with closing(sqlite3.connect(settled)) as connection:
            connection.executescript((ROOT / "tests" / "released" / "0007.sql").read_text(encoding="utf-8"))
    template = Path(shutil.copy(settled, tmp_path / "template.db"))
    calls = attempt(lambda: esm(settled, *words), tmp_path).calls
    operations = len(database_content.dump(template)["operation"])
    for number in (1, len(calls) // 2, *range(len(calls) - 4, len(calls) + 1)):
        shutil.copy(template, settled)
        settled.with_name(f"{settled.name}-journal").unlink(missing_ok=True)
        shutil.rmtree(tmp_path / "backups", ignore_errors=True)
        ended = attempt(lambda: esm(settled, *words), tmp_path, Fault(number, error, is_lasting))
        assert ended.code == 6, (calls[number - 1], ended)
        is_unknown = "whether it was is not known" in ended.err
        is_saved = len(database_content.dump(settled)["operation"]) > operations  # heals what could not be healed
        assert is_unknown or is_saved is (f"Operation {operations + 1} was saved" in ended.err), (number, ended)
        assert is_unknown or is_saved is (number == len(calls)), (number, ended)
        assert not is_unknown or is_lasting


@pytest.mark.parametrize("words", [("cadre", "edit", "1001", "--title", "x"), ("undo",)])
def test_a_change_whose_answer_cannot_be_written_is_said_to_be_saved(
    settled: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    answer = folder / "answer.json"
    ended = attempt(lambda: esm(settled, *words, "-o", answer), folder, Fault(1, errno.ENOSPC, is_lasting=True))
    assert ended.code == 6
    assert "Operation 7 was saved all the same" in ended.err
    assert len(database_content.dump(settled)["operation"]) == 7
    assert list(folder.iterdir()) == []
