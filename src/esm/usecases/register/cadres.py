"""Cadres: listed, shown, taken on, corrected, and leaving office."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Changes
from esm.domain.reports.dossier import CadreDossier
from esm.domain.values.intervals import holds
from esm.errors import Listed, Message, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import pairings, recusals
from esm.storage.register import absences, cadres
from esm.storage.schedule import due_list
from esm.storage.visits import visits
from esm.usecases.register import lookup, pin_limits
from esm.usecases.register.enterprises import require_order, require_past


def list_cadres(reading: Reading, today: date, *, department: str | None = None) -> list[tuple[Cadre, int]]:
    """Return the cadres as of a day with the number of enterprises that each serves then, by staff number."""
    belonging = None if department is None else lookup.department(reading, department)
    loads = pairings.loads_by_cadre(reading, today)
    return [
        (cadre, loads.get(cadre.staff_no, 0))
        for cadre in cadres.on_day(reading, today)
        if belonging in (None, cadre.department)
    ]


def show_cadre(reading: Reading, words: str, today: date) -> CadreDossier:
    """Return the file of the cadre that the words mean, as of a day."""
    return _cadre_dossier(reading, lookup.cadre(reading, words), today, {})


def add_cadre(writing: Writing, values: Mapping[str, Any]) -> CadreDossier:
    """Take a cadre on; refuse a staff number that is there already."""
    cadre = Cadre(**values)
    if cadres.load(writing, [cadre.staff_no]):
        raise RuleRefused(
            say("The cadre {staff_no} already exists.", staff_no=cadre.staff_no),
            say("Change the record with `esm cadre edit {staff_no}`.", staff_no=cadre.staff_no),
        )
    require_order(cadre.active_from, cadre.left_on)
    cadres.add(writing, [cadre])
    return CadreDossier(cadre, (), (), {})


def edit_cadre(
    writing: Writing, words: str, values: Mapping[str, Any], today: date, since: date | None = None
) -> CadreDossier:
    """Change a cadre's record; return it and what changed, field by field.

    Department and capacity hold from `since` on, by default today. Refused: a capacity below the pinned enterprises.
    """
    require_past(since, today)
    staff_no = lookup.cadre(writing, words)
    stored = cadres.load(writing, [staff_no])[staff_no]
    with pin_limits.within_capacity(writing, today, [staff_no]):
        changes = cadres.edit(writing, stored, values, today, since)
    after = _cadre_dossier(writing, staff_no, today, changes)
    require_order(after.cadre.active_from, after.cadre.left_on)
    return after


def leave_office(writing: Writing, words: str, on: date, today: date) -> tuple[CadreDossier, tuple[Message, ...]]:
    """Let a cadre leave on a day; refused when the cadre visited somebody after it.

    The pairings stay on record until `esm assign` gives the enterprises to others; whom nobody serves then is said.
    """
    staff_no = lookup.cadre(writing, words)
    stored = cadres.load(writing, [staff_no])[staff_no]
    if stored.cadre.left_on is not None and stored.cadre.left_on <= on:
        raise RuleRefused(
            say("{name} already left on {on}.", name=stored.cadre.name, on=stored.cadre.left_on),
            say("See `esm cadre show {staff_no}`.", staff_no=staff_no),
        )
    require_order(stored.cadre.active_from, on)
    require_no_later_visit(writing, stored.cadre, on)
    after = _cadre_dossier(writing, staff_no, today, cadres.edit(writing, stored, {"left_on": on}, today))
    in_scope = {demand.uscc for demand in pairings.demands(writing, on)}
    served = [pair for pair in pairings.active_pairings(writing, on) if pair.staff_no == staff_no]
    left = [(pair.enterprise, due_list.due_on(writing, pair.uscc, on)) for pair in served if pair.uscc in in_scope]
    notes = nobody_notes(left, on)
    successors = [say("`esm assign` finds successors.")] if notes else []
    return after, (*notes, *successors, *deputyship_notes(writing, staff_no, on))


def deputyship_notes(reading: Reading, staff_no: str, on: date) -> Iterator[Message]:
    """Yield where a cadre who leaves on a day is a deputy: another one is needed there."""
    names = [
        pair.enterprise
        for pair in pairings.find_deputyships(reading, staff_no, on)
        if holds(pair.start_on, pair.end_on, on)
    ]
    if names:
        yield say(
            "Deputy of {names}, only until then: name another with `esm pair --deputy`.",
            names=Listed(names),
        )


def nobody_notes(left: Sequence[tuple[str, date | None]], on: date) -> tuple[Message, ...]:
    """Return the note on enterprises, given with their due dates, that nobody serves from a day on."""
    if not left:
        return ()
    first_due_on = min(due_on for _name, due_on in left if due_on is not None)
    names = Listed(name for name, _due_on in left)
    return (say("Unserved from {on} on: {names}; the first visit is due on {due}.",
                on=on, names=names, due=first_due_on),)  # fmt: skip


def require_no_later_visit(reading: Reading, cadre: Cadre, on: date) -> None:
    """Refuse to let a cadre leave on a day after which a visit by the cadre is on record.

    On the day itself a last visit is what a handover often begins with.
    """
    since = visits.find_visits(reading, staff_no=cadre.staff_no, since=on + timedelta(days=1))
    later = next((record for record in since if record.visit.cancelled_on is None), None)
    if later is not None:
        last_on = later.visit.done_on
        raise RuleRefused(
            say("{name} visited {enterprise} on {last} and cannot have left on {on}.",
                name=cadre.name, enterprise=later.enterprise, last=last_on, on=on),
            say("Give {last} or a later date, or cancel that visit if it is wrong: `esm visit cancel {id}`.",
                last=last_on, id=later.id),
        )  # fmt: skip


def _cadre_dossier(reading: Reading, staff_no: str, today: date, changes: Changes) -> CadreDossier:
    (cadre,) = cadres.on_day(reading, today, staff_no)
    return CadreDossier(
        cadre,
        tuple(pairings.find_pairings(reading, staff_no=staff_no, begun_by=today)),
        tuple(visits.find_visits(reading, staff_no=staff_no, until=today, limit=10)),
        changes,
        tuple(recusals.find_recusals(reading, today, staff_no=staff_no)),
        tuple(absences.of_cadre(reading, staff_no)),
        tuple(pairings.find_deputyships(reading, staff_no, today)),
    )
