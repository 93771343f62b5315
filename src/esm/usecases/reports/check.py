"""The coverage checker: everything that stands against one of the two goals, or soon may."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Set
from datetime import date, timedelta

from esm.domain.register import scope_status
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.values.grouping import grouped
from esm.domain.values.settings import Settings
from esm.domain.visits.check_findings import Finding, FindingKind, worst_first
from esm.errors import Listed, Message, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.storage.reports import coverage, past_database
from esm.storage.schedule import due_list
from esm.storage.schedule.next_due_visits import next_visits
from esm.storage.visits import promises
from esm.usecases.visits.finding_responsibility import with_places

# The tables that tell who goes where in days to come.
OUTLOOK = ("absence", "blackout", "cadre", "holiday", "pairing", "pairing_deputy", "pause", "plan", "profile",
           "recusal", "scope", "visit")  # fmt: skip


def findings(reading: Reading, today: date) -> list[Finding]:
    """Return everything found, kind by kind, the worst first, and who is to see to it."""
    rules = settings.load(reading, today)
    in_scope = {demand.uscc for demand in pairings.demands(reading, today)}
    found = [
        *_unserved_findings(reading, today),
        *_pairing_findings(reading, today, rules, in_scope),
        *_overdue_findings(reading, today),
        *_next_visit_findings(reading, today),
        *_unmet_findings(reading, today),
        *_promise_findings(reading, today),
        *_scale_findings(reading, today),
        *_same_name_findings(reading),
        *_stale_contact_findings(reading, today, rules),
    ]
    return worst_first(with_places(reading, today, found))


def enterprises_in_scope(reading: Reading, today: date) -> int:
    """Return how many enterprises the check of a day looks at."""
    return len(pairings.demands(reading, today))


def _unserved_findings(reading: Reading, today: date) -> Iterator[Finding]:
    names = dict(cadres.names(reading))
    for row in coverage.unserved_enterprises(reading, today):
        words = say("in scope, but served by no cadre in post")
        days = (today - row.since).days
        yield Finding(FindingKind.UNSERVED, row.uscc, None, row.enterprise, words, days)
        if row.staff_no is not None:
            yield Finding(
                FindingKind.CADRE_LEFT, row.uscc, row.staff_no, row.enterprise,
                say("its cadre {name} is not in post", name=names[row.staff_no]), days,
            )  # fmt: skip


def _pairing_findings(reading: Reading, today: date, rules: Settings, in_scope: Set[str]) -> Iterator[Finding]:
    people = {cadre.staff_no: cadre for cadre in cadres.on_day(reading, today)}
    recusals = cadres.recusals(reading, today)
    loads: Counter[str] = Counter()
    for pair in pairings.active_pairings(reading, today):
        cadre = people[pair.staff_no]
        if pair.uscc not in in_scope or not cadre.is_in_post(today):
            continue
        loads[pair.staff_no] += 1
        reason = recusals.get((pair.staff_no, pair.uscc))
        if reason is not None:
            yield Finding(
                FindingKind.RECUSED_PAIR, pair.uscc, pair.staff_no, pair.enterprise,
                say("{name} is recused: {reason}", name=cadre.name, reason=reason),
            )  # fmt: skip
    for staff_no, load in loads.items():
        cadre = people[staff_no]
        capacity = rules.default_capacity if cadre.capacity is None else cadre.capacity
        if load > capacity:
            yield Finding(
                FindingKind.OVER_CAPACITY, None, staff_no, cadre.name,
                say("serves {load:enterprise|enterprises}, capacity {capacity}", load=load, capacity=capacity),
            )  # fmt: skip


def _overdue_findings(reading: Reading, today: date) -> Iterator[Finding]:
    for row in due_list.due_rows(reading, today, due_list.DueFilter()):
        is_overdue = not row.is_paused and row.due_on < today
        days = (today - row.due_on).days if is_overdue else None
        if is_overdue:
            yield Finding(
                FindingKind.OVERDUE, row.uscc, row.staff_no, row.enterprise,
                say("the visit was due on {due}, {days:day|days} ago", due=row.due_on, days=days), days,
            )  # fmt: skip
        if row.last_visit_on is None:
            words = say("no visit on record, and one is overdue") if is_overdue else say("no visit on record")
            yield Finding(FindingKind.NEVER_VISITED, row.uscc, row.staff_no, row.enterprise, words, days)


def _next_visit_findings(reading: Reading, today: date) -> Iterator[Finding]:
    """Find what stands against a visit that is not overdue yet; on a day of the past, what stood against it then."""
    firms, people = dict(enterprises.names(reading)), dict(cadres.names(reading))
    with past_database.at_the_end_of(reading, today, OUTLOOK) as then:
        visits = [] if then is None else next_visits(then, today)
    for visit in (each for each in visits if each.uscc in firms and each.staff_no in people):
        told: list[tuple[FindingKind, Message]] = []
        name, due_on = people[visit.staff_no], visit.due_on
        if visit.away is not None:
            first, last = visit.away[0], visit.away[1] - timedelta(days=1)
            words = say("due on {due}; {name} is absent from {first} to {last} and no deputy is "
                        "available",
                        due=due_on, name=name, first=first, last=last)  # fmt: skip
            told.append((FindingKind.ABSENT_WITHOUT_DEPUTY, words))
        if not visit.has_free_day:
            words = say("no free working day of {name} from {first} to the due date {due}",
                        name=name, first=visit.window[0], due=due_on)  # fmt: skip
            told.append((FindingKind.NO_FREE_DAY, words))
        if visit.planned_on is not None and visit.planned_on > due_on:
            words = say("planned for {planned}, but due on {due}", planned=visit.planned_on, due=due_on)
            told.append((FindingKind.PLANNED_LATE, words))
        for kind, detail in told:
            yield Finding(kind, visit.uscc, visit.staff_no, firms[visit.uscc], detail)


def _unmet_findings(reading: Reading, today: date) -> Iterator[Finding]:
    """Follow up where the last contact met nobody: it moved no clock, and somebody has to find out why."""
    for contact in coverage.last_contacts_unmet(reading, today):
        yield Finding(
            FindingKind(contact.outcome), contact.uscc, contact.staff_no, contact.enterprise,
            say("{cadre} met nobody on {on}, and nobody has been met since", cadre=contact.cadre, on=contact.done_on),
            (today - contact.done_on).days,
        )  # fmt: skip


def _promise_findings(reading: Reading, today: date) -> Iterator[Finding]:
    for promise in promises.open_promises(reading, today):
        if promise.is_late(today):
            yield Finding(
                FindingKind.PROMISE_OVERDUE, promise.uscc, promise.staff_no, promise.enterprise,
                say("promised by {due}: {words}", due=promise.due_on, words=promise.words),
                (today - promise.due_on).days,
            )  # fmt: skip


def _scale_findings(reading: Reading, today: date) -> Iterator[Finding]:
    for enterprise, basis in enterprises.on_day(reading, today, enrolled=True):
        yield from _findings_of_enterprise(enterprise, basis, today)


def _findings_of_enterprise(
    enterprise: Enterprise, basis: scope_status.ScopeBasis | None, today: date
) -> Iterator[Finding]:
    prediction = scope_status.prediction(enterprise, today)
    missing = scope_status.missing_field(enterprise, today)
    if missing is not None and basis is None:
        words = say(
            "above-scale status unknown: the register does not state it, and it cannot be predicted without: {field}",
            field=missing.label,
        )
        yield Finding(FindingKind.UNDECIDABLE, enterprise.uscc, None, enterprise.name, words)
    if prediction.above and basis != scope_status.ScopeBasis.REGISTER:
        yield Finding(
            FindingKind.PREDICTED_ABOVE_SCALE, enterprise.uscc, None, enterprise.name,
            say("above scale by the thresholds, but not on the register"),
        )  # fmt: skip
    if prediction.above is False and basis == scope_status.ScopeBasis.REGISTER:
        yield Finding(
            FindingKind.BELOW_LINE, enterprise.uscc, None, enterprise.name,
            say("above scale on the register, but below the threshold by its figures"),
        )  # fmt: skip


def _same_name_findings(reading: Reading) -> Iterator[Finding]:
    known = enterprises.names(reading)
    for same in grouped(
        known, lambda each: "".join(unicodedata.normalize("NFKC", each[1]).casefold().split())
    ).values():
        for uscc, name in same if len(same) > 1 else ():
            others = Listed(other for other, _ in same if other != uscc)
            yield Finding(FindingKind.DUPLICATE_NAME, uscc, None, name, say("the same name as {others}", others=others))


def _stale_contact_findings(reading: Reading, today: date, rules: Settings) -> Iterator[Finding]:
    since = today - timedelta(days=rules.stale_contact_days)
    for stale in coverage.stale_contacts(reading, today, since):
        words = say("the contact was last verified on {verified}", verified=stale.verified_on)
        days = (today - stale.verified_on).days
        yield Finding(FindingKind.STALE_CONTACT, stale.uscc, None, stale.enterprise, words, days)
