"""Files and folders that are written beside what they become, and what killed runs left of them.

Each is locked while its process lives, so that the next run knows what nobody will finish (docs/decisions/0056).
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from esm import operating_system

if sys.platform != "win32":
    import fcntl

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
NEW, OLD = "new", "old"
_PLAN = "exchange.json"
_NAME = re.compile(r"\.esm-[0-9a-f]{16}(?:\..*)?")
_JOURNAL = "-journal"  # what SQLite lays beside a database
_ABANDONED_SECONDS = 3_600  # where nothing can be locked: nobody writes so long


@contextmanager
def unfinished_file(target: Path, mode: int = PRIVATE_FILE) -> Iterator[Path]:
    """Make an empty file beside `target`; it is taken away again unless it was given a name.

    Raises OSError if the disk fails.
    """
    clear(target.parent)
    path, handle = _made(target.parent, target.suffix, mode)
    try:
        yield path
    finally:
        _let_go(handle)
        for file in (path, path.with_name(path.name + _JOURNAL)):
            with suppress(OSError):  # the next run clears it away
                operating_system.remove(file)


@contextmanager
def unfinished_folder(parent: Path, mode: int = PRIVATE_FOLDER) -> Iterator[Path]:
    """Make an empty folder in `parent`; it is taken away again unless it was given a name."""
    clear(parent)
    path, handle = _made(parent, None, mode)
    try:
        yield path
    finally:
        _let_go(handle)
        shutil.rmtree(path, ignore_errors=True)


def publish(path: Path, target: Path) -> None:
    """Give a finished file its name. Raises FileExistsError where one of that name stands.

    With this or any other OSError nothing is changed. The name is on the disk when the folder is flushed.
    """
    flush(path)
    if not operating_system.IS_WINDOWS:
        try:
            os.link(path, target)
        except FileExistsError:
            raise
        except OSError as error:  # a disk without hard links
            if os.path.lexists(target):
                raise FileExistsError(*error.args[:2], str(target)) from error
            path.rename(target)
        else:
            with suppress(OSError):  # the next run clears it away
                path.unlink()
    else:
        operating_system.patiently(lambda: path.rename(target))  # there that refuses what is there


def flush(path: Path) -> None:
    """Let the content of a file, or the names in a folder, reach the disk, where the system can."""
    if operating_system.IS_WINDOWS and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if operating_system.IS_WINDOWS else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear(folder: Path) -> None:
    """Take away what killed runs left in a folder; nothing that anybody is still writing, nothing that is not ours."""
    for path in left_behind(folder):
        with suppress(OSError):
            if path.is_dir():
                put_back(path)
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
                path.with_name(path.name + _JOURNAL).unlink(missing_ok=True)


def begin_exchange(stage: Path, names: Iterable[str]) -> None:
    """Note on the disk which files of `new` in an unfinished folder will take their places in the folder around it.

    Until `end_exchange` those that they replace wait in `old`, and `put_back` undoes it, also after a crash.
    """
    (stage / OLD).mkdir(PRIVATE_FOLDER)
    (stage / _PLAN).write_text(json.dumps(list(names)), encoding="utf-8")
    flush(stage / _PLAN)
    flush(stage)


def end_exchange(stage: Path) -> None:
    """Let what was exchanged stay."""
    operating_system.remove(stage / _PLAN)


def put_back(stage: Path) -> None:
    """Put the files of the folder around an unfinished folder back as they were, if an exchange did not end."""
    plan = stage / _PLAN
    if not plan.exists():
        return
    for name in json.loads(plan.read_text(encoding="utf-8")):
        target = stage.parent / name
        if (stage / OLD / name).exists():
            operating_system.replace(stage / OLD / name, target)
        elif not (stage / NEW / name).exists():
            operating_system.remove(target)
    operating_system.remove(plan)


def left_behind(folder: Path) -> list[Path]:
    """Return the unfinished files and folders in a folder that nobody is writing any more."""
    try:
        names = [name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except OSError:
        return []
    return [folder / name for name in names if _is_abandoned(folder / name)]


def _made(folder: Path, suffix: str | None, mode: int) -> tuple[Path, int | None]:
    """Return a new locked file with this suffix, or a folder for None, and the handle that holds the lock."""
    while True:
        path = folder / f".esm-{secrets.token_hex(8)}{suffix or ''}"
        if suffix is None:
            path.mkdir(mode)
        else:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode))
        handle = _locked(path)
        if path.exists():  # nobody took it for abandoned in this moment
            return path, handle
        _let_go(handle)


def _locked(path: Path) -> int | None:
    if operating_system.IS_WINDOWS:
        return None
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with suppress(OSError):  # a disk without locks: then nobody clears it away
        _lock(handle)
    return handle


def _lock(handle: int) -> None:
    """Lock what is open, or raise OSError; never asked on Windows."""
    if sys.platform != "win32":  # for mypy, which knows no fcntl there
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)


def _is_abandoned(path: Path) -> bool:
    try:
        if path.name.endswith(_JOURNAL):
            return not path.with_name(path.name.removesuffix(_JOURNAL)).exists()
        if operating_system.IS_WINDOWS:
            return time.time() - path.stat().st_mtime > _ABANDONED_SECONDS
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        _lock(handle)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(handle)
