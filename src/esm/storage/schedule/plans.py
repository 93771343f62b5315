"""The plans: which cadre means to visit which enterprise, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.schedule import planner as leveling
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.schedule.visit_series import Interval
from esm.storage.database import rolling_clock
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, iso, with_days


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """An open plan; a confirmed one was agreed with the enterprise and stays."""

    id: int
    uscc: str
    staff_no: str
    due_on: date
    planned_on: date
    made_on: date
    is_confirmed: bool
    is_provisional: bool
    sequence: int = 0


def open_plans(reading: Reading) -> list[OpenPlan]:
    """Return the open plans by code and day."""
    rows = reading.rows(
        """SELECT open_plan.id, uscc, staff_no, due_on, planned_on, made_on, confirmed, provisional, sequence
           FROM (SELECT * FROM plan WHERE visit_id IS NULL) AS open_plan
           JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           ORDER BY uscc, planned_on, open_plan.id"""
    )
    return [OpenPlan(*with_days(row, 3, 4, 5, flags=(6, 7))) for row in rows]


def find_plans(
    reading: Reading, *, plan_id: int | None = None, uscc: str | None = None, staff_no: str | None = None
) -> list[PlanRecord]:
    """Return open plans with the names that people know, by day and code."""
    conditions = {"plan.id = :id": plan_id, "uscc = :uscc": uscc, "staff_no = :staff_no": staff_no}
    where = " AND ".join(["visit_id IS NULL", *(text for text, value in conditions.items() if value is not None)])
    rows = reading.rows(
        f"""SELECT plan.id, uscc, enterprise.name, staff_no, cadre.name, due_on, planned_on, confirmed, provisional
            FROM plan JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
            WHERE {where} ORDER BY planned_on, uscc, plan.id""",
        id=plan_id,
        uscc=uscc,
        staff_no=staff_no,
    )
    return [PlanRecord(*with_days(row, 5, 6, flags=(7, 8))) for row in rows]


def change_count(reading: Reading, plan_id: int) -> int:
    """Return how often a plan was changed since it was made."""
    return int(reading.value("SELECT sequence FROM plan WHERE id = :id", id=plan_id))


def add(writing: Writing, new: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store plans, given as the columns of the table; a number that a calendar may know is never used again."""
    if not new:
        return []
    first = 1 + int(
        writing.value(
            """SELECT later_of((SELECT coalesce(max(id), 0) FROM plan),
                               (SELECT coalesce(max(plan_id), 0) FROM cancelled_plan))"""
        )
    )
    rows = [{"confirmed": 0, "id": first + number, **plan} for number, plan in enumerate(new)]
    writing.insert("plan", rows)
    return [row["id"] for row in rows]


def change(writing: Writing, changes: Sequence[Mapping[str, Any]]) -> None:
    """Change plans, each given as its `id` and the columns that differ."""
    writing.update("plan", changes)


def cancel(writing: Writing, plan_ids: Sequence[int], today: date, reason: str | None = None) -> None:
    """Take plans away; what a calendar must be told of them stays on record."""
    rows = [
        row
        for plan_id in plan_ids
        for row in writing.rows(
            "SELECT id, enterprise_id, cadre_id, planned_on, sequence FROM plan WHERE id = :id", id=plan_id
        )
    ]
    writing.insert(
        "cancelled_plan",
        [
            {"plan_id": plan_id, "enterprise_id": enterprise_id, "cadre_id": cadre_id, "planned_on": planned_on,
             "sequence": sequence + 1, "cancelled_on": iso(today), "reason": reason}
            for plan_id, enterprise_id, cadre_id, planned_on, sequence in rows
        ],
    )  # fmt: skip
    writing.delete("plan", plan_ids)


def hand_over(writing: Writing, successors: Mapping[str, str], on: date, today: date) -> None:
    """Give the open plans from a day on to the successors, whose staff numbers are given by code.

    For the calendars the old appointment is off and a new one made; what was agreed with the enterprise stays so.
    """
    moved = [plan for plan in open_plans(writing) if plan.uscc in successors and plan.planned_on >= on]
    cadre_ids: dict[str, int] = dict(writing.rows("SELECT staff_no, id FROM cadre"))
    enterprise_ids: dict[str, int] = dict(writing.rows("SELECT uscc, id FROM enterprise")) if moved else {}
    cancel(writing, [plan.id for plan in moved], today)
    add(
        writing,
        [
            {"enterprise_id": enterprise_ids[plan.uscc], "cadre_id": cadre_ids[successors[plan.uscc]],
             "due_on": iso(plan.due_on), "planned_on": iso(plan.planned_on), "confirmed": int(plan.is_confirmed),
             "provisional": int(plan.is_provisional), "made_on": iso(today)}
            for plan in moved
        ],
    )  # fmt: skip


def visit_needs(reading: Reading, today: date, months: Callable[[str], int]) -> list[leveling.VisitNeed]:
    """Return every enterprise in scope on a day with its clock and who serves it; `months` by tier."""
    pauses, blackouts = intervals_by_enterprise(reading, "pause"), intervals_by_enterprise(reading, "blackout")

    def quiet_days(uscc: str) -> tuple[tuple[Interval, ...], tuple[Interval, ...]]:
        return tuple(pauses.get(uscc, ())), tuple(blackouts.get(uscc, ()))

    rows = reading.rows(
        f"""SELECT clock.uscc, clock.tier, profile.subdistrict, service.staff_no, clock.due_on, clock.anchor_on,
                  clock.last_visit_on, clock.end_on
           FROM {rolling_clock.as_of(reading, today)} AS clock
           JOIN profile ON profile.enterprise_id = clock.enterprise_id
             AND holds(profile, :today)
           LEFT JOIN service ON service.enterprise_id = clock.enterprise_id
             AND holds(service, :today)
           WHERE holds(clock, :today)
           ORDER BY clock.uscc""",
        today=iso(today),
    )
    return [
        leveling.VisitNeed(*with_days((uscc, tier, *known, months(tier), end_on, *quiet_days(uscc)), 4, 5, 6, 8))
        for uscc, tier, *known, end_on in rows
    ]


def intervals_by_enterprise(reading: Reading, table: str) -> dict[str, list[tuple[date, date]]]:
    """Return the half-open intervals of a table by the enterprise's code; those without an end last for ever."""
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for uscc, start_on, end_on in reading.rows(
        f"""SELECT uscc, start_on, coalesce(end_on, '9999-12-31') FROM {table}
            JOIN enterprise ON enterprise.id = enterprise_id ORDER BY uscc, start_on"""
    ):
        found[uscc].append((day(start_on), day(end_on)))
    return found
