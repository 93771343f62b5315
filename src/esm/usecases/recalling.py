"""Recalling what is open with one enterprise: requests, news to bring, policies to explain."""

from __future__ import annotations

from datetime import date

from esm.domain import funnel
from esm.domain.brief import Entry, Section
from esm.domain.handover import Matter
from esm.domain.move import STATE_WORDS
from esm.domain.request_record import RequestRecord
from esm.errors import Message, say
from esm.storage import settings
from esm.storage.database import Reading
from esm.usecases import following, weighing

MOST_POLICIES = 8
OUTCOME_WORDS = {
    "solved": say("solved"),
    "partly_solved": say("partly solved"),
    "explained": say("explained, not allowed"),
    "shelved": say("shelved"),
}


def requests(reading: Reading, uscc: str, today: date) -> Section:
    """Return the open requests of an enterprise, the most urgent first."""
    found = following.records(reading, today, uscc=uscc, open_only=True)
    entries = tuple(
        Entry(record.case.due_on, record.holder, _told(record), record.case.is_late)
        for record in sorted(found, key=lambda record: record.order)
    )
    return Section("requests", say("Open requests"), entries, say("No request is open."))


def news(reading: Reading, uscc: str, today: date) -> Section:
    """Return the requests that were closed and of which the enterprise has not said its word yet."""
    entries = tuple(
        Entry(
            record.case.closed_on,
            record.case.responsible,
            say(
                "Request {id}, “{subject}”: {outcome}. Tell them, then `esm request confirm {id}`.",
                id=record.id, subject=record.case.request.subject,
                outcome=OUTCOME_WORDS[record.case.outcome or "solved"],
            ),
        )
        for record in following.records(reading, today, uscc=uscc)
        if record.case.state == "closed"
    )  # fmt: skip
    return Section("news", say("News to bring"), entries, say("No news to bring."))


def policies(reading: Reading, uscc: str, today: date) -> Section:
    """Return the policies that the enterprise was not told of, or has not applied for, most money first."""
    within = settings.load(reading).policy_expiring_days
    found = funnel.gaps(weighing.of_enterprise(reading, uscc, today), on=today, expiring_days=within)
    entries = tuple(Entry(gap.standing.policy.until_on, None, _gap(gap)) for gap in found[:MOST_POLICIES])
    return Section("policies", say("Policies to explain"), entries, say("Every policy for them is explained."))


def matters(reading: Reading, uscc: str, on: date) -> list[Matter]:
    """Return what a successor takes over: the open requests, and those of which news is to be brought."""
    return [
        Matter("request", f"{record.id} {record.case.request.subject}", record.case.due_on)
        for record in following.records(reading, on, uscc=uscc)
        if record.case.is_open or record.case.state == "closed"
    ]


def _told(record: RequestRecord) -> Message:
    return say(
        "{id} {subject} ({state})",
        id=record.id, subject=record.case.request.subject, state=STATE_WORDS[record.case.state],
    )  # fmt: skip


def _gap(gap: funnel.Gap) -> Message:
    policy = gap.standing.policy
    words = {"code": policy.code, "title": policy.title, "worth": "–" if policy.worth is None else policy.worth}
    if gap.kind == "never_explained":
        return say("{code} {title}: not explained yet; worth {worth} yuan", **words)
    return say("{code} {title}: explained, not applied for; worth {worth} yuan", **words)
