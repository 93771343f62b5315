"""The requests with their moves, and the classes as the district changed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.requests.classes import RequestClass
from esm.domain.requests.states import OPEN, TRANSITIONS, Request, Transition
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.iso_dates import day, iso

SEPARATOR = "、"
SELECT = """SELECT request.id, enterprise.uscc, request.received_on, request.request_class, request.nature,
       request.subject, request.accept_days, request.answer_days, request.close_days, cadre.staff_no,
       visit.done_on, enterprise.name, cadre.name, request_class.name, profile.subdistrict, profile.industry_code"""
SOURCE = """FROM request JOIN enterprise ON enterprise.id = request.enterprise_id
LEFT JOIN cadre ON cadre.id = request.cadre_id
LEFT JOIN visit ON visit.id = request.visit_id
LEFT JOIN request_class ON request_class.code = request.request_class
LEFT JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :as_of)
WHERE request.received_on <= :as_of"""
ENDING = ", ".join(
    f"'{kind}'"
    for kind in sorted({kind for moves in TRANSITIONS.values() for kind in moves if moves[kind] not in OPEN})
)
IS_OPEN = f"""coalesce((SELECT kind FROM request_event WHERE request_id = request.id AND request_event.done_on <= :as_of
                ORDER BY request_event.done_on DESC, request_event.id DESC LIMIT 1), '') NOT IN ({ENDING})"""
SELECT_TRANSITIONS = """SELECT request_event.id, request_id, kind, done_on, who, department, supporting, note, until_on,
       days, outcome, basis, satisfied, reason
FROM request_event"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRequest:
    """A request with its row's id, its moves in order, and the names and groups of its enterprise on the day."""

    id: int
    request: Request
    events: tuple[Transition, ...]
    enterprise: str
    cadre: str | None
    class_name: str | None
    subdistrict: str | None
    industry_code: str | None


def load(
    reading: Reading, as_of: date, *, request_id: int | None = None, uscc: str | None = None, open_only: bool = False
) -> list[StoredRequest]:
    """Return the requests received up to `as_of`, in order of receipt: all, one, of an enterprise, or open ones."""
    conditions = {
        "request.id = :id": request_id is not None, "enterprise.uscc = :uscc": uscc is not None, IS_OPEN: open_only,
    }  # fmt: skip
    chosen = " ".join((SOURCE, *(f"AND {condition}" for condition, is_asked in conditions.items() if is_asked)))
    given = {"as_of": iso(as_of), "id": request_id, "uscc": uscc}
    rows = reading.rows(f"{SELECT} {chosen} ORDER BY request.received_on, request.id", **given)
    moves = _transitions(reading, f"WHERE request_id IN (SELECT request.id {chosen})", given) if rows else {}
    return [_stored(row, moves.get(row[0], ())) for row in rows]


def departments(reading: Reading) -> list[str]:
    """Return the departments that are known: those of the cadres, and those that had a request."""
    rows = reading.rows(
        """SELECT department FROM posting WHERE department IS NOT NULL
           UNION SELECT department FROM request_event WHERE department IS NOT NULL ORDER BY 1"""
    )
    supporting = reading.rows("SELECT DISTINCT supporting FROM request_event WHERE supporting IS NOT NULL")
    names = {name for (name,) in rows} | {name for (joined,) in supporting for name in _split(joined)}
    return sorted(names)


def actor(writing: Writing) -> str:
    """Return who runs this operation."""
    return str(writing.value("SELECT actor FROM operation WHERE id = :id", id=writing.operation_id))


def add(
    writing: Writing, request: Request, *, enterprise_id: int, cadre_id: int | None, visit_id: int | None,
    request_id: int | None = None,
) -> int:  # fmt: skip
    """Store a new request; return its number, the next free one unless `request_id` asks for a free one."""
    row = {
        "enterprise_id": enterprise_id, "cadre_id": cadre_id, "visit_id": visit_id,
        "received_on": iso(request.received_on), "request_class": request.request_class, "nature": request.nature,
        "subject": request.subject, "accept_days": request.accept_days, "answer_days": request.answer_days,
        "close_days": request.close_days,
    }  # fmt: skip
    asked = {} if request_id is None else {"id": request_id}
    (made,) = writing.insert("request", [{**row, **asked}])
    return made if request_id is None else request_id


def add_transitions(writing: Writing, moves: Iterable[tuple[int, Transition]]) -> None:
    """Store moves, each with the number of its request."""
    writing.insert("request_event", [_columns(request_id, event) for request_id, event in moves])


