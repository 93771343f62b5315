"""Writes iCalendar (RFC 5545): events that can be imported again without duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vCalAddress

from esm.formats.write.cell_text import visible
from esm.sheets.schedule.invitations import Invitation

PRODUCT = "-//esm//enterprise visits//ZH"
ZONE = "Asia/Shanghai"
EAST_8 = timezone(timedelta(hours=8), ZONE)  # China has had no other offset since 1991
ONE_HOUR = timedelta(hours=1)


def content(invitations: Sequence[Invitation], name: str, *, today: date, organizer: str) -> bytes:
    """Return the file: lines of at most 75 octets ending in CR LF, folded between characters.

    Without a time of day an event is a calendar day of China, the same day in every program. `today` is the day
    on which the file is made, `organizer` an e-mail address.
    """
    calendar = Calendar()
    for key, value in (("PRODID", PRODUCT), ("VERSION", "2.0"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH"),
                       ("X-WR-CALNAME", visible(name)), ("X-WR-TIMEZONE", ZONE)):  # fmt: skip
        calendar.add(key, value)
    if any(invitation.has_time for invitation in invitations):
        calendar.add_component(_zone())
    for invitation in invitations:
        event = _event(invitation)
        event.add("DTSTAMP", _moment(today, invitation.sequence))
        event.add("ORGANIZER", vCalAddress(f"mailto:{organizer}"))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _moment(today: date, sequence: int) -> datetime:
    """Return the moment for which a version stands: it rises with the day and, within a day, with the version."""
    return (datetime.combine(today, time(), EAST_8) + timedelta(seconds=sequence)).astimezone(UTC)


def _event(invitation: Invitation) -> Event:
    event = Event()
    event.add("UID", invitation.uid)
    event.add("SEQUENCE", invitation.sequence)
    if invitation.has_time:
        for key, moment in (("DTSTART", invitation.starts), ("DTEND", invitation.starts + ONE_HOUR)):
            event.add(key, moment, {"TZID": ZONE})
    else:
        event.add("DTSTART", invitation.starts.date())
        event.add("DTEND", invitation.starts.date() + timedelta(days=1))
    event.add("SUMMARY", visible(invitation.summary))
    if invitation.location:
        event.add("LOCATION", visible(invitation.location))
    event.add("DESCRIPTION", "\n".join(map(visible, invitation.description.split("\n"))))
    event.add("STATUS", invitation.status)
    event.add("TRANSP", "OPAQUE" if invitation.has_time and invitation.status != "CANCELLED" else "TRANSPARENT")
    if invitation.alarm is not None:
        event.add_component(_alarm(invitation.summary, invitation.alarm - invitation.starts))
    return event


def _alarm(summary: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", visible(summary))
    alarm.add("TRIGGER", before)
    return alarm


def _zone() -> Timezone:
    standard = TimezoneStandard()
    standard.add("DTSTART", datetime(1991, 9, 15, 1))  # noqa: DTZ001 - RFC 5545 3.6.5: local, without a zone
    standard.add("TZOFFSETFROM", timedelta(hours=9))
    standard.add("TZOFFSETTO", timedelta(hours=8))
    standard.add("TZNAME", "CST")
    zone = Timezone()
    zone.add("TZID", ZONE)
    zone.add_component(standard)
    return zone
