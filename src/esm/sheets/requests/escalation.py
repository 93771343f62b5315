"""Stuck requests and those that were escalated, as sheets."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.requests.records import EscalationList, RequestList, RequestRecord
from esm.domain.requests.states import EscalationReason
from esm.errors import say
from esm.sheets.requests.request_list import escalation_notes, holder, provisional_notes, rung
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import sentences, tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, Term, cells


def stuck_report(requests: RequestList) -> Report:
    """Return the list of stuck requests that a district leader signs."""
    columns = (
        *_request_columns(),
        Column("received_on", _("Received"), "progress.request.received_on"),
        Column("days_waited", _("Days waited"), "progress.days_waited"),
        Column("rung", _("Level"), _level),
        Column("reasons", _("Reason"), _reasons),
        Column("handled_by", _("Handled by"), _handlers),
        Column("department", _("Currently with"), holder),
        Column("days_late", _("Working days late"), lambda record: max(0, record.progress.days_late)),
        Column("instruction", _("Instruction and signature"), lambda _record: None, by_hand=True),
    )
    rows = cells(columns, sorted(requests.records, key=_highest_first))
    facts = (Fact("as_of", _("As of"), requests.as_of), Fact("stuck", _("Blocked requests"), len(rows)))
    sheet = Sheet("requests", _("Blocked requests"), columns, rows, (), _nothing(requests, _("No request is blocked.")))
    notes = (*escalation_notes(requests), *provisional_notes(requests), _("Signed: ……………  Date: ……………"))
    return Report(_("List of blocked requests"), facts, (sheet,), notes)


def elevation_report(elevations: EscalationList) -> Report:
    """Return which requests were elevated, to which rung and why."""
    columns = (
        *_request_columns(),
        Column("rung", _("Level"), _level),
        Column("reasons", _("Reason"), _reasons),
        Column("department", _("Currently with"), holder),
    )
    rows = cells(columns, elevations.records)
    facts = (Fact("as_of", _("As of"), elevations.as_of), Fact("elevated", _("Escalated"), len(rows)))
    sheet = Sheet(
        "requests",
        _("Escalated requests"),
        columns,
        rows,
        (),
        _nothing(elevations, _("No request is due for escalation.")),
    )
    return Report(_("Escalated requests"), facts, (sheet,))


def _nothing(requests: RequestList | EscalationList, fine: str) -> str:
    """Return that there is none, of how many open requests."""
    if not requests.looked_at:
        return _("There was nothing to look at: no request is open.")
    return sentences((fine, tell(say("Looked at: {count:open request|open requests}.", count=requests.looked_at))))


def _request_columns() -> tuple[Column, ...]:
    return (
        Column("id", _("No.")),
        Column("enterprise", _("Enterprise")),
        Column("subject", _("Subject"), "progress.request.subject"),
    )


def _level(record: RequestRecord) -> Term | None:
    return rung(record.progress.level)


def _highest_first(record: RequestRecord) -> tuple[int, int, int]:
    return -record.progress.level, -record.progress.days_waited, record.id


def _reasons(record: RequestRecord) -> tuple[Term, ...]:
    """Return why it was elevated, each reason once; what was noted of one tells people more than its code."""
    lifts = [transition for transition in record.progress.transitions if transition.kind == "elevate"]
    said = [(transition.reason or EscalationReason.BY_HAND, transition.note) for transition in lifts]
    return tuple(Term(code, note or term(code).label) for code, note in dict.fromkeys(said))


def _handlers(record: RequestRecord) -> tuple[str, ...]:
    """Return who had the request, in order: each department with the days on which it got it."""
    return tuple(f"{one.department} {one.done_on}" for one in record.progress.transitions if one.kind == "dispatch")
