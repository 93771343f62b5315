"""Requests as sheets: the list, the news to bring, and deadlines that move."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.requests.records import NewDeadline, RequestList, RequestRecord
from esm.sheets.requests import terms as request_terms
from esm.sheets.sheet.code_words import stated_term, term
from esm.sheets.sheet.sheet import Cell, Column, Sheet, Term


def request_sheet(requests: RequestList, title: str | None = None) -> Sheet:
    """Return the requests; the keys are the contract of `esm request list --format json`."""
    return Sheet(
        "requests", title or _("Requests"), columns(), [row(record) for record in requests.records],
        (*_escalation_notes(requests), *_provisional_notes(requests)), _("There are no requests."),
    )  # fmt: skip


def news_sheet(records: Sequence[RequestRecord]) -> Sheet:
    """Return the closed requests that a cadre tells the enterprises about on the next visit."""
    columns = (
        Column("id", _("No.")), Column("uscc", _("Credit code"), table=False), Column("enterprise", _("Enterprise")),
        Column("subject", _("Subject")), Column("outcome", _("Outcome")), Column("closed_on", _("Closed on")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            record.id, record.progress.request.uscc, record.enterprise, record.progress.request.subject,
            stated_term(record.progress.outcome), record.progress.closed_on,
        )
        for record in records
    ]  # fmt: skip
    return Sheet("news", _("Results to report back"), columns, rows, (), _("No results to report back."))


def deadline_sheet(deadlines: Sequence[NewDeadline]) -> Sheet:
    """Return the deadlines that a list of holidays moves; people see the sheet only when there are any."""
    columns = (
        Column("id", _("No.")), Column("enterprise", _("Enterprise")), Column("subject", _("Subject")),
        Column("department", _("Department")), Column("before", _("Before")), Column("due_on", _("Now")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (
            each.record.id, each.record.enterprise, each.record.progress.request.subject, each.record.holder,
            each.record.progress.due_on, each.due_on,
        )
        for each in deadlines
    ]  # fmt: skip
    return Sheet("deadlines", _("Changed deadlines of requests"), columns, rows, table=bool(rows))


def columns() -> tuple[Column, ...]:
    """Return the columns of the list; each is also a fact of the page of one request."""
    return (
        Column("id", _("No.")), Column("received_on", _("Received"), table=False),
        Column("uscc", _("Credit code"), table=False), Column("enterprise", _("Enterprise")),
        Column("request_class", _("Class"), table=False), Column("nature", _("Nature"), table=False),
        Column("subject", _("Subject")), Column("state", _("State")), Column("department", _("Department")),
        Column("late_support", _("Late supporting departments"), table=False),
        Column("due_on", _("Deadline")), Column("told_days", _("Working days"), data=False),
        Column("late", _("Is overdue"), table=False), Column("days_late", _("Working days late"), table=False),
        Column("provisional", _("Provisional"), table=False), Column("rung", _("Level")),
        Column("proposed", _("Due for escalation"), table=False), Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False), Column("subdistrict", _("Subdistrict"), table=False),
        Column("extended", _("Extended"), table=False), Column("outcome", _("Outcome"), table=False),
        Column("closed_on", _("Closed on"), table=False), Column("days_waited", _("Days waited"), table=False),
    )  # fmt: skip


def row(record: RequestRecord) -> tuple[Cell, ...]:
    """Return what the columns hold for one request."""
    case = record.progress
    request = case.request
    return (
        record.id, request.received_on, request.uscc, record.enterprise,
        request_terms.request_class(request.request_class, record.class_name), term(request.nature),
        request.subject, term(case.state), record.holder, case.late_support,
        case.due_on if case.is_open else None,
        _days_left(record), case.is_late, case.days_late if case.is_open else None,
        case.is_provisional if case.is_open else None, request_terms.rung(case.level), _proposed_reasons(record),
        request.staff_no, record.cadre, record.subdistrict, case.was_extended,
        stated_term(case.outcome), case.closed_on, case.days_waited,
    )  # fmt: skip


def _days_left(record: RequestRecord) -> str | None:
    """Return in words how late an open request is, so that nobody has to read a sign."""
    case = record.progress
    if not case.is_open:
        return None
    if case.is_late:  # a weekend after the deadline is late, without a working day gone by
        return _("{days} late").format(days=case.days_late) if case.days_late else _("just overdue")
    return _("{days} remaining").format(days=-case.days_late) if case.as_of < case.due_on else _("due today")


def _escalation_notes(requests: RequestList) -> tuple[str, ...]:
    told = _("Due for escalation: {count}; run `esm request elevate`.")
    return (told.format(count=requests.to_escalate),) if requests.to_escalate else ()


def _provisional_notes(requests: RequestList) -> tuple[str, ...]:
    count = sum(record.progress.is_open and record.progress.is_provisional for record in requests.records)
    told = _("Provisional deadlines, in a year whose holidays have not been published: {count}")
    return (told.format(count=count),) if count else ()


def _proposed_reasons(record: RequestRecord) -> tuple[Term, ...]:
    return tuple(map(term, record.proposals))


def _holder(record: RequestRecord) -> Term:
    """Return the department that has it now; the office itself is null for machines."""
    return Term(record.holder, record.holder or _("(the office)"))
