"""Pauses and blackouts: when an enterprise is not to be visited, and why."""

from __future__ import annotations

from datetime import date, timedelta

from esm.domain.visits.pauses import QuietDays, QuietInterval
from esm.errors import RuleRefused, UsageRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.register import enterprises
from esm.storage.visits import pauses
from esm.usecases.register import lookup

DAY = timedelta(days=1)


def pause(writing: Writing, enterprise: str, *, start_on: date, until: date | None, reason: str) -> QuietDays:
    """Pause the clock of an enterprise from a day until another, inclusive; without one, until it is resumed."""
    return _begin_interval(writing, "pause", enterprise, start_on, until, reason)


def black_out(writing: Writing, enterprise: str, *, start_on: date, until: date, reason: str | None) -> QuietDays:
    """Keep planned visits away from an enterprise on these days, both inclusive; its clock runs on."""
    return _begin_interval(writing, "blackout", enterprise, start_on, until, reason)


def resume(writing: Writing, enterprise: str, *, on: date) -> QuietDays:
    """End the pause and the blackout that hold on a day, so that this is the first day after them."""
    uscc = lookup.enterprise(writing, enterprise)
    stored = enterprises.load(writing, [uscc])[uscc]
    found = [interval for interval in pauses.quiet_intervals(writing, stored.id) if interval.holds(on)]
    if not found:
        raise RuleRefused(
            say("{name} has no pause or blackout on {on}.", name=stored.enterprise.name, on=on),
            say("Give another date with --on, or see `esm enterprise peace {uscc}`.", uscc=uscc),
        )
    for interval in found:
        pauses.end(writing, interval, on)
    return show(writing, uscc)


def show(reading: Reading, enterprise: str) -> QuietDays:
    """Return the days without visits of one enterprise."""
    uscc = lookup.enterprise(reading, enterprise)
    stored = enterprises.load(reading, [uscc])[uscc]
    return QuietDays(uscc, stored.enterprise.name, tuple(pauses.quiet_intervals(reading, stored.id)))


def _begin_interval(
    writing: Writing, kind: str, enterprise: str, start_on: date, until: date | None, reason: str | None
) -> QuietDays:
    if until is not None and until < start_on:
        raise UsageRefused(
            say("{until} is before {start}.", until=until, start=start_on), say("Give the last day with --until.")
        )
    uscc = lookup.enterprise(writing, enterprise)
    stored = enterprises.load(writing, [uscc])[uscc]
    end_on = None if until is None else until + DAY
    other = _overlapping_interval(pauses.quiet_intervals(writing, stored.id), kind, start_on, end_on)
    if other is not None:
        raise RuleRefused(
            say("These days overlap those that start on {start}.", start=other.start_on),
            say("End those first: `esm enterprise resume {uscc} --on DATE`.", uscc=uscc),
        )
    pauses.begin(writing, kind, stored.id, start_on=start_on, end_on=end_on, reason=reason)
    return show(writing, uscc)


def _overlapping_interval(
    known: list[QuietInterval], kind: str, start_on: date, end_on: date | None
) -> QuietInterval | None:
    return next((each for each in known if each.kind == kind and each.overlaps(start_on, end_on)), None)
