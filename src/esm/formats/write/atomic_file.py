"""Writes an output file completely or not at all, and never over a protected file."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from esm import operating_system, unfinished_files
from esm.errors import Message, RuleRefused, StorageRefused, UsageRefused, say

Content = bytes | Callable[[Path], None]
_LOCKS = (".~lock.{name}#", "~${name}", ".~{name}")  # of LibreOffice, Excel and WPS, beside a file they have open
PRIVATE = 0o600
_BY_UMASK = 0o666


def save(
    path: Path, data: Content, *, force: bool, keep_away_from: Sequence[Path] = (), is_private: bool = False
) -> None:
    """Write `data`, or what `data(file)` writes, to `path`, readable by whom the umask says.

    Refused are an existing file without `force` (`RuleRefused`), a link, folder, device or one of
    `keep_away_from` (`UsageRefused`), and what the disk cannot do (`StorageRefused`); then `path` is as
    it was before, and nothing else is left behind. A replaced file keeps its permissions. What is private only its
    owner may read, whatever the file was before (docs/cli.md, Output).
    """
    mode = require_free(path, force=force, keep_away_from=keep_away_from)
    mode = PRIVATE if is_private else mode
    try:
        with unfinished_files.unfinished_file(path, _BY_UMASK if mode is None else mode) as temporary:
            fill(temporary, data, mode)
            put(temporary, path, about=path)
    except OSError as error:
        raise failure(path, error) from error
    flush_name(path)


def require_free(path: Path, *, force: bool, keep_away_from: Sequence[Path] = ()) -> int | None:
    """Check everything that `save` checks, except what only writing to the disk can show, raising the same errors.

    Return the permissions of the file to replace.
    """
    operating_system.require_usable_name(path)
    try:
        mode = _mode_of(path, keep_away_from)
        path.parent.stat()
        if not os.access(path.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if mode is not None and force:
            _require_closed(path)
    except OSError as error:
        raise failure(path, error) from error
    if mode is not None and not force:
        raise RuleRefused(
            say("{file} already exists.", file=path), say("Choose another name, or overwrite it with --force.")
        )
    return mode


def fill(path: Path, data: Content, mode: int | None) -> None:
    """Make a file with this content on the disk; `mode` None leaves its permissions to the umask.

    Raises OSError if the disk fails.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _BY_UMASK if mode is None else mode))
    if isinstance(data, bytes):
        path.write_bytes(data)
    else:
        data(path)
    with path.open("r+b") as file:
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def put(source: Path, target: Path, *, about: Path) -> None:
    """Rename a file, also over another. Raises StorageRefused that speaks of `about` if it cannot be replaced."""
    try:
        operating_system.replace(source, target)
    except PermissionError as error:
        raise _in_use(about) from error


def flush_name(path: Path) -> None:
    """Let the name of a file or folder reach the disk. StorageRefused: it stands, but may not outlast a power cut."""
    try:
        unfinished_files.flush(path.parent)
    except OSError as error:
        raise StorageRefused(
            say("{file} was written, but the disk reported an error: {reason}.", file=path, reason=error.strerror),
            say("Check the disk."),
        ) from error


def failure(path: Path, error: OSError) -> StorageRefused:
    """Return the refusal of what the disk could not do for `path`."""
    return StorageRefused(_reason(path, error), say("Nothing was written."))


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


def _require_closed(path: Path) -> None:
    """Raise StorageRefused for a file that another program has open: it would save its own state over ours.

    Excel lays no lock beside a CSV file, but on Windows nobody else may then write to it.
    """
    for pattern in _LOCKS:
        lock = path.with_name(pattern.format(name=path.name))
        if lock.exists():
            raise StorageRefused(
                say("{file} is open in another program.", file=path),
                say("Close it there, or choose another name. If no program has it open, delete {lock}.", lock=lock),
            )
    if operating_system.IS_WINDOWS:
        try:
            operating_system.patiently(lambda: path.open("r+b").close())
        except PermissionError as error:
            raise _in_use(path) from error


def _in_use(path: Path) -> StorageRefused:
    return StorageRefused(
        say("{file} cannot be replaced: it is open in another program, or it belongs to somebody else.", file=path),
        say("Close it there, or choose another name; nothing was written."),
    )


def _reason(path: Path, error: OSError) -> Message:
    folder = path.parent
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return say("The folder {folder} does not exist.", folder=folder)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return say("The folder {folder} is not writable.", folder=folder)
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return say("The disk is full: {file} was not written.", file=path)
    return say("{file} cannot be written: {reason}.", file=path, reason=error.strerror or type(error).__name__)
