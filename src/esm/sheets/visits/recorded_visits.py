"""Several visits that were just recorded together, each with all that was stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _

from esm.domain.requests.records import VisitFollowUp
from esm.domain.visits.records import RecordedVisit
from esm.errors import say
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Fact, Report
from esm.sheets.sheet.usual_columns import facts_for_machines, facts_for_people
from esm.sheets.visits.visit import promise_sheet, recorded_visit_report, with_follow_up


def recorded_visits_report(
    visits: Sequence[RecordedVisit],
    plans: Sequence[date | None],
    raised: Sequence[VisitFollowUp],
    operation: int | None,
    today: date,
) -> Report:
    """Return the visits in their order, what became of clocks and plans, what they brought, and the way back."""
    pages = [
        recorded_visit_report(visit, planned_on, operation, today)
        for visit, planned_on in zip(visits, plans, strict=True)
    ]
    names = [visit.record.enterprise for visit in visits]
    notes = [
        tell(say("{enterprise}: {note}", enterprise=name, note=note))
        for name, visit in zip(names, visits, strict=True)
        for note in visit.notes
    ]
    back = say("To take it back: `esm undo {operation}`.", operation=str(operation))
    promised = promise_sheet([promise for visit in visits for promise in visit.promises], today)
    report = Report(
        _("Visits recorded"),
        (
            Fact("recorded", _("Visits recorded"), len(visits)),
            Fact("operation", _("Operation"), operation, table=False),
        ),
        (
            *(facts_for_people(name, page.facts) for name, page in zip(names, pages, strict=True)),
            facts_for_machines("visits", _("Visits"), [page.facts for page in pages]),
            replace(promised, table=bool(promised.rows)),
        ),
        (*notes, *([] if operation is None else [tell(back)])),
    )
    together = VisitFollowUp(
        tuple(request for each in raised for request in each.requests),
        tuple(standing for each in raised for standing in each.briefed),
        tuple(note for each in raised for note in each.notes),
    )
    return with_follow_up(report, together, today)
