"""Master data: enterprises enter, change and leave the register; cadres come, change and go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from esm.domain.register import scope
from esm.domain.register.enterprises import Cadre, Changes, Enterprise
from esm.domain.register.scope import ListedEnterprise
from esm.domain.reports.dossier import CadreDossier, EnterpriseDossier
from esm.errors import RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import pairings, recusals
from esm.storage.register import absences, cadres, enterprises, scopes
from esm.storage.schedule import due_list
from esm.storage.visits import visits
from esm.usecases.register import lookup, pin_limits


def list_enterprises(
    reading: Reading, today: date, *, subdistrict: str | None = None, tier: str | None = None
) -> list[ListedEnterprise]:
    """Return the enterprises as of a day, by code; of one subdistrict or tier when asked."""
    within = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    return [
        ListedEnterprise(enterprise, scope.status(enterprise, basis, today))
        for enterprise, basis in enterprises.on_day(reading, today)
        if within in (None, enterprise.subdistrict) and tier in (None, enterprise.tier)
    ]


def list_cadres(reading: Reading, today: date, *, department: str | None = None) -> list[tuple[Cadre, int]]:
    """Return the cadres as of a day with the number of enterprises that each serves then, by staff number."""
    belonging = None if department is None else lookup.department(reading, department)
    loads = pairings.loads_by_cadre(reading, today)
    return [
        (cadre, loads.get(cadre.staff_no, 0))
        for cadre in cadres.on_day(reading, today)
        if belonging in (None, cadre.department)
    ]


def show_enterprise(reading: Reading, words: str, today: date) -> EnterpriseDossier:
    """Return the file of the enterprise that the words mean, as of a day."""
    return _enterprise_dossier(reading, lookup.enterprise(reading, words), today, {})


def show_cadre(reading: Reading, words: str, today: date) -> CadreDossier:
    """Return the file of the cadre that the words mean, as of a day."""
    return _cadre_dossier(reading, lookup.cadre(reading, words), today, {})


def add_enterprise(writing: Writing, values: Mapping[str, Any], today: date) -> EnterpriseDossier:
    """Take an enterprise into the register; refuse one whose code is there already."""
    enterprise = Enterprise(**values)
    if enterprises.load(writing, [enterprise.uscc]):
        raise RuleRefused(
            say("The enterprise {uscc} is there already.", uscc=enterprise.uscc),
            say("Change it with `esm enterprise edit {uscc}`.", uscc=enterprise.uscc),
        )
    _require_order(enterprise.enrolled_on, enterprise.exited_on)
    enterprises.add(writing, [enterprise], today)
    return _enterprise_dossier(writing, enterprise.uscc, today, {})


def edit_enterprise(writing: Writing, words: str, values: Mapping[str, Any], today: date) -> EnterpriseDossier:
    """Change an enterprise; return it and what changed, field by field.

    Refused when it enters scope pinned to a cadre who has no place for it.
    """
    uscc = lookup.enterprise(writing, words)
    stored = enterprises.load(writing, [uscc])[uscc]
    entered = values.get("enrolled_on", stored.enterprise.enrolled_on)
    _require_order(entered, values.get("exited_on"))
    pinned_to = {pair.staff_no for pair in pairings.find_pairings(writing, uscc=uscc) if pair.is_pinned}
    with pin_limits.within_capacity(writing, today, pinned_to):
        changes = enterprises.edit(writing, stored, values, today)
    return _enterprise_dossier(writing, uscc, today, changes)


def exit_enterprise(writing: Writing, words: str, on: date, today: date) -> EnterpriseDossier:
    """End an enterprise's time on the register, and its pairing with it."""
    uscc = lookup.enterprise(writing, words)
    stored = enterprises.load(writing, [uscc])[uscc]
    if stored.enterprise.exited_on is not None and stored.enterprise.exited_on <= on:
        raise RuleRefused(
            say(
                "{name} left the register on {on} already.", name=stored.enterprise.name, on=stored.enterprise.exited_on
            ),
            say("See `esm enterprise show {uscc}`.", uscc=uscc),
        )
    _require_order(stored.enterprise.enrolled_on, on)
    return _enterprise_dossier(writing, uscc, today, end_on_register(writing, stored, on, today))


def end_on_register(writing: Writing, stored: enterprises.StoredEnterprise, on: date, today: date) -> Changes:
    """End an enterprise's time on the register and its pairing on a day; return what changed."""
    changes = enterprises.edit(writing, stored, {"exited_on": on}, today)
    for pairing in pairings.find_pairings(writing, uscc=stored.enterprise.uscc):
        if pairing.end_on is None or pairing.end_on > on:
            pairings.end(writing, pairing.id, on)
    return changes


