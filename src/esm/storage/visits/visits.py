"""The visits, and the plans that they use up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from esm.domain.visits.records import VisitRecord
from esm.domain.visits.visit import Visit
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.iso_dates import day, iso
from esm.storage.database.phrases import limited, split

SELECT = """SELECT visit.id, enterprise.uscc, cadre.staff_no, done_on, recorded_on, channel, outcome, minutes,
           cancelled_on, cancel_reason, met_with, business, satisfaction, enterprise.name, cadre.name,
           (SELECT joined(companion) FROM (
              SELECT coalesce(other.name, companion.department) AS companion
              FROM companion LEFT JOIN cadre AS other ON other.id = companion.cadre_id
              WHERE companion.visit_id = visit.id ORDER BY companion.id) AS went) AS companions
    FROM visit JOIN enterprise ON enterprise.id = visit.enterprise_id JOIN cadre ON cadre.id = visit.cadre_id"""


TAKES_PART = """(cadre.staff_no = :staff_no OR EXISTS (
    SELECT 1 FROM companion JOIN cadre AS other ON other.id = companion.cadre_id
    WHERE companion.visit_id = visit.id AND other.staff_no = :staff_no))"""
SUBDISTRICT = """(SELECT subdistrict FROM profile WHERE profile.enterprise_id = visit.enterprise_id
    AND profile.end_on IS NULL)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFilter:
    """Which visits are meant; None is any. `later_than` counts days from a visit to its entry."""

    channel: str | None = None
    outcome: str | None = None
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
    conditions: dict[str, object] = {
        "enterprise.uscc = :uscc": uscc, TAKES_PART: staff_no,
        "done_on >= :since": iso(since), "done_on <= :until": iso(until),
        "channel = :channel": only.channel, "outcome = :outcome": only.outcome,
        f"{SUBDISTRICT} = :subdistrict": only.subdistrict,
        "days_between(done_on, recorded_on) > :late": only.later_than,
    }  # fmt: skip
    where = " AND ".join(condition for condition, value in conditions.items() if value is not None) or "TRUE"
    rows = reading.rows(
        f"{SELECT} WHERE {where} ORDER BY done_on DESC, enterprise.uscc, cadre.staff_no, visit.id {limited(limit)}",
        uscc=uscc, staff_no=staff_no, since=iso(since), until=iso(until), limit=limit, channel=only.channel,
        outcome=only.outcome, subdistrict=only.subdistrict, late=only.later_than,
    )  # fmt: skip
    return [_record(row) for row in rows]


def get(reading: Reading, visit_id: int) -> VisitRecord | None:
    """Return one visit."""
    row = reading.row(f"{SELECT} WHERE visit.id = :id", id=visit_id)
    return None if row is None else _record(row)


