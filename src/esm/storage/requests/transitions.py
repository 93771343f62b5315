"""The transitions of requests, and the departments that took part in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from esm.domain.requests.department_parsing import SEPARATOR, listed_departments
from esm.domain.requests.states import Transition
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.engines.engine import Record
from esm.storage.database.row_values import record

COLUMNS = ("kind", "done_on", "who", "department", "note", "until_on", "days", "outcome", "basis", "reason",
           "deadline_on", "days_taken")  # fmt: skip
# The supporting departments stand apart, for their names are told from each other by those that are known.
SELECT = """SELECT request_event.id, request_id, supporting, kind, done_on, who, department, NULL, note, until_on,
       days, outcome, basis, satisfied, reason, deadline_on, days_taken
FROM request_event"""
# The departments of cadres, and those that were given a request.
NAMES = """SELECT department FROM posting WHERE department IS NOT NULL
UNION SELECT department FROM request_event WHERE department IS NOT NULL"""


def add(writing: Writing, transitions: Iterable[tuple[int, Transition]]) -> None:
    """Store transitions, each with the number of its request."""
    rows = []
    for request_id, transition in transitions:
        values = {name: getattr(transition, name) for name in COLUMNS}
        supporting = SEPARATOR.join(transition.supporting) or None
        rows.append(
            {"request_id": request_id, **values, "supporting": supporting, "satisfied": transition.is_satisfied}
        )
    writing.insert("request_event", rows)


def correct(writing: Writing, row_id: int, values: Mapping[str, Any]) -> None:
    """Change what is kept of one transition."""
    writing.change("request_event", row_id, values)


def requests_with_later(reading: Reading, on: date) -> set[int]:
    """Return the numbers of the requests that were moved after a day."""
    return {key for (key,) in reading.rows("SELECT request_id FROM request_event WHERE done_on > :on", on=on)}


def by_request(reading: Reading) -> dict[int, list[tuple[int, Transition]]]:
    """Return every transition with its row's id, in the order of recording, by the number of its request."""
    found: dict[int, list[tuple[int, Transition]]] = {}
    for row_id, request_id, transition in _transitions(reading, reading.rows(f"{SELECT} ORDER BY request_event.id")):
        found.setdefault(request_id, []).append((row_id, transition))
    return found


def of_requests(reading: Reading, which: str, given: Mapping[str, object]) -> dict[int, list[Transition]]:
    """Return the transitions of the requests in order."""
    found: dict[int, list[Transition]] = {}
    rows = reading.rows(f"{SELECT} {which} ORDER BY request_id, done_on, id", **given)
    for _row_id, request_id, transition in _transitions(reading, rows):
        found.setdefault(request_id, []).append(transition)
    return found


def departments(reading: Reading) -> list[str]:
    """Return the departments that are known: those of the cadres, and those that had a request or supported one."""
    had = {name for (name,) in reading.rows(NAMES)}
    rows = reading.rows("SELECT DISTINCT supporting FROM request_event WHERE supporting IS NOT NULL")
    return sorted(had.union(*(listed_departments(joined, had, SEPARATOR) for (joined,) in rows)))


def _transitions(reading: Reading, rows: Iterable[Record]) -> Iterable[tuple[int, int, Transition]]:
    """Yield the id, the request and the transition of each row; a department's name may hold the separator too."""
    whole: list[str] | None = None
    for row_id, request_id, supporting, *told in rows:
        transition = record(Transition, told)
        if supporting is not None:
            if whole is None:
                whole = [name for (name,) in reading.rows(NAMES) if SEPARATOR in name]
            transition = replace(transition, supporting=listed_departments(supporting, whole, SEPARATOR))
        yield row_id, request_id, transition
