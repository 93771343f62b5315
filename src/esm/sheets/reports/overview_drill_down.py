"""The rows behind the figures of the leader's page, and the links that lead from a figure to its rows.

Every row has marks, one letter a place: those of an enterprise one a period, and one a policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _

from esm.domain.policies.policy import ReliefKind
from esm.domain.reports.overview import EnterpriseStanding, Overview, PaidRelief, PolicyMark
from esm.domain.reports.standing_by_period import Mark
from esm.domain.requests.figures import counts_for
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.due_list import DueState
from esm.domain.values.intervals import month_of
from esm.sheets.reports.overview_labels import department_label, subdistrict_label
from esm.sheets.requests.request_list import rung
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.page import counted, having, link, marked, marks_text
from esm.sheets.sheet.sheet import Column, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, name_or, optional

ENTERPRISES, CADRES, REQUESTS, PAYMENTS = "enterprises", "cadres", "requests", "payments"
# What the three marks of a request tell: of an open one, of one received in the year, and of any.
OPEN_MARKS = {"open": 1, "overdue": 2, "stuck": 4}
# And what the mark of a payment tells: relief, and relief of the year; a loan is neither.
RELIEF_MARK, YEAR_RELIEF_MARK = 1, 2
YEAR_MARKS = {"received": 1, "closed": 2, "solved": 4, "replied": 8, "satisfied": 16}


def row_sheets(page: Overview) -> tuple[Sheet, ...]:
    """Return the enterprises, the cadres, the requests and the payments of the page."""
    return _enterprise_sheet(page), _cadre_sheet(page), _request_sheet(page), _payment_sheet(page)


def marked_enterprises(place: int, mark: Mark, value: int, *conditions: str) -> str:
    """Return the link to the enterprises whose marks of the period at a place are `value` under `mark`."""
    return link(ENTERPRISES, marked("marks", place, mark, value), *conditions)


def counter_links(place: int, *conditions: str) -> Mapping[str, str]:
    """Return the link of each count of a period that is the one at a place."""
    due_and_visited = Mark.DUE | Mark.VISITED
    return {
        "in_scope": marked_enterprises(place, Mark.IN_SCOPE, Mark.IN_SCOPE, *conditions),
        "served": marked_enterprises(place, Mark.SERVED, Mark.SERVED, *conditions),
        "unserved": marked_enterprises(place, Mark.IN_SCOPE | Mark.SERVED, Mark.IN_SCOPE, *conditions),
        "due_in_period": marked_enterprises(place, Mark.DUE, Mark.DUE, *conditions),
        "visited_of_due": marked_enterprises(place, due_and_visited, due_and_visited, *conditions),
        "unvisited_of_due": marked_enterprises(place, due_and_visited, Mark.DUE, *conditions),
        "overdue": marked_enterprises(place, Mark.OVERDUE, Mark.OVERDUE, *conditions),
    }


def fact_links(page: Overview) -> Mapping[str, str]:
    """Return the link of each figure among the facts of the page."""
    last = len(page.trend.rows) - 1
    in_scope = marked("marks", last, Mark.IN_SCOPE, Mark.IN_SCOPE)
    return {
        **counter_links(last),
        "never_visited": link(ENTERPRISES, in_scope, having("last_visit_on", "")),
        "paused_on": link(ENTERPRISES, in_scope, having("state", term(DueState.PAUSED).label)),
        "requests_open": _requests(0, OPEN_MARKS["open"]),
        "requests_overdue": _requests(0, OPEN_MARKS["overdue"]),
        "requests_blocked": _requests(0, OPEN_MARKS["stuck"]),
        "relief": link(PAYMENTS, marked("marks", 0, YEAR_RELIEF_MARK, YEAR_RELIEF_MARK)),
        **{f"requests_{name}": _requests(1, mark) for name, mark in YEAR_MARKS.items()},
    }


def policy_links(place: int, code: str) -> Mapping[str, str]:
    """Return the link of each count of the policy at a place, and of its money."""
    links = {
        mark.name.lower(): link(ENTERPRISES, marked("policy_marks", place, mark, mark))
        for mark in PolicyMark
        if mark.name
    }
    return {**links, "relief": link(PAYMENTS, marked("marks", 0, RELIEF_MARK, RELIEF_MARK), having("code", code))}


def month_links(place: int, month: str) -> Mapping[str, str]:
    """Return the link of each figure of the month at a place."""
    received = having("month", month)
    links = {f"requests_{name}": _requests(2, YEAR_MARKS[name], received) for name in ("received", "closed", "solved")}
    return {"visits": link(ENTERPRISES, counted("visits", place)), **links}


def requests_at(level: str) -> str:
    """Return the link to the open requests at a level of the ladder; a blank one is none."""
    return link(REQUESTS, marked("marks", 0, OPEN_MARKS["open"], OPEN_MARKS["open"]), having("rung", level))


def cadres_of(department: str, *conditions: str) -> str:
    """Return the link to the cadres of a department, as people read its name."""
    return link(CADRES, having("told_department", department), *conditions)


def _requests(place: int, mark: int, *conditions: str) -> str:
    return link(REQUESTS, marked("marks", place, mark, mark), *conditions)


def _enterprise_sheet(page: Overview) -> Sheet:
    columns = (
        Column("enterprise", _("Enterprise")), Column("uscc", _("Credit code")),
        Column("tier", _("Tier"), optional("visit.row.tier")),
        Column("subdistrict", _("Subdistrict"), _subdistrict),
        Column("department", _("Department")),
        Column("staff_no", _("Staff no."), optional("visit.row.staff_no"), table=False),
        Column("cadre", _("Cadre"), optional("visit.row.cadre")),
        Column("last_visit_on", _("Last visit"), optional("visit.row.last_visit_on")),
        Column("due_on", _("Due"), optional("visit.row.due_on")),
        Column("state", _("State"), coded("visit.state")),
        Column("marks", _("Marks by period"), lambda each: marks_text(each.marks), table=False),
        Column("subdistricts", _("Subdistricts by period"), _moves, table=False),
        Column("policy_marks", _("Marks by policy"), lambda each: marks_text(each.policy_marks), table=False),
        Column("visits", _("Visits by month"), lambda each: marks_text(each.visits), table=False),
    )  # fmt: skip
    return Sheet(ENTERPRISES, _("Enterprises"), columns, cells(columns, page.enterprises), table=False)


def _subdistrict(each: EnterpriseStanding) -> str:
    """Return where it lies, or lay when it last counted."""
    if each.visit is not None:
        return subdistrict_label(each.visit.row.subdistrict)
    known = [name for name, marks in zip(each.subdistricts, each.marks, strict=True) if marks]
    return subdistrict_label(known[-1] if known else None)


def _moves(each: EnterpriseStanding) -> tuple[str, ...]:
    """Return the subdistrict of every period where it was not always the present one."""
    names = [
        subdistrict_label(name) if marks else ""
        for name, marks in zip(each.subdistricts, each.marks, strict=True)
    ]  # fmt: skip
    return () if set(names) <= {"", _subdistrict(each)} else tuple(names)


def _cadre_sheet(page: Overview) -> Sheet:
    department = name_or(_("(not stated)"))
    columns = (
        Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")),
        Column("department", _("Department"), table=False),
        Column("told_department", _("Department"), lambda load: department(load.department), data=False),
        Column("load", _("Serves")), Column("capacity", _("Capacity")), Column("room", _("Spare capacity")),
    )  # fmt: skip
    return Sheet(CADRES, _("Cadres"), columns, cells(columns, page.loads.cadres), table=False)


def _request_sheet(page: Overview) -> Sheet:
    def request_marks(record: RequestRecord) -> str:
        names = counts_for(record.progress)
        in_year = record.progress.request.received_on.year == page.as_of.year
        opened = sum(mark for name, mark in OPEN_MARKS.items() if name in names) if record.progress.is_open else 0
        own = sum(mark for name, mark in YEAR_MARKS.items() if name in names)
        return marks_text((opened, own if in_year else 0, own))

    columns = (
        Column("id", _("No.")), Column("received_on", _("Received"), "progress.request.received_on"),
        Column("uscc", _("Credit code"), "progress.request.uscc", table=False),
        Column("enterprise", _("Enterprise")), Column("subject", _("Subject"), "progress.request.subject"),
        Column("state", _("State"), coded("progress.state")),
        Column("department", _("Department"), "holder", table=False),
        Column("told_department", _("Department"), lambda record: department_label(record.holder), data=False),
        Column("due_on", _("Deadline"), lambda one: one.progress.due_on if one.progress.is_open else None),
        Column("rung", _("Level"), lambda record: rung(record.progress.level)),
        Column("outcome", _("Outcome"), coded("progress.outcome")),
        Column("marks", _("Marks"), request_marks, table=False),
        Column("month", _("Month"), lambda one: month_of(one.progress.request.received_on).name, table=False),
    )  # fmt: skip
    return Sheet(REQUESTS, _("Requests"), columns, cells(columns, page.request_records), table=False)


def _payment_sheet(page: Overview) -> Sheet:
    def payment_marks(paid: PaidRelief) -> str:
        if paid.relief.kind == ReliefKind.LOAN:
            return marks_text((0,))
        is_of_year = paid.relief.done_on.year == page.as_of.year
        return marks_text((RELIEF_MARK | (YEAR_RELIEF_MARK if is_of_year else 0),))

    columns = (
        Column("done_on", _("Date"), "relief.done_on"), Column("code", _("Policy code"), "relief.policy"),
        Column("title", _("Policy"), "relief.title"), Column("uscc", _("Credit code"), "relief.uscc", table=False),
        Column("enterprise", _("Enterprise")),
        Column("kind", _("Kind"), lambda paid: term(ReliefKind(paid.relief.kind))),
        Column("amount", _("Amount (yuan)"), "relief.amount"),
        Column("marks", _("Marks"), payment_marks, table=False),
    )  # fmt: skip
    return Sheet(PAYMENTS, _("Payments received"), columns, cells(columns, page.payments), table=False)
