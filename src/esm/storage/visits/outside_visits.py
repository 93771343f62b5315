"""The visits of other departments, and how often an enterprise is visited by anybody."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.contact_made import OutsideVisit
from esm.domain.visits.records import OutsideVisitRecord
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.engines.engine import Record
from esm.storage.database.phrases import limited
from esm.storage.database.row_values import day, record

SELECT = """SELECT outside_visit.id, uscc, department, done_on, recorded_on, minutes, cancelled_on, cancel_reason, name
    FROM outside_visit JOIN enterprise ON enterprise.id = enterprise_id"""


def add(writing: Writing, visit: OutsideVisit, enterprise_id: int) -> int:
    """Store a visit of another department; return its id."""
    (visit_id,) = writing.insert(
        "outside_visit",
        [{"enterprise_id": enterprise_id, "department": visit.department, "done_on": visit.done_on,
          "minutes": visit.minutes, "recorded_on": visit.recorded_on}],
    )  # fmt: skip
    return visit_id


def get(reading: Reading, visit_id: int) -> OutsideVisitRecord | None:
    """Return one visit of another department."""
    row = reading.row(f"{SELECT} WHERE outside_visit.id = :id", id=visit_id)
    return None if row is None else _record(row)


def find_outside_visits(
    reading: Reading, *, uscc: str | None = None, department: str | None = None,
    since: date | None = None, until: date | None = None, limit: int | None = None,
) -> list[OutsideVisitRecord]:  # fmt: skip
    """Return visits of other departments, newest first, cancelled ones too; `until` is inclusive."""
    conditions = {
        "uscc = :uscc": uscc,
        "department = :department": department,
        "done_on >= :since": since,
        "done_on <= :until": until,
    }
    where = " AND ".join(condition for condition, value in conditions.items() if value is not None) or "TRUE"
    rows = reading.rows(
        f"{SELECT} WHERE {where} ORDER BY done_on DESC, uscc, department, outside_visit.id {limited(limit)}",
        uscc=uscc, department=department, since=since, until=until, limit=limit,
    )  # fmt: skip
    return [_record(row) for row in rows]


def is_recorded(reading: Reading, enterprise_id: int, department: str, on: date) -> bool:
    """Return whether this department's visit of that day is on record already."""
    found = reading.value(
        """SELECT EXISTS (SELECT 1 FROM outside_visit WHERE enterprise_id = :id AND department = :department
                          AND done_on = :on AND cancelled_on IS NULL)""",
        id=enterprise_id, department=department, on=on,
    )  # fmt: skip
    return bool(found)


def cancel(writing: Writing, visit_id: int, *, on: date, reason: str | None) -> None:
    """Cancel a visit of another department; it stays on record."""
    writing.change("outside_visit", visit_id, {"cancelled_on": on, "cancel_reason": reason})


def days_with_visits(reading: Reading, uscc: str, since: date, until: date) -> list[date]:
    """Return the days from `since` to `until`, both inclusive, on which anybody visited an enterprise, each once."""
    rows = reading.rows(
        """SELECT done_on FROM visit JOIN enterprise ON enterprise.id = enterprise_id
           WHERE counts(visit) AND uscc = :uscc AND done_on BETWEEN :since AND :until
           UNION
           SELECT done_on FROM outside_visit JOIN enterprise ON enterprise.id = enterprise_id
           WHERE cancelled_on IS NULL AND uscc = :uscc AND done_on BETWEEN :since AND :until
           ORDER BY done_on""",
        uscc=uscc, since=since, until=until,
    )  # fmt: skip
    return [day(on) for (on,) in rows]


def _record(row: Record) -> OutsideVisitRecord:
    visit_id, *visit, enterprise = row
    return OutsideVisitRecord(visit_id, record(OutsideVisit, visit), enterprise)
