"""An output file is written whole or not at all, and never over what it must not touch."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from esm.errors import EsmError, RuleRefused, StorageRefused, UsageRefused
from esm.formats.write import atomic_file

OLD = b"an older report"
NEW = b"a new report"


def _report(folder: Path) -> Path:
    path = folder / "report.csv"
    path.write_bytes(OLD)
    return path


def _fail_with(number: int) -> atomic_file.Content:
    def write(path: Path) -> None:
        path.write_bytes(NEW[:3])
        raise OSError(number, os.strerror(number))

    return write


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("umask_of_an_office")
def test_a_new_file_holds_the_data_and_follows_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    atomic_file.save(path, NEW, force=False)
    assert path.read_bytes() == NEW
    assert mode(path) == 0o640
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("umask_of_an_office")
def test_a_private_file_only_its_owner_may_read_even_in_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "phones.csv"
    atomic_file.save(path, NEW, force=False, is_private=True)
    assert mode(path) == 0o600
    path.chmod(0o664)
    atomic_file.save(path, NEW, force=True, is_private=True)
    assert mode(path) == 0o600


@pytest.mark.parametrize("name", [".~lock.report.csv#", "~$report.csv"])
def test_a_file_that_is_open_in_an_office_program_is_left_alone(tmp_path: Path, name: str) -> None:
    path = _report(tmp_path)
    (tmp_path / name).touch()
    with pytest.raises(StorageRefused, match="open in another program") as refusal:
        atomic_file.save(path, NEW, force=True)
    assert name in str(refusal.value.hint)
    assert path.read_bytes() == OLD


def test_a_folder_that_may_not_be_written_is_refused_before_any_work() -> None:
    child = os.fork()
    if not child:  # root may write everywhere, so a process of nobody's asks
        answer = 1
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            atomic_file.require_free(Path("/report.csv"), force=False)
        except StorageRefused as refusal:
            answer = 0 if "The folder / is not writable" in str(refusal.message) else 2
        finally:
            os._exit(answer)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_writer_function_fills_the_file(tmp_path: Path) -> None:
    def write(file: Path) -> None:
        file.write_bytes(NEW)

    path = tmp_path / "report.xlsx"
    atomic_file.save(path, write, force=False)
    assert path.read_bytes() == NEW


def test_an_existing_file_is_refused_by_rule_and_stays_byte_identical(tmp_path: Path) -> None:
    path = _report(tmp_path)
    with pytest.raises(RuleRefused, match="already exists"):
        atomic_file.save(path, NEW, force=False)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_with_force_an_existing_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = _report(tmp_path)
    path.chmod(0o640)
    atomic_file.save(path, NEW, force=True)
    assert path.read_bytes() == NEW
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_database_is_never_the_output_under_any_of_its_names(tmp_path: Path) -> None:
    database = tmp_path / "esm.db"
    database.write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    (tmp_path / "hard.db").hardlink_to(database)
    for name in ("esm.db", "folder/../esm.db", "hard.db"):
        with pytest.raises(UsageRefused, match="cannot be used for output"):
            atomic_file.save(tmp_path / name, NEW, force=True, keep_away_from=[database])
    assert database.read_bytes() == OLD


def test_a_database_that_is_yet_to_be_made_is_kept_free(tmp_path: Path) -> None:
    database = tmp_path / "esm.db"
    with pytest.raises(UsageRefused):
        atomic_file.save(tmp_path / "." / "esm.db", NEW, force=True, keep_away_from=[database])
    assert not database.exists()


def test_another_file_is_written_beside_the_files_to_keep_away_from(tmp_path: Path) -> None:
    path = _report(tmp_path)
    atomic_file.save(tmp_path / "other.csv", NEW, force=False, keep_away_from=[path, tmp_path / "absent"])
    assert (tmp_path / "other.csv").read_bytes() == NEW


@pytest.mark.parametrize("force", [False, True])
def test_a_link_is_refused_and_its_target_untouched(tmp_path: Path, force: bool) -> None:
    target = _report(tmp_path)
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    with pytest.raises(UsageRefused):
        atomic_file.save(link, NEW, force=force)
    assert link.is_symlink()
    assert target.read_bytes() == OLD


def test_a_dangling_or_circular_link_is_refused_too(tmp_path: Path) -> None:
    for name, target in (("dangling.csv", "nowhere"), ("circle.csv", "circle.csv")):
        (tmp_path / name).symlink_to(tmp_path / target)
        with pytest.raises(UsageRefused):
            atomic_file.save(tmp_path / name, NEW, force=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_a_pipe_and_a_device_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", Path(os.devnull)):
        with pytest.raises(UsageRefused):
            atomic_file.save(path, NEW, force=True)


def test_a_missing_folder_is_a_refusal_of_the_storage_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StorageRefused, match="absent does not exist"):
        atomic_file.save(tmp_path / "absent" / "report.csv", NEW, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_place_of_the_folder_is_a_refusal_of_the_storage(tmp_path: Path) -> None:
    with pytest.raises(StorageRefused):
        atomic_file.save(_report(tmp_path) / "report.csv", NEW, force=False)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_refusal_of_the_storage(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageRefused, match="not writable"):
        atomic_file.save(tmp_path / "report.csv", NEW, force=False)


def test_a_name_that_is_too_long_is_a_refusal_of_the_storage(tmp_path: Path) -> None:
    with pytest.raises(StorageRefused):
        atomic_file.save(tmp_path / ("x" * 300), NEW, force=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "not writable"), (errno.EIO, "cannot be written")],
)
def test_a_failing_disk_leaves_the_old_file_and_no_other(tmp_path: Path, number: int, sentence: str) -> None:
    path = _report(tmp_path)
    with pytest.raises(StorageRefused, match=sentence):
        atomic_file.save(path, _fail_with(number), force=True)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_a_writer_that_refuses_or_is_interrupted_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupted(path: Path) -> None:
        path.write_bytes(NEW)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        atomic_file.save(tmp_path / "report.csv", interrupted, force=False)
    assert list(tmp_path.iterdir()) == []


def test_each_refusal_says_what_to_do_next(tmp_path: Path) -> None:
    for path in (_report(tmp_path), tmp_path, tmp_path / "absent" / "report.csv"):
        with pytest.raises(EsmError) as refusal:
            atomic_file.save(path, NEW, force=False)
        assert refusal.value.hint is not None
        assert path.name in str(refusal.value.message) or path.parent.name in str(refusal.value.message)
