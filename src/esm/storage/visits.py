"""The visits, and the plans that they use up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from esm import storage
from esm.domain.record import VisitRecord
from esm.domain.visit import Visit
from esm.storage.database import Reading, Writing
from esm.storage.days import day, iso

COUNTED = "channel = 'on_site' AND outcome = 'met' AND cancelled_on IS NULL"


SELECT = """SELECT visit.id, enterprise.uscc, cadre.staff_no, done_on, recorded_on, channel, outcome, minutes,
           cancelled_on, cancel_reason, enterprise.name, cadre.name
    FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id"""


def listed(
    reading: Reading,
    *,
    uscc: str | None = None,
    staff_no: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = -1,
) -> list[VisitRecord]:
    """Return visits, newest first; `until` is inclusive, a negative limit means all."""
    conditions = {
        "enterprise.uscc = :uscc": uscc, "cadre.staff_no = :staff_no": staff_no,
        "done_on >= :since": iso(since), "done_on <= :until": iso(until),
    }  # fmt: skip
    where = " AND ".join(condition for condition, value in conditions.items() if value is not None) or "1"
    rows = reading.rows(
        f"{SELECT} WHERE {where} ORDER BY done_on DESC, enterprise.uscc, cadre.staff_no, visit.id LIMIT :limit",
        uscc=uscc, staff_no=staff_no, since=iso(since), until=iso(until), limit=limit,
    )  # fmt: skip
    return [_record(row) for row in rows]


def get(reading: Reading, visit_id: int) -> VisitRecord | None:
    """Return one visit."""
    row = reading.row(f"{SELECT} WHERE visit.id = :id", id=visit_id)
    return None if row is None else _record(row)


def standing(reading: Reading, *, enterprise_id: int, done_on: date) -> dict[str, VisitRecord]:
    """Return the visits there on this day by staff number, cancelled ones apart."""
    rows = reading.rows(
        f"{SELECT} WHERE enterprise_id = :id AND done_on = :on AND cancelled_on IS NULL ORDER BY staff_no",
        id=enterprise_id, on=iso(done_on),
    )  # fmt: skip
    return {row[2]: _record(row) for row in rows}


def add(writing: Writing, new: Sequence[tuple[Visit, int, int]]) -> list[int]:
    """Store visits, each with the ids of its enterprise and cadre; return their ids.

    A visit that moves the clock forward uses up the earliest open plan of the enterprise.
    """
    last = _last_of_planned(writing)
    ids = writing.insert(
        storage.tables.VisitRow,
        [
            {"enterprise_id": enterprise_id, "cadre_id": cadre_id, "done_on": iso(visit.done_on),
             "channel": visit.channel, "outcome": visit.outcome, "minutes": visit.minutes,
             "recorded_on": iso(visit.recorded_on)}
            for visit, enterprise_id, cadre_id in new
        ],
    )  # fmt: skip
    dated = sorted(
        (visit.done_on, visit_id, enterprise_id)
        for visit_id, (visit, enterprise_id, _) in zip(ids, new, strict=True)
        if visit.counts and enterprise_id in last
    )
    for done_on, visit_id, enterprise_id in dated:
        if iso(done_on) > last[enterprise_id]:
            last[enterprise_id] = iso(done_on)
            _use_up_plan(writing, enterprise_id, visit_id)
    return ids


def known(reading: Reading) -> dict[tuple[int, int, str], tuple[int, str, str, str | None, str | None]]:
    """Return (id, channel, outcome, minutes, cancelled) of every visit by enterprise's id, cadre's id and day.

    Of several entries of one key the one that stands is meant; all others are cancelled.
    """
    rows = reading.rows(
        """SELECT enterprise_id, cadre_id, done_on, id, channel, outcome, minutes, cancelled_on FROM visit
           ORDER BY cancelled_on IS NULL"""
    )
    return {(enterprise_id, cadre_id, done_on): tuple(rest) for enterprise_id, cadre_id, done_on, *rest in rows}


def change(writing: Writing, visit_id: int, values: dict[str, Any]) -> None:
    """Change words of a stored visit: channel, outcome or minutes.

    One that begins to count uses up a plan as a new one does, and one that no longer counts opens its own again.
    """
    row = writing.get(storage.tables.VisitRow, visit_id)
    counted = f"SELECT max(done_on) FROM visit WHERE enterprise_id = :enterprise_id AND {COUNTED}"
    before: str | None = writing.value(counted, enterprise_id=row.enterprise_id)
    own = f"SELECT EXISTS (SELECT 1 FROM visit WHERE id = :id AND {COUNTED})"
    counts_before = writing.value(own, id=visit_id)
    for name, value in values.items():
        setattr(row, name, value)
    counts_now = writing.value(own, id=visit_id)
    if counts_now and not counts_before and row.done_on > (before or ""):
        _use_up_plan(writing, row.enterprise_id, visit_id)
    if counts_before and not counts_now:
        _open_plans(writing, visit_id)
    writing.session.flush()


def cancel(writing: Writing, visit_id: int, *, on: date, reason: str | None) -> None:
    """Cancel a visit: it stays on record, the clock goes back and its plan is open again."""
    row = writing.get(storage.tables.VisitRow, visit_id)
    row.cancelled_on, row.cancel_reason = iso(on), reason
    _open_plans(writing, visit_id)


def _open_plans(writing: Writing, visit_id: int) -> None:
    for (plan_id,) in writing.rows("SELECT id FROM plan WHERE visit_id = :id", id=visit_id):
        writing.get(storage.tables.PlanRow, plan_id).visit_id = None
    writing.session.flush()


def _last_of_planned(reading: Reading) -> dict[int, str]:
    """Return the last counted visit, or "", of every enterprise that has an open plan."""
    return dict(
        reading.rows(
            f"""SELECT enterprise_id, coalesce(
                  (SELECT max(done_on) FROM visit WHERE visit.enterprise_id = planned.enterprise_id AND {COUNTED}), '')
                FROM (SELECT DISTINCT enterprise_id FROM plan WHERE visit_id IS NULL) AS planned"""
        )
    )


def _use_up_plan(writing: Writing, enterprise_id: int, visit_id: int) -> None:
    plan_id = writing.value(
        "SELECT id FROM plan WHERE enterprise_id = :id AND visit_id IS NULL ORDER BY planned_on, id LIMIT 1",
        id=enterprise_id,
    )
    if plan_id is not None:
        writing.get(storage.tables.PlanRow, plan_id).visit_id = visit_id
        writing.session.flush()


def _record(row: tuple[Any, ...]) -> VisitRecord:
    visit = Visit(
        uscc=row[1], staff_no=row[2], done_on=day(row[3]), recorded_on=day(row[4]), channel=row[5],
        outcome=row[6], minutes=row[7], cancelled_on=day(row[8]), cancel_reason=row[9],
    )  # fmt: skip
    return VisitRecord(row[0], visit, row[10], row[11])
