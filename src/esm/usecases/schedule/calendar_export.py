"""The planned visits as appointments for the calendars that people already keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from esm.domain.schedule.calendar_event import Appointment
from esm.domain.visits.brief import Brief
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import calendar_events
from esm.usecases.register import lookup

KEPT = timedelta(days=60)  # as long as this a calendar is told of what was called off


def appointments_of(
    reading: Reading, today: date, cadre: str | None = None, *, brief_of: Callable[[Reading, str, date], Brief]
) -> list[Appointment]:
    """Return what the calendar of one cadre, or of all, has to be told, each visit to come with its brief.

    `brief_of` prepares the brief of an enterprise on a day.
    """
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    briefs: dict[str, Brief] = {}
    found = []
    for each in calendar_events.listed(reading, today - KEPT, staff_no):
        if each.status != "cancelled" and each.planned_on >= today:
            briefs[each.uscc] = briefs.get(each.uscc) or brief_of(reading, each.uscc, today)
        found.append(replace(each, brief=briefs.get(each.uscc) if each.status != "cancelled" else None))
    return found


def alarm_days(reading: Reading) -> int:
    """Return how many days before a visit its alarm goes off, at nine in the morning."""
    return settings.load(reading).alarm_days
