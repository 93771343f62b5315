"""The visits; what plans they use up follows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.visits.contact_made import Channel, Visit, VisitOutcome
from esm.domain.visits.records import VisitRecord
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import limited, split
from esm.storage.database.row_values import record
from esm.storage.visits.used_plans import use_up_anew, use_up_plan, use_up_plans

SELECT = """SELECT visit.id, enterprise.uscc, cadre.staff_no, done_on, recorded_on, channel, outcome, minutes,
           cancelled_on, cancel_reason, met_with, business, satisfaction, enterprise.name, cadre.name,
           (SELECT joined(companion) FROM (
              SELECT coalesce(other.name, companion.department) AS companion
              FROM companion LEFT JOIN cadre AS other ON other.id = companion.cadre_id
              WHERE companion.visit_id = visit.id ORDER BY companion.id) AS went) AS companions
    FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id"""
TEXT_COLUMNS = ("channel", "outcome", "minutes", "met_with", "business", "satisfaction")
# A union and not an OR, for which every visit would be looked at.
TAKES_PART = """visit.id IN (
    SELECT led.id FROM visit AS led JOIN cadre AS leader ON leader.id = led.cadre_id WHERE leader.staff_no = :staff_no
    UNION SELECT companion.visit_id FROM companion JOIN cadre AS other ON other.id = companion.cadre_id
    WHERE other.staff_no = :staff_no)"""
SUBDISTRICT = """(SELECT subdistrict FROM profile WHERE profile.enterprise_id = visit.enterprise_id
    AND profile.end_on IS NULL)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """Which visits are meant; None is any. `later_than` counts days from a visit to its entry."""

    channel: Channel | None = None
    outcome: VisitOutcome | None = None
    subdistrict: str | None = None
    later_than: int | None = None


ANY_VISIT = VisitFilter()


def find_visits(
    reading: Reading,
    *,
    uscc: str | None = None,
    staff_no: str | None = None,
    since: date | None = None,
    until: date | None = None,
    only: VisitFilter = ANY_VISIT,
    limit: int | None = None,
) -> list[VisitRecord]:
    """Return visits, newest first; `until` is inclusive."""
    query, given = _query(uscc, staff_no, since, until, only)
    order = "ORDER BY done_on DESC, enterprise.uscc, cadre.staff_no, visit.id"
    return [_record(row) for row in reading.rows(f"{query} {order} {limited(limit)}", limit=limit, **given)]


def count_visits(reading: Reading, **which: Any) -> int:
    """Return how many visits `find_visits` finds by the same words, but for the limit."""
    query, given = _query(**which)
    found: int = reading.value(f"SELECT count(*) FROM ({query}) AS found", **given)
    return found


def _query(
    uscc: str | None, staff_no: str | None, since: date | None, until: date | None, only: VisitFilter
) -> tuple[str, dict[str, object]]:
    """Return what selects the visits that are meant, and its parameters."""
    conditions: dict[str, tuple[str, object]] = {
        "uscc": ("enterprise.uscc = :uscc", uscc), "staff_no": (TAKES_PART, staff_no),
        "since": ("done_on >= :since", since), "until": ("done_on <= :until", until),
        "channel": ("channel = :channel", only.channel), "outcome": ("outcome = :outcome", only.outcome),
        "subdistrict": (f"{SUBDISTRICT} = :subdistrict", only.subdistrict),
        "late": ("days_between(done_on, recorded_on) > :late", only.later_than),
    }  # fmt: skip
    asked = {name: value for name, (_condition, value) in conditions.items() if value is not None}
    where = " AND ".join(conditions[name][0] for name in asked) or "TRUE"
    return f"{SELECT} WHERE {where}", asked


def get(reading: Reading, visit_id: int) -> VisitRecord | None:
    """Return one visit."""
    row = reading.row(f"{SELECT} WHERE visit.id = :id", id=visit_id)
    return None if row is None else _record(row)


def valid_visits_on(reading: Reading, *, enterprise_id: int, done_on: date) -> dict[str, VisitRecord]:
    """Return the visits there on this day by staff number, cancelled ones apart."""
    rows = reading.rows(
        f"{SELECT} WHERE enterprise_id = :id AND done_on = :on AND cancelled_on IS NULL ORDER BY staff_no",
        id=enterprise_id, on=done_on,
    )  # fmt: skip
    return {row[2]: _record(row) for row in rows}


def add(writing: Writing, new: Sequence[tuple[Visit, int, int]]) -> list[int]:
    """Store visits, each with the ids of its enterprise and cadre, and what plans they use up; return their ids."""
    ids = writing.insert(
        "visit",
        [
            {"enterprise_id": enterprise_id, "cadre_id": cadre_id, "done_on": visit.done_on,
             "recorded_on": visit.recorded_on, **{name: getattr(visit, name) for name in TEXT_COLUMNS}}
            for visit, enterprise_id, cadre_id in new
        ],
    )  # fmt: skip
    if ids:
        use_up_plans(writing, ids[0])
    return ids


def add_companions(writing: Writing, visit_id: int, cadre_ids: Sequence[int], departments: Sequence[str]) -> None:
    """Note who went along."""
    writing.insert(
        "companion",
        [
            *({"visit_id": visit_id, "cadre_id": cadre_id, "department": None} for cadre_id in cadre_ids),
            *({"visit_id": visit_id, "cadre_id": None, "department": department} for department in departments),
        ],
    )


def has_any(reading: Reading) -> bool:
    """Return whether a visit is on record, cancelled or not."""
    return bool(reading.value("SELECT EXISTS (SELECT 1 FROM visit)"))


def cancelled_keys(reading: Reading) -> frozenset[tuple[str, str, str]]:
    """Return code, staff number and day of the visits of which only cancelled entries are on record."""
    rows = reading.rows(
        """SELECT DISTINCT uscc, staff_no, done_on
           FROM visit JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           WHERE cancelled_on IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM visit AS other
             WHERE other.enterprise_id = visit.enterprise_id AND other.cadre_id = visit.cadre_id
               AND other.done_on = visit.done_on AND other.cancelled_on IS NULL)"""
    )
    return frozenset(rows)


def change(writing: Writing, visit_id: int, values: dict[str, Any]) -> None:
    """Change words of a stored visit, columns of TEXT_COLUMNS; plans follow when it starts or ends to count."""
    before = _stored_visit(writing, visit_id)
    writing.change("visit", visit_id, values)
    after = _stored_visit(writing, visit_id)
    if before.counts and not after.counts:
        use_up_anew(writing, after)
    elif after.counts and not before.counts:
        use_up_plan(writing, visit_id, after)


def cancel(writing: Writing, visit_id: int, *, on: date, reason: str | None) -> None:
    """Cancel a visit: it stays on record, and clock and plans go back to what the other visits say."""
    writing.change("visit", visit_id, {"cancelled_on": on, "cancel_reason": reason})
    use_up_anew(writing, _stored_visit(writing, visit_id))


def _stored_visit(reading: Reading, visit_id: int) -> Visit:
    (row,) = reading.rows(f"{SELECT} WHERE visit.id = :id", id=visit_id)
    return _record(row).visit


def _record(row: tuple[Any, ...]) -> VisitRecord:
    return VisitRecord(row[0], record(Visit, row[1:13]), row[13], row[14], split(row[15]))
