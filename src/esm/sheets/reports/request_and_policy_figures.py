"""The reports of requests and policies: one page each, with every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from itertools import chain
from operator import attrgetter

from esm.domain.policies.records import PolicyFigures, PolicyList, ReliefSums
from esm.domain.requests.figures import RequestFigures
from esm.sheets.policies.funnel import funnel_columns, funnel_facts
from esm.sheets.policies.policy import policy_sheet
from esm.sheets.policies.relief import in_ten_thousands, relief_breakdowns
from esm.sheets.requests.request_list import request_class
from esm.sheets.sheet.bars import count_bars
from esm.sheets.sheet.code_words import section
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Chart, Column, Fact, Report, Sheet, facts
from esm.sheets.sheet.usual_columns import Groups, group_sheet, name_or

_MAIN_FACTS = {"received", "open", "overdue", "elevated", "stuck", "median_days"}
_DETAILS = {"rejected", "withdrawn", "accepted", "accepted_late", "late", "extended", "reopened"}


def request_figures_report(figures: RequestFigures) -> Report:
    """Return the figures of requests; the keys are the contract of `esm report requests --format json`."""
    total = figures.total
    notes = (
        _(
            "Rejected and withdrawn requests are excluded from every denominator. A request closed "
            "after its original deadline is late, even if extended; closed does not mean solved."
        ),
    )
    office = name_or(_("(the office)"))
    return Report(
        _("Requests"),
        (
            Fact("as_of", _("As of"), figures.as_of),
            Fact("since", _("Received since"), figures.since),
            Fact("until", _("Received until"), figures.until, is_detail=figures.until == figures.as_of),
            Fact("closing", _("Share closed"), total.closed_share, data=False),
            Fact("solving", _("Share solved"), total.solved_share, data=False),
            Fact("punctuality", _("Closed on time, of closed and overdue"), total.punctuality, data=False),
            Fact("satisfaction", _("Satisfied, of feedback received"), total.satisfaction, data=False),
            Fact("response", _("Feedback received, of feedback requested"), total.response, data=False),
            *(
                replace(fact, is_detail=fact.key in _DETAILS)
                for fact in facts(_counters(), total, lambda column, _cell: column.key in _MAIN_FACTS | _DETAILS)
            ),
        ),
        (
            *_left_out(
                breakdown_sheets(
                    "by_class", (_("By class"), _("Class")), figures.by_class, partial(_class_label, figures)
                )
            ),
            *overdue_first(
                figures.by_department,
                breakdown_sheets("by_department", (_("By department"), _("Department")), figures.by_department, office),
            ),
            *_month_sheets(figures.by_month),
        ),
        notes,
    )


def _left_out(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield listings that a screen does not have."""
    return (replace(sheet, short=0) for sheet in sheets)


def overdue_first(groups: Groups, sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Yield a breakdown for people in the order of its overdue and open requests (docs/rules.md, Requests).

    A screen has the first sheet of it.
    """
    counts = [counters for _key, counters in groups]
    order = sorted(range(len(groups)), key=lambda at: (-counts[at].overdue, -counts[at].open))
    ordered = [replace(sheet, order=tuple(order)) for sheet in sheets]
    return chain(ordered[:1], _left_out(ordered[1:]))


def _month_sheets(months: Groups) -> Iterator[Sheet]:
    """Yield the months, with a bar of the requests received in each."""
    drawn = count_bars("received_bar", attrgetter("received"), [counters for _month, counters in months])
    titles, known = (_("By month of receipt"), _("Month of receipt")), name_or(_("(not stated)"))
    first, *others = breakdown_sheets("by_month", titles, months, known, drawn)
    yield replace(first, chart=Chart(True, "label", ("received", "closed")))
    yield from _left_out(others)


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
    by_policy = policy_sheet(PolicyList(figures.by_policy), with_shares=True)
    return Report(
        _("Policies"),
        heads,
        (
            replace(by_policy, key="by_policy", title=_("By policy"), notes=()),
            _funnel_sheet("by_subdistrict", (_("By subdistrict"), _("Subdistrict")), figures.by_subdistrict, known),
            *_left_out(
                (
                    _funnel_sheet(
                        "by_industry", (_("By industry"), _("Industry section")), figures.by_industry, section
                    ),
                    _funnel_sheet(
                        "by_department", (_("By department"), _("Department")), figures.by_department, unserved
                    ),
                    *_relief_sheets(relief),
                )
            ),
        ),
        (_("Each policy counts once for each eligible enterprise."), *map(tell, figures.notes)),
    )


def _relief_sheets(relief: ReliefSums) -> Iterator[Sheet]:
    for sheet in relief_breakdowns(relief):
        title = _("Relief: {group}").format(group=sheet.title)
        yield in_ten_thousands(replace(sheet, key=f"relief_{sheet.key}", title=title))


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


def breakdown_sheets(
    key: str, titles: tuple[str, str], groups: Groups, label: Callable[[str | None], str], drawn: Column | None = None
) -> tuple[Sheet, Sheet]:
    """Return every figure for machines, of which people see the shares, and for people a second page of the rest."""
    columns = (
        Column("told_received", _("Incoming"), "received", data=False),
        *([drawn] if drawn else ()),
        Column("told_left", _("Excluded"), lambda counters: counters.rejected + counters.withdrawn, data=False,
               needs_room=True),
        Column("closing", _("Share closed"), "closed_share", data=False, of=("closed", "counted")),
        Column("solving", _("Share solved"), "solved_share", data=False, of=("solved", "counted"), needs_room=True),
        Column("punctuality", _("On-time rate"), data=False),
        Column("told_median", _("Median days"), "median_days", data=False, needs_room=True),
        Column("satisfaction", _("Satisfaction rate"), table=False, data=False, of=("satisfied", "replied")),
        Column("response", _("Response rate"), table=False, data=False, of=("replied", "asked")),
        *(replace(column, table=False) for column in _counters()),
    )  # fmt: skip
    handling = (
        Column("satisfaction", _("Satisfaction rate")), Column("response", _("Response rate")),
        Column("late", _("Closed late")), Column("extended", _("Extended"), needs_room=True),
        Column("reopened", _("Reopened"), needs_room=True), Column("elevated", _("Escalated"), needs_room=True),
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