def moved_later_than(reading: Reading, on: date) -> set[int]:
    """Return the numbers of the requests that were moved after a day."""
    return {key for (key,) in reading.rows("SELECT request_id FROM request_event WHERE done_on > :on", on=iso(on))}


def transitions_by_request(reading: Reading) -> dict[int, list[tuple[int, Transition]]]:
    """Return every move with its row's id, in the order of recording, by the number of its request."""
    found: dict[int, list[tuple[int, Transition]]] = {}
    for row_id, request_id, *rest in reading.rows(f"{SELECT_TRANSITIONS} ORDER BY request_event.id"):
        found.setdefault(request_id, []).append((row_id, _transition(tuple(rest))))
    return found


def correct_transition(writing: Writing, row_id: int, event: Transition) -> dict[str, tuple[object, object]]:
    """Change what a stored move says; return it as column -> (old, new)."""
    request_id = int(writing.value("SELECT request_id FROM request_event WHERE id = :id", id=row_id))
    values = _columns(request_id, event)
    stored = writing.rows(f"SELECT {', '.join(values)} FROM request_event WHERE id = :id", id=row_id)[0]
    changes = {name: (old, new) for (name, new), old in zip(values.items(), stored, strict=True) if old != new}
    writing.change("request_event", row_id, {name: new for name, (_, new) in changes.items()})
    return changes


def correct_request(writing: Writing, request_id: int, values: Mapping[str, Any]) -> None:
    """Correct the words of a request: class, nature or subject."""
    writing.change("request", request_id, values)


def own_classes(reading: Reading) -> list[RequestClass]:
    """Return the classes that the district added, renamed or retired."""
    rows = reading.rows("SELECT code, name, retired FROM request_class ORDER BY code")
    return [RequestClass(code, name, bool(retired)) for code, name, retired in rows]


def store_class(writing: Writing, changed: RequestClass) -> None:
    """Store what the district made of a class."""
    row_id = writing.value("SELECT id FROM request_class WHERE code = :code", code=changed.code)
    if row_id is None:
        values = {"code": changed.code, "name": changed.name, "retired": int(changed.is_retired)}
        writing.insert("request_class", [values])
    else:
        writing.change("request_class", row_id, {"name": changed.name, "retired": int(changed.is_retired)})


def _stored(row: tuple[Any, ...], events: Sequence[Transition]) -> StoredRequest:
    request = Request(
        uscc=row[1], received_on=day(row[2]), request_class=row[3], nature=row[4], subject=row[5],
        accept_days=row[6], answer_days=row[7], close_days=row[8], staff_no=row[9], visited_on=day(row[10]),
    )  # fmt: skip
    return StoredRequest(
        id=row[0], request=request, events=tuple(events), enterprise=row[11], cadre=row[12], class_name=row[13],
        subdistrict=row[14], industry_code=row[15],
    )  # fmt: skip


def _transitions(reading: Reading, which: str, given: Mapping[str, object]) -> dict[int, list[Transition]]:
    """Return the moves of the requests in order."""
    found: dict[int, list[Transition]] = {}
    for row in reading.rows(f"{SELECT_TRANSITIONS} {which} ORDER BY request_id, done_on, id", **given):
        found.setdefault(row[1], []).append(_transition(row[2:]))
    return found


def _transition(row: tuple[Any, ...]) -> Transition:
    kind, done_on, who, department, supporting, note, until_on, days, outcome, basis, satisfied, reason = row
    return Transition(
        kind=kind, done_on=day(done_on), who=who, department=department, supporting=_split(supporting), note=note,
        until_on=day(until_on), days=days, outcome=outcome, basis=basis,
        is_satisfied=None if satisfied is None else bool(satisfied), reason=reason,
    )  # fmt: skip


def _columns(request_id: int, event: Transition) -> dict[str, Any]:
    return {
        "request_id": request_id, "kind": event.kind, "done_on": iso(event.done_on), "who": event.who,
        "department": event.department, "supporting": SEPARATOR.join(event.supporting) or None,
        "note": event.note, "until_on": iso(event.until_on), "days": event.days, "outcome": event.outcome,
        "basis": event.basis, "satisfied": None if event.is_satisfied is None else int(event.is_satisfied),
        "reason": event.reason,
    }  # fmt: skip


def _split(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split(SEPARATOR)) if joined else ()
