"""Writes an output file completely or not at all, and never over a protected file."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from esm.errors import Message, RuleRefused, StorageRefused, UsageRefused, say

Content = bytes | Callable[[Path], None]


def save(path: Path, data: Content, *, force: bool, keep_away_from: Sequence[Path] = ()) -> None:
    """Write `data`, or what `data(file)` writes, to `path`, readable by its owner alone.

    Refused are an existing file without `force` (`RuleRefused`), a link, folder, device or one of
    `keep_away_from` (`UsageRefused`), and what the disk cannot do (`StorageRefused`); then `path` is as
    it was before, and nothing else is left behind. A replaced file keeps its permissions.
    """
    try:
        _replace(path, data, require_free(path, force=force, keep_away_from=keep_away_from))
    except OSError as error:
        raise StorageRefused(reason(path, error), say("Nothing was written.")) from error


def require_free(path: Path, *, force: bool, keep_away_from: Sequence[Path] = ()) -> int | None:
    """Check everything `save` checks except the disk, raising the same errors.

    Return the permissions of the file to replace.
    """
    try:
        mode = _mode_of(path, keep_away_from)
        path.parent.stat()
    except OSError as error:
        raise StorageRefused(reason(path, error), say("Nothing was written.")) from error
    if mode is not None and not force:
        raise RuleRefused(
            say("{file} already exists.", file=path), say("Choose another name, or overwrite it with --force.")
        )
    return mode


def _mode_of(path: Path, keep_away_from: Sequence[Path]) -> int | None:
    """Return the permissions of the regular file at `path`, None if there is none."""
    mode = path.lstat().st_mode if os.path.lexists(path) else None
    if mode is not None and not stat.S_ISREG(mode):
        raise UsageRefused(
            say("{file} is a folder, a link or a device, not a file to write to.", file=path),
            say("Choose a file name."),
        )
    if any(_is_same(path, other) for other in keep_away_from):
        raise UsageRefused(
            say("{file} is in use by esm and cannot be used for output.", file=path), say("Choose another name.")
        )
    return None if mode is None else stat.S_IMODE(mode)


def _is_same(path: Path, other: Path) -> bool:
    if path.exists() and other.exists():
        return path.samefile(other)
    return os.path.realpath(path) == os.path.realpath(other)


def _replace(path: Path, data: Content, mode: int | None) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".esm-", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        if isinstance(data, bytes):
            temporary.write_bytes(data)
        else:
            data(temporary)
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def reason(path: Path, error: OSError) -> Message:
    """Return why the file at `path` could not be written, from what the system says."""
    folder = path.parent
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return say("The folder {folder} does not exist.", folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return say("The folder {folder} is not writable.", folder=folder)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return say("The disk is full: {file} was not written.", file=path)
    return say("{file} cannot be written: {reason}.", file=path, reason=error.strerror or type(error).__name__)
