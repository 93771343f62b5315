"""The requests with their transitions, and the classes of requests as the district changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.requests.class_tree import RequestClass
from esm.domain.requests.states import OPEN, TRANSITIONS, Request, Transition
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record
from esm.storage.requests.transitions import of_requests

SELECT = """SELECT request.id, enterprise.uscc, request.received_on, request.request_class, request.nature,
       request.subject, request.accept_days, request.answer_days, request.close_days, cadre.staff_no,
       visit.done_on, enterprise.name, cadre.name, request_class.name, profile.subdistrict, profile.industry_code"""
SOURCE = """FROM request JOIN enterprise ON enterprise.id = request.enterprise_id
LEFT JOIN cadre ON cadre.id = request.cadre_id
LEFT JOIN visit ON visit.id = request.visit_id
LEFT JOIN request_class ON request_class.code = request.request_class
LEFT JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :as_of)
WHERE request.received_on <= :as_of"""
OWN = ("received_on", "request_class", "nature", "subject", "accept_days", "answer_days", "close_days")
ENDING = ", ".join(
    f"'{kind}'"
    for kind in sorted(
        {kind for transitions in TRANSITIONS.values() for kind in transitions if transitions[kind] not in OPEN}
    )
)
IS_OPEN = f"""coalesce((SELECT kind FROM request_event WHERE request_id = request.id AND request_event.done_on <= :as_of
                ORDER BY request_event.done_on DESC, request_event.id DESC LIMIT 1), '') NOT IN ({ENDING})"""


@dataclass(frozen=True, slots=True)
class StoredRequest:
    """A request with its row's id, its transitions in order, and the names and groups of its enterprise on the day."""

    id: int
    request: Request
    transitions: tuple[Transition, ...]
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
    given = {"as_of": as_of, "id": request_id, "uscc": uscc}
    rows = reading.rows(f"{SELECT} {chosen} ORDER BY request.received_on, request.id", **given)
    transitions = of_requests(reading, f"WHERE request_id IN (SELECT request.id {chosen})", given) if rows else {}
    return [_request_from_row(row, transitions.get(row[0], ())) for row in rows]


def actor(writing: Writing) -> str:
    """Return who runs this operation."""
    return str(writing.value("SELECT actor FROM operation WHERE id = :id", id=writing.operation_id))


def add(
    writing: Writing, request: Request, *, enterprise_id: int, cadre_id: int | None, visit_id: int | None,
    request_id: int | None = None,
) -> int:  # fmt: skip
    """Store a new request; return its number, the next free one unless `request_id` asks for a free one."""
    links = {"enterprise_id": enterprise_id, "cadre_id": cadre_id, "visit_id": visit_id}
    asked = {} if request_id is None else {"id": request_id}
    (made,) = writing.insert("request", [{**asked, **links, **{name: getattr(request, name) for name in OWN}}])
    return int(made)


def correct_request(writing: Writing, request_id: int, values: Mapping[str, Any]) -> None:
    """Correct the words of a request: class, nature or subject."""
    writing.change("request", request_id, values)


def own_classes(reading: Reading) -> list[RequestClass]:
    """Return the classes that the district added, renamed or retired."""
    rows = reading.rows("SELECT code, name, retired FROM request_class ORDER BY code")
    return [record(RequestClass, row) for row in rows]


def store_class(writing: Writing, changed: RequestClass) -> None:
    """Store what the district made of a class."""
    key, values = {"code": changed.code}, {"name": changed.name, "retired": changed.is_retired}
    row_id = writing.id_of("request_class", key)
    if row_id is None:
        writing.insert("request_class", [{**key, **values}])
    else:
        writing.change("request_class", row_id, values)


def _request_from_row(row: tuple[Any, ...], events: Sequence[Transition]) -> StoredRequest:
    return StoredRequest(row[0], record(Request, row[1:11]), tuple(events), *row[11:])
