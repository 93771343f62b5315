"""What `esm visit log` and `cancel` answer: all that was stored, what became of clock and plan, and the way back."""

from __future__ import annotations

from esm.cli.shell.context import Context
from esm.domain.visits.records import RecordedVisit
from esm.sheets.sheet.sheet import Report
from esm.sheets.visits import visit as visit_sheet
from esm.storage.database.connection import Writing
from esm.usecases.schedule import plan_by_hand, replanning


def shown(desk: Context, writing: Writing, recorded: RecordedVisit) -> Report:
    """Return the answer of a visit just recorded or cancelled, after plans have followed it."""
    desk.plan_update = replanning.follow_facts(writing, desk.today)
    planned_on = plan_by_hand.next_plan_on(writing, recorded.record.visit.uscc, desk.today)
    operation = None if desk.dry_run else writing.operation_id
    return visit_sheet.recorded_visit_report(recorded, planned_on, operation, desk.today)
