"""Planned visits as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.schedule.planned_visit import ChangedPlan, PlanRecord
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell


def plan_sheet(plans: Sequence[PlanRecord]) -> Sheet:
    """Return the planned visits by day."""
    columns = tuple(Column(key, label, key not in {"uscc", "staff_no"}) for key, label in _plan_labels())
    rows = [_plan_cells(each) for each in plans]
    return Sheet("plans", _("Planned visits"), columns, rows, (), _("No visit is planned."))


def plan_report(news: ChangedPlan) -> Report:
    """Return a planned visit that was just made, moved, agreed or called off."""
    facts = tuple(
        Fact(key, label, cell) for (key, label), cell in zip(_plan_labels(), _plan_cells(news.record), strict=True)
    )
    cancelled = Fact("cancelled", _("Cancelled"), news.is_cancelled, table=news.is_cancelled)
    return Report(_("Planned visit"), (*facts, cancelled), (), tuple(tell(note) for note in news.notes))


def _plan_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("id", _("No.")), ("planned_on", _("Planned")), ("uscc", _("Credit code")), ("enterprise", _("Enterprise")),
        ("staff_no", _("Staff no.")), ("cadre", _("Cadre")), ("due_on", _("Due")), ("confirmed", _("Agreed")),
        ("provisional", _("Provisional")),
    )  # fmt: skip


def _plan_cells(record: PlanRecord) -> tuple[Cell, ...]:
    return (
        f"P{record.id}", record.planned_on, record.uscc, record.enterprise, record.staff_no, record.cadre,
        record.due_on, record.is_confirmed, record.is_provisional,
    )  # fmt: skip
