"""Recording visits: they move the clock, and cancelling one puts it back."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date

from esm.domain.visits.contact_made import Channel, Visit, VisitDetails, VisitOutcome
from esm.domain.visits.records import RecordedVisit, VisitDossier, VisitRecord
from esm.errors import Message, NotFound, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies, pairings
from esm.storage.register import cadres, enterprises, scope_stretches
from esm.storage.register.cadres import StoredCadre
from esm.storage.schedule import due_list
from esm.storage.visits import promises, visits
from esm.usecases.register import lookup, typed_values
from esm.usecases.visits import burden, open_items

NOTHING_MORE = VisitDetails()


def log(
    writing: Writing,
    enterprise: str,
    *,
    done_on: date,
    today: date,
    cadre: str | None = None,
    channel: Channel = Channel.ON_SITE,
    outcome: VisitOutcome = VisitOutcome.MET,
    minutes: str | None = None,
    details: VisitDetails = NOTHING_MORE,
) -> RecordedVisit:
    """Record a contact; without `cadre`, by the one who served the enterprise on that day.

    A visit in the future or before the enterprise was enrolled is refused. A visit by a cadre who
    was not paired counts for the enterprise all the same, and is said. What was promised on it is kept
    with its day.
    """
    uscc = lookup.enterprise(writing, enterprise)
    stored = enterprises.load(writing, [uscc])[uscc]
    _require_day(stored.enterprise.enrolled_on, done_on, today)
    server = pairings.server_on(writing, uscc, done_on)
    staff_no = server if cadre is None else lookup.cadre(writing, cadre)
    visitor = _visitor(writing, stored.enterprise.name, done_on, staff_no)
    others = visits.valid_visits_on(writing, enterprise_id=stored.id, done_on=done_on)
    earlier = others.pop(visitor.cadre.staff_no, None)
    visit = Visit(
        uscc=uscc, staff_no=visitor.cadre.staff_no, done_on=done_on, recorded_on=today, channel=channel,
        outcome=outcome, minutes=typed_values.typed_text(minutes), met_with=details.met_with,
        business=details.business, satisfaction=details.satisfaction,
    )  # fmt: skip
    warning = burden.warning(writing, uscc, done_on, own=True)
    due_before = due_list.due_on(writing, uscc, today)
    visit_id, visit = _stored(writing, visit, stored.id, visitor.id, earlier)
    _store_details(writing, visit_id, stored.id, visit, details)
    in_scope = any(stretch.holds(done_on) for stretch in scope_stretches.of_enterprise(writing, stored.id))
    goers = {server, *deputies.staff_on(writing, uscc, done_on)}
    notes = _notes(visit, goers, in_scope=in_scope, has_others=bool(others), is_joined=earlier is not None)
    news = open_items.news_messages(writing, uscc, done_on) if visit.counts else ()
    return _recorded_visit(writing, visit_id, today, due_before, (*notes, *warning, *news))


def require_account(visit: Visit) -> None:
    """Raise RuleRefused for a meeting of which neither whom they met nor what was said is on record."""
    if visit.outcome == VisitOutcome.MET and not (visit.minutes or visit.met_with):
        raise RuleRefused(
            say("Nothing is told of the visit: neither whom they met nor what was said."),
            say("Add --met or --minutes, or --outcome if nobody was met."),
        )


def _visitor(reading: Reading, enterprise: str, done_on: date, staff_no: str | None) -> StoredCadre:
    """Return who went, a cadre in post on the day; refuse nobody and who was not."""
    if staff_no is None:
        raise RuleRefused(
            say("No cadre served {name} on {on}.", name=enterprise, on=done_on),
            say("Give the cadre who visited with --cadre."),
        )
    visitor = cadres.load(reading, [staff_no])[staff_no]
    if not visitor.cadre.is_in_post(done_on):
        raise RuleRefused(
            say("{name} was not in post on {on}.", name=visitor.cadre.name, on=done_on),
            say("Check the date, or give the visiting cadre with --cadre."),
        )
    return visitor


def _stored(
    writing: Writing, visit: Visit, enterprise_id: int, cadre_id: int, earlier: VisitRecord | None
) -> tuple[int, Visit]:
    """Store a visit, joined with an earlier entry of the same cadre and day; return its number and what it says now."""
    if earlier is None:
        (visit_id,) = visits.add(writing, [(visit, enterprise_id, cadre_id)])
        return visit_id, visit
    joined = _joined_contacts(earlier, visit)
    visits.change(writing, earlier.id, {key: getattr(joined, key) for key in visits.TEXT_COLUMNS})
    return earlier.id, joined


def _joined_contacts(earlier: VisitRecord, later: Visit) -> Visit:
    """Return the one entry of a cadre's day at an enterprise: the contact that counts, the words of both.

    Said twice, the same contact is a slip of the clerk and refused.
    """
    known = earlier.visit
    if (known.channel, known.outcome) == (later.channel, later.outcome):
        raise RuleRefused(
            say("The visit of {cadre} on {on} is already recorded.", cadre=earlier.cadre, on=later.done_on),
            say("See `esm visit list --enterprise {uscc}`; cancel the old record to replace it.", uscc=later.uscc),
        )
    return replace(
        known if known.counts else later,
        minutes="\n".join(filter(None, (known.minutes, later.minutes))) or None,
        met_with=later.met_with or known.met_with,
        business=later.business or known.business,
        satisfaction=later.satisfaction or known.satisfaction,
    )


def cancel(writing: Writing, visit_id: int, *, today: date, reason: str | None = None) -> RecordedVisit:
    """Cancel a visit; refuse one that is unknown or cancelled already."""
    stored = _visit_record(writing, visit_id)
    if stored.visit.cancelled_on is not None:
        raise RuleRefused(
            say("Visit {id} was already cancelled on {on}.", id=visit_id, on=stored.visit.cancelled_on),
            say("See `esm visit list` for the numbers."),
        )
    due_before = due_list.due_on(writing, stored.visit.uscc, today)
    visits.cancel(writing, visit_id, on=today, reason=typed_values.typed_text(reason))
    return _recorded_visit(writing, visit_id, today, due_before, ())


def show(reading: Reading, visit_id: int, today: date) -> VisitDossier:
    """Return all that is known of one visit."""
    stored = _visit_record(reading, visit_id)
    return VisitDossier(
        stored, tuple(promises.promises_of_visit(reading, visit_id)), due_list.due_on(reading, stored.visit.uscc, today)
    )


def visit_filter(
    reading: Reading,
    channel: Channel | None,
    outcome: VisitOutcome | None,
    subdistrict: str | None,
    *,
    late: bool,
    today: date,
) -> visits.VisitFilter:
    """Return which visits are meant; `late` means entered later than the setting allows."""
    days = settings.load(reading, today).late_entry_days if late else None
    place = None if subdistrict is None else lookup.subdistrict(reading, subdistrict)
    return visits.VisitFilter(channel=channel, outcome=outcome, subdistrict=place, later_than=days)


def find_visits(
    reading: Reading,
    *,
    enterprise: str | None = None,
    cadre: str | None = None,
    since: date | None = None,
    until: date | None = None,
    only: visits.VisitFilter = visits.ANY_VISIT,
    limit: int | None = None,
) -> tuple[list[VisitRecord], int]:
    """Return visits, newest first, of one enterprise, one cadre or all, and how many there are without the limit.

    Both days are inclusive.
    """
    uscc = None if enterprise is None else lookup.enterprise(reading, enterprise)
    staff_no = None if cadre is None else lookup.cadre(reading, cadre)
    found = visits.find_visits(reading, uscc=uscc, staff_no=staff_no, since=since, until=until, only=only, limit=limit)
    if limit is None or len(found) < limit:
        return found, len(found)
    return found, visits.count_visits(reading, uscc=uscc, staff_no=staff_no, since=since, until=until, only=only)


def _require_day(enrolled_on: date | None, done_on: date, today: date) -> None:
    if done_on > today:
        raise RuleRefused(
            say("The visit date {on} is in the future.", on=done_on), say("Record the visit after it has taken place.")
        )
    if enrolled_on is not None and done_on < enrolled_on:
        raise RuleRefused(
            say("The enterprise was enrolled on {enrolled}, after {on}.", enrolled=enrolled_on, on=done_on),
            say("Check the date of the visit, or correct the enrolment with `esm enterprise edit`."),
        )


def _notes(
    visit: Visit, goers: Set[str | None], *, in_scope: bool, has_others: bool, is_joined: bool
) -> tuple[Message, ...]:
    notes = []
    if not in_scope:
        notes.append(say("The enterprise was not in scope on that date; no visit was due."))
    if is_joined:
        notes.append(say("A contact on that date was already on record; the record now contains both."))
    if visit.staff_no not in goers:
        notes.append(say("The visiting cadre was not paired with the enterprise on that date; the visit still counts."))
    if has_others:
        notes.append(say("Another visit on that date is on record; together they count once."))
    if visit.days_late:
        notes.append(say("It was recorded {days:day|days} after it took place.", days=visit.days_late))
    if visit.outcome != VisitOutcome.MET:
        notes.append(say("`esm check` will list it until somebody has been met there."))
    if not visit.counts:
        notes.append(say("Only a visit on site with somebody met resets the visit clock; this one does not."))
    return tuple(notes)


def _store_details(writing: Writing, visit_id: int, enterprise_id: int, visit: Visit, details: VisitDetails) -> None:
    """Store who went along and what was promised; a promise for a day before the visit is refused."""
    along = {lookup.cadre(writing, words): None for words in details.companions}
    along.pop(visit.staff_no, None)
    people = cadres.load(writing, along)
    for person in people.values():
        if not person.cadre.is_in_post(visit.done_on):
            raise RuleRefused(
                say("{name} was not in post on {on}.", name=person.cadre.name, on=visit.done_on),
                say("Check the date, or the accompanying cadres."),
            )
    visits.add_companions(
        writing, visit_id, [person.id for person in people.values()], list(dict.fromkeys(details.departments))
    )
    for promise in details.promises:
        if promise.due_on < visit.done_on:
            raise RuleRefused(
                say("“{words}” is promised by {due}, before the visit.", words=promise.words, due=promise.due_on),
                say("Give a date after the visit with --until."),
            )
    promises.add(writing, visit_id, enterprise_id, details.promises)


def _visit_record(reading: Reading, visit_id: int) -> VisitRecord:
    stored = visits.get(reading, visit_id)
    if stored is None:
        raise NotFound(say("There is no visit {id}.", id=visit_id), say("See `esm visit list` for the numbers."))
    return stored


def _recorded_visit(
    writing: Writing, visit_id: int, today: date, due_before: date | None, notes: tuple[Message, ...]
) -> RecordedVisit:
    stored = _visit_record(writing, visit_id)
    due_on = due_list.due_on(writing, stored.visit.uscc, today)
    return RecordedVisit(stored, due_on, due_before, tuple(promises.promises_of_visit(writing, visit_id)), notes)
