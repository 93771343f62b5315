"""The reminder of one cadre as a report."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from esm.domain.schedule.digest import Digest
from esm.domain.schedule.due_list import DueList
from esm.sheets.requests.request_list import news_sheet
from esm.sheets.schedule.due_list import due_sheet
from esm.sheets.schedule.planned_visit import plan_sheet
from esm.sheets.sheet.message_translation import day_text
from esm.sheets.sheet.sheet import Fact, Report
from esm.sheets.visits.visit import promise_sheet


def digest_report(digest: Digest) -> Report:
    """Return what the cadre is reminded of."""
    due = due_sheet(DueList(digest.visits, len(digest.visits), has_overdue=False))
    due = replace(due, empty=_("No visit is overdue or due soon."))
    stands_in = any(visit.row.deputy_no is not None for visit in digest.visits)
    shown = [column if column.key != "told_cadre" else replace(column, table=stands_in) for column in due.columns]
    facts = (
        Fact("cadre", _("Cadre"), f"{digest.cadre.name} {digest.cadre.staff_no}"),
        Fact("as_of", _("As of"), digest.as_of),
        Fact("overdue", _("Overdue"), len(digest.overdue)),
    )
    sheets = (
        replace(due, columns=tuple(shown)),
        plan_sheet(digest.plans),
        promise_sheet(digest.promises, digest.as_of),
        news_sheet(digest.news),
    )
    return Report(digest_title(digest), facts, sheets)


def digest_title(digest: Digest) -> str:
    """Return the heading of the reminder."""
    return _("Enterprise visits: reminder of {day}").format(day=day_text(digest.as_of))
