"""The reports of requests and policies: one page each, with every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from gettext import gettext as _

from esm.domain.policies.records import PolicyFigures, PolicyList
from esm.domain.requests.figures import RequestFigures
from esm.sheets.policies.funnel import funnel_columns, funnel_facts
from esm.sheets.policies.policy import policy_sheet
from esm.sheets.policies.relief import in_ten_thousands, relief_breakdowns
from esm.sheets.requests.request_list import request_class
from esm.sheets.sheet.code_words import section
from esm.sheets.sheet.message_text import tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, facts
from esm.sheets.sheet.usual_columns import Groups, group_sheet, name_or

_SHOWN_FACTS = {
    "received", "rejected", "withdrawn", "accepted", "accepted_late", "open", "overdue", "late", "extended", "reopened",
    "elevated", "stuck", "median_days",
}  # fmt: skip


def request_figures_report(figures: RequestFigures) -> Report:
    """Return the figures of requests; the keys are the contract of `esm report requests --format json`."""
    total = figures.total
    notes = (
        _(
            "Rejected and withdrawn requests are excluded from every denominator. A request closed "
            "after its original deadline is late, even if extended; closed does not mean solved."
        ),
    )
    known, office = name_or(_("(not stated)")), name_or(_("(the office)"))
    return Report(
        _("Requests"),
        (
            Fact("as_of", _("As of"), figures.as_of),
            Fact("since", _("Received since"), figures.since),
            Fact("until", _("Received until"), figures.until),
            Fact("closing", _("Share closed"), total.closed_share, data=False),
            Fact("solving", _("Share solved"), total.solved_share, data=False),
            Fact("punctuality", _("Closed on time, of closed and overdue"), total.punctuality, data=False),
            Fact("satisfaction", _("Satisfied, of feedback received"), total.satisfaction, data=False),
            Fact("response", _("Feedback received, of feedback requested"), total.response, data=False),
            *facts(_counters(), total, lambda column, _cell: column.key in _SHOWN_FACTS),
        ),
        (
            *_breakdown_sheets(
                "by_class", (_("By class"), _("Class")), figures.by_class, partial(_class_label, figures)
            ),
            *_breakdown_sheets("by_department", (_("By department"), _("Department")), figures.by_department, office),
            *_breakdown_sheets("by_month", (_("By month of receipt"), _("Month of receipt")), figures.by_month, known),
        ),
        notes,
    )


def policy_figures_report(figures: PolicyFigures) -> Report:
    """Return the figures of policies; the keys are the contract of `esm report policies --format json`."""
    relief = figures.relief
    known, unserved = name_or(_("(not stated)")), name_or(_("(unserved)"))
    heads = (
        Fact("as_of", _("As of"), figures.as_of),
        Fact("policies", _("Policies in force"), len(figures.by_policy)),
        *funnel_facts(figures.total),
        Fact("relief_since", _("Relief since"), relief.since),
        Fact("relief", _("Relief (yuan)"), relief.total.amount, table=False),
        Fact("loans", _("Loans (yuan)"), relief.total.loans, table=False),
        Fact("told_relief", _("Relief (10 000 yuan)"), relief.total.amount.ten_thousands, data=False),
        Fact("told_loans", _("Loans (10 000 yuan)"), relief.total.loans.ten_thousands, data=False),
    )
    money = [
        in_ten_thousands(
            replace(sheet, key=f"relief_{sheet.key}", title=_("Relief: {group}").format(group=sheet.title))
        )
        for sheet in relief_breakdowns(relief)
    ]
    by_policy = policy_sheet(PolicyList(figures.by_policy), with_shares=True)
    return Report(
        _("Policies"),
        heads,
        (
            replace(by_policy, key="by_policy", title=_("By policy"), notes=()),
            _funnel_sheet("by_subdistrict", (_("By subdistrict"), _("Subdistrict")), figures.by_subdistrict, known),
            _funnel_sheet("by_industry", (_("By industry"), _("Industry section")), figures.by_industry, section),
            _funnel_sheet("by_department", (_("By department"), _("Department")), figures.by_department, unserved),
            *money,
        ),
        (_("Each policy counts once for each eligible enterprise."), *map(tell, figures.notes)),
    )


def _counters() -> tuple[Column, ...]:
    return (
        Column("received", _("Requests received")), Column("rejected", _("Not accepted")),
        Column("withdrawn", _("Withdrawn")), Column("counted", _("Counted")), Column("accepted", _("Accepted")),
        Column("accepted_late", _("Accepted late")),
        Column("open", _("Open")), Column("overdue", _("Open, overdue")), Column("closed", _("Closed")),
        Column("solved", _("Solved")), Column("partly_solved", _("Partly solved")),
        Column("explained", _("Explained, not allowed by law")), Column("shelved", _("Shelved")),
        Column("on_time", _("Closed on time")), Column("late", _("Closed late")), Column("extended", _("Extended")),
        Column("reopened", _("Reopened")), Column("elevated", _("Escalated")), Column("stuck", _("Blocked requests")),
        Column("asked", _("Feedback requested")), Column("replied", _("Feedback received")),
        Column("satisfied", _("Satisfied")), Column("median_days", _("Median working days to closure")),
    )  # fmt: skip


def _breakdown_sheets(
    key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str]
) -> tuple[Sheet, Sheet]:
    """Return every figure for machines, of which people see the shares, and for people a second page of the rest."""
    columns = (
        Column("told_received", _("Incoming"), "received", data=False),
        Column("told_left", _("Excluded"), lambda counters: counters.rejected + counters.withdrawn, data=False),
        Column("closing", _("Share closed"), "closed_share", data=False, of=("closed", "counted")),
        Column("solving", _("Share solved"), "solved_share", data=False, of=("solved", "counted")),
        Column("punctuality", _("On-time rate"), data=False),
        Column("told_median", _("Median days"), "median_days", data=False),
        Column("satisfaction", _("Satisfaction rate"), table=False, data=False, of=("satisfied", "replied")),
        Column("response", _("Response rate"), table=False, data=False, of=("replied", "asked")),
        *(replace(column, table=False) for column in _counters()),
    )
    handling = (
        Column("satisfaction", _("Satisfaction rate")), Column("response", _("Response rate")),
        Column("late", _("Closed late")), Column("extended", _("Extended")), Column("reopened", _("Reopened")),
        Column("elevated", _("Escalated")),
    )  # fmt: skip
    title, heading = titles
    further = _("{group}: feedback and handling").format(group=title)
    course = group_sheet(f"{key}_course", (further, heading), groups, label, handling)
    return (
        replace(group_sheet(key, titles, groups, label, columns), empty=_("No request was received.")),
        replace(course, table=bool(groups), data=False),
    )


def _funnel_sheet(key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str]) -> Sheet:
    columns = (*funnel_columns(), Column("amount", _("Relief (yuan)"), table=False))
    return group_sheet(key, titles, groups, label, columns)


def _class_label(figures: RequestFigures, code: str | None) -> str:
    return request_class(code or "", figures.class_names.get(code or "")).label
