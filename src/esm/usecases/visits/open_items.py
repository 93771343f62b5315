"""Recalling what is open with one enterprise: requests, news to bring, policies to explain."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from esm.domain.requests.records import RequestRecord
from esm.domain.requests.states import RequestOutcome, RequestState
from esm.domain.visits.open_items import BriefLine, BriefSection, OpenItem, OpenItemKind
from esm.errors import Message, say
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.visits import visits
from esm.usecases.requests import request_queries

MOST_LATE = 3


def requests_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the open requests of an enterprise, the most urgent first."""
    found = request_queries.records(reading, today, uscc=uscc, open_only=True)
    entries = tuple(
        BriefLine(record.progress.due_on, record.holder, _request_words(record), record.progress.is_late)
        for record in sorted(found, key=lambda record: record.order)
    )
    return BriefSection("requests", say("Open requests"), entries, say("No request is open."))


def news_section(reading: Reading, uscc: str, today: date) -> BriefSection:
    """Return the requests that were closed and of which no visit since can have brought the news."""
    visited_on = _last_met_on(reading, uscc, today)
    entries = tuple(
        BriefLine(
            record.progress.closed_on,
            record.progress.responsible,
            say(
                "Request {id}, “{subject}”: {outcome}. Inform the enterprise, then run `esm request confirm {id}`.",
                **_outcome_words(record),
            ),
        )
        for record in _unconfirmed_requests(reading, uscc, today)
        if not _is_news_delivered(record, visited_on)
    )
    return BriefSection("news", say("Results to report back"), entries, say("No results to report back."))


def questions(reading: Reading, uscc: str, today: date) -> list[Message]:
    """Return what to ask about requests: closed ones that the enterprise has not judged yet, and open overdue ones."""
    visited_on = _last_met_on(reading, uscc, today)
    unconfirmed = _unconfirmed_requests(reading, uscc, today)
    late = [
        each for each in request_queries.records(reading, today, uscc=uscc, open_only=True) if each.progress.is_late
    ]
    return [
        *(_question_on_close(record, visited_on) for record in unconfirmed),
        *(
            say("Request {id}, “{subject}”, was due on {due} and is open. Does the enterprise still need it, and how "
                "urgently?",
                id=record.id, subject=record.progress.request.subject, due=record.progress.due_on)
            for record in sorted(late, key=lambda record: record.order)[:MOST_LATE]
        ),
    ]  # fmt: skip


def _question_on_close(record: RequestRecord, visited_on: date) -> Message:
    if _is_news_delivered(record, visited_on):
        return say(
            "Request {id}, “{subject}”: {outcome}; informed on {on}. Is the enterprise satisfied? "
            "Run `esm request confirm {id}`",
            on=visited_on,
            **_outcome_words(record),
        )
    return say(
        "Request {id}, “{subject}”: {outcome}, and the enterprise has not been informed. Is it satisfied with that?",
        **_outcome_words(record),
    )


def news_messages(reading: Reading, uscc: str, done_on: date) -> tuple[Message, ...]:
    """Return the news that a visit on this day brings, and how to record what the enterprise says to it."""
    return tuple(
        say(
            "Result of request {id}, “{subject}”: {outcome}. What does the enterprise say? Run `esm "
            "request confirm {id} --satisfied`, or --dissatisfied.",
            **_outcome_words(record),
        )
        for record in _unconfirmed_requests(reading, uscc, done_on)
    )


def news_by_cadre(reading: Reading, today: date) -> dict[str, list[RequestRecord]]:
    """Return the closed requests whose news is to be brought, by the cadre who serves the enterprise now."""
    serving = {pair.uscc: pair.staff_no for pair in pairings.active_pairings(reading, today)}
    found: dict[str, list[RequestRecord]] = defaultdict(list)
    for record in _unconfirmed_requests(reading, None, today):
        uscc = record.progress.request.uscc
        if uscc in serving and not _is_news_delivered(record, _last_met_on(reading, uscc, today)):
            found[serving[uscc]].append(record)
    return found


def _unconfirmed_requests(reading: Reading, uscc: str | None, today: date) -> list[RequestRecord]:
    """Return the requests that are closed and of which the enterprise, or any, has not said its word yet."""
    found = request_queries.records(reading, today, uscc=uscc)
    return [record for record in found if record.progress.state == RequestState.CLOSED]


def _last_met_on(reading: Reading, uscc: str, today: date) -> date:
    """Return the day of the last visit on which somebody was met, long ago when there was none."""
    met = [each.visit.done_on for each in visits.find_visits(reading, uscc=uscc, until=today) if each.visit.counts]
    return max(met, default=date.min)


def _is_news_delivered(record: RequestRecord, visited_on: date) -> bool:
    """Return whether a visit came after the close; one on the same day may have been before it."""
    return record.progress.closed_on is not None and record.progress.closed_on < visited_on


def _outcome_words(record: RequestRecord) -> dict[str, object]:
    return {
        "id": record.id,
        "subject": record.progress.request.subject,
        "outcome": (record.progress.outcome or RequestOutcome.SOLVED).label,
    }


def open_items(reading: Reading, uscc: str, on: date) -> list[OpenItem]:
    """Return what a successor takes over: the open requests, and those of which news is to be brought."""
    return [
        OpenItem(OpenItemKind.REQUEST, f"{record.id} {record.progress.request.subject}", record.progress.due_on)
        if record.progress.is_open
        else OpenItem(
            OpenItemKind.REQUEST,
            say("{id} {subject} ({outcome}): inform the enterprise, ask for feedback", **_outcome_words(record)),
        )
        for record in request_queries.records(reading, on, uscc=uscc)
        if record.progress.is_open or record.progress.state == RequestState.CLOSED
    ]


def _request_words(record: RequestRecord) -> Message:
    return say(
        "{id} {subject} ({state})",
        id=record.id,
        subject=record.progress.request.subject,
        state=record.progress.state.label,
    )
