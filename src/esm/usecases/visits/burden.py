"""Leaving enterprises in peace (无事不扰): who is visited too much, by whomever, and who never."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.visits.burden import Burden
from esm.errors import Listed, Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.visits import burden as burdens
from esm.storage.visits import outside_visits


def warning(reading: Reading, uscc: str, on: date, *, own: bool) -> tuple[Message, ...]:
    """Return the warning that an enterprise was visited often in the days before one, with whom one could go.

    Days on which several came count once. `own` tells whether the visit is one of the scheme.
    """
    rules = settings.load(reading, on)
    since = on - timedelta(days=rules.burden_days)
    days = outside_visits.days_with_visits(reading, uscc, since, on - timedelta(days=1))
    if len(days) < rules.burden_visits:
        return ()
    often = say(
        "The enterprise was visited on {count} of the {days:day|days} before.", count=len(days), days=rules.burden_days
    )
    planned_on = burdens.next_planned_on(reading, uscc, on)
    others = burdens.visiting_departments(reading, uscc, since, on)
    if not own and planned_on is not None:
        return often, say("Consider a joint visit next time: its cadre plans to visit on {on}.", on=planned_on)
    return often, say(
        "Consider a joint visit, or do not disturb the enterprise: recent visits by {others}.", others=Listed(others)
    )


def burden(reading: Reading, today: date) -> Burden:
    """Return how often every enterprise in scope was visited of late, by whom, and who was never visited."""
    rules = settings.load(reading, today)
    since = today - timedelta(days=rules.burden_days - 1)
    rows = burdens.burden_rows(reading, since, today)
    return Burden(today, since, rules.burden_visits, tuple(rows))
