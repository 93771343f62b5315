"""What `esm visit log` and `cancel` answer: all that was stored, what became of clock and plan, and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from esm.cli.shell.context import Context
from esm.domain.visits.records import RecordedVisit
from esm.sheets.sheet.sheet import Report
from esm.sheets.visits import visit as visit_sheet
from esm.storage.database.connection import Writing
from esm.usecases.schedule import plan_by_hand, replanning
from esm.usecases.visits.form_recording import RecordedForm


def shown(desk: Context, writing: Writing, recorded: RecordedVisit) -> Report:
    """Return the answer of a visit just recorded or cancelled, after plans have followed it."""
    desk.plan_update = replanning.follow_facts(writing, desk.today)
    planned_on = plan_by_hand.next_plan_on(writing, recorded.record.visit.uscc, desk.today)
    return visit_sheet.recorded_visit_report(recorded, planned_on, _operation(desk, writing), desk.today)


def shown_forms(desk: Context, writing: Writing, done: Sequence[RecordedForm]) -> Report:
    """Return the answer of the visits just recorded from forms, of one alone as if it had been typed."""
    if len(done) == 1:
        (form,) = done
        report = shown(desk, writing, form.visit)
        is_more = form.raised.requests or form.raised.briefed or form.raised.notes
        return visit_sheet.with_follow_up(report, form.raised, desk.today) if is_more else report
    from esm.sheets.visits.recorded_visits import recorded_visits_report  # noqa: PLC0415 - not for one visit

    desk.plan_update = replanning.follow_facts(writing, desk.today)
    plans = [plan_by_hand.next_plan_on(writing, each.visit.record.visit.uscc, desk.today) for each in done]
    return recorded_visits_report(
        [each.visit for each in done], plans, [each.raised for each in done], _operation(desk, writing), desk.today
    )


def _operation(desk: Context, writing: Writing) -> int | None:
    return None if desk.dry_run else writing.operation_id