def add_cadre(writing: Writing, values: Mapping[str, Any]) -> CadreDossier:
    """Take a cadre on; refuse a staff number that is there already."""
    cadre = Cadre(**values)
    if cadres.load(writing, [cadre.staff_no]):
        raise RuleRefused(
            say("The cadre {staff_no} is there already.", staff_no=cadre.staff_no),
            say("Change the record with `esm cadre edit {staff_no}`.", staff_no=cadre.staff_no),
        )
    _require_order(cadre.active_from, cadre.left_on)
    cadres.add(writing, [cadre])
    return CadreDossier(cadre, (), (), {})


def edit_cadre(writing: Writing, words: str, values: Mapping[str, Any], today: date) -> CadreDossier:
    """Change a cadre's record; return it and what changed, field by field.

    Refused: a capacity below the pinned enterprises.
    """
    staff_no = lookup.cadre(writing, words)
    stored = cadres.load(writing, [staff_no])[staff_no]
    with pin_limits.within_capacity(writing, today, [staff_no]):
        changes = cadres.edit(writing, stored, values, today)
    after = _cadre_dossier(writing, staff_no, today, changes)
    _require_order(after.cadre.active_from, after.cadre.left_on)
    return after


def leave_office(writing: Writing, words: str, on: date, today: date) -> CadreDossier:
    """Let a cadre leave on a day; refused when the cadre visited somebody after it.

    The pairings stay on record until `esm assign` gives the enterprises to others: nobody is forgotten.
    """
    staff_no = lookup.cadre(writing, words)
    stored = cadres.load(writing, [staff_no])[staff_no]
    if stored.cadre.left_on is not None and stored.cadre.left_on <= on:
        raise RuleRefused(
            say("{name} left on {on} already.", name=stored.cadre.name, on=stored.cadre.left_on),
            say("See `esm cadre show {staff_no}`.", staff_no=staff_no),
        )
    _require_order(stored.cadre.active_from, on)
    require_no_later_visit(writing, stored.cadre, on)
    return _cadre_dossier(writing, staff_no, today, cadres.edit(writing, stored, {"left_on": on}, today))


def require_no_later_visit(reading: Reading, cadre: Cadre, on: date) -> None:
    """Refuse to let a cadre leave on a day after which a visit by the cadre is on record.

    On the day itself a last visit is what a handover often begins with.
    """
    since = visits.find_visits(reading, staff_no=cadre.staff_no, since=on + timedelta(days=1))
    later = next((record for record in since if record.visit.cancelled_on is None), None)
    if later is not None:
        last_on = later.visit.done_on
        raise RuleRefused(
            say("{name} visited {enterprise} on {last}, and cannot have left on {on}.",
                name=cadre.name, enterprise=later.enterprise, last=last_on, on=on),
            say("Give {last} or a later day, or cancel that visit if it is wrong: `esm visit cancel {id}`.",
                last=last_on, id=later.id),
        )  # fmt: skip


def _enterprise_dossier(reading: Reading, uscc: str, today: date, changes: Changes) -> EnterpriseDossier:
    ((enterprise, basis),) = enterprises.on_day(reading, today, uscc)
    return EnterpriseDossier(
        enterprise,
        scope.status(enterprise, basis, today),
        scopes.of_enterprise(reading, enterprises.ids(reading, uscc)[uscc]),
        tuple(pairings.find_pairings(reading, uscc=uscc, begun_by=today)),
        tuple(visits.find_visits(reading, uscc=uscc, until=today, limit=10)),
        due_list.due_on(reading, uscc, today),
        changes,
        tuple(recusals.find_recusals(reading, uscc=uscc)),
    )


def _cadre_dossier(reading: Reading, staff_no: str, today: date, changes: Changes) -> CadreDossier:
    (cadre,) = cadres.on_day(reading, today, staff_no)
    return CadreDossier(
        cadre,
        tuple(pairings.find_pairings(reading, staff_no=staff_no, begun_by=today)),
        tuple(visits.find_visits(reading, staff_no=staff_no, until=today, limit=10)),
        changes,
        tuple(recusals.find_recusals(reading, staff_no=staff_no)),
        tuple(absences.of_cadre(reading, staff_no)),
    )


def _require_order(start_on: date | None, end_on: date | None) -> None:
    if start_on is not None and end_on is not None and end_on <= start_on:
        raise RuleRefused(
            say("The end {end} is not after the start {start}.", end=end_on, start=start_on),
            say("Give a later end, or correct the start."),
        )
