"""Enterprises: listed, shown, and how they enter, change and leave the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from esm.domain.register import scope_status
from esm.domain.register.enterprise_record import Changes, Enterprise
from esm.domain.register.scope_status import ListedEnterprise
from esm.domain.reports.dossier import EnterpriseDossier
from esm.errors import RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import pairings, recusals
from esm.storage.register import enterprises, scope_stretches
from esm.storage.schedule import due_list
from esm.storage.visits import visits
from esm.usecases.register import lookup, pin_limits


def list_enterprises(
    reading: Reading, today: date, *, subdistrict: str | None = None, tier: str | None = None
) -> list[ListedEnterprise]:
    """Return the enterprises as of a day, by code; of one subdistrict or tier when asked."""
    within = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    return [
        ListedEnterprise(enterprise, scope_status.status(enterprise, basis, today))
        for enterprise, basis in enterprises.on_day(reading, today)
        if within in (None, enterprise.subdistrict) and tier in (None, enterprise.tier)
    ]


def show_enterprise(reading: Reading, words: str, today: date) -> EnterpriseDossier:
    """Return the file of the enterprise that the words mean, as of a day."""
    return _enterprise_dossier(reading, lookup.enterprise(reading, words), today, {})


def add_enterprise(writing: Writing, values: Mapping[str, Any], today: date) -> EnterpriseDossier:
    """Take an enterprise into the register; refuse one whose code is there already."""
    enterprise = Enterprise(**values)
    if enterprises.load(writing, [enterprise.uscc]):
        raise RuleRefused(
            say("The enterprise {uscc} already exists.", uscc=enterprise.uscc),
            say("Change it with `esm enterprise edit {uscc}`.", uscc=enterprise.uscc),
        )
    require_order(enterprise.enrolled_on, enterprise.exited_on)
    enterprises.add(writing, [enterprise], today)
    return _enterprise_dossier(writing, enterprise.uscc, today, {})


def edit_enterprise(
    writing: Writing, words: str, values: Mapping[str, Any], today: date, since: date | None = None
) -> EnterpriseDossier:
    """Change an enterprise; return it and what changed, field by field.

    Tier, subdistrict and industry hold from `since` on, by default today. Refused when it enters scope pinned to a
    cadre who has no place for it.
    """
    require_past(since, today)
    uscc = lookup.enterprise(writing, words)
    stored = enterprises.load(writing, [uscc])[uscc]
    entered = values.get("enrolled_on", stored.enterprise.enrolled_on)
    require_order(entered, values.get("exited_on"))
    pinned_to = {pair.staff_no for pair in pairings.find_pairings(writing, uscc=uscc) if pair.is_pinned}
    with pin_limits.within_capacity(writing, today, pinned_to):
        changes = enterprises.edit(writing, stored, values, today, since)
    return _enterprise_dossier(writing, uscc, today, changes)


def exit_enterprise(writing: Writing, words: str, on: date, today: date) -> EnterpriseDossier:
    """End an enterprise's time on the register, and its pairing with it."""
    uscc = lookup.enterprise(writing, words)
    stored = enterprises.load(writing, [uscc])[uscc]
    if stored.enterprise.exited_on is not None and stored.enterprise.exited_on <= on:
        raise RuleRefused(
            say(
                "{name} already left the register on {on}.", name=stored.enterprise.name, on=stored.enterprise.exited_on
            ),
            say("See `esm enterprise show {uscc}`.", uscc=uscc),
        )
    require_order(stored.enterprise.enrolled_on, on)
    return _enterprise_dossier(writing, uscc, today, end_on_register(writing, stored, on, today))


def end_on_register(writing: Writing, stored: enterprises.StoredEnterprise, on: date, today: date) -> Changes:
    """End an enterprise's time on the register and its pairing on a day; return what changed."""
    changes = enterprises.edit(writing, stored, {"exited_on": on}, today)
    for pairing in pairings.find_pairings(writing, uscc=stored.enterprise.uscc):
        if pairing.end_on is None or pairing.end_on > on:
            pairings.end(writing, pairing.id, on)
    return changes


def _enterprise_dossier(reading: Reading, uscc: str, today: date, changes: Changes) -> EnterpriseDossier:
    ((enterprise, basis),) = enterprises.on_day(reading, today, uscc)
    return EnterpriseDossier(
        enterprise,
        scope_status.status(enterprise, basis, today),
        scope_stretches.of_enterprise(reading, enterprises.ids(reading, uscc)[uscc]),
        tuple(pairings.find_pairings(reading, uscc=uscc, begun_by=today)),
        tuple(visits.find_visits(reading, uscc=uscc, until=today, limit=10)),
        due_list.due_on(reading, uscc, today),
        changes,
        tuple(recusals.find_recusals(reading, today, uscc=uscc)),
    )


def require_order(start_on: date | None, end_on: date | None) -> None:
    """Refuse an interval of days that ends before it has begun."""
    if start_on is not None and end_on is not None and end_on <= start_on:
        raise RuleRefused(
            say("The end {end} is not after the start {start}.", end=end_on, start=start_on),
            say("Give a later end, or correct the start."),
        )


def require_past(since: date | None, today: date) -> None:
    """Refuse that something has held since a day to come."""
    if since is not None and since > today:
        raise RuleRefused(say("{on} is in the future.", on=since), say("Record it after it has happened."))
