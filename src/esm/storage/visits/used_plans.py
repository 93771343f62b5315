"""The plans that visits use up, in the order that `domain.visits.used_plans` states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from esm.domain.visits.contact_made import Visit
from esm.domain.visits.used_plans import CountedVisit, used_up, used_up_anew
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.phrases import as_list
from esm.storage.database.row_values import day


def use_up_plans(writing: Writing, first_id: int) -> None:
    """Let the visits stored since one, itself included, use up plans."""
    counted: dict[str, list[CountedVisit]] = {}
    for uscc, visit_id, done_on, recorded_on in writing.rows(
        """SELECT uscc, visit.id, done_on, recorded_on FROM visit JOIN enterprise ON enterprise.id = enterprise_id
           WHERE visit.id >= :first_id AND counts(visit) AND EXISTS (
             SELECT 1 FROM plan WHERE plan.enterprise_id = visit.enterprise_id AND visit_id IS NULL)
           ORDER BY visit.id""",
        first_id=first_id,
    ):
        counted.setdefault(uscc, []).append(CountedVisit(visit_id, day(done_on), day(recorded_on)))
    planned = _planned_visits(writing, counted, first_id=first_id)
    used: dict[int, int] = {}
    for uscc, visits in counted.items():
        used |= used_up(planned[uscc].plan_ids, visits, planned[uscc].last_visit_on)
    writing.update("plan", [{"id": plan_id, "visit_id": visit_id} for plan_id, visit_id in used.items()])


def use_up_plan(writing: Writing, visit_id: int, after: Visit) -> None:
    """Let a visit on record that counts from now on use up a plan."""
    own = _planned_visits(writing, [after.uscc], but_for=visit_id).get(after.uscc)
    visit = CountedVisit(visit_id, after.done_on, after.recorded_on)
    for plan_id, user in used_up(own.plan_ids, [visit], own.last_visit_on).items() if own else ():
        writing.change("plan", plan_id, {"visit_id": user})


@dataclass(frozen=True, slots=True)
class _Planned:
    """The open plans of an enterprise, in order of their days, and the last visit that counts."""

    plan_ids: tuple[int, ...]
    last_visit_on: date | None


def _planned_visits(
    reading: Reading, usccs: Iterable[str], *, but_for: int = 0, first_id: int | None = None
) -> dict[str, _Planned]:
    """Return those of these enterprises that have open plans, by code.

    `but_for` is a visit that is left out, and so are those stored since `first_id`.
    """
    rows = reading.rows(
        """SELECT uscc, plan.id,
                  (SELECT max(done_on) FROM visit
                   WHERE visit.enterprise_id = enterprise.id AND visit.id <> :but_for
                     AND (:first_id IS NULL OR visit.id < :first_id) AND counts(visit))
           FROM enterprise CROSS JOIN plan
           WHERE among(uscc, :usccs) AND plan.enterprise_id = enterprise.id AND visit_id IS NULL
           ORDER BY uscc, planned_on, plan.id""",
        usccs=as_list(usccs), but_for=but_for, first_id=first_id,
    )  # fmt: skip
    found = {}
    for uscc, own in groupby(rows, key=itemgetter(0)):
        plans = list(own)
        found[uscc] = _Planned(tuple(plan_id for _uscc, plan_id, _last in plans), day(plans[0][2]))
    return found


def use_up_anew(writing: Writing, visit: Visit) -> None:
    """Give the plans that visits from the day of one on used up to the counted visits that are left."""
    given = {"uscc": visit.uscc, "since": visit.done_on}
    used: dict[int, int] = dict(
        writing.rows(
            """SELECT plan.id, visit_id FROM plan JOIN visit ON visit.id = visit_id
               WHERE plan.enterprise_id = (SELECT id FROM enterprise WHERE uscc = :uscc) AND done_on >= :since
               ORDER BY planned_on, plan.id""",
            **given,
        )
    )
    left = writing.rows(
        """SELECT id, done_on, recorded_on FROM visit
           WHERE enterprise_id = (SELECT id FROM enterprise WHERE uscc = :uscc) AND done_on >= :since
             AND counts(visit) ORDER BY id""",
        **given,
    )
    visits = [CountedVisit(visit_id, day(done_on), day(recorded_on)) for visit_id, done_on, recorded_on in left]
    for plan_id, visit_id in used_up_anew(list(used), visits).items():
        writing.change("plan", plan_id, {"visit_id": visit_id})
