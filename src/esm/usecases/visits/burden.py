"""Leaving enterprises in peace (无事不扰): who is visited too much, by whomever, and who never."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.visits.burden import Burden
from esm.domain.visits.records import OutsideNews, OutsideRecord
from esm.domain.visits.visit import OutsideVisit
from esm.errors import Message, NotFound, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.register import enterprises
from esm.storage.visits import burden as burdens
from esm.storage.visits import outside_visits
from esm.usecases.register import lookup, typed_values


def log(
    writing: Writing, enterprise: str, *, department: str, done_on: date, today: date, minutes: str | None = None
) -> OutsideNews:
    """Record a visit by another department; it moves no clock, and a day in the future is refused."""
    uscc = lookup.enterprise(writing, enterprise)
    stored = enterprises.load(writing, [uscc])[uscc]
    if done_on > today:
        raise RuleRefused(
            say("A visit on {on} lies in the future.", on=done_on), say("Log it once it has taken place.")
        )
    if outside_visits.is_standing(writing, stored.id, department, done_on):
        raise RuleRefused(
            say("The visit of {cadre} on {on} is recorded already.", cadre=department, on=done_on),
            say("See `esm visit list --outside`; cancel the old entry to replace it."),
        )
    warned = warning(writing, uscc, done_on, own=False)
    visit = OutsideVisit(
        uscc=uscc, department=department, done_on=done_on, recorded_on=today, minutes=typed_values.words(minutes)
    )
    visit_id = outside_visits.add(writing, visit, stored.id)
    note = say("A visit by another department moves no clock; it counts for `esm report burden`.")
    return OutsideNews(_stored(writing, visit_id), (note, *warned))


def cancel(writing: Writing, visit_id: int, *, today: date, reason: str | None = None) -> OutsideNews:
    """Cancel a visit of another department; refuse one that is unknown or cancelled already."""
    stored = _stored(writing, visit_id)
    if stored.visit.cancelled_on is not None:
        raise RuleRefused(
            say("Visit {id} was cancelled on {on} already.", id=f"D{visit_id}", on=stored.visit.cancelled_on),
            say("See `esm visit list --outside` for the numbers."),
        )
    outside_visits.cancel(writing, visit_id, on=today, reason=typed_values.words(reason))
    return OutsideNews(_stored(writing, visit_id))


def show(reading: Reading, visit_id: int) -> OutsideNews:
    """Return one visit of another department."""
    return OutsideNews(_stored(reading, visit_id))


def listed(
    reading: Reading, *, enterprise: str | None = None, department: str | None = None,
    since: date | None = None, until: date | None = None, limit: int = -1,
) -> list[OutsideRecord]:  # fmt: skip
    """Return visits of other departments, newest first; both days are inclusive."""
    uscc = None if enterprise is None else lookup.enterprise(reading, enterprise)
    return outside_visits.listed(reading, uscc=uscc, department=department, since=since, until=until, limit=limit)


def warning(reading: Reading, uscc: str, on: date, *, own: bool) -> tuple[Message, ...]:
    """Return the warning that an enterprise was visited often in the days before one, with whom one could go.

    Days on which several came count once. `own` tells whether the visit is one of the scheme.
    """
    rules = settings.load(reading)
    since = on - timedelta(days=rules.burden_days)
    days = outside_visits.days_visited(reading, uscc, since, on - timedelta(days=1))
    if len(days) < rules.burden_visits:
        return ()
    often = say("The enterprise was visited on {count} days in the {days} days before.",
                count=len(days), days=rules.burden_days)  # fmt: skip
    planned_on = burdens.next_plan_on(reading, uscc, on)
    others = burdens.visitors(reading, uscc, since, on)
    if not own and planned_on is not None:
        return often, say("Go together next time: its cadre plans to be there on {on}.", on=planned_on)
    return often, say("Go together, or leave it in peace: lately there were {others}.", others=", ".join(others))


def burden(reading: Reading, today: date) -> Burden:
    """Return how often every enterprise in scope was visited of late, by whom, and who was never visited."""
    rules = settings.load(reading)
    since = today - timedelta(days=rules.burden_days - 1)
    rows = burdens.of_all(reading, since, today)
    return Burden(today, since, rules.burden_visits, tuple(rows))


def _stored(reading: Reading, visit_id: int) -> OutsideRecord:
    stored = outside_visits.get(reading, visit_id)
    if stored is None:
        raise NotFound(
            say("There is no visit {id}.", id=f"D{visit_id}"), say("See `esm visit list --outside` for the numbers.")
        )
    return stored
