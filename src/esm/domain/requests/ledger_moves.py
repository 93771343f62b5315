"""The moves of a request that a row of a ledger tells.

docs/rules.md, Import: a day that is missing between two others is taken from the one beside it, and said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.requests.ledger_row import LedgerEntry
from esm.domain.requests.ledger_words import Contentment, LedgerState
from esm.domain.requests.states import RequestOutcome, Transition, TransitionKind


@dataclass(frozen=True, slots=True)
class LedgerMove:
    """A move that a ledger tells: what the sheet of moves would say, and the column of the ledger whose day it is.

    `day_from` is the column whose day it has for want of its own.
    """

    kind: TransitionKind
    column: str
    told: Mapping[str, Any]
    day_from: str | None = None


def moves_told(entry: LedgerEntry) -> list[LedgerMove]:
    """Return the moves in the order of the state table."""
    days = _days(entry)
    return [_move(kind, days, told) for kind, told in _moves(entry)]


def _move(kind: TransitionKind, days: Mapping[str, tuple[date, str]], told: Mapping[str, Any]) -> LedgerMove:
    column = _COLUMNS[kind]
    day, source = days[column]
    words = {key: value for key, value in told.items() if value is not None}
    return LedgerMove(kind, column, {"move": kind, "done_on": day, **words}, None if source == column else source)


def _moves(entry: LedgerEntry) -> Iterator[tuple[TransitionKind, dict[str, Any]]]:
    if entry.is_rejected:
        yield TransitionKind.REJECT, {"note": entry.answer or entry.result or entry.progress, "basis": entry.basis}
        return
    if entry.is_withdrawn:
        yield TransitionKind.WITHDRAW, {"note": entry.answer or entry.result or entry.progress}
        return
    if not entry.is_accepted:
        return
    is_answered = entry.is_closed or entry.answer or entry.answered_on or entry.standing is LedgerState.ANSWERED
    progress = None if is_answered else entry.progress
    if entry.department or entry.dispatched_on or entry.standing is LedgerState.DISPATCHED:
        yield TransitionKind.ACCEPT, {}
        told = {"department": entry.department, "supporting": entry.supporting, "note": progress}
        yield TransitionKind.DISPATCH, told
        if is_answered:
            yield TransitionKind.ANSWER, {"department": entry.department, "note": entry.answer or entry.progress}
    else:
        yield TransitionKind.ACCEPT, {"note": progress}
    if entry.is_closed:
        note = (None if RequestOutcome.parse(entry.result or "") else entry.result) or entry.answer or entry.progress
        yield TransitionKind.CLOSE, {
            "outcome": entry.outcome or RequestOutcome.SOLVED, "basis": entry.basis, "note": note,
        }  # fmt: skip
        if entry.satisfied is not None or entry.standing is LedgerState.CONFIRMED:
            yield TransitionKind.CONFIRM, {"satisfied": entry.satisfied and entry.satisfied is Contentment.YES}


_ORDER = {
    TransitionKind.ACCEPT: "accepted_on",
    TransitionKind.DISPATCH: "dispatched_on",
    TransitionKind.ANSWER: "answered_on",
    TransitionKind.CLOSE: "closed_on",
    TransitionKind.CONFIRM: "confirmed_on",
}
_COLUMNS = {**_ORDER, TransitionKind.REJECT: "closed_on", TransitionKind.WITHDRAW: "closed_on"}
_PLACES = {kind: place for place, kind in enumerate(_COLUMNS)}


def _days(entry: LedgerEntry) -> Mapping[str, tuple[date, str]]:
    """Return the day of each move with the column that tells it: its own, the one before it, for an answer the next."""
    days = {"received_on": (entry.received_on, "received_on")}
    before = "received_on"
    for column in _ORDER.values():
        own = getattr(entry, column)
        if own is None and column == "answered_on" and entry.closed_on is not None:
            days[column] = entry.closed_on, "closed_on"
            continue
        days[column] = days[before] if own is None else (own, column)
        before = column
    return days


def missing_moves(told: Sequence[LedgerMove], recorded: Sequence[Transition]) -> Iterator[LedgerMove]:
    """Yield the moves of a ledger beyond those on record; what was recorded, or passed over, stays as it is.

    A dispatch to another department than the one that has the request is a new one.
    """
    kinds = {each.kind for each in recorded}
    if kinds & {TransitionKind.REJECT, TransitionKind.WITHDRAW}:
        return
    reached = max((_PLACES[kind] for kind in kinds if kind in _ORDER), default=-1)
    held = next((each.department for each in reversed(recorded) if each.kind is TransitionKind.DISPATCH), None)
    for move in told:
        is_moved = move.kind is TransitionKind.DISPATCH and move.told.get("department", held) != held
        if is_moved and held is not None and reached < _PLACES[TransitionKind.CLOSE]:
            reached = _PLACES[TransitionKind.ACCEPT]
        if _PLACES[move.kind] > reached:
            yield move
