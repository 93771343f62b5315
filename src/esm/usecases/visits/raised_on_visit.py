"""What a visit brings besides itself: requests that were raised on it, policies that were explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from esm.domain.requests.records import VisitFollowUp
from esm.domain.requests.states import NewRequest
from esm.domain.visits.records import VisitRecord
from esm.errors import RuleRefused, UsageRefused, say
from esm.storage.database.connection import Writing
from esm.usecases.policies import progress
from esm.usecases.requests import transitions


def requests_with_classes(subjects: Sequence[str], classes: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the requests that the options of one command line mean, with their classes: one each, or one for all."""
    if not subjects and not classes:
        return ()
    if len(classes) not in (len(subjects), 1) or len(subjects) < len(classes):
        raise UsageRefused(
            say("Requests: {subjects}, classes: {classes}.", subjects=len(subjects), classes=len(classes)),
            say("Give a --class for each --request, in the same order, or one for all."),
        )
    given = classes if len(classes) == len(subjects) else [classes[0]] * len(subjects)
    return tuple(zip(subjects, given, strict=True))


def record_follow_up(
    writing: Writing, visit: VisitRecord, requests: Sequence[tuple[str, str]], policies: Sequence[str], *, today: date
) -> VisitFollowUp:
    """Open the requests and record the briefings of a visit, in its transaction; nobody met is nobody told."""
    if visit.visit.outcome != "met" and (requests or policies):
        raise RuleRefused(
            say("Nobody was met on that visit: there can be no requests or policy briefings."),
            say("Omit requests and policies, or correct the outcome."),
        )
    uscc = visit.visit.uscc
    opened = [
        transitions.open_request(
            writing, uscc, NewRequest(subject=subject, request_class=words, visit_id=visit.id), today=today
        ).record
        for subject, words in requests
    ]
    told = [
        progress.record_briefing(writing, policy, [uscc], done_on=visit.visit.done_on, today=today, visit_id=visit.id)
        for policy in policies
    ]
    return VisitFollowUp(
        tuple(opened),
        tuple(standing for briefing in told for standing in briefing.standings),
        tuple(note for briefing in told for note in briefing.notes),
    )
