"""Planned visits as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.schedule.planned_visit import CalledOffPlan, ChangedPlan, PlanRecord
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import coded, enterprise_columns


def plan_sheet(plans: Sequence[PlanRecord]) -> Sheet:
    """Return the planned visits by day."""
    columns = _columns(plans)
    return Sheet("plans", _("Planned visits"), columns, cells(columns, plans), (), _("No visit is planned."))


def called_off_sheet(plans: Sequence[CalledOffPlan]) -> Sheet:
    """Return the planned visits that were called off, the latest first."""
    has_times = any(each.starts_at for each in plans)
    columns = (
        Column("id", _("No."), lambda record: f"P{record.id}"),
        Column("called_off_on", _("Called off on")),
        Column("planned_on", _("Planned")),
        Column("starts_at", _("Agreed time"), table=has_times),
        *enterprise_columns(),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre")),
        Column("confirmed", _("Agreed"), "is_confirmed"),
        Column("cause", _("Cause"), coded("cause")),
        Column("reason", _("Reason"), needs_room=True),
    )
    return Sheet("called_off", _("Plans called off"), columns, cells(columns, plans), (), _("No plan was called off."))


def plan_report(news: ChangedPlan) -> Report:
    """Return a planned visit that was just made, moved, agreed or called off."""
    cancelled = Fact("cancelled", _("Cancelled"), news.is_cancelled, table=news.is_cancelled)
    known = (
        *facts(
            _columns([news.record]), news.record, lambda column, cell: column.key != "starts_at" or cell is not None
        ),
        cancelled,
    )
    return Report(_("Planned visit"), known, (), tuple(map(tell, news.notes)))


def _columns(plans: Sequence[PlanRecord]) -> tuple[Column, ...]:
    has_times = any(each.starts_at for each in plans)
    return (
        Column("id", _("No."), lambda record: f"P{record.id}"),
        Column("planned_on", _("Planned")),
        Column("starts_at", _("Agreed time"), table=has_times),
        *enterprise_columns(),
        Column("staff_no", _("Staff no."), table=False),
        Column("cadre", _("Cadre")),
        Column("due_on", _("Due")),
        Column("confirmed", _("Agreed"), "is_confirmed"),
        Column("provisional", _("Provisional"), "is_provisional"),
    )
