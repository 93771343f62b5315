"""What must hold for a visit that is planned by hand: the enterprise may be visited then, and the cadre goes there."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.register.cadres import Cadre
from esm.errors import Message, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises, scope_stretches
from esm.storage.schedule import planning_inputs
from esm.usecases.register import lookup


def require_visitable(reading: Reading, uscc: str, on: date, today: date) -> None:
    """Raise RuleRefused for a past day, one of a pause or a blackout, and one on which it is out of scope."""
    if on < today:
        raise RuleRefused(
            say("{on} is in the past.", on=on), say("Record a visit that has taken place with `esm visit log`.")
        )
    if not scope_stretches.is_in_scope(reading, uscc, on):
        raise RuleRefused(
            say("{name} is not in scope on {on}.", name=dict(enterprises.names(reading))[uscc], on=on),
            say("See `esm enterprise show {uscc}`.", uscc=uscc),
        )
    for kind in ("pause", "blackout"):
        for start_on, end_on in planning_inputs.quiet_days(reading, kind, on, {uscc}).get(uscc, ()):
            if start_on <= on < end_on:
                raise RuleRefused(
                    _quiet_days(start_on, end_on), say("Choose another date, or end it with `esm enterprise resume`.")
                )


def visitor(reading: Reading, uscc: str, on: date, cadre: str | None = None) -> str:
    """Return who visits an enterprise on a day: `cadre`, else who serves it then, or the deputy who goes then.

    Refused where nobody serves it, and for a cadre who does not go there on that day: plans follow the pairing.
    """
    serving = pairings.server_on(reading, uscc, on)
    going = None if serving is None else _goes(reading, serving, uscc, on)
    staff_no = going if cadre is None else lookup.cadre(reading, cadre)
    if staff_no is None:
        raise RuleRefused(say("No cadre serves the enterprise on {on}.", on=on), _pair_first(uscc, "CADRE"))
    person = cadres.load(reading, [staff_no])[staff_no].cadre
    against = _against(reading, person, uscc, on, {serving, going})
    if against is not None:
        raise RuleRefused(*against)
    return staff_no


def _against(
    reading: Reading, person: Cadre, uscc: str, on: date, going: set[str | None]
) -> tuple[Message, Message] | None:
    """Return why a cadre cannot visit an enterprise on a day, and what to do; None if nothing speaks against it."""
    if not person.is_in_post(on):
        return say("{name} is not in post on {on}.", name=person.name, on=on), _pair_first(uscc, "CADRE")
    reason = cadres.recusals(reading, on).get((person.staff_no, uscc))
    if reason is not None:
        return (
            say("{name} is recused from this enterprise: {reason}.", name=person.name, reason=reason),
            _pair_first(uscc, "CADRE"),
        )
    if person.staff_no not in going:
        return (
            say("{name} does not serve the enterprise on {on}.", name=person.name, on=on),
            _pair_first(uscc, person.staff_no),
        )
    return None


def _pair_first(uscc: str, cadre: str) -> Message:
    return say("Pair them first: `esm pair {uscc} {cadre}`.", uscc=uscc, cadre=cadre)


def _goes(reading: Reading, serving: str, uscc: str, on: date) -> str:
    """Return who goes on a day to an enterprise that a cadre serves, as a plan would have it."""
    available = planning_inputs.availability(reading, on, settings.load(reading, on).deputy_after_days)
    return available.visitor_on(serving, uscc, on) or serving


def _quiet_days(start_on: date, end_on: date) -> Message:
    if end_on == date.max:
        return say("The enterprise is not to be visited from {start} until further notice.", start=start_on)
    last = end_on - timedelta(days=1)
    return say("The enterprise is not to be visited from {start} to {last}.", start=start_on, last=last)
