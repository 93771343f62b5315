"""The transitions of requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from esm.domain.requests.states import EscalationReason, RequestOutcome, Transition, TransitionKind
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso

SEPARATOR = "、"
SELECT = """SELECT request_event.id, request_id, kind, done_on, who, department, supporting, note, until_on,
       days, outcome, basis, satisfied, reason
FROM request_event"""


def add(writing: Writing, transitions: Iterable[tuple[int, Transition]]) -> None:
    """Store transitions, each with the number of its request."""
    writing.insert("request_event", [_columns(request_id, transition) for request_id, transition in transitions])


def requests_with_later(reading: Reading, on: date) -> set[int]:
    """Return the numbers of the requests that were moved after a day."""
    return {key for (key,) in reading.rows("SELECT request_id FROM request_event WHERE done_on > :on", on=iso(on))}


def by_request(reading: Reading) -> dict[int, list[tuple[int, Transition]]]:
    """Return every transition with its row's id, in the order of recording, by the number of its request."""
    found: dict[int, list[tuple[int, Transition]]] = {}
    for row_id, request_id, *rest in reading.rows(f"{SELECT} ORDER BY request_event.id"):
        found.setdefault(request_id, []).append((row_id, _transition(tuple(rest))))
    return found


def correct(writing: Writing, row_id: int, transition: Transition) -> dict[str, tuple[object, object]]:
    """Change what a stored transition says; return it as column -> (old, new)."""
    request_id = int(writing.value("SELECT request_id FROM request_event WHERE id = :id", id=row_id))
    values = _columns(request_id, transition)
    stored = writing.rows(f"SELECT {', '.join(values)} FROM request_event WHERE id = :id", id=row_id)[0]
    changes = {name: (old, new) for (name, new), old in zip(values.items(), stored, strict=True) if old != new}
    writing.change("request_event", row_id, {name: new for name, (_, new) in changes.items()})
    return changes


def of_requests(reading: Reading, which: str, given: Mapping[str, object]) -> dict[int, list[Transition]]:
    """Return the transitions of the requests in order."""
    found: dict[int, list[Transition]] = {}
    for row in reading.rows(f"{SELECT} {which} ORDER BY request_id, done_on, id", **given):
        found.setdefault(row[1], []).append(_transition(row[2:]))
    return found


def _transition(row: tuple[Any, ...]) -> Transition:
    kind, done_on, who, department, supporting, note, until_on, days, outcome, basis, satisfied, reason = row
    return Transition(
        kind=TransitionKind(kind), done_on=day(done_on), who=who, department=department,
        supporting=department_names(supporting), note=note, until_on=day(until_on), days=days,
        outcome=outcome and RequestOutcome(outcome), basis=basis,
        is_satisfied=None if satisfied is None else bool(satisfied), reason=reason and EscalationReason(reason),
    )  # fmt: skip


def _columns(request_id: int, transition: Transition) -> dict[str, Any]:
    return {
        "request_id": request_id, "kind": transition.kind, "done_on": iso(transition.done_on), "who": transition.who,
        "department": transition.department, "supporting": SEPARATOR.join(transition.supporting) or None,
        "note": transition.note, "until_on": iso(transition.until_on), "days": transition.days,
        "outcome": transition.outcome, "basis": transition.basis, "reason": transition.reason,
        "satisfied": None if transition.is_satisfied is None else int(transition.is_satisfied),
    }  # fmt: skip


def department_names(joined: str | None) -> tuple[str, ...]:
    """Return the names in a column that holds several departments."""
    return tuple(joined.split(SEPARATOR)) if joined else ()
