"""Absences of cadres, and the deputies who stand in for them (AB 岗)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from esm.domain.pairing.records import Deputy
from esm.domain.reports.dossier import CadreDossier
from esm.domain.values.intervals import first_overlap
from esm.errors import Listed, Message, NotFound, RuleRefused, UsageRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import pairings, recusals
from esm.storage.register import absences, cadres, enterprises
from esm.storage.schedule.next_due_visits import next_visits
from esm.usecases.register import cadres as register_cadres
from esm.usecases.register import lookup


def record(
    writing: Writing,
    words: str,
    today: date,
    *,
    start_on: date,
    last_on: date,
    reason: str | None = None,
    deputy: str | None = None,
) -> tuple[CadreDossier, tuple[Message, ...]]:
    """Record that a cadre is away from `start_on` to `last_on`, both inclusive, or correct what begins that day.

    Refused: an end before the start, days of another absence, and a deputy who is the cadre, out of post or
    away on those days. Said: a deputy who is recused from one of the enterprises, for whom the cadre should stand in on
    those days, and whose next visit nobody can make in time.
    """
    staff_no = lookup.cadre(writing, words)
    end_on = last_on + timedelta(days=1)
    if last_on < start_on:
        raise UsageRefused(
            say("The absence would end on {end}, before it starts on {start}.", end=last_on, start=start_on),
            say("--until is the last day of the absence."),
        )
    cadre_id = cadres.ids(writing)[staff_no]
    own = absences.by_first_day(writing, cadre_id)
    _require_no_overlap(own, start_on, end_on)
    stored = own.get(start_on)
    deputy_no = None if deputy is None else _allowed_deputy(writing, staff_no, deputy, start_on, end_on)
    deputy_id = None if deputy_no is None else cadres.ids(writing)[deputy_no]
    if stored is None:
        absences.add(writing, cadre_id, start_on, {"end_on": end_on, "reason": reason, "deputy_id": deputy_id})
    else:
        kept = {"reason": reason or stored.reason, "deputy_id": deputy_id or stored.deputy_id}
        absences.change(writing, stored.id, {"end_on": end_on, **kept})
    notes = (
        *_deputy_notes(writing, staff_no, deputy_no, start_on),
        *_stand_in_notes(writing, staff_no, start_on, end_on),
        *_nobody_notes(writing, staff_no, start_on, today),
    )
    return register_cadres.show_cadre(writing, staff_no, today), notes


def cancel(writing: Writing, words: str, today: date, *, start_on: date) -> CadreDossier:
    """Take away the absence that begins on a day; refused where none does."""
    staff_no = lookup.cadre(writing, words)
    cadre_id = cadres.ids(writing)[staff_no]
    stored = absences.by_first_day(writing, cadre_id).get(start_on)
    if stored is None:
        raise NotFound(
            say("No absence of {staff_no} starts on {start}.", staff_no=staff_no, start=start_on),
            say("See `esm cadre show {staff_no}` for the absences.", staff_no=staff_no),
        )
    absences.remove(writing, stored.id)
    return register_cadres.show_cadre(writing, staff_no, today)


def absence_note(reading: Reading, staff_no: str, on: date, deputies: Sequence[Deputy] = ()) -> tuple[Message, ...]:
    """Return the note that a cadre is away on a day, until when, and who stands in: else the pairing's `deputies`."""
    absence = next((one for one in absences.of_cadre(reading, staff_no) if one.start_on <= on < one.end_on), None)
    if absence is None:
        return ()
    words = {"name": cadres.load(reading, [staff_no])[staff_no].cadre.name, "last": absence.end_on - timedelta(days=1)}
    deputy = absence.deputy or Listed(each.name for each in deputies)
    if deputy:
        return (say("{name} is absent until {last}; the deputy is {deputy}.", **words, deputy=deputy),)
    command = f"esm cadre absence {staff_no} --from {absence.start_on} --until {words['last']} --deputy"
    return (say("{name} is absent until {last} and has no deputy: `{command} CADRE`.", **words, command=command),)


def _allowed_deputy(reading: Reading, staff_no: str, words: str, start_on: date, end_on: date) -> str:
    """Return the deputy's staff number, or refuse one who cannot stand in."""
    deputy_no = lookup.cadre(reading, words)
    deputy = cadres.load(reading, [deputy_no])[deputy_no].cadre
    hint = say("Choose another deputy.")
    if deputy_no == staff_no:
        raise RuleRefused(say("A cadre cannot be their own deputy."), hint)
    if not (deputy.is_in_post(start_on) and deputy.is_in_post(end_on - timedelta(days=1))):
        raise RuleRefused(say("{name} is not in post on all these days.", name=deputy.name), hint)
    away = next(
        (one for one in absences.of_cadre(reading, deputy_no) if one.start_on < end_on and start_on < one.end_on), None
    )
    if away is not None:
        raise RuleRefused(say("{name} is also absent, from {start}.", name=deputy.name, start=away.start_on), hint)
    return deputy_no


def _require_no_overlap(own: Mapping[date, absences.StoredAbsence], start_on: date, end_on: date) -> None:
    other = first_overlap({start: entry.end_on for start, entry in own.items()}, start_on, end_on)
    if other is not None:
        raise RuleRefused(
            say("These days overlap the absence that started on {start}.", start=other),
            say("Give other dates, or correct that absence: --from {start}.", start=other),
        )


def _stand_in_notes(reading: Reading, staff_no: str, start_on: date, end_on: date) -> tuple[Message, ...]:
    names = Listed(" ".join(one) for one in absences.covered_by(reading, staff_no, start_on, end_on))
    if not names:
        return ()
    return (say("During this absence the cadre is deputy for {names}: choose another deputy there.", names=names),)


def _nobody_notes(reading: Reading, staff_no: str, start_on: date, today: date) -> Iterator[Message]:
    """Yield whose next visit nobody can make in time because of this absence."""
    firms = dict(enterprises.names(reading))
    concerned = [one for one in next_visits(reading, today, {staff_no}) if one.staff_no == staff_no]
    alone = [firms[one.uscc] for one in concerned if one.away is not None and one.away[0] == start_on]
    crowded = [firms[one.uscc] for one in concerned if one.away is None and not one.has_free_day]
    if alone:
        yield say("Due during this absence, and no deputy is available: {names}.", names=Listed(alone))
    if crowded:
        yield say("No free working day is left by the due date for {names}.", names=Listed(crowded))


def _deputy_notes(reading: Reading, staff_no: str, deputy_no: str | None, on: date) -> tuple[Message, ...]:
    if deputy_no is None:
        return ()
    serves = {pair.uscc for pair in pairings.active_pairings(reading, on) if pair.staff_no == staff_no}
    barred = [one.enterprise for one in recusals.find_recusals(reading, on, staff_no=deputy_no) if one.uscc in serves]
    if not barred:
        return ()
    return (say("The deputy is recused from {names} and will not visit there.", names=Listed(barred)),)
