"""Requests as sheets: the list, the news to bring, and deadlines that move."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _
from operator import attrgetter

from esm.domain.requests import escalation
from esm.domain.requests.class_tree import SHIPPED
from esm.domain.requests.records import NewDeadline, RequestList, RequestRecord
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import word
from esm.sheets.sheet.sheet import Cell, Column, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import coded


def request_sheet(
    requests: RequestList, title: str | None = None, *, is_open_only: bool = False, is_narrowed: bool = False
) -> Sheet:
    """Return the requests; the keys are the contract of `esm request list --format json`.

    `is_open_only`: of the open ones alone; `is_narrowed`: of those of somebody or in a state.
    """
    notes = (*escalation_notes(requests), *provisional_notes(requests))
    rows = cells(columns(), requests.records)
    if is_open_only:
        empty = _("No open request fits what was asked for.") if is_narrowed else _("No request is open.")
    else:
        empty = _("Nothing on record fits what was asked for.") if is_narrowed else _("No request is on record.")
    return Sheet("requests", title or _("Requests"), columns(), rows, notes, empty)


def news_sheet(records: Sequence[RequestRecord]) -> Sheet:
    """Return the closed requests that a cadre tells the enterprises about on the next visit."""
    columns = (
        Column("id", _("No.")),
        Column("uscc", _("Credit code"), "progress.request.uscc", table=False),
        Column("enterprise", _("Enterprise")),
        Column("subject", _("Subject"), "progress.request.subject"),
        Column("outcome", _("Outcome"), coded("progress.outcome")),
        Column("closed_on", _("Closed on"), "progress.closed_on"),
    )
    rows = cells(columns, records)
    return Sheet("news", _("Results to report back"), columns, rows, (), _("No results to report back."))


def deadline_sheet(deadlines: Sequence[NewDeadline]) -> Sheet:
    """Return the deadlines that a list of holidays moves; people see the sheet only when there are any."""
    columns = (
        Column("id", _("No."), "record.id"),
        Column("enterprise", _("Enterprise"), "record.enterprise"),
        Column("subject", _("Subject"), "record.progress.request.subject"),
        Column("department", _("Department"), "record.holder"),
        Column("before", _("Before"), "record.progress.due_on"),
        Column("due_on", _("Now")),
    )
    rows = cells(columns, deadlines)
    return Sheet("deadlines", _("Changed deadlines of requests"), columns, rows, table=bool(rows))


def columns() -> tuple[Column, ...]:
    """Return the columns of the list; each is also a fact of the page of one request."""
    return (
        Column("id", _("No.")),
        Column("received_on", _("Received"), "progress.request.received_on", table=False),
        Column("uscc", _("Credit code"), "progress.request.uscc", table=False),
        Column("enterprise", _("Enterprise")),
        Column("request_class", _("Class"), _class, table=False),
        Column("nature", _("Nature"), coded("progress.request.nature"), table=False),
        Column("subject", _("Subject"), "progress.request.subject"),
        Column("state", _("State"), coded("progress.state")),
        Column("department", _("Department"), "holder"),
        Column("late_support", _("Late supporting departments"), "progress.late_support", table=False),
        Column("due_on", _("Deadline"), _while_open("progress.due_on")),
        Column("told_days", _("Time limit"), _days_left, data=False),
        Column("late", _("Is overdue"), "progress.is_late", table=False),
        Column("days_late", _("Working days late"), _while_open("progress.days_late"), table=False),
        Column("provisional", _("Provisional"), _while_open("progress.is_provisional"), table=False),
        Column("rung", _("Level"), lambda record: rung(record.progress.level)),
        Column("proposed", _("Due for escalation"), lambda one: tuple(map(term, one.proposals)), table=False),
        Column("staff_no", _("Staff no."), "progress.request.staff_no", table=False),
        Column("cadre", _("Cadre"), table=False),
        Column("subdistrict", _("Subdistrict"), table=False),
        Column("extended", _("Extended"), "progress.was_extended", table=False),
        Column("outcome", _("Outcome"), coded("progress.outcome"), table=False),
        Column("closed_on", _("Closed on"), "progress.closed_on", table=False),
        Column("days_waited", _("Days waited"), "progress.days_waited", table=False),
    )


def _class(record: RequestRecord) -> Term:
    return request_class(record.progress.request.request_class, record.class_name)


def _while_open(path: str) -> Callable[[RequestRecord], Cell]:
    """Return what takes a value from an open request; a closed one has none."""
    value = attrgetter(path)
    return lambda record: value(record) if record.progress.is_open else None


def _days_left(record: RequestRecord) -> str | None:
    """Return in words how late an open request is, so that nobody has to read a sign."""
    case = record.progress
    if not case.is_open:
        return None
    if case.is_late:  # a weekend after the deadline is late, without a working day gone by
        return _("{days} late").format(days=case.days_late) if case.days_late else _("just overdue")
    return _("{days} remaining").format(days=-case.days_late) if case.as_of < case.due_on else _("due today")


def escalation_notes(requests: RequestList) -> tuple[str, ...]:
    """Return how many requests are due for escalation, if any are."""
    told = _("Due for escalation: {count}; run `esm request elevate`.")
    return (told.format(count=requests.to_escalate),) if requests.to_escalate else ()


def provisional_notes(requests: RequestList) -> tuple[str, ...]:
    """Return how many deadlines are provisional, if any are."""
    count = sum(record.progress.is_open and record.progress.is_provisional for record in requests.records)
    told = _("Provisional deadlines, in a year whose holidays have not been published: {count}")
    return (told.format(count=count),) if count else ()


def holder(record: RequestRecord) -> Term:
    """Return the department that has it now; the office itself is null for machines."""
    return Term(record.holder, record.holder or _("(the office)"))


def rung(number: int) -> Term | None:
    """Return the word for a rung of the ladder, None for a request that stands on none."""
    return term(escalation.LEVELS[number - 1]) if number else None


def request_class(code: str, name: str | None = None) -> Term:
    """Return a class with its first level before it; `name` is the district's own."""
    if name is not None:
        return Term(code, name)
    top, _dot, sub = code.partition(".")
    names = [word(SHIPPED[level].template) for level in (top, code if sub else "") if level in SHIPPED]
    return Term(code, " / ".join(names) or code)
