"""The requests with their transitions, and the departments that have had one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.requests.states import OPEN, TRANSITIONS, Nature, Request, Transition
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso
from esm.storage.requests.transitions import department_names, of_requests

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
    for kind in sorted(
        {kind for transitions in TRANSITIONS.values() for kind in transitions if transitions[kind] not in OPEN}
    )
)
IS_OPEN = f"""coalesce((SELECT kind FROM request_event WHERE request_id = request.id AND request_event.done_on <= :as_of
                ORDER BY request_event.done_on DESC, request_event.id DESC LIMIT 1), '') NOT IN ({ENDING})"""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    given = {"as_of": iso(as_of), "id": request_id, "uscc": uscc}
    rows = reading.rows(f"{SELECT} {chosen} ORDER BY request.received_on, request.id", **given)
    transitions = of_requests(reading, f"WHERE request_id IN (SELECT request.id {chosen})", given) if rows else {}
    return [_request_from_row(row, transitions.get(row[0], ())) for row in rows]


def departments(reading: Reading) -> list[str]:
    """Return the departments that are known: those of the cadres, and those that had a request."""
    rows = reading.rows(
        """SELECT department FROM posting WHERE department IS NOT NULL
           UNION SELECT department FROM request_event WHERE department IS NOT NULL ORDER BY 1"""
    )
    supporting = reading.rows("SELECT DISTINCT supporting FROM request_event WHERE supporting IS NOT NULL")
    names = {name for (name,) in rows} | {name for (joined,) in supporting for name in department_names(joined)}
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


def correct_request(writing: Writing, request_id: int, values: Mapping[str, Any]) -> None:
    """Correct the words of a request: class, nature or subject."""
    writing.change("request", request_id, values)


def _request_from_row(row: tuple[Any, ...], events: Sequence[Transition]) -> StoredRequest:
    request = Request(
        uscc=row[1], received_on=day(row[2]), request_class=row[3], nature=Nature(row[4]), subject=row[5],
        accept_days=row[6], answer_days=row[7], close_days=row[8], staff_no=row[9], visited_on=day(row[10]),
    )  # fmt: skip
    return StoredRequest(
        id=row[0], request=request, transitions=tuple(events), enterprise=row[11], cadre=row[12], class_name=row[13],
        subdistrict=row[14], industry_code=row[15],
    )  # fmt: skip
