"""What was promised to enterprises on visits; a promise of a cancelled visit is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.domain.visits.contact_made import NewPromise
from esm.domain.visits.records import PromiseRecord
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import record

SELECT = """SELECT promise.id, enterprise.uscc, enterprise.name, visit.id, cadre.staff_no, cadre.name, words, done_on,
           promise.due_on, kept_on
    FROM promise JOIN visit ON visit.id = promise.visit_id AND visit.cancelled_on IS NULL
    JOIN enterprise ON enterprise.id = promise.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id"""
SERVED = """promise.enterprise_id IN (
    SELECT enterprise_id FROM service WHERE service.staff_no = :staff_no AND holds(service, :today))"""


def add(writing: Writing, visit_id: int, enterprise_id: int, new: Sequence[NewPromise]) -> None:
    """Store what was promised on a visit."""
    writing.insert(
        "promise",
        [
            {"enterprise_id": enterprise_id, "visit_id": visit_id, "words": promise.words, "due_on": promise.due_on}
            for promise in new
        ],
    )


def open_promises(
    reading: Reading, today: date, *, uscc: str | None = None, staff_no: str | None = None
) -> list[PromiseRecord]:
    """Return what is not kept yet, the earliest day first; `staff_no` is who serves the enterprise today."""
    rows = reading.rows(
        f"{SELECT} WHERE {_made(uscc, staff_no)} AND kept_on IS NULL ORDER BY promise.due_on, promise.id",
        uscc=uscc, staff_no=staff_no, today=today,
    )  # fmt: skip
    return [record(PromiseRecord, row) for row in rows]


def promises_made(reading: Reading, today: date, *, uscc: str | None = None, staff_no: str | None = None) -> int:
    """Return how many promises were made by this day, kept or not; chosen as in `open_promises`."""
    counted = f"SELECT count(*) FROM ({SELECT} WHERE {_made(uscc, staff_no)}) AS made"
    return int(reading.value(counted, uscc=uscc, staff_no=staff_no, today=today))


def _made(uscc: str | None, staff_no: str | None) -> str:
    conditions = {"enterprise.uscc = :uscc": uscc, SERVED: staff_no}
    return " AND ".join(["done_on <= :today", *(text for text, value in conditions.items() if value is not None)])


def open_promise_counts(reading: Reading, today: date, usccs: Sequence[str]) -> dict[str, int]:
    """Return how many promises to each of these enterprises are not kept yet; none is not named."""
    rows = reading.rows(
        """SELECT uscc, count(*) FROM promise JOIN visit ON visit.id = promise.visit_id
           JOIN enterprise ON enterprise.id = promise.enterprise_id
           WHERE among(uscc, :usccs) AND kept_on IS NULL AND cancelled_on IS NULL AND done_on <= :today
           GROUP BY uscc""",
        usccs=as_list(usccs), today=today,
    )  # fmt: skip
    return dict(rows)


def promises_of_visit(reading: Reading, visit_id: int) -> list[PromiseRecord]:
    """Return what was promised on a visit, kept or not."""
    rows = reading.rows(f"{SELECT} WHERE visit.id = :id ORDER BY promise.id", id=visit_id)
    return [record(PromiseRecord, row) for row in rows]


def get(reading: Reading, promise_id: int) -> PromiseRecord | None:
    """Return one promise."""
    row = reading.row(f"{SELECT} WHERE promise.id = :id", id=promise_id)
    return None if row is None else record(PromiseRecord, row)


def mark_kept(writing: Writing, promise_id: int, on: date) -> None:
    """Note the day on which a promise was kept."""
    writing.change("promise", promise_id, {"kept_on": on})
