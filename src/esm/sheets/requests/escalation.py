"""Stuck requests and those that were escalated, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.requests.records import EscalationList, RequestList, RequestRecord
from esm.domain.requests.states import EscalationReason, Transition
from esm.sheets.requests import terms as request_terms
from esm.sheets.requests.request_list import _escalation_notes, _holder, _provisional_notes
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term


def stuck_report(requests: RequestList) -> Report:
    """Return the list of stuck requests that a district leader signs."""
    columns = (
        Column("id", _("No.")), Column("enterprise", _("Enterprise")), Column("subject", _("Subject")),
        Column("received_on", _("Received")), Column("days_waited", _("Days waited")), Column("rung", _("Level")),
        Column("reasons", _("Reason")), Column("handled_by", _("Handled by")), Column("department",
            _("Currently with")),
        Column("days_late", _("Working days late")), Column("instruction", _("Instruction and signature")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            record.id, record.enterprise, record.progress.request.subject, record.progress.request.received_on,
            record.progress.days_waited, request_terms.rung(record.progress.level), _reasons(record),
            _handlers(record.progress.transitions), _holder(record), max(0, record.progress.days_late), None,
        )
        for record in sorted(requests.records, key=_highest_first)
    ]  # fmt: skip
    facts = (Fact("as_of", _("As of"), requests.as_of), Fact("stuck", _("Blocked requests"), len(rows)))
    sheet = Sheet("requests", _("Blocked requests"), columns, rows, (), _("No request is blocked."))
    notes = (*_escalation_notes(requests), *_provisional_notes(requests), _("Signed: ……………  Date: ……………"))
    return Report(_("List of blocked requests"), facts, (sheet,), notes)


def elevation_report(elevations: EscalationList) -> Report:
    """Return which requests were elevated, to which rung and why."""
    columns = (
        Column("id", _("No.")), Column("enterprise", _("Enterprise")), Column("subject", _("Subject")),
        Column("rung", _("Level")), Column("reasons", _("Reason")), Column("department", _("Currently with")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            record.id,
            record.enterprise,
            record.progress.request.subject,
            request_terms.rung(record.progress.level),
            _reasons(record),
            _holder(record),
        )
        for record in elevations.records
    ]
    facts = (Fact("as_of", _("As of"), elevations.as_of), Fact("elevated", _("Escalated"), len(rows)))
    sheet = Sheet("requests", _("Escalated requests"), columns, rows, (), _("No request is due for escalation."))
    return Report(_("Escalated requests"), facts, (sheet,))


def _highest_first(record: RequestRecord) -> tuple[int, int, int]:
    return -record.progress.level, -record.progress.days_waited, record.id


def _reasons(record: RequestRecord) -> tuple[Term, ...]:
    """Return why it was elevated, each reason once; what was noted of one tells people more than its code."""
    lifts = [transition for transition in record.progress.transitions if transition.kind == "elevate"]
    said = [(transition.reason or EscalationReason.BY_HAND, transition.note) for transition in lifts]
    return tuple(Term(code, note or term(code).label) for code, note in dict.fromkeys(said))


def _handlers(transitions: Sequence[Transition]) -> tuple[str, ...]:
    """Return who had the request, in order: each department with the days on which it got it."""
    return tuple(
        f"{transition.department} {transition.done_on}" for transition in transitions if transition.kind == "dispatch"
    )
