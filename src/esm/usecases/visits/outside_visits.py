"""Recording visits of other departments: they burden an enterprise and move no clock."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.contact_made import OutsideVisit
from esm.domain.visits.records import OutsideVisitRecord, RecordedOutsideVisit
from esm.errors import NotFound, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.register import enterprises
from esm.storage.visits import outside_visits
from esm.usecases.register import lookup, typed_values
from esm.usecases.visits.burden import warning


def log(
    writing: Writing, enterprise: str, *, department: str, done_on: date, today: date, minutes: str | None = None
) -> RecordedOutsideVisit:
    """Record a visit by another department; it moves no clock, and a day in the future is refused."""
    uscc = lookup.enterprise(writing, enterprise)
    stored = enterprises.load(writing, [uscc])[uscc]
    if done_on > today:
        raise RuleRefused(
            say("The visit date {on} is in the future.", on=done_on), say("Record the visit after it has taken place.")
        )
    if outside_visits.is_recorded(writing, stored.id, department, done_on):
        raise RuleRefused(
            say("The visit of {cadre} on {on} is already recorded.", cadre=department, on=done_on),
            say("See `esm visit list --outside`; cancel the old record to replace it."),
        )
    warned = warning(writing, uscc, done_on, own=False)
    visit = OutsideVisit(
        uscc=uscc, department=department, done_on=done_on, recorded_on=today, minutes=typed_values.typed_text(minutes)
    )
    visit_id = outside_visits.add(writing, visit, stored.id)
    note = say("A visit by another department does not reset the visit clock; it counts in `esm report burden`.")
    return RecordedOutsideVisit(_outside_visit_record(writing, visit_id), (note, *warned))


def cancel(writing: Writing, visit_id: int, *, today: date, reason: str | None = None) -> RecordedOutsideVisit:
    """Cancel a visit of another department; refuse one that is unknown or cancelled already."""
    stored = _outside_visit_record(writing, visit_id)
    if stored.visit.cancelled_on is not None:
        raise RuleRefused(
            say("Visit {id} was already cancelled on {on}.", id=f"D{visit_id}", on=stored.visit.cancelled_on),
            say("See `esm visit list --outside` for the numbers."),
        )
    outside_visits.cancel(writing, visit_id, on=today, reason=typed_values.typed_text(reason))
    return RecordedOutsideVisit(_outside_visit_record(writing, visit_id))


def show(reading: Reading, visit_id: int) -> RecordedOutsideVisit:
    """Return one visit of another department."""
    return RecordedOutsideVisit(_outside_visit_record(reading, visit_id))


def find_outside_visits(
    reading: Reading, *, enterprise: str | None = None, department: str | None = None,
    since: date | None = None, until: date | None = None, limit: int | None = None,
) -> list[OutsideVisitRecord]:  # fmt: skip
    """Return visits of other departments, newest first; both days are inclusive."""
    uscc = None if enterprise is None else lookup.enterprise(reading, enterprise)
    return outside_visits.find_outside_visits(
        reading, uscc=uscc, department=department, since=since, until=until, limit=limit
    )


def _outside_visit_record(reading: Reading, visit_id: int) -> OutsideVisitRecord:
    stored = outside_visits.get(reading, visit_id)
    if stored is None:
        raise NotFound(
            say("There is no visit {id}.", id=f"D{visit_id}"), say("See `esm visit list --outside` for the numbers.")
        )
    return stored
