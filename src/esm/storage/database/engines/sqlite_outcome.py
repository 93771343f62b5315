"""What is known of a change when saving it in a file does not end as it should."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress

from esm.errors import StorageRefused, say


def commit(raw: sqlite3.Connection, operation_id: int, reopened: Callable[[], sqlite3.Connection] | None) -> None:
    """Save an operation. Raises the disk's error where it was not saved, StorageRefused where it was, or is not known.

    The last thing that SQLite does is to let it reach the disk that the journal has ended. Where that fails the change
    may stand already, so the file is asked whether it has its seal; a database of one process has no file to ask.
    """
    (seal,) = raw.execute("SELECT hash FROM operation WHERE id = ?", (operation_id,)).fetchone()
    try:
        raw.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or reopened is None:
            raise
        with suppress(sqlite3.Error):
            raw.execute("ROLLBACK")
        try:
            found = _seal(reopened, operation_id)
        except sqlite3.Error:
            raise _unknown(operation_id) from error
        if found != seal:
            raise
        raise _doubtful(operation_id) from error


def _seal(reopened: Callable[[], sqlite3.Connection], operation_id: int) -> str | None:
    with closing(reopened()) as raw:
        found = raw.execute("SELECT hash FROM operation WHERE id = ?", (operation_id,)).fetchone()
    return None if found is None else str(found[0])


def _doubtful(operation_id: int) -> StorageRefused:
    return StorageRefused(
        say("Operation {id} was saved, but the disk reported an error.", id=operation_id),
        say("Do not do it again. Check the disk, then the database with `esm db check`."),
    )


def _unknown(operation_id: int) -> StorageRefused:
    return StorageRefused(
        say("The disk failed while operation {id} was being saved; whether it was is not known.", id=operation_id),
        say("Look whether `esm history` has it, made by you just now, before you do it again."),
    )
