"""Resolving requests: opening them, and every transition until the enterprise has confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esm.domain.requests import progress, transition_rules
from esm.domain.requests.records import EscalationList, RequestUpdate
from esm.domain.requests.states import (
    LONGEST_SUBJECT,
    Nature,
    NewRequest,
    Request,
    Transition,
    TransitionKind,
    promised_days,
)
from esm.domain.values import raw_text
from esm.errors import Listed, Message, RuleRefused, UsageRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.storage.requests import requests
from esm.storage.requests import transitions as request_transitions
from esm.usecases.register import lookup
from esm.usecases.requests import classes, request_queries


def open_request(
    writing: Writing,
    enterprise: str,
    opening: NewRequest,
    *,
    today: date,
    first: Transition | None = None,
    new_department: bool = False,
) -> RequestUpdate:
    """Open a request, alone or from a visit, whose enterprise, day and cadre it then takes.

    `first`, a dispatch, accepts and dispatches it in the same breath. A request received in the future, an
    unknown class, an empty subject and the same request twice are refused.
    """
    uscc, received_on, staff_no = _origin(writing, enterprise, opening, today)
    code = classes.class_of(writing, opening.request_class)
    subject = _storable_subject(opening.subject)
    if subject is None:
        raise UsageRefused(say("A request requires a subject."), say("State in one sentence what is requested."))
    _require_new(writing, uscc, received_on, subject, today)
    request = Request(
        uscc=uscc, received_on=received_on, request_class=code, nature=opening.nature, subject=subject,
        staff_no=staff_no, **promised_days(settings.load(writing, today), hard=opening.hard),
    )  # fmt: skip
    request_id = requests.add(
        writing, request, enterprise_id=enterprises.load(writing, [uscc])[uscc].id,
        cadre_id=None if staff_no is None else cadres.load(writing, [staff_no])[staff_no].id,
        visit_id=opening.visit_id,
    )  # fmt: skip
    if first is None:
        return RequestUpdate(request_queries.record(writing, request_id, today))
    accepted = Transition(kind=TransitionKind.ACCEPT, done_on=first.done_on)
    return advance(writing, request_id, [accepted, first], today=today, new_department=new_department)


def advance(
    writing: Writing, request_id: int, planned: Sequence[Transition], *, today: date, new_department: bool = False
) -> RequestUpdate:
    """Make transitions of one request, each by the state table and its rules; refused, nothing is changed.

    Departments must be known, unless `new_department` lets new ones in.
    """
    current, who, notes = request_queries.latest_progress(writing, request_id, today), requests.actor(writing), []
    made: list[Transition] = []
    for transition in planned:
        named = _with_known_departments(writing, transition, current, is_new=new_department)
        transition_rules.require_allowed(current, named, today)
        made.append(progress.with_deadline(current, replace(named, who=who)))
        current = progress.with_transition(current, made[-1])
        notes += _notes(writing, current, made[-1])
    request_transitions.add(writing, [(request_id, transition) for transition in made])
    return RequestUpdate(request_queries.record(writing, request_id, today), tuple(notes), tuple(made))


def accept(
    writing: Writing, request_id: int, *, done_on: date, today: date, hard: bool = False, note: str | None = None
) -> RequestUpdate:
    """Accept a request; a hard case gets the longer deadline that is set now."""
    days = promised_days(settings.load(writing, today), hard=True)["close_days"] if hard else None
    transition = Transition(kind=TransitionKind.ACCEPT, done_on=done_on, days=days, note=note)
    return advance(writing, request_id, [transition], today=today)


def escalate(writing: Writing, *, today: date) -> EscalationList:
    """Escalate every request that the rules escalate, each with its reason.

    Those that were moved after `today`, a day of the past, are left alone.
    """
    who, moved = requests.actor(writing), request_transitions.requests_with_later(writing, today)
    opened = request_queries.records(writing, today, open_only=True)
    escalated = [record for record in opened if record.proposals and record.id not in moved]
    request_transitions.add(
        writing,
        [
            (record.id, Transition(kind=TransitionKind.ELEVATE, done_on=today, who=who, reason=reason))
            for record in escalated
            for reason in record.proposals
        ],
    )
    now = tuple(request_queries.record(writing, record.id, today) for record in escalated)
    return EscalationList(today, now, len(opened))


def correct(
    writing: Writing,
    request_id: int,
    *,
    today: date,
    request_class: str | None = None,
    nature: Nature | None = None,
    subject: str | None = None,
) -> RequestUpdate:
    """Correct what a request says; its transitions and its deadlines stay."""
    request_queries.record(writing, request_id, today)
    values = {
        "request_class": None if request_class is None else classes.class_of(writing, request_class),
        "nature": nature,
        "subject": _storable_subject(subject),
    }
    requests.correct_request(writing, request_id, {name: value for name, value in values.items() if value is not None})
    return RequestUpdate(request_queries.record(writing, request_id, today))


def _origin(writing: Writing, enterprise: str, opening: NewRequest, today: date) -> tuple[str, date, str | None]:
    """Return code, day and staff number: those of the visit if there is one, for the request is part of it."""
    uscc = lookup.enterprise(writing, enterprise)
    if opening.visit_id is None:
        received_on = opening.received_on or today
        if opening.cadre is not None:
            return uscc, received_on, lookup.cadre(writing, opening.cadre)
        return uscc, received_on, pairings.server_on(writing, uscc, received_on)
    visited = lookup.visit(writing, opening.visit_id, uscc).visit
    return uscc, visited.done_on, visited.staff_no


def _require_new(writing: Writing, uscc: str, received_on: date, subject: str, today: date) -> None:
    """Refuse a request of a day that cannot be meant, and one that was opened already."""
    if received_on > today:
        raise RuleRefused(say("The date of receipt {on} is in the future.", on=received_on), say("Check the date."))
    if today - received_on > transition_rules.LONGEST_SPAN:
        raise RuleRefused(
            say("The date of receipt {on} is more than a year ago.", on=received_on),
            say("Check the year; requests settled long ago are imported with `esm import`."),
        )
    for known in requests.load(writing, received_on, uscc=uscc):
        if (known.request.received_on, known.request.subject) == (received_on, subject):
            raise RuleRefused(
                say("Request {id} of {on} has the same subject.", id=known.id, on=received_on),
                say("See `esm request show {id}`; if it is a different matter, word it differently.", id=known.id),
            )


def _with_known_departments(
    writing: Writing, transition: Transition, current: progress.RequestProgress, *, is_new: bool
) -> Transition:
    """Return the transition with plain words and known departments; an answer comes from the department that has it."""
    transition = replace(transition, note=_storable_text(transition.note), basis=_storable_text(transition.basis))
    if transition.kind == "answer":
        return _answer_by_department(writing, transition, current)
    if transition.department is None:
        return transition
    supporting = tuple(
        dict.fromkeys(lookup.handling_department(writing, name, is_new=is_new) for name in transition.supporting)
    )
    return replace(
        transition,
        department=lookup.handling_department(writing, transition.department, is_new=is_new),
        supporting=supporting,
    )


def _storable_subject(words: str | None) -> str | None:
    """Return what is asked for as it is stored, None when nothing is said; a whole page of it is refused."""
    found = _storable_text(words)
    if found is not None and len(found) > LONGEST_SUBJECT:
        raise UsageRefused(
            say("The subject has {count} characters; the maximum is {most}.", count=len(found), most=LONGEST_SUBJECT),
            say("State in one sentence what the enterprise requests, and the rest in the minutes of a visit."),
        )
    return found


def _storable_text(words: str | None) -> str | None:
    """Return words that can be stored, without the blanks around them; None for blank ones."""
    found = raw_text.text(words)
    if isinstance(found, Message):
        raise UsageRefused(say("“{word}” is not accepted ({reason}).", word=words, reason=found))
    return found


def _answer_by_department(writing: Writing, transition: Transition, current: progress.RequestProgress) -> Transition:
    if transition.department is None:
        return replace(transition, department=current.department)
    name = lookup.handling_department(writing, transition.department)
    kind = TransitionKind.SUPPORT if name in current.supporting else TransitionKind.ANSWER
    return replace(transition, department=name, kind=kind)


def _notes(writing: Writing, current: progress.RequestProgress, transition: Transition) -> list[Message]:
    notes = _close_notes(writing, current) if transition.kind == "close" else []
    if transition.kind == "confirm" and not transition.is_satisfied:
        notes.append(say("The enterprise is not satisfied: reopen the request with `esm request reopen` and --reason."))
    if transition.kind == "extend":
        notes.append(say("The figures use the deadline without the extension, {by}.", by=current.close_by))
    if transition.kind == "extend" and transition.until_on != current.due_on:
        notes.append(say("{until} is a day off: the deadline is {due}.", until=transition.until_on, due=current.due_on))
    if current.is_open and current.is_provisional:
        due = current.due_on
        notes.append(say("The deadline {due} is provisional: that year's holidays have not been published.", due=due))
    return notes


def _close_notes(reading: Reading, current: progress.RequestProgress) -> list[Message]:
    notes = [_news_note(reading, current)]
    if current.was_late:
        by = current.close_by
        notes.append(say("Closed after {by}, the deadline without an extension: the figures count it as late.", by=by))
    if current.unsupported:
        notes.append(say("No answer yet from: {departments}.", departments=Listed(current.unsupported)))
    return notes


def _news_note(reading: Reading, current: progress.RequestProgress) -> Message:
    """Return who brings the enterprise the news."""
    uscc = current.request.uscc
    staff_no = pairings.server_on(reading, uscc, current.as_of)
    name = enterprises.load(reading, [uscc])[uscc].enterprise.name
    if staff_no is None:
        return say("Inform {name} of the outcome by phone: no cadre serves it now.", name=name)
    cadre = cadres.load(reading, [staff_no])[staff_no].cadre.name
    return say(
        "{cadre} informs {name} on the next visit and records the feedback with `esm request confirm`.",
        cadre=cadre,
        name=name,
    )
