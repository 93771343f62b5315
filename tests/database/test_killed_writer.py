"""Crashes: a writer killed at any statement leaves the database as it was, or as it was to be."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests import database_content, later_migration, small_district

from esm.storage.database import migration
from esm.storage.database.place import FilePlace

Act = Callable[[Path], object]


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of migrations with one more behind those of this version."""
    return later_migration.folder(tmp_path_factory.mktemp("later"))


def killed_at(statement: int, act: Act, path: Path) -> int | None:
    """Do `act` in a forked process that is killed when it begins its nth SQL statement; those of triggers count.

    Return how many statements there were when it was not killed, else None. With a cache of one page
    what is not yet committed stands in the file already, as after a big import.
    """
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        count = _watched(statement, act, path)
        os.write(write_end, str(count).encode())
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as told:
        counted = told.read()
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) is (counted == "")
    return int(counted) if counted else None


def _watched(statement: int, act: Act, path: Path) -> int:
    seen = 0

    def count(_sql: str) -> None:
        nonlocal seen
        seen += 1
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    class Watched(sqlite3.Connection):
        def __init__(self, *words: Any, **options: Any) -> None:
            super().__init__(*words, **options)
            self.execute("PRAGMA cache_size=1")
            self.set_trace_callback(count)

    pytest.MonkeyPatch().setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Watched))
    act(path)
    return seen


def add_enterprise(path: Path) -> None:
    small_district.enrol(path, 4)


def exit_enterprise(path: Path) -> None:
    small_district.leave_register(path, 0, date(2026, 11, 1))


def log_visit(path: Path) -> None:
    small_district.visit(path, 0, date(2026, 11, 3))


def undo(path: Path) -> None:
    small_district.undo(path)


@pytest.mark.parametrize("act", [add_enterprise, exit_enterprise, log_visit, undo])
def test_a_command_killed_at_any_statement_is_whole_or_not_at_all(settled: Path, tmp_path: Path, act: Act) -> None:
    before, done = database_content.dump(settled), Path(shutil.copy(settled, tmp_path / "done.db"))
    total = killed_at(0, act, done)
    after = database_content.dump(done)
    assert total is not None
    assert after != before
    for statement in range(1, total + 1):
        path = Path(shutil.copy(settled, tmp_path / f"{statement}.db"))
        assert killed_at(statement, act, path) is None
        assert database_content.flaws(path) == []
        assert database_content.dump(path) == before


def test_the_kills_find_a_file_that_is_half_written(settled: Path, tmp_path: Path) -> None:
    total = killed_at(0, add_enterprise, Path(shutil.copy(settled, tmp_path / "done.db")))
    assert total is not None
    path = Path(shutil.copy(settled, tmp_path / "half.db"))
    killed_at(total, add_enterprise, path)
    assert path.read_bytes() != settled.read_bytes()
    assert path.with_name("half.db-journal").stat().st_size > 0


def test_a_migration_killed_at_twenty_statements_is_whole_or_not_at_all(
    settled: Path, later: Path, tmp_path: Path
) -> None:
    before, done = database_content.dump(settled), Path(shutil.copy(settled, tmp_path / "done.db"))
    total = killed_at(0, lambda path: migration.run(FilePlace(path), later), done)
    assert total is not None
    for statement in range(total, 0, -total // 20):
        path = Path(shutil.copy(settled, tmp_path / f"{statement}.db"))
        assert killed_at(statement, lambda path: migration.run(FilePlace(path), later), path) is None
        assert database_content.flaws(path) == []
        assert database_content.dump(path) == before
