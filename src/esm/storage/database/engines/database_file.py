"""The file of a database as a whole: copied, given its name, put in the place of another; whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count

from esm import operating_system, unfinished_files
from esm.errors import StorageRefused, say
from esm.storage.database.engines import sqlite
from esm.storage.database.place import FilePlace, taken


def write_copy(source: FilePlace, new: FilePlace, patience: float) -> None:
    """Write a compact copy of one state into an empty file, and verify it."""
    with closing(sqlite.connect(source, mode="rw", patience=patience)) as connection:
        connection.execute("VACUUM INTO ?", (sqlite.file_uri(new),))
    with closing(sqlite.connect(new, mode="ro", patience=patience)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise StorageRefused(say("The backup {path} is damaged.", path=new), say("Check the disk."))


def publish(new: FilePlace, place: FilePlace, patience: float) -> None:
    """Give a finished file the name of a place where nothing stands yet, or an empty file, whose permissions it keeps.

    Raises RuleRefused where anything else stands, also if it came meanwhile.
    """
    target = place.real
    if not target.is_empty:
        try:
            with _disk_of(place):
                unfinished_files.publish(new.file, target.file)
        except FileExistsError as error:
            raise taken(place) from error
        _flush_name(target)
        return
    before = target.identity
    with _disk_of(place), _alone(target, patience):
        if target.identity != before or not target.is_empty:
            raise taken(place)
        if not operating_system.IS_WINDOWS:
            _replace(new, target)
    if operating_system.IS_WINDOWS:  # which replaces no file that is open, not even by this process
        with _disk_of(place):
            _replace(new, target)
    _flush_name(target)


def publish_beside(new: FilePlace, place: FilePlace) -> FilePlace:
    """Give a finished file the name of a place, or one with a number where that is taken; return the place."""
    for number in count(1):
        target = place.numbered(number)
        with suppress(FileExistsError), _disk_of(target):
            unfinished_files.publish(new.file, target.file)
            _flush_name(target)
            return target
    raise AssertionError


def exchange(new: FilePlace, place: FilePlace, aside: FilePlace, patience: float) -> FilePlace:
    """Put a finished file in the place of another, which is kept; return where, with a number if that is taken.

    There is a database at the place at every instant. What a killed writer left goes with the file that it belongs to.
    """
    target = place.real
    with _disk_of(place), _alone(target, patience):
        kept = None if operating_system.IS_WINDOWS else _exchanged(new, target, aside)
    if kept is None:  # Windows renames no file that is open: where it does, nobody is at work in it
        with _disk_of(place):
            kept = _exchanged(new, target, aside)
    _flush_name(target)
    return kept


def remove_if_unused(place: FilePlace, *, leave_empty: bool, patience: float) -> None:
    """Take a database away in which nobody has written yet; `leave_empty` leaves an empty file."""
    target = place.real
    if not target.exists:
        return
    before = target.identity
    with _alone(target, patience) as connection:
        if target.identity != before or connection.execute("SELECT EXISTS (SELECT 1 FROM operation)").fetchone()[0]:
            return
        if leave_empty:
            target.file.write_bytes(b"")
        elif not operating_system.IS_WINDOWS:
            target.remove()
    if not leave_empty:
        with suppress(PermissionError):  # somebody has it open meanwhile: then it is theirs
            target.remove()


@contextmanager
def _alone(place: FilePlace, patience: float) -> Iterator[sqlite.SqliteConnection]:
    """Let no other process read or write a file while the block runs.

    One that is no database, or is damaged beyond reading, has nobody at work in it.
    """
    with closing(sqlite.connect(place, mode="rw", patience=patience)) as present:
        try:
            present.raw.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                raise
        yield present


def _exchanged(new: FilePlace, target: FilePlace, aside: FilePlace) -> FilePlace:
    kept = _second_name(target, aside)
    try:
        if target.has_hot_journal:  # of a file so damaged that SQLite could not roll it back
            operating_system.replace(target.journal, kept.journal)
        _replace(new, target)
    except (OSError, StorageRefused):
        _forget_second_name(target, kept)
        raise
    return kept


def _second_name(place: FilePlace, aside: FilePlace) -> FilePlace:
    """Give a file a second name, or where a disk has no such thing its only one; return the place of that name."""
    for number in count(1):
        kept = aside.numbered(number)
        try:
            os.link(place.file, kept.file)
        except FileExistsError:
            continue
        except OSError:
            if kept.exists:
                continue
            _rename(place, kept)
        return kept
    raise AssertionError


def _forget_second_name(target: FilePlace, kept: FilePlace) -> None:
    """Undo `_second_name` where the file under its first name could not be replaced."""
    if kept.journal.exists():
        operating_system.replace(kept.journal, target.journal)
    if target.exists:
        operating_system.remove(kept.file)
    else:
        _rename(kept, target)


def _replace(new: FilePlace, target: FilePlace) -> None:
    """Let a finished file take the place and the permissions of another."""
    if target.exists:
        new.file.chmod(stat.S_IMODE(target.file.stat().st_mode))
    unfinished_files.flush(new.file)
    _rename(new, target)


def _rename(file: FilePlace, other: FilePlace) -> None:
    """Rename a file, also over another. Raises StorageRefused on Windows while any program has one of them open."""
    try:
        operating_system.replace(file.file, other.file)
    except PermissionError as error:
        if not operating_system.IS_WINDOWS:
            raise
        raise StorageRefused(
            say("The database is in use by another program."), say("Nothing was lost; try again in a moment.")
        ) from error


@contextmanager
def _disk_of(place: FilePlace) -> Iterator[None]:
    """Refuse what the disk cannot do before a file has its name; that the name is taken is for the caller."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as error:
        raise StorageRefused(
            say("{file} cannot be written: {reason}.", file=place, reason=error.strerror or type(error).__name__),
            say("Nothing was written."),
        ) from error


def _flush_name(place: FilePlace) -> None:
    """Let the name of a file reach the disk. Raises StorageRefused where it stands, but may not outlast a power cut."""
    try:
        unfinished_files.flush(place.file.parent)
    except OSError as error:
        raise StorageRefused(
            say("{file} was written, but the disk reported an error: {reason}.", file=place, reason=error.strerror),
            say("Check the disk, then the file with `esm db check`."),
        ) from error
