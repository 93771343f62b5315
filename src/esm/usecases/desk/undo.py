"""History and undo: an operation is taken back by a new operation that does the opposite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date

from esm.domain.desk.history import HistoryEntry, Operation
from esm.errors import NotFound, RuleRefused, say
from esm.storage.database import journal
from esm.storage.database.connection import REVISION, Reading, Writing
from esm.storage.schedule import plans
from esm.usecases.register import pin_limits
from esm.usecases.requests import request_queries

PLANS = frozenset({"plan", "cancelled_plan"})
ON_PINS = frozenset({"pairing", "pairing_deputy", "recusal", "cadre", "posting", "scope", "setting"})


def history(reading: Reading, limit: int | None = None) -> list[HistoryEntry]:
    """Return the operations, newest first."""
    operations = journal.operations(reading.connection)
    undone = _undone_ids(operations)
    return [HistoryEntry(operation, operation.id in undone) for operation in operations[:limit]]


def operation_to_undo(reading: Reading, operation_id: int | None) -> Operation:
    """Return the operation to take back: the one asked for, or the latest neither undone nor an undo."""
    operations = journal.operations(reading.connection)
    undone = _undone_ids(operations)
    if operation_id is None:
        for operation in operations:
            if operation.id not in undone and operation.undoes is None and operation.changes:
                return operation
        raise RuleRefused(say("There is nothing to undo."), say("See `esm history`."))
    found = next((operation for operation in operations if operation.id == operation_id), None)
    if found is None:
        raise NotFound(say("There is no operation {id}.", id=operation_id), say("See `esm history` for the numbers."))
    if found.id in undone:
        raise RuleRefused(say("Operation {id} has already been undone.", id=operation_id), say("See `esm history`."))
    if not found.changes:
        raise RuleRefused(say("Operation {id} changed nothing.", id=operation_id), say("See `esm history`."))
    return found


def undo(writing: Writing, operation: Operation, today: date) -> int:
    """Take an operation back, row by row in reverse; return how many rows changed.

    Refused, with the later operation named, when a row is no longer as the operation left it, or
    when something built on it; and when it would leave pinned enterprises without a place, or pinned to
    who is recused, or a deputy who must not be one. Plans that followed the facts of the operation and were planned
    anew since stay as they are: they follow the facts that stand then.
    """
    if operation.revision != REVISION:
        raise RuleRefused(
            say("Operation {id} was made with an older schema and cannot be undone.", id=operation.id),
            say("Restore a backup, or change the data by hand."),
        )
    if journal.is_upgrade(writing.connection, operation.id):
        raise RuleRefused(
            say("Operation {id} upgraded the database and cannot be undone.", id=operation.id),
            say("Restore the backup that was made before the upgrade."),
        )
    changes = journal.changes(writing.connection, operation.id)
    facts = [change for change in changes if not _is_about_plans(change)]
    _require_untouched(writing, operation, facts or changes)
    if facts and not _is_untouched(writing, [change for change in changes if _is_about_plans(change)]):
        changes = facts
        plans.forget_visits(writing, [change.row_id for change in facts if change.subject == "visit"])
    is_about_pins = any(change.subject in ON_PINS for change in changes)
    with pin_limits.without_contradiction(writing, today) if is_about_pins else nullcontext():
        forbidden = journal.take_back(writing.connection, changes)
        if forbidden is not None:
            _refuse(operation, journal.last_operation_in(writing.connection, forbidden.subject))
    _require_no_orphans(writing, operation)
    _require_possible_transitions(writing, operation, changes)
    return len(changes)


def _is_about_plans(change: journal.RowChange) -> bool:
    row = change.new or change.old or {}
    return change.subject in PLANS or (change.subject == "setting" and row["key"] == "planned_until")


def _undone_ids(operations: Sequence[Operation]) -> set[int]:
    """Return which operations are undone; an undo that is itself undone takes nothing back."""
    undone: set[int] = set()
    for operation in operations:  # newest first
        if operation.undoes is not None and operation.id not in undone:
            undone.add(operation.undoes)
    return undone


def _require_untouched(writing: Writing, operation: Operation, changes: Sequence[journal.RowChange]) -> None:
    for subject, row_id in _touched_rows(writing, changes):
        _refuse(operation, journal.last_operation_on(writing.connection, subject, row_id))


def _is_untouched(writing: Writing, changes: Sequence[journal.RowChange]) -> bool:
    return next(_touched_rows(writing, changes), None) is None


def _touched_rows(writing: Writing, changes: Sequence[journal.RowChange]) -> Iterator[tuple[str, int]]:
    """Yield the rows that are no longer as these changes left them."""
    left: dict[str, dict[int, object]] = {}
    for change in changes:
        left.setdefault(change.subject, {})[change.row_id] = change.new
    for subject, news in left.items():
        found = journal.rows(writing.connection, subject, list(news))
        yield from ((subject, row_id) for row_id, new in news.items() if found.get(row_id) != new)


def _require_no_orphans(writing: Writing, operation: Operation) -> None:
    for subject, row_id in journal.orphans(writing.connection):
        _refuse(operation, journal.last_operation_on(writing.connection, subject, row_id))


def _require_possible_transitions(writing: Writing, operation: Operation, changes: Sequence[journal.RowChange]) -> None:
    """Refuse what leaves a move of a request without the moves that allow it."""
    rows = [row for change in changes if change.subject == "request_event" for row in (change.old, change.new) if row]
    unfit = request_queries.first_impossible(writing, {row["request_id"] for row in rows}) if rows else None
    if unfit is not None:
        _refuse(operation, journal.last_operation_on(writing.connection, "request_event", unfit))


def _refuse(operation: Operation, later: int | None) -> None:
    if later is None or later == operation.id:
        raise RuleRefused(
            say("Operation {id} cannot be undone: its rows were changed outside esm.", id=operation.id),
            say("See `esm db check`."),
        )
    raise RuleRefused(
        say("Operation {id} cannot be undone: operation {later} depends on it.", id=operation.id, later=later),
        say("Undo operation {later} first: `esm undo {later}`.", later=later),
    )
