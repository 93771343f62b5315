"""Whether the promise of regular visits will hold: with the plan, at the present pace, and what keeps it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from esm.domain.register.cadres import Cadre
from esm.domain.reports.forecast.circumstances import Circumstances, Places, is_overdue_after, responsible_cadre
from esm.domain.reports.forecast.outcome import Forecast, Prospect, short_cadres
from esm.domain.reports.forecast.pace_forecast import PACE_DAYS, overdue_at_pace
from esm.domain.reports.forecast.remedies import fewest_remedies
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.schedule.visit_series import FixedPlan
from esm.domain.values import intervals
from esm.domain.values.settings import Settings, all_settings
from esm.errors import RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import cadres, enterprises
from esm.storage.reports.visits_made import visits_made
from esm.storage.schedule import planning_inputs, plans, workdays
from esm.usecases.schedule import plan as scheduling

FARTHEST = timedelta(days=366)
NO_PLACES = Places(0, 0)


def forecast(reading: Reading, today: date, until: date | None = None) -> Forecast:
    """Return who will be overdue on a day to come, by default the last of the running period.

    Refused for a day that is over or more than a year ahead.
    """
    last = intervals.period_of(today).last_day if until is None else until
    _require_near(last, today)
    rules = settings.load(reading, today)
    people = {cadre.staff_no: cadre for cadre in cadres.on_day(reading, today)}
    opened = plans.find_plans(reading, as_of=today)
    known = _circumstances(reading, today, last, rules, opened, people)
    pace = overdue_at_pace(known, visits_made(reading, today))
    is_later_known = plans.latest_later_fact(reading, today) is not None
    horizon = None if is_later_known and not opened else rules.planned_until
    is_planned = bool(horizon or opened)
    remedies = fewest_remedies(known)
    responsible = {need.uscc: responsible_cadre(need, today) for need in known.needs}
    return Forecast(
        on=today,
        until=last,
        is_provisional=known.calendar.is_provisional(last),
        is_planned=is_planned,
        planned_until=date.fromisoformat(horizon) if horizon else None,
        lapsed=sum(plan.planned_on < today for plan in opened),
        has_cadres=any(cadre.is_in_post(today) for cadre in people.values()),
        prospects=_prospects(
            reading, known, _planned_days(reading, known, opened) if is_planned else None, pace, people
        ),
        short=short_cadres(remedies, responsible, lambda who: (people[who].name, people[who].department)),
        remedies=remedies,
        enterprises=dict(enterprises.names(reading)),
        cadres={who: cadre.name for who, cadre in people.items()},
    )


def _require_near(until: date, today: date) -> None:
    if until < today:
        raise RuleRefused(
            say("{on} is in the past.", on=until), say("Use `esm report --as-of {on}` for what has been.", on=until)
        )
    if until - today > FARTHEST:
        raise RuleRefused(
            say("{on} is more than a year ahead.", on=until),
            say("Choose a date up to {last}.", last=today + FARTHEST),
        )


def _circumstances(
    reading: Reading, today: date, until: date, rules: Settings, opened: Sequence[PlanRecord],
    people: Mapping[str, Cadre],
) -> Circumstances:  # fmt: skip
    since = today - timedelta(days=PACE_DAYS)
    available = replace(
        planning_inputs.availability(reading, today, rules.deputy_after_days),
        absences=cadres.absences(reading, since),
        in_post={who: (cadre.active_from or date.min, cadre.left_on or date.max) for who, cadre in people.items()},
        recusals=frozenset(cadres.recusals(reading, today)),
    )
    loads = {
        each.staff_no: Places(each.load, each.capacity) for each in cadres.loads(reading, today, rules.default_capacity)
    }
    return Circumstances(
        today=today,
        until=until,
        calendar=workdays.calendar_in_force(reading),
        needs=planning_inputs.visit_needs(reading, today, rules.cadence_months),
        availability=available,
        confirmed=[
            FixedPlan(plan.uscc, plan.due_on, plan.planned_on)
            for plan in opened
            if plan.is_confirmed and plan.planned_on >= today
        ],
        places={who: loads.get(who, NO_PLACES) for who in people},
        visits_per_day=rules.visits_per_day,
        most_per_day=int(str(all_settings()["visits_per_day"].most)),
    )


def _planned_days(reading: Reading, known: Circumstances, opened: Sequence[PlanRecord]) -> dict[str, list[date]]:
    """Return the days planned from today to the last, by code; where a plan has lapsed, as it would be planned anew."""
    rules = settings.load(reading, known.today)
    lapsed = [plan for plan in opened if plan.planned_on < known.today]
    days = [(plan.uscc, plan.planned_on) for plan in opened]
    if lapsed and rules.planned_until:
        last = min(known.until, date.fromisoformat(rules.planned_until))
        available = planning_inputs.availability(reading, known.today, rules.deputy_after_days)
        staff = planning_inputs.linked_staff(reading, known.today, {plan.staff_no for plan in lapsed}, available)
        usccs = {plan.uscc for plan in lapsed}
        new = scheduling.plan_anew(reading, known.today, last, None, staff, usccs, available)
        days = [each for each in days if each[0] not in new.facts.needs]
        days += [(visit.uscc, visit.planned_on) for visit in new.visits if visit.planned_on is not None]
    found: dict[str, list[date]] = defaultdict(list)
    for uscc, on in days:
        if known.today <= on <= known.until:
            found[uscc].append(on)
    return found


def _prospects(
    reading: Reading, known: Circumstances, planned: Mapping[str, Sequence[date]] | None, pace: Set[str],
    people: Mapping[str, Cadre],
) -> tuple[Prospect, ...]:  # fmt: skip
    """Return what will be of each enterprise; `planned` are the days planned by code, None without plans."""
    names = dict(enterprises.names(reading))
    found = []
    for need in known.in_question():
        staff_no = responsible_cadre(need, known.today)
        cadre = None if staff_no is None else people[staff_no]
        days = [on for on in (planned or {}).get(need.uscc, ()) if need.has_ground(on)]
        is_overdue = None if planned is None else is_overdue_after(need, max(days, default=None), known.until)
        found.append(
            Prospect(
                need.uscc, names[need.uscc], need.tier, need.subdistrict, cadre.department if cadre else None, staff_no,
                cadre.name if cadre else None, need.due_on, min(days, default=None), is_overdue, need.uscc in pace,
            )
        )  # fmt: skip
    return tuple(found)
