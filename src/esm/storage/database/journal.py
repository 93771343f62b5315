"""The journal: every writing command is one operation, written by triggers and chained by SHA-256.

A promise with limits: accidents are refused and tampering is evident; whoever owns the file and an
SQL shell can still rewrite everything, which `esm db check --head` notices.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from esm.domain.desk.history import Operation, OperationHeader
from esm.storage.database import bulk
from esm.storage.database.engines.engine import Connection
from esm.storage.database.phrases import limited

FIRST_HASH = "0" * 64
_AT_ONCE = 1_000  # changes hashed in one piece


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; `old` None for an added row, `new` None for a deleted one."""

    seq: int
    subject: str
    row_id: int
    old: dict[str, Any] | None
    new: dict[str, Any] | None


def begin(connection: Connection, header: OperationHeader, revision: str) -> int:
    """Open an operation; until it is closed the triggers write their changes into it."""
    columns = ("at", "today", "actor", "host", "command", "revision", "undoes", "previous_hash")
    command = json.dumps(header.command, ensure_ascii=False)
    opened = (header.at, header.today, header.actor, header.host, command, revision, header.undoes, head(connection))
    return bulk.insert(connection, "operation", columns, [opened])[0]


def close(connection: Connection, operation_id: int) -> int:
    """Seal the open operation with its hash; return how many rows it changed."""
    digest, changes = _digest(connection, operation_id)
    connection.execute("UPDATE operation SET hash = ?, changes = ? WHERE id = ?", (digest, changes, operation_id))
    return changes


def is_idle(connection: Connection, operation_id: int) -> bool:
    """Return whether every row that an operation changed is as it was before it."""
    found = connection.execute(
        """SELECT EXISTS (
             SELECT 1
             FROM (SELECT min(seq) AS first, max(seq) AS last FROM change WHERE operation_id = ?
                   GROUP BY subject, row_id) AS changed
             JOIN change AS before ON before.seq = first
             JOIN change AS after ON after.seq = last
             WHERE differs(before.old, after.new))""",
        (operation_id,),
    )
    return not found.fetchone()[0]


def is_upgrade(connection: Connection, operation_id: int) -> bool:
    """Return whether an operation is the first of its schema in a database of an older one: the upgrade itself."""
    found = connection.execute(
        """SELECT own.revision <> before.revision FROM operation AS own
           JOIN operation AS before ON before.id = (SELECT max(id) FROM operation WHERE id < own.id)
           WHERE own.id = ?""",
        (operation_id,),
    ).fetchone()
    return found is not None and bool(found[0])


def head(connection: Connection) -> str:
    """Return the hash of the newest closed operation: it stands for everything before it."""
    found = connection.execute("SELECT hash FROM operation WHERE hash IS NOT NULL ORDER BY id DESC LIMIT 1").fetchone()
    return FIRST_HASH if found is None else str(found[0])


def operations(connection: Connection, limit: int | None = None) -> list[Operation]:
    """Return the closed operations, newest first."""
    rows = connection.execute(
        f"""SELECT id, at, today, actor, host, command, revision, undoes, changes, hash
            FROM operation WHERE hash IS NOT NULL ORDER BY id DESC {limited(limit)}""",
        {"limit": limit},
    )
    names = ("id", "at", "today", "actor", "host", "command", "revision", "undoes", "changes", "hash")
    return [Operation(**{**dict(zip(names, row, strict=True)), "command": _command_of(row[5])}) for row in rows]


def changes(connection: Connection, operation_id: int) -> list[RowChange]:
    """Return what one operation changed, in the order in which it did."""
    rows = connection.execute(
        "SELECT seq, subject, row_id, old, new FROM change WHERE operation_id = ? ORDER BY seq", (operation_id,)
    )
    return [
        RowChange(seq, subject, row_id, _values_of(old), _values_of(new)) for seq, subject, row_id, old, new in rows
    ]


def last_operation_in(connection: Connection, subject: str) -> int | None:
    """Return the closed operation that changed this table last."""
    found = connection.execute(
        """SELECT max(operation_id) FROM change JOIN operation ON operation.id = operation_id
           WHERE subject = ? AND hash IS NOT NULL""",
        (subject,),
    ).fetchone()
    return None if found is None or found[0] is None else int(found[0])


def last_operation_on(connection: Connection, subject: str, row_id: int) -> int | None:
    """Return the operation that changed this row last."""
    found = connection.execute(
        "SELECT operation_id FROM change WHERE subject = ? AND row_id = ? ORDER BY seq DESC LIMIT 1", (subject, row_id)
    ).fetchone()
    return None if found is None else int(found[0])


