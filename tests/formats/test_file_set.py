"""Several files of one folder are written all or none."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.faulty_disk import KILL, Fault, attempt

from esm.errors import RuleRefused, StorageRefused, UsageRefused
from esm.formats.write import file_set

NEW = {"a.docx": b"new a", "b.docx": b"new b", "c.docx": b"new c"}


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("umask_of_an_office")
def test_a_new_folder_holds_all_files_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "letters"
    file_set.save(folder, NEW, force=False)
    assert content(folder) == NEW
    assert len(list(folder.iterdir())) == len(NEW)
    assert {mode(path) for path in folder.iterdir()} == {0o640}
    assert {mode(folder), mode(folder.parent)} == {0o750}


@pytest.mark.usefixtures("umask_of_an_office")
def test_private_files_and_the_folder_made_for_them_are_their_owner_s_alone(tmp_path: Path) -> None:
    file_set.save(tmp_path / "phones", NEW, force=False, is_private=True)
    assert mode(tmp_path / "phones") == 0o700
    assert {mode(path) for path in (tmp_path / "phones").iterdir()} == {0o600}


def test_a_file_that_exists_refuses_all(tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(b"old")
    with pytest.raises(RuleRefused, match="already exists"):
        file_set.save(tmp_path, NEW, force=False)
    assert content(tmp_path) == {"b.docx": b"old"}


def test_with_force_files_are_replaced_and_keep_their_permissions(tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(b"old")
    (tmp_path / "b.docx").chmod(0o640)
    (tmp_path / "else.txt").write_bytes(b"kept")
    file_set.save(tmp_path, NEW, force=True)
    assert content(tmp_path) == {**NEW, "else.txt": b"kept"}
    assert mode(tmp_path / "b.docx") == 0o640


@pytest.mark.parametrize("name", ["a.docx", "b.docx", "c.docx"])
def test_a_folder_in_the_place_of_a_file_leaves_everything_as_it_was(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "a.docx").write_bytes(b"old a")
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    before = content(folder)
    with pytest.raises(UsageRefused, match=name):
        file_set.save(folder, NEW, force=True)
    assert content(folder) == before
    assert (folder / name).is_dir()


def test_a_move_that_fails_puts_back_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.docx").write_bytes(b"old a")
    moves = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.name == "c.docx" and Path(target).parent == tmp_path:
            raise OSError(28, os.strerror(28))
        return moves(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(StorageRefused, match="disk is full"):
        file_set.save(tmp_path, NEW, force=True)
    assert content(tmp_path) == {"a.docx": b"old a"}
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made_or_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(UsageRefused, match="is not a folder"):
        file_set.save(tmp_path / "file", NEW, force=False)
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageRefused, match="is not a folder"):
        file_set.save(tmp_path / "dangling", NEW, force=True)
    with pytest.raises(StorageRefused, match="file"):
        file_set.save(tmp_path / "file" / "below", NEW, force=False)
    assert content(tmp_path) == {"file": b"x"}


@given(st.lists(st.text(), max_size=6))
def test_names_in_any_script_are_harmless_and_different(keys: list[str]) -> None:
    names = file_set.names(keys, ".docx", has_any_script=True)
    assert len({name.casefold() for name in names.values()}) == len(set(keys))
    for name in names.values():
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert len(name.encode()) <= 255


@pytest.mark.parametrize("error", [KILL, errno.ENOSPC])
def test_a_new_folder_has_all_files_or_is_not_there_whoever_dies(tmp_path: Path, error: int) -> None:
    folder = tmp_path / "letters"
    calls = attempt(lambda: saved(tmp_path / "whole", force=False), tmp_path).calls
    for number in range(1, len(calls) + 1):
        attempt(lambda: saved(folder, force=False), tmp_path, Fault(number, error))
        if folder.exists():
            assert content(folder) == NEW, number
            assert saved(folder, force=True) == 0
        else:
            assert saved(folder, force=False) == 0
        assert content(folder) == NEW
        assert {path.name for path in tmp_path.iterdir()} == {"letters", "whole"}
        shutil.rmtree(folder)


@pytest.mark.parametrize("error", [KILL, errno.EIO])
def test_files_of_a_folder_are_all_old_or_all_new_after_the_next_run_whoever_dies(tmp_path: Path, error: int) -> None:
    before = {"b.docx": b"old", "else.txt": b"kept"}
    outcomes = set()
    number, is_over = 0, False
    while not is_over:
        number += 1
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, data in before.items():
            (folder / name).write_bytes(data)
        is_over = number > len(attempt(lambda: saved(folder, force=True), folder, Fault(number, error)).calls)  # noqa: B023
        file_set.require_free(folder, ["z.docx"], force=False)  # as the next run begins
        found = content(folder)
        assert found in (before, {**NEW, "else.txt": b"kept"}), number
        assert [path.name for path in folder.iterdir() if path.is_dir()] == [], number
        outcomes.add(found == before)
    assert outcomes == {False, True}


def saved(folder: Path, *, force: bool) -> int:
    try:
        file_set.save(folder, NEW, force=force)
    except StorageRefused as refused:
        return refused.exit_code
    return 0
