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
from esm.sheets.policies import policy
from esm.sheets.requests import request_list
from esm.sheets.sheet.code_words import stated_term, term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell


def visit_sheet(records: Sequence[VisitRecord], title: str | None = None) -> Sheet:
    """Return a listing of visits."""
    columns = (
        Column("id", _("No.")),
        Column("done_on", _("Date")),
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre")),
        Column("channel", _("Channel")),
        Column("outcome", _("Outcome")),
        Column("counts", _("Counts")),
        Column("minutes", _("Minutes")),
        Column("recorded_on", _("Recorded on"), table=False),
        Column("cancelled_on", _("Cancelled"), table=False),
        Column("cancel_reason", _("Reason"), table=False),
        Column("companions", _("Accompanied by"), table=False),
        Column("met_with", _("Met with"), table=False),
        Column("business", _("Business"), table=False),
        Column("satisfaction", _("Satisfaction"), table=False),
        Column("days_late", _("Entered late by (days)"), table=False),
    )
    return Sheet(
        "visits",
        title or _("Visits"),
        columns,
        [_visit_cells(record) for record in records],
        (),
        _("No visit is on record."),
    )


def recorded_visit_report(recorded: RecordedVisit) -> Report:
    """Return what was just recorded or cancelled, and the due date that follows."""
    due = Fact("due_on", _("Next visit due"), recorded.due_on)
    return Report(_("Visit"), (*_facts(recorded.record), due), (), tuple(tell(note) for note in recorded.notes))


def visit_report(file: VisitDossier, today: date) -> Report:
    """Return all that is known of one visit."""
    due = Fact("due_on", _("Next visit due"), file.due_on)
    return Report(_("Visit"), (*_facts(file.record), due), (promise_sheet(file.promises, today),))


def promise_sheet(promises: Sequence[PromiseRecord], today: date) -> Sheet:
    """Return what was promised, the earliest day first."""
    columns = (
        Column("id", _("No.")), Column("due_on", _("Until")), Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")), Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Promised by")), Column("promised_on", _("Promised on")), Column("words", _("Promise")),
        Column("kept_on", _("Kept on")), Column("late", _("Overdue")), Column("visit_id", _("Visit"), table=False),
    )  # fmt: skip
    rows = [
        (each.id, each.due_on, each.uscc, each.enterprise, each.staff_no, each.cadre, each.promised_on, each.words,
         each.kept_on, each.is_late(today), each.visit_id)
        for each in promises
    ]  # fmt: skip
    return Sheet("promises", _("Promises"), columns, rows, (), _("No promise is open."))


def outside_visit_sheet(records: Sequence[OutsideVisitRecord]) -> Sheet:
    """Return the visits of other departments, newest first."""
    columns = tuple(
        Column(key, label, key not in {"uscc", "recorded_on", "cancel_reason"})
        for key, label in _outside_visit_labels()
    )
    rows = [_outside_visit_cells(each) for each in records]
    return Sheet("outside", _("Visits of other departments"), columns, rows, (), _("No visit is on record."))


def outside_visit_report(news: RecordedOutsideVisit) -> Report:
    """Return a visit of another department that was just recorded or cancelled."""
    facts = tuple(
        Fact(key, label, cell, cell is not None)
        for (key, label), cell in zip(_outside_visit_labels(), _outside_visit_cells(news.record), strict=True)
    )
    return Report(_("Visit of another department"), facts, (), tuple(tell(note) for note in news.notes))


def with_follow_up(report: Report, raised: VisitFollowUp, as_of: date) -> Report:
    """Return the report of a visit with the requests that were opened and the policies that were explained."""
    requests = request_list.request_sheet(RequestList(as_of, raised.requests), _("Requests opened"))
    briefings = replace(policy.standing_sheet(raised.briefed), key="briefings", title=_("Policy briefings"))
    kept = tuple(replace(sheet, table=bool(sheet.rows)) for sheet in (requests, briefings))
    return replace(report, sheets=(*report.sheets, *kept), notes=(*report.notes, *map(tell, raised.notes)))


def _facts(record: VisitRecord) -> tuple[Fact, ...]:
    sheet = visit_sheet([record])
    return tuple(
        Fact(column.key, column.label, cell, column.table or cell not in (None, (), 0), column.data)
        for column, cell in zip(sheet.columns, sheet.rows[0], strict=True)
    )


def _outside_visit_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("id", _("No.")), ("done_on", _("Date")), ("uscc", _("Credit code")), ("enterprise", _("Enterprise")),
        ("department", _("Department")), ("minutes", _("Minutes")), ("recorded_on", _("Recorded on")),
        ("cancelled_on", _("Cancelled")), ("cancel_reason", _("Reason")),
    )  # fmt: skip


def _outside_visit_cells(record: OutsideVisitRecord) -> tuple[Cell, ...]:
    visit = record.visit
    return (
        f"D{record.id}", visit.done_on, visit.uscc, record.enterprise, visit.department, visit.minutes,
        visit.recorded_on, visit.cancelled_on, visit.cancel_reason,
    )  # fmt: skip


def _visit_cells(record: VisitRecord) -> tuple[Cell, ...]:
    visit = record.visit
    return (
        record.id, visit.done_on, visit.uscc, record.enterprise, visit.staff_no, record.cadre,
        term(visit.channel), term(visit.outcome), visit.counts, visit.minutes,
        visit.recorded_on, visit.cancelled_on, visit.cancel_reason, record.companions, visit.met_with,
        stated_term(visit.business), stated_term(visit.satisfaction), visit.days_late,
    )  # fmt: skip