def rows(connection: Connection, subject: str, row_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return rows by id, each as the journal would write it; one that is gone is not among them."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(row_ids), bulk.MOST_ROWS):
        some = row_ids[start : start + bulk.MOST_ROWS]
        cursor = connection.execute(f"SELECT * FROM {subject} WHERE id IN ({', '.join('?' * len(some))})", some)
        names = [column[0] for column in cursor.description]
        found |= {values[0]: dict(zip(names, values, strict=True)) for values in cursor}
    return found


def take_back(connection: Connection, changes: Sequence[RowChange]) -> RowChange | None:
    """Put rows back as they were, the last first; return the change that a rule of the database forbids.

    References are checked only when all is done: see `orphans`.
    """
    connection.defer_references()
    for run in _runs(reversed(changes)):
        try:
            with connection.attempt():
                _revert(connection, run)
        except connection.refusals:  # of many rows at once one may be in the way of another
            for change in run:
                try:
                    with connection.attempt():
                        _revert(connection, [change])
                except connection.refusals:
                    return change
    return None


def _runs(changes: Iterable[RowChange]) -> Iterator[list[RowChange]]:
    """Yield changes that follow each other and are of one kind, of one table and of different rows."""
    run: dict[int, RowChange] = {}
    kind = None
    for change in changes:
        of_kind = (change.subject, change.old is None, change.new is None)
        if run and (of_kind != kind or change.row_id in run or len(run) == bulk.MOST_ROWS):
            yield list(run.values())
            run = {}
        kind = of_kind
        run[change.row_id] = change
    if run:
        yield list(run.values())


def _revert(connection: Connection, run: Sequence[RowChange]) -> None:
    """Put rows of one table back as they were; the names come from the journal, which only triggers write."""
    table, row_ids = run[0].subject, [change.row_id for change in run]
    olds = [change.old for change in run if change.old is not None]
    if not olds:
        bulk.delete(connection, table, row_ids)
        return
    names = list(olds[0])
    values = [tuple(map(old.__getitem__, names)) for old in olds]
    if run[0].new is None:
        bulk.insert(connection, table, names, values)
    else:
        rows = [(row_id, *row) for row_id, row in zip(row_ids, values, strict=True)]
        bulk.update(connection, table, names, rows)


def orphans(connection: Connection) -> list[tuple[str, int]]:
    """Return (table, id) of the rows that now point to nothing; references are checked only at the end."""
    return [(orphan.table, orphan.id) for orphan in connection.orphans()]


def broken_seals(connection: Connection, after: int = 0) -> Iterator[int]:
    """Yield the operations, of those after the given one, whose seal does not fit their content or the one before."""
    found = connection.execute("SELECT hash FROM operation WHERE id = ?", (after,)).fetchone()
    previous = FIRST_HASH if found is None else found[0]
    for operation_id, stored, count, before in connection.execute(
        "SELECT id, hash, changes, previous_hash FROM operation WHERE id > ? ORDER BY id", (after,)
    ).fetchall():
        if before != previous or (stored, count) != _digest(connection, operation_id):
            yield operation_id
        previous = stored


def _digest(connection: Connection, operation_id: int) -> tuple[str, int]:
    """Hash the operation and its changes, in the order in which they were made.

    Sealed are their bytes on end, every field behind its length, so that none can flow into the next. The engine puts
    them together: handing over six values a row takes longer than hashing them.
    """
    digest, count = hashlib.sha256(), 0
    header = f"SELECT {connection.header_bytes} FROM operation WHERE id = ?"
    for (sealed,) in connection.execute(header, (operation_id,)):
        digest.update(sealed)
    told = connection.execute(
        f"SELECT {connection.change_bytes} FROM change WHERE operation_id = ? ORDER BY seq", (operation_id,)
    )
    while some := told.fetchmany(_AT_ONCE):
        digest.update(b"".join([each for (each,) in some]))
        count += len(some)
    digest.update(str(count).encode())
    return digest.hexdigest(), count


def _command_of(text: str) -> tuple[str, ...]:
    """Return the words of a command; of a damaged text, which no seal fits, the text itself."""
    try:
        return tuple(json.loads(text))
    except ValueError:
        return (text,)


def _values_of(text: str | None) -> dict[str, Any] | None:
    loaded: dict[str, Any] | None = None if text is None else json.loads(text)
    return loaded
