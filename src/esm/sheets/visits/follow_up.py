"""What a visit brought besides itself, under what was recorded of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _

from esm.domain.requests.records import RequestList, VisitFollowUp
from esm.sheets.policies import policy
from esm.sheets.requests import request_list
from esm.sheets.sheet.sheet import Report
from esm.sheets.sheet.wording import tell


def with_follow_up(report: Report, raised: VisitFollowUp, as_of: date) -> Report:
    """Return the report of a visit with the requests that were opened and the policies that were explained."""
    requests = request_list.request_sheet(RequestList(as_of, raised.requests), _("Requests opened"))
    briefings = replace(policy.standing_sheet(raised.briefed), key="briefings", title=_("Policies explained"))
    kept = tuple(replace(sheet, table=bool(sheet.rows)) for sheet in (requests, briefings))
    return replace(report, sheets=(*report.sheets, *kept), notes=(*report.notes, *map(tell, raised.notes)))
