"""Visits as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.record import Recorded, VisitRecord
from esm.sheets import terms
from esm.sheets.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.wording import tell


def visit_sheet(records: Sequence[VisitRecord], title: str | None = None) -> Sheet:
    """Return a listing of visits."""
    columns = (
        Column("id", _("No.")),
        Column("done_on", _("Day")),
        Column("uscc", _("Code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre")),
        Column("channel", _("Channel")),
        Column("outcome", _("Outcome")),
        Column("counts", _("Counts")),
        Column("minutes", _("Minutes")),
        Column("recorded_on", _("Recorded"), table=False),
        Column("cancelled_on", _("Cancelled"), table=False),
        Column("cancel_reason", _("Reason"), table=False),
    )
    return Sheet(
        "visits", title or _("Visits"), columns, [_row(record) for record in records], (), _("No visit is on record.")
    )


def recorded_report(recorded: Recorded) -> Report:
    """Return what was just recorded or cancelled, and the due date that follows."""
    sheet = visit_sheet([recorded.record])
    facts = tuple(
        Fact(column.key, column.label, cell, column.table or cell is not None, column.data)
        for column, cell in zip(sheet.columns, sheet.rows[0], strict=True)
    )
    due = Fact("due_on", _("Next visit due"), recorded.due_on)
    return Report(_("Visit"), (*facts, due), (), tuple(tell(note) for note in recorded.notes))


def _row(record: VisitRecord) -> tuple[Cell, ...]:
    visit = record.visit
    return (
        record.id, visit.done_on, visit.uscc, record.enterprise, visit.staff_no, record.cadre,
        terms.channel(visit.channel), terms.outcome(visit.outcome), visit.counts, visit.minutes,
        visit.recorded_on, visit.cancelled_on, visit.cancel_reason,
    )  # fmt: skip
