"""Writes iCalendar (RFC 5545): all-day events that can be imported again without duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from esm.formats.write.cell_text import visible
from esm.sheets.schedule.invitations import Invitation

PRODUCT = "-//esm//enterprise visits//ZH"
ZONE = "Asia/Shanghai"
MORNING = timedelta(hours=9)


def content(invitations: Sequence[Invitation], name: str) -> bytes:
    """Return the file: lines of at most 75 octets ending in CR LF, folded between characters.

    The days are calendar days of China: as all-day events they are the same day in every program.
    """
    calendar = Calendar()
    for key, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"),
                       ("X-WR-CALNAME", visible(name)), ("X-WR-TIMEZONE", ZONE)):  # fmt: skip
        calendar.add(key, value)
    for invitation in invitations:
        calendar.add_component(_event(invitation))
    return bytes(calendar.to_ical())


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("UID", invitation.uid)
    event.add("DTSTAMP", datetime.combine(invitation.changed_on, time(), UTC))
    event.add("SEQUENCE", invitation.sequence)
    event.add("DTSTART", invitation.on)
    event.add("DTEND", invitation.on + timedelta(days=1))
    event.add("SUMMARY", visible(invitation.summary))
    if invitation.location:
        event.add("LOCATION", visible(invitation.location))
    event.add("DESCRIPTION", "\n".join(map(visible, invitation.description.split("\n"))))
    event.add("STATUS", invitation.status)
    event.add("TRANSP", "TRANSPARENT")
    if invitation.alarm_days is not None:
        event.add_component(_alarm(invitation))
    return event


def _alarm(invitation: Invitation) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", visible(invitation.summary))
    alarm.add("TRIGGER", MORNING - timedelta(days=invitation.alarm_days or 0))
    return alarm
