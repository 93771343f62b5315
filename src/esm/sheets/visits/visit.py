"""Visits as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from esm.domain.requests.records import RequestList, VisitFollowUp
from esm.domain.visits.records import (
    OutsideVisitRecord,
    PromiseRecord,
    RecordedOutsideVisit,
    RecordedVisit,
    VisitDossier,
    VisitRecord,
)
from esm.errors import say
from esm.sheets.policies import policy
from esm.sheets.requests import request_list
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import NOTHING, Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import coded, enterprise_columns


def visit_sheet(records: Sequence[VisitRecord], title: str | None = None) -> Sheet:
    """Return a listing of visits."""
    rows = cells(_columns(), records)
    return Sheet("visits", title or _("Visits"), _columns(), rows, (), _("No visit is on record."))


def _columns() -> tuple[Column, ...]:
    return (
        Column("id", _("No.")),
        Column("done_on", _("Date"), "visit.done_on"),
        Column("uscc", _("Credit code"), "visit.uscc", table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no", _("Staff no."), "visit.staff_no", table=False),
        Column("cadre", _("Cadre")),
        Column("channel", _("Channel"), coded("visit.channel")),
        Column("outcome", _("Outcome"), coded("visit.outcome")),
        Column("counts", _("Counts"), "visit.counts"),
        Column("minutes", _("Minutes"), "visit.minutes", needs_room=True),
        Column("recorded_on", _("Recorded on"), "visit.recorded_on", table=False),
        Column("cancelled_on", _("Cancelled"), "visit.cancelled_on", table=False),
        Column("cancel_reason", _("Reason"), "visit.cancel_reason", table=False),
        Column("companions", _("Accompanied by"), table=False),
        Column("met_with", _("Met with"), "visit.met_with", table=False),
        Column("business", _("Business"), coded("visit.business"), table=False),
        Column("satisfaction", _("Satisfaction"), coded("visit.satisfaction"), table=False),
        Column("days_late", _("Entered late by (days)"), "visit.days_late", table=False),
    )


def recorded_visit_report(
    recorded: RecordedVisit, planned_on: date | None, operation: int | None, today: date
) -> Report:
    """Return what was just recorded or cancelled, what became of clock and plan, and how to take it back.

    `planned_on` is the day of the next plan; `operation` its number in the journal, None where nothing is kept.
    """
    facts = (
        Fact("due_on", _("Next visit due"), recorded.due_on),
        Fact("due_before", _("Due before"), recorded.due_before, table=recorded.due_before != recorded.due_on),
        Fact("planned_on", _("Next visit planned"), planned_on, table=planned_on is not None),
        Fact("operation", _("Operation"), operation, table=False),
    )
    promised = promise_sheet(recorded.promises, today)
    back = say("To take it back: `esm undo {operation}`.", operation=str(operation))
    return Report(
        _("Visit"),
        (*_facts(recorded.record), *facts),
        (replace(promised, table=bool(promised.rows)),),
        tuple(map(tell, [*recorded.notes, *([] if operation is None else [back])])),
    )


def visit_report(file: VisitDossier, today: date) -> Report:
    """Return all that is known of one visit."""
    due = Fact("due_on", _("Next visit due"), file.due_on)
    return Report(_("Visit"), (*_facts(file.record), due), (promise_sheet(file.promises, today),))


def promise_sheet(promises: Sequence[PromiseRecord], today: date) -> Sheet:
    """Return what was promised, the earliest day first."""
    columns = (
        Column("id", _("No.")), Column("due_on", _("Until")), *enterprise_columns(),
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Promised by")),
        Column("promised_on", _("Promised on")), Column("words", _("Promise")), Column("kept_on", _("Kept on")),
        Column("late", _("Overdue"), lambda promise: promise.is_late(today)),
        Column("visit_id", _("Visit"), table=False),
    )  # fmt: skip
    rows = cells(columns, promises)
    return Sheet("promises", _("Promises"), columns, rows, (), _("No promise is open."))


def promise_list(promises: Sequence[PromiseRecord], today: date, made: int) -> Sheet:
    """Return the promises that are open, of so many that were made."""
    empty = (
        tell(say("No promise is open: looked at {count:promise|promises}.", count=made))
        if made
        else tell(say("There was nothing to look at: no promise is on record."))
    )
    return replace(promise_sheet(promises, today), empty=empty)


def outside_visit_sheet(records: Sequence[OutsideVisitRecord]) -> Sheet:
    """Return the visits of other departments, newest first."""
    columns = _outside_columns()
    rows = cells(columns, records)
    return Sheet("outside", _("Visits of other departments"), columns, rows, (), _("No visit is on record."))


def outside_visit_report(news: RecordedOutsideVisit) -> Report:
    """Return a visit of another department that was just recorded or cancelled."""
    known = facts(_outside_columns(), news.record, lambda _column, cell: cell is not None)
    return Report(_("Visit of another department"), known, (), tuple(map(tell, news.notes)))


def with_follow_up(report: Report, raised: VisitFollowUp, as_of: date) -> Report:
    """Return the report of a visit with the requests that were opened and the policies that were explained."""
    requests = request_list.request_sheet(RequestList(as_of, raised.requests), _("Requests opened"))
    briefings = replace(policy.standing_sheet(raised.briefed), key="briefings", title=_("Policy briefings"))
    kept = tuple(replace(sheet, table=bool(sheet.rows)) for sheet in (requests, briefings))
    return replace(report, sheets=(*report.sheets, *kept), notes=(*report.notes, *map(tell, raised.notes)))


def _facts(record: VisitRecord) -> tuple[Fact, ...]:
    return facts(_columns(), record, lambda column, cell: column.table or cell not in NOTHING)


def _outside_columns() -> tuple[Column, ...]:
    return (
        Column("id", _("No."), lambda record: f"D{record.id}"),
        Column("done_on", _("Date"), "visit.done_on"),
        Column("uscc", _("Credit code"), "visit.uscc", table=False),
        Column("enterprise", _("Enterprise")),
        Column("department", _("Department"), "visit.department"),
        Column("minutes", _("Minutes"), "visit.minutes"),
        Column("recorded_on", _("Recorded on"), "visit.recorded_on", table=False),
        Column("cancelled_on", _("Cancelled"), "visit.cancelled_on"),
        Column("cancel_reason", _("Reason"), "visit.cancel_reason", table=False),
    )