def valid_visits_on(reading: Reading, *, enterprise_id: int, done_on: date) -> dict[str, VisitRecord]:
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
    last = _last_visits_of_planned(writing)
    ids = writing.insert(
        "visit",
        [
            {"enterprise_id": enterprise_id, "cadre_id": cadre_id, "done_on": iso(visit.done_on),
             "channel": visit.channel, "outcome": visit.outcome, "minutes": visit.minutes,
             "recorded_on": iso(visit.recorded_on), "met_with": visit.met_with, "business": visit.business,
             "satisfaction": visit.satisfaction}
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


def add_companions(writing: Writing, visit_id: int, cadre_ids: Sequence[int], departments: Sequence[str]) -> None:
    """Note who went along."""
    writing.insert(
        "companion",
        [
            *({"visit_id": visit_id, "cadre_id": cadre_id, "department": None} for cadre_id in cadre_ids),
            *({"visit_id": visit_id, "cadre_id": None, "department": department} for department in departments),
        ],
    )


TEXT_COLUMNS = ("channel", "outcome", "minutes", "met_with", "business", "satisfaction")


@dataclass(frozen=True, slots=True)
class StoredVisit:
    """A visit on record as an import compares it; `words` are the columns of WORDS."""

    id: int
    words: tuple[str | None, ...]
    is_cancelled: bool


def visits_by_key(reading: Reading) -> dict[tuple[int, int, str], StoredVisit]:
    """Return every visit by enterprise's id, cadre's id and day.

    Of several entries of one key the one that stands is meant; all others are cancelled.
    """
    rows = reading.rows(
        f"""SELECT enterprise_id, cadre_id, done_on, id, cancelled_on, {", ".join(TEXT_COLUMNS)} FROM visit
            ORDER BY cancelled_on IS NULL, id"""
    )
    return {
        (enterprise_id, cadre_id, done_on): StoredVisit(key, tuple(words), cancelled_on is not None)
        for enterprise_id, cadre_id, done_on, key, cancelled_on, *words in rows
    }


def change(writing: Writing, visit_id: int, values: dict[str, Any]) -> None:
    """Change words of a stored visit, columns of WORDS; the plans follow when it starts or ends to count."""
    before = _clocked_visit(writing, visit_id)
    writing.change("visit", visit_id, values)
    after = _clocked_visit(writing, visit_id)
    if before.counts and not after.counts:
        _reassign_plans(writing, after.enterprise_id, after.done_on)
    elif after.counts and not before.counts and _is_latest(writing, after):
        _use_up_plan(writing, after.enterprise_id, visit_id)


def cancel(writing: Writing, visit_id: int, *, on: date, reason: str | None) -> None:
    """Cancel a visit: it stays on record, and clock and plans go back to what the other visits say."""
    writing.change("visit", visit_id, {"cancelled_on": iso(on), "cancel_reason": reason})
    cancelled = _clocked_visit(writing, visit_id)
    _reassign_plans(writing, cancelled.enterprise_id, cancelled.done_on)


def _last_visits_of_planned(reading: Reading) -> dict[int, str]:
    """Return the last counted visit, or "", of every enterprise that has an open plan."""
    return dict(
        reading.rows(
            """SELECT enterprise_id, coalesce(
                 (SELECT max(done_on) FROM visit WHERE visit.enterprise_id = planned.enterprise_id AND counts(visit)),
                 '')
                FROM (SELECT DISTINCT enterprise_id FROM plan WHERE visit_id IS NULL) AS planned"""
        )
    )


@dataclass(frozen=True, slots=True)
class _ClockedVisit:
    """What the clock wants to know of a visit."""

    id: int
    enterprise_id: int
    done_on: str
    counts: bool


def _clocked_visit(reading: Reading, visit_id: int) -> _ClockedVisit:
    (row,) = reading.rows("SELECT id, enterprise_id, done_on, counts(visit) FROM visit WHERE id = :id", id=visit_id)
    return _ClockedVisit(row[0], row[1], row[2], bool(row[3]))


def _is_latest(reading: Reading, visit: _ClockedVisit) -> bool:
    """Return whether no other counted visit of the enterprise took place on that day or later."""
    return not reading.value(
        """SELECT EXISTS (SELECT 1 FROM visit WHERE enterprise_id = :enterprise_id AND id <> :id
                          AND done_on >= :done_on AND counts(visit))""",
        enterprise_id=visit.enterprise_id, id=visit.id, done_on=visit.done_on,
    )  # fmt: skip


def _use_up_plan(writing: Writing, enterprise_id: int, visit_id: int) -> None:
    plan_id = writing.value(
        "SELECT id FROM plan WHERE enterprise_id = :id AND visit_id IS NULL ORDER BY planned_on, id LIMIT 1",
        id=enterprise_id,
    )
    if plan_id is not None:
        writing.change("plan", plan_id, {"visit_id": visit_id})


def _reassign_plans(writing: Writing, enterprise_id: int, since: str) -> None:
    """Give the plans that visits from a day on used up to the counted visits that are left, in the order of entry.

    As when they were entered, a visit uses up a plan when it is the latest so far; a plan for which none is left
    is open again.
    """
    used = writing.rows(
        """SELECT plan.id, visit_id FROM plan JOIN visit ON visit.id = visit_id
           WHERE plan.enterprise_id = :id AND done_on >= :since ORDER BY planned_on, plan.id""",
        id=enterprise_id, since=since,
    )  # fmt: skip
    latest, users = "", []
    for visit_id, done_on in writing.rows(
        """SELECT id, done_on FROM visit WHERE enterprise_id = :id AND done_on >= :since AND counts(visit)
            ORDER BY recorded_on, done_on, id""",
        id=enterprise_id, since=since,
    ):  # fmt: skip
        if done_on > latest:
            latest = done_on
            users.append(visit_id)
    for (plan_id, _), visit_id in zip_longest(used, users[: len(used)]):
        writing.change("plan", plan_id, {"visit_id": visit_id})


def _record(row: tuple[Any, ...]) -> VisitRecord:
    visit = Visit(
        uscc=row[1], staff_no=row[2], done_on=day(row[3]), recorded_on=day(row[4]), channel=row[5],
        outcome=row[6], minutes=row[7], cancelled_on=day(row[8]), cancel_reason=row[9], met_with=row[10],
        business=row[11], satisfaction=row[12],
    )  # fmt: skip
    return VisitRecord(row[0], visit, row[13], row[14], split(row[15]))
