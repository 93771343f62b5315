"""The visits that fall due next, and what stands against them."""

from __future__ import annotations

from collections.abc import Set
from datetime import date

from esm.domain.schedule.next_visit_obstacles import NextVisit, Outlook
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import planning_inputs, plans, workdays


def next_visits(reading: Reading, today: date, staff: Set[str] | None = None) -> list[NextVisit]:
    """Return by code the next visit of each enterprise that is served and not overdue; with `staff`, of theirs."""
    rules = settings.load(reading, today)
    needs = planning_inputs.visit_needs(reading, today, rules.cadence_months, staff)
    opened = [plan.before_planning() for plan in plans.open_plans(reading) if plan.made_on <= today]
    available = planning_inputs.availability(reading, today, rules.deputy_after_days)
    outlook = Outlook(today, workdays.calendar_in_force(reading), available, opened, rules)
    return list(outlook.next_visits(needs))
