"""The plans: which cadre means to visit which enterprise, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm.domain.schedule.plan_changes import OldPlan, PlanChangeReason
from esm.domain.schedule.planned_visit import PlanRecord
from esm.storage.database import past_rows
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import iso, with_days


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
    starts_at: str | None = None

    def before_planning(self) -> OldPlan:
        """Return the plan as one that a new plan is held against."""
        return OldPlan(self.uscc, self.staff_no, self.due_on, self.planned_on, self.made_on)


def open_plans(reading: Reading, staff: Set[str] | None = None, usccs: Set[str] = frozenset()) -> list[OpenPlan]:
    """Return the open plans by code and day; with `staff`, those of these cadres or of these enterprises."""
    chosen = "" if staff is None else "WHERE among(staff_no, :staff) OR among(uscc, :usccs)"
    rows = reading.rows(
        f"""SELECT open_plan.id, uscc, staff_no, due_on, planned_on, made_on, confirmed, provisional,
                  starts_at
           FROM (SELECT * FROM plan WHERE visit_id IS NULL) AS open_plan
           JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           {chosen} ORDER BY uscc, planned_on, open_plan.id""",
        staff=as_list(sorted(staff or ())),
        usccs=as_list(sorted(usccs)),
    )
    return [OpenPlan(*with_days(row, 3, 4, 5, flags=(6, 7))) for row in rows]


def opened_on(reading: Reading, day: date) -> str:
    """Return what a query puts in the place of `plan` for the plans open on a day, which it must bind as `:today`.

    Those of a day of the past are those that the journal knows of it: what was planned, moved or called off later, and
    for which reason, says nothing about that day.
    """
    later = past_rows.first_later_operation(reading, day, "plan")
    condition = "is_open(plan, :today)" if later is None else "visit_id IS NULL"
    return f"(SELECT * FROM {past_rows.rows_before(reading, 'plan', later)} AS plan WHERE {condition})"


def find_plans(
    reading: Reading,
    *,
    plan_id: int | None = None,
    uscc: str | None = None,
    staff_no: str | None = None,
    as_of: date | None = None,
) -> list[PlanRecord]:
    """Return the plans open now, or on the day `as_of`, with the names that people know, by day and code."""
    conditions = {"plan.id = :id": plan_id, "uscc = :uscc": uscc, "staff_no = :staff_no": staff_no}
    opened = "(SELECT * FROM plan WHERE visit_id IS NULL)" if as_of is None else opened_on(reading, as_of)
    where = " AND ".join(["TRUE", *(text for text, value in conditions.items() if value is not None)])
    rows = reading.rows(
        f"""SELECT plan.id, uscc, enterprise.name, staff_no, cadre.name, due_on, planned_on, confirmed, provisional,
                   starts_at
            FROM {opened} AS plan
            JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
            WHERE {where} ORDER BY planned_on, uscc, plan.id""",
        id=plan_id,
        uscc=uscc,
        staff_no=staff_no,
        today=iso(as_of),
    )
    return [PlanRecord(*with_days(row, 5, 6, flags=(7, 8))) for row in rows]


def are_any(reading: Reading) -> bool:
    """Return whether a visit is planned at all."""
    return bool(reading.value("SELECT EXISTS (SELECT 1 FROM plan WHERE visit_id IS NULL)"))


def add(writing: Writing, new: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store plans, given as the columns of the table; a number that a calendar may know is never used again."""
    if not new:
        return []
    first = next_number(writing)
    rows = [{"confirmed": 0, "id": first + number, **plan} for number, plan in enumerate(new)]
    writing.insert("plan", rows)
    return [row["id"] for row in rows]


def next_number(reading: Reading) -> int:
    """Return the first number of a plan that no calendar can know."""
    return 1 + int(
        reading.value(
            """SELECT max(number) FROM (
                 SELECT coalesce(max(id), 0) AS number FROM plan
                 UNION ALL SELECT coalesce(max(plan_id), 0) FROM cancelled_plan
                 UNION ALL SELECT coalesce(max(row_id), 0) FROM change WHERE subject = 'plan') AS used"""
        )
    )


def change(writing: Writing, changes: Sequence[Mapping[str, Any]]) -> None:
    """Change plans, each given as its `id` and the columns that differ."""
    writing.update("plan", changes)


def cancel(writing: Writing, causes: Mapping[int, PlanChangeReason], today: date, reason: str | None = None) -> None:
    """Take plans away, given with the cause; what a calendar must be told of them stays on record."""
    columns = ("plan_id", "enterprise_id", "cadre_id", "planned_on", "starts_at", "confirmed")
    rows = writing.rows(
        """SELECT id, enterprise_id, cadre_id, planned_on, starts_at, confirmed FROM plan
           WHERE among(id, :ids) ORDER BY id""",
        ids=as_list(causes),
    )
    told = [dict(zip(columns, row, strict=True)) for row in rows]
    writing.insert(
        "cancelled_plan",
        [{**row, "cancelled_on": iso(today), "reason": reason, "cause": causes[row["plan_id"]]} for row in told],
    )
    writing.delete("plan", list(causes))


def forget_visits(writing: Writing, visit_ids: Sequence[int]) -> None:
    """Open the plans again that these visits used up."""
    rows = writing.rows("SELECT id FROM plan WHERE among(visit_id, :ids) ORDER BY id", ids=as_list(visit_ids))
    writing.update("plan", [{"id": plan_id, "visit_id": None} for (plan_id,) in rows])


@dataclass(frozen=True, slots=True)
class OrphanedDate:
    """A day agreed with an enterprise, called off because nobody served it any more; `id` is that of the record."""

    id: int
    uscc: str
    planned_on: date
    starts_at: str | None


def orphaned_dates(reading: Reading, today: date) -> list[OrphanedDate]:
    """Return the agreed days to come that wait for a cadre, by code and day."""
    rows = reading.rows(
        """SELECT cancelled_plan.id, uscc, planned_on, starts_at
           FROM cancelled_plan JOIN enterprise ON enterprise.id = enterprise_id
           WHERE confirmed = 1 AND cause IN ('unserved', 'cadre_leaves') AND planned_on >= :today
           ORDER BY uscc, planned_on, cancelled_plan.id""",
        today=iso(today),
    )
    return [OrphanedDate(*with_days(row, 2)) for row in rows]


def adopt(writing: Writing, dates: Sequence[OrphanedDate]) -> None:
    """Note that agreed days have a cadre again."""
    writing.update("cancelled_plan", [{"id": each.id, "cause": PlanChangeReason.CADRE_CHANGED} for each in dates])


def latest_later_fact(reading: Reading, today: date) -> date | None:
    """Return the latest day after `today` on which a visit took place or a plan was made, None if there is none."""
    found = reading.value(
        """SELECT max(falls_on) FROM (
             SELECT (SELECT max(made_on) FROM plan) AS falls_on
             UNION ALL
             SELECT (SELECT max(done_on) FROM visit WHERE done_on > :today AND cancelled_on IS NULL)) AS facts
           WHERE falls_on > :today""",
        today=iso(today),
    )
    return None if found is None else date.fromisoformat(found)
