"""The due list as a sheet."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.schedule.due_list import DueList, DueState, DueVisit
from esm.errors import say
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, enterprise_columns


def due_sheet(due: DueList) -> Sheet:
    """Return the due list; its keys are the contract of `esm due --format json`."""
    columns = (
        *enterprise_columns("row."),
        Column("tier", _("Tier"), "row.tier"),
        Column("subdistrict", _("Subdistrict"), "row.subdistrict"),
        Column("staff_no", _("Staff no."), "row.staff_no", table=False),
        Column("cadre", _("Cadre"), "row.cadre", table=False),
        Column("told_cadre", _("Cadre"), _cadre_or_deputy, data=False),
        Column("department", _("Department"), "row.department", needs_room=True),
        Column("last_visit_on", _("Last visit"), "row.last_visit_on", table=False),
        Column("due_on", _("Due"), "row.due_on"),
        Column("days", _("Days"), days_in_words, data=False),
        Column("days_overdue", _("Days overdue"), table=False),
        Column("state", _("State"), coded("state"), table=False),
        Column("never_visited", _("Never visited"), lambda visit: visit.row.last_visit_on is None, table=False),
        Column("planned_on", _("Planned"), "row.planned_on"),
        Column("starts_at", _("Agreed time"), "row.starts_at", table=any(visit.row.starts_at for visit in due.visits)),
        Column("basis", _("Basis of scope"), coded("row.basis"), table=False),
        Column("promises", _("Promises"), table=any(visit.promises for visit in due.visits)),
        Column("paused_until", _("Paused until"), table=False),
        Column("pause_reason", _("Reason"), table=any(visit.pause_reason for visit in due.visits)),
        Column("deputy_no", _("Deputy's staff no."), "row.deputy_no", table=False),
        Column("deputy", _("Deputy"), "row.deputy", table=False),
    )
    rows = cells(columns, due.visits)
    return Sheet("due", _("Visits due"), columns, rows, (), _nothing_due(due), total=due.total)


def _nothing_due(due: DueList) -> str:
    """Return that nobody is due, of how many enterprises and up to which day."""
    if not due.looked_at or due.until is None:
        return _("There was nothing to look at: none of these is in scope.")
    fine = say(
        "No visit is overdue or due by {day}: looked at {count:enterprise|enterprises}.",
        count=due.looked_at, day=due.until,
    )  # fmt: skip
    return tell(fine)


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
    return _("{days} left").format(days=-visit.days_overdue) if visit.days_overdue else _("due today")
