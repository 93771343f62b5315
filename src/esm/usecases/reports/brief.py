"""Preparing a visit: what is known of the enterprise, what is open there, and what one could ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from esm.domain.reports.dossier import Brief
from esm.domain.schedule.due_list import with_state
from esm.domain.schedule.planned_visit import PlanRecord
from esm.domain.visits.contact_made import VisitOutcome
from esm.domain.visits.open_items import BriefLine, BriefSection
from esm.domain.visits.records import VisitRecord
from esm.errors import Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import enterprises
from esm.storage.schedule import due_list, plans
from esm.storage.visits import outside_visits, promises, visits
from esm.usecases.register import lookup
from esm.usecases.reports import visit_questions
from esm.usecases.visits import open_items, open_policies

MOST_MINUTES = 3
OUTCOMES = {
    VisitOutcome.NOT_REACHED: say("nobody was met"),
    VisitOutcome.REFUSED: say("the visit was refused"),
    VisitOutcome.MOVED: say("the enterprise had moved away"),
    VisitOutcome.CLOSED: say("the enterprise had closed down"),
}


def brief(reading: Reading, enterprise: str, today: date) -> Brief:
    """Return the page for one enterprise as on a day."""
    uscc = lookup.enterprise(reading, enterprise)
    stored = enterprises.load(reading, [uscc])[uscc]
    rules = settings.load(reading, today)
    row, pairing = due_list.due_row(reading, today, uscc), pairings.active_pairing(reading, uscc, today)
    questions = list(visit_questions.questions(reading, stored.enterprise, row, today))
    return Brief(
        stored.enterprise,
        None if row is None else row.cadre,
        () if pairing is None else pairing.deputies,
        None if row is None else with_state(row, today, rules.due_soon_days),
        tuple(section(reading, uscc, today) for section in SECTIONS),
        tuple(questions),
        None if questions else visit_questions.nothing_open(reading, uscc, today),
    )


def briefs(reading: Reading, usccs: Iterable[str], today: date) -> dict[str, Brief]:
    """Return the pages for some enterprises by their codes."""
    return {uscc: brief(reading, uscc, today) for uscc in usccs}


def _minutes_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    records = [each for each in visits.find_visits(reading, uscc=uscc, until=today) if each.visit.cancelled_on is None]
    entries = tuple(
        BriefLine(
            each.visit.done_on,
            _visitor_names(each),
            each.visit.minutes or OUTCOMES.get(each.visit.outcome, say("no minutes")),
        )
        for each in records[:MOST_MINUTES]
    )
    return BriefSection("minutes", say("Recent minutes"), entries, say("No visits yet."))


def _promises_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    entries = tuple(
        BriefLine(each.due_on, each.cadre, each.words, each.is_late(today))
        for each in promises.open_promises(reading, today, uscc=uscc)
    )
    return BriefSection("promises", say("Open promises"), entries, say("No promise is open."))


def _contacts_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return who else was there of late, and who means to go: nobody likes to be asked the same twice."""
    days = settings.load(reading, today).burden_days
    since = today - timedelta(days=days)
    done = [
        BriefLine(each.visit.done_on, each.visit.department, each.visit.minutes or say("visit of another department"))
        for each in outside_visits.find_outside_visits(reading, uscc=uscc, since=since, until=today)
        if each.visit.cancelled_on is None
    ]
    own = [
        BriefLine(each.visit.done_on, _visitor_names(each), say("visit made"))
        for each in visits.find_visits(reading, uscc=uscc, since=since, until=today)
        if each.visit.counts
    ]
    planned = [
        BriefLine(each.planned_on, each.cadre, _plan_words(each))
        for each in plans.find_plans(reading, uscc=uscc, as_of=today)
        if each.planned_on >= today
    ]
    entries = sorted([*done, *own, *planned], key=lambda entry: (entry.on or today, entry.who or ""))
    title = say("Visits of the last {days:day|days} and upcoming visits", days=days)
    return BriefSection("contacts", title, tuple(entries), say("There are no other visits."))


def _plan_words(plan: PlanRecord) -> Message:
    if plan.starts_at is not None:
        return say("agreed visit at {time}", time=plan.starts_at)
    return say("agreed visit") if plan.is_confirmed else say("planned visit")


SECTIONS: tuple[Callable[[Reading, str, date], BriefSection], ...] = (
    _minutes_section,
    _promises_section,
    open_items.requests_section,
    open_items.news_section,
    open_policies.policies_section,
    open_policies.payments_section,
    _contacts_section,
)


def _visitor_names(record: VisitRecord) -> str:
    return ", ".join((record.cadre, *record.companions))
