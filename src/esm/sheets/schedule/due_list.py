"""The due list as a sheet."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.schedule.due_list import DueList, DueState, DueVisit
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Sheet


def due_sheet(due: DueList) -> Sheet:
    """Return the due list; its keys are the contract of `esm due --format json`."""
    columns = (
        Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")),
        Column("tier", _("Tier")),
        Column("subdistrict", _("Subdistrict")),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), data=False),
        Column("last_visit_on", _("Last visit"), table=False),
        Column("due_on", _("Due")),
        Column("days", _("Days"), data=False),
        Column("days_overdue", _("Days overdue"), table=False),
        Column("state", _("State"), table=False),
        Column("never_visited", _("Never visited"), table=False),
        Column("planned_on", _("Planned")),
        Column("basis", _("Basis of scope"), table=False),
        Column("promises", _("Promises"), table=any(visit.promises for visit in due.visits)),
        Column("paused_until", _("Paused until"), table=False),
        Column("pause_reason", _("Reason"), table=any(visit.pause_reason for visit in due.visits)),
        Column("deputy_no", _("Deputy's staff no."), table=False),
        Column("deputy", _("Deputy"), table=False),
    )
    return Sheet(
        "due",
        _("Visits due"),
        columns,
        [_due_cells(visit) for visit in due.visits],
        (),
        _("No visit is overdue or due soon."),
        total=due.total,
    )


def _due_cells(visit: DueVisit) -> tuple[Cell, ...]:
    row = visit.row
    return (
        row.uscc, row.enterprise, row.tier, row.subdistrict, row.staff_no,
        row.cadre, _cadre_or_deputy(visit),
        row.last_visit_on, row.due_on, days_in_words(visit), visit.days_overdue, term(visit.state),
        row.last_visit_on is None, row.planned_on, term(row.basis), visit.promises, visit.paused_until,
        visit.pause_reason, row.deputy_no, row.deputy,
    )  # fmt: skip


def _cadre_or_deputy(visit: DueVisit) -> str:
    row = visit.row
    if row.cadre is None:
        return _("(unserved)")
    return row.cadre if row.deputy is None else _("{deputy} (for {cadre})").format(deputy=row.deputy, cadre=row.cadre)


def days_in_words(visit: DueVisit) -> str:
    """Return the days in words, so that nobody has to read a sign."""
    if visit.state == DueState.PAUSED:
        if visit.paused_until is None:
            return _("paused")
        return _("paused until {day}").format(day=visit.paused_until)
    if visit.days_overdue > 0:
        return _("{days} overdue").format(days=visit.days_overdue)
    return _("{days} left").format(days=-visit.days_overdue)
