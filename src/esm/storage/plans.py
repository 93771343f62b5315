"""The plans: which cadre means to visit which enterprise, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esm import storage
from esm.domain import leveling
from esm.storage import dues
from esm.storage.database import Reading, Writing
from esm.storage.days import day, iso


@dataclass(frozen=True, slots=True)
class Plan:
    """An open plan; a confirmed one was agreed with the enterprise and stays."""

    id: int
    uscc: str
    staff_no: str
    due_on: date
    planned_on: date
    made_on: date
    is_confirmed: bool
    is_provisional: bool


def opened(reading: Reading) -> list[Plan]:
    """Return the open plans by code and day."""
    rows = reading.rows(
        """SELECT open_plan.id, uscc, staff_no, due_on, planned_on, made_on, confirmed, provisional
           FROM (SELECT * FROM plan WHERE visit_id IS NULL) AS open_plan
           JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
           ORDER BY uscc, planned_on, open_plan.id"""
    )
    return [
        Plan(plan_id, uscc, staff_no, day(due_on), day(planned_on), day(made_on), bool(confirmed), bool(provisional))
        for plan_id, uscc, staff_no, due_on, planned_on, made_on, confirmed, provisional in rows
    ]


def add(writing: Writing, new: Sequence[Mapping[str, Any]]) -> None:
    """Store plans, given as the columns of the table but for `confirmed`."""
    writing.insert(storage.tables.PlanRow, [{**plan, "confirmed": 0} for plan in new])


def hand_over(writing: Writing, successors: Mapping[str, str], on: date) -> None:
    """Give the open plans from a day on to the successors, whose staff numbers are given by code."""
    ids: dict[str, int] = dict(writing.rows("SELECT staff_no, id FROM cadre"))
    for plan in opened(writing):
        if plan.uscc in successors and plan.planned_on >= on:
            writing.get(storage.tables.PlanRow, plan.id).cadre_id = ids[successors[plan.uscc]]
    writing.session.flush()


def remove(writing: Writing, plan_id: int) -> None:
    """Take a plan away."""
    writing.session.delete(writing.get(storage.tables.PlanRow, plan_id))


def needs(reading: Reading, today: date, months: Callable[[str], int]) -> list[leveling.VisitNeed]:
    """Return every enterprise in scope on a day with its clock and who serves it; `months` by tier."""
    pauses: dict[str, list[tuple[date, date]]] = {}
    for uscc, start_on, end_on in reading.rows(
        """SELECT uscc, start_on, coalesce(end_on, '9999-12-31') FROM pause
           JOIN enterprise ON enterprise.id = enterprise_id"""
    ):
        pauses.setdefault(uscc, []).append((day(start_on), day(end_on)))
    rows = reading.rows(
        f"""{dues.source(reading, today)}
           SELECT clock.uscc, clock.tier, profile.subdistrict, service.staff_no, clock.due_on, clock.anchor_on,
                  clock.last_visit_on, clock.end_on
           FROM clock
           JOIN profile ON profile.enterprise_id = clock.enterprise_id
             AND profile.start_on <= :today AND (profile.end_on IS NULL OR profile.end_on > :today)
           LEFT JOIN service ON service.enterprise_id = clock.enterprise_id
             AND service.start_on <= :today AND (service.end_on IS NULL OR service.end_on > :today)
           WHERE clock.start_on <= :today AND (clock.end_on IS NULL OR clock.end_on > :today)
           ORDER BY clock.uscc""",
        today=iso(today),
    )
    return [
        leveling.VisitNeed(
            uscc=uscc, tier=tier, subdistrict=subdistrict, staff_no=staff_no, due_on=day(due_on),
            anchor_on=day(anchor_on), last_visit_on=day(last_visit_on), months=months(tier), in_scope_until=day(end_on),
            paused=tuple(pauses.get(uscc, ())),
        )
        for uscc, tier, subdistrict, staff_no, due_on, anchor_on, last_visit_on, end_on in rows
    ]  # fmt: skip
