"""The planned visits as appointments for the calendars that people already keep."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.schedule.calendar_events import Appointment
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import calendar_events
from esm.usecases.register import lookup

KEPT = timedelta(days=60)  # as long as this a calendar is told of what was called off


def appointments(reading: Reading, today: date, cadre: str | None = None) -> list[Appointment]:
    """Return what the calendar of one cadre, or of all, has to be told."""
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    return calendar_events.find_appointments(reading, today - KEPT, staff_no)


def alarm_days(reading: Reading) -> int:
    """Return how many days before a visit its alarm goes off, at nine in the morning."""
    return settings.load(reading).alarm_days
