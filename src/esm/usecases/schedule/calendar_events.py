"""The planned visits as appointments for the calendars that people already keep."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from email.utils import parseaddr

from esm.domain.schedule.calendar_event import Appointment
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.schedule import calendar_events as stored
from esm.storage.schedule import workdays
from esm.usecases.register import lookup

KEPT = timedelta(days=60)  # as long as this a calendar is told of what no longer stands
NOBODY = "visits@esm.invalid"  # RFC 2606: no mail can ever be sent to it


def appointments(reading: Reading, today: date, cadre: str | None = None) -> list[Appointment]:
    """Return what the calendar of one cadre, or of all, has to be told."""
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    return stored.find_appointments(reading, today, today - KEPT, staff_no)


def alarms(reading: Reading, visits: Iterable[Appointment], today: date) -> dict[int, datetime]:
    """Return when one is reminded of each visit that stands, by the number of its plan."""
    days, calendar = settings.load(reading, today).alarm_days, workdays.calendar_in_force(reading)
    return {visit.plan_id: visit.alarm(days, calendar) for visit in visits if visit.status != "cancelled"}


def organizer(reading: Reading, today: date) -> str:
    """Return the address of the office that plans the visits, else one that belongs to nobody."""
    address = parseaddr(settings.load(reading, today).mail_sender)[1]
    return address if "@" in address else NOBODY
