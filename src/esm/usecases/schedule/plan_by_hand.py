"""Planning a visit by hand: made, agreed with the enterprise, or called off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.domain.schedule.planned_visit import CalledOffPlan, ChangedPlan, PlanRecord
from esm.domain.values.intervals import holds
from esm.errors import Message, NotFound, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import iso
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import called_off_plans, due_list, plans, workdays
from esm.usecases.register import lookup, typed_values
from esm.usecases.schedule import plan_by_hand_rules
from esm.usecases.schedule.plan import require_no_later_fact
from esm.usecases.visits import burden

_PLAN = re.compile(r"[Pp](\d{1,15})")


def plan_visit(writing: Writing, enterprise: str, *, on: date, today: date, cadre: str | None = None) -> ChangedPlan:
    """Plan a visit on a day; the next visit that is planned but not agreed yet moves there.

    Refused on a day before one on record, in the past, out of scope, in a pause or a blackout, and for a cadre who
    does not go there on that day.
    """
    require_no_later_fact(writing, today)
    uscc = lookup.enterprise(writing, enterprise)
    plan_by_hand_rules.require_visitable(writing, uscc, on, today)
    staff_no = plan_by_hand_rules.visitor(writing, uscc, on, cadre)
    opened = plans.find_plans(writing, uscc=uscc)
    same = next((each for each in opened if each.planned_on == on), None)
    if same is not None and (same.is_confirmed or same.staff_no == staff_no):
        raise RuleRefused(
            say("A visit on {on} is already planned: {id}.", on=on, id=f"P{same.id}"),
            say("See `esm visit list --planned`."),
        )
    movable = same or next((each for each in opened if not each.is_confirmed), None)
    return _place(writing, uscc, staff_no, movable, {"planned_on": on, "confirmed": 0}, today)


def confirm_plan(
    writing: Writing, subject: str, *, today: date, on: date | None = None, starts_at: str | None = None
) -> ChangedPlan:
    """Note that a planned visit is agreed with the enterprise, so that it stays; with `on`, on that day.

    `subject` names the enterprise, whose next plan is meant even if it was agreed already, or a plan by its number,
    like P12. `starts_at` is the time of day that was agreed; it can be changed without the day. Refused like
    `plan_visit`.
    """
    require_no_later_fact(writing, today)
    number = _PLAN.fullmatch(subject.strip())
    chosen = _next_plan(writing, subject, today, on) if number is None else _plan_record(writing, int(number[1]))
    day = on or chosen.planned_on
    time_before = chosen.starts_at if chosen.planned_on == day else None
    agreed = {"planned_on": day, "confirmed": 1, "starts_at": starts_at or time_before}
    if chosen.is_confirmed and chosen.planned_on == day and starts_at in {None, time_before}:
        raise RuleRefused(say("The visit on {on} is already agreed.", on=day))
    plan_by_hand_rules.require_visitable(writing, chosen.uscc, day, today)
    same = next((each for each in plans.find_plans(writing, uscc=chosen.uscc) if each.planned_on == day), chosen)
    if same.id != chosen.id:
        raise RuleRefused(
            say("A visit on {on} is already planned: {id}.", on=day, id=f"P{same.id}"),
            say("See `esm visit list --planned`."),
        )
    staff_no = chosen.staff_no if chosen.planned_on == day else plan_by_hand_rules.visitor(writing, chosen.uscc, day)
    return _place(writing, chosen.uscc, staff_no, chosen, agreed, today)


def _place(
    writing: Writing, uscc: str, staff_no: str, movable: PlanRecord | None, values: Mapping[str, Any], today: date
) -> ChangedPlan:
    """Store a visit of a cadre: `movable` moves there, or is called off where another cadre goes."""
    on = values["planned_on"]
    due_on = movable.due_on if movable is not None else due_list.due_on(writing, uscc, today)
    notes = (*_late_notes(on, due_on), *_notes(writing, uscc, staff_no, on, movable))
    is_provisional = workdays.calendar_in_force(writing).is_provisional(on)
    row = {"starts_at": None, **values, "planned_on": iso(on), "provisional": int(is_provisional)}
    if movable is not None and movable.staff_no == staff_no:
        made_on = {} if movable.planned_on == on else {"made_on": iso(today)}
        plans.change(writing, [{"id": movable.id, **row, **made_on}])
        return _changed_plan(writing, movable.id, notes, was_on=movable.planned_on)
    if movable is not None:
        plans.cancel(writing, {movable.id: PlanChangeReason.CADRE_CHANGED}, today)
    links = {"enterprise_id": enterprises.ids(writing, uscc)[uscc], "cadre_id": cadres.ids(writing)[staff_no]}
    (plan_id,) = plans.add(writing, [{**links, "due_on": iso(due_on or on), "made_on": iso(today), **row}])
    return _changed_plan(writing, plan_id, notes)


def _next_plan(reading: Reading, enterprise: str, today: date, on: date | None) -> PlanRecord:
    """Return the plan of an enterprise on a day, else its next one."""
    uscc = lookup.enterprise(reading, enterprise)
    opened = [each for each in plans.find_plans(reading, uscc=uscc) if on is not None or each.planned_on >= today]
    if not opened:
        plan_by_hand_rules.require_visitable(reading, uscc, on or today, today)
        raise NotFound(
            say("No visit to {name} is planned from today on.", name=dict(enterprises.names(reading))[uscc]),
            say("Plan one first: `esm visit plan {uscc} --on DATE`.", uscc=uscc),
        )
    return next((each for each in opened if each.planned_on == on), opened[0])


def cancel_plan(writing: Writing, plan_id: int, *, today: date, reason: str | None = None) -> ChangedPlan:
    """Call a planned visit off; calendars that hold it will be told."""
    stored = _plan_record(writing, plan_id)
    plans.cancel(writing, {plan_id: PlanChangeReason.CALLED_OFF}, today, typed_values.typed_text(reason))
    note = say("The enterprise is still due for a visit.")
    return ChangedPlan(stored, (note,), is_cancelled=True)


def plan_with_notes(reading: Reading, plan_id: int) -> ChangedPlan:
    """Return one planned visit."""
    return ChangedPlan(_plan_record(reading, plan_id))


def find_plans(
    reading: Reading, today: date, *, enterprise: str | None = None, cadre: str | None = None,
    since: date | None = None, until: date | None = None,
) -> list[PlanRecord]:  # fmt: skip
    """Return the visits planned as of today, by day; both days are inclusive."""
    found = plans.find_plans(
        reading,
        uscc=None if enterprise is None else lookup.enterprise(reading, enterprise),
        staff_no=None if cadre is None else lookup.cadre(reading, cadre),
        as_of=today,
    )
    return [
        each
        for each in found
        if (since is None or each.planned_on >= since) and (until is None or each.planned_on <= until)
    ]


def next_plan_on(reading: Reading, uscc: str, today: date) -> date | None:
    """Return the day of the first open plan of an enterprise, None where there is none."""
    return next((each.planned_on for each in plans.find_plans(reading, uscc=uscc, as_of=today)), None)


def find_called_off(
    reading: Reading, today: date, *, enterprise: str | None = None, cadre: str | None = None,
    since: date | None = None, until: date | None = None,
) -> list[CalledOffPlan]:  # fmt: skip
    """Return the plans called off by today, the latest first; both days are inclusive."""
    return called_off_plans.called_off_plans(
        reading,
        min(today, until or today),
        since=since,
        uscc=None if enterprise is None else lookup.enterprise(reading, enterprise),
        staff_no=None if cadre is None else lookup.cadre(reading, cadre),
    )


def _late_notes(on: date, due_on: date | None) -> Iterator[Message]:
    if due_on is not None and on > due_on:
        yield say("{on} is after the due date {due}.", on=on, due=due_on)


def _notes(reading: Reading, uscc: str, staff_no: str, on: date, moving: PlanRecord | None) -> tuple[Message, ...]:
    """Return what speaks against the day, for the enterprise and for the cadre, without forbidding it."""
    rules = settings.load(reading, on)
    return (
        *burden.warning(reading, uscc, on, own=True),
        *_gap_notes(reading, uscc, on, rules.visit_gap_days, moving),
        *_day_notes(reading, uscc, staff_no, on, rules.visits_per_day),
    )


def _gap_notes(reading: Reading, uscc: str, on: date, gap_days: int, moving: PlanRecord | None) -> Iterator[Message]:
    last_on = due_list.last_visit_on(reading, uscc)
    if last_on is not None and (on - last_on).days < gap_days:
        yield say("This is only {days:day|days} after the visit of {last}.", days=(on - last_on).days, last=last_on)
    others = [each for each in plans.find_plans(reading, uscc=uscc) if each != moving]
    for agreed in (each.planned_on for each in others if each.is_confirmed):
        if 0 < abs((on - agreed).days) < gap_days:
            yield say(
                "A visit is agreed for {agreed}, {days:day|days} apart.", agreed=agreed, days=abs((on - agreed).days)
            )


def _day_notes(reading: Reading, uscc: str, staff_no: str, on: date, visits_per_day: int) -> Iterator[Message]:
    if not workdays.calendar_in_force(reading).is_workday(on):
        yield say("{on} is not a working day.", on=on)
    if any(holds(*away, on) for away in cadres.absences(reading, on).get(staff_no, ())):
        yield say("The cadre is absent on {on}.", on=on)
    planned = plans.find_plans(reading, staff_no=staff_no)
    others = [each for each in planned if each.planned_on == on and each.uscc != uscc]
    if len(others) >= visits_per_day:
        yield say("The cadre already has {count:visit|visits} planned on that date.", count=len(others))


def _plan_record(reading: Reading, plan_id: int) -> PlanRecord:
    found = plans.find_plans(reading, plan_id=plan_id)
    if not found:
        raise NotFound(
            say("There is no planned visit {id}.", id=f"P{plan_id}"),
            say("See `esm visit list --planned` for the numbers."),
        )
    return found[0]


def _changed_plan(
    reading: Reading, plan_id: int, notes: tuple[Message, ...], was_on: date | None = None
) -> ChangedPlan:
    record = _plan_record(reading, plan_id)
    if not record.is_confirmed:
        notes = (
            *notes,
            say(
                "`esm visit confirm` fixes the date once the enterprise agrees; until then `esm "
                "schedule` may reschedule it."
            ),
        )
    if was_on not in (None, record.planned_on):
        notes = (say("It was planned on {on}.", on=was_on), *notes)
    return ChangedPlan(record, notes)
