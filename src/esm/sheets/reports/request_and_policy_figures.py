"""The reports of requests and policies: one page each, with every percentage beside its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _

from esm.domain.policies.funnel import Funnel
from esm.domain.policies.records import PolicyFigures, PolicyList
from esm.domain.requests.figures import RequestCounters, RequestFigures
from esm.sheets.policies import funnel as policie_funnel
from esm.sheets.policies import policy
from esm.sheets.policies import relief as policie_relief
from esm.sheets.requests import terms as request_terms
from esm.sheets.sheet import code_words
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell

_SHOWN_FACTS = {
    "received", "rejected", "withdrawn", "accepted", "open", "overdue", "late", "extended", "reopened", "elevated",
    "stuck", "median_days",
}  # fmt: skip


def request_figures_report(figures: RequestFigures) -> Report:
    """Return the figures of requests; the keys are the contract of `esm report requests --format json`."""
    total = figures.total
    shares = (
        Fact("closing", _("Share closed"), total.closed_share, data=False),
        Fact("solving", _("Share solved"), total.solved_share, data=False),
        Fact("punctuality", _("Closed on time, of closed and overdue"), total.punctuality, data=False),
        Fact("satisfaction", _("Satisfied, of feedback received"), total.satisfaction, data=False),
        Fact("response", _("Feedback received, of feedback requested"), total.response, data=False),
    )
    counts = tuple(Fact(key, label, getattr(total, key), key in _SHOWN_FACTS) for key, label in _counter_labels())
    notes = (
        _(
            "Rejected and withdrawn requests are excluded from every denominator. A request closed "
            "after its original deadline is late, even if extended; closed does not mean solved."
        ),
    )
    return Report(
        _("Requests"),
        (
            Fact("as_of", _("As of"), figures.as_of),
            Fact("since", _("Received since"), figures.since),
            Fact("until", _("Received until"), figures.until),
            *shares,
            *counts,
        ),
        (
            *_breakdown_sheets(
                "by_class", _("By class"), figures.by_class, lambda code: _class_label(figures, code or "")
            ),
            *_breakdown_sheets("by_department", _("By department"), figures.by_department, _department_label),
            *_breakdown_sheets(
                "by_month", _("By month of receipt"), figures.by_month, policie_relief.name_or_not_stated
            ),
        ),
        notes,
    )


def policy_figures_report(figures: PolicyFigures) -> Report:
    """Return the figures of policies; the keys are the contract of `esm report policies --format json`."""
    relief = figures.relief
    facts = (
        Fact("as_of", _("As of"), figures.as_of),
        Fact("policies", _("Policies in force"), len(figures.by_policy)),
        *policie_funnel.funnel_facts(figures.total),
        Fact("relief_since", _("Relief since"), relief.since),
        Fact("relief", _("Relief (yuan)"), relief.total.amount),
        Fact("loans", _("Loans (yuan)"), relief.total.loans),
    )
    money = [
        Sheet(f"relief_{sheet.key}", _("Relief: {group}").format(group=sheet.title), sheet.columns, sheet.rows,
              sheet.notes, sheet.empty)
        for sheet in policie_relief.relief_breakdowns(relief)
    ]  # fmt: skip
    listed = policy.policy_sheet(PolicyList(figures.by_policy), with_shares=True)
    by_policy = Sheet("by_policy", _("By policy"), listed.columns, listed.rows, (), listed.empty)
    return Report(
        _("Policies"),
        facts,
        (
            by_policy,
            _funnel_sheet(
                "by_subdistrict", _("By subdistrict"), figures.by_subdistrict, policie_relief.name_or_not_stated
            ),
            _funnel_sheet("by_industry", _("By industry"), figures.by_industry, code_words.section),
            _funnel_sheet("by_department", _("By department"), figures.by_department, _cadre_department_label),
            *money,
        ),
        (_("Each policy counts once for each eligible enterprise."), *map(tell, figures.notes)),
    )


def _counter_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("received", _("Requests received")), ("rejected", _("Not accepted")), ("withdrawn", _("Withdrawn")),
        ("counted", _("Counted")), ("accepted", _("Accepted")), ("open", _("Open")), ("overdue", _("Open, overdue")),
        ("closed", _("Closed")), ("solved", _("Solved")), ("partly_solved", _("Partly solved")),
        ("explained", _("Explained, not allowed by law")), ("shelved", _("Shelved")), ("on_time", _("Closed on time")),
        ("late", _("Closed late")), ("extended", _("Extended")), ("reopened", _("Reopened")),
        ("elevated", _("Escalated")), ("stuck", _("Blocked requests")), ("asked", _("Feedback requested")),
        ("replied", _("Feedback received")), ("satisfied", _("Satisfied")),
        ("median_days", _("Median working days to closure")),
    )  # fmt: skip


def _breakdown_sheets(
    key: str, title: str, rows: Sequence[tuple[str | None, RequestCounters]], label: Callable[[str | None], str]
) -> tuple[Sheet, Sheet]:
    """Return every figure for machines, of which people see the shares, and for people a second page of the rest."""
    columns = (
        Column("key", title, table=False), Column("label", title, data=False),
        Column("told_received", _("Incoming"), data=False), Column("told_left", _("Excluded"), data=False),
        Column("closing", _("Share closed"), data=False), Column("solving", _("Share solved"), data=False),
        Column("punctuality", _("On-time rate"), data=False), Column("told_median", _("Median days"), data=False),
        Column("satisfaction", _("Satisfaction rate"), table=False, data=False),
        Column("response", _("Response rate"), table=False, data=False),
        *(Column(name, words, table=False) for name, words in _counter_labels()),
    )  # fmt: skip
    body: list[tuple[Cell, ...]] = [
        (
            name, label(name), counters.received, counters.rejected + counters.withdrawn, counters.closed_share,
            counters.solved_share, counters.punctuality, counters.median_days, counters.satisfaction, counters.response,
            *(getattr(counters, count) for count, _label in _counter_labels()),
        )
        for name, counters in rows
    ]  # fmt: skip
    empty = _("No request was received.")
    return Sheet(key, title, columns, body, (), empty), _course_sheet(key, title, rows, label)


def _course_sheet(
    key: str, title: str, rows: Sequence[tuple[str | None, RequestCounters]], label: Callable[[str | None], str]
) -> Sheet:
    columns = (
        Column("label", title), Column("satisfaction", _("Satisfaction rate")), Column("response", _("Response rate")),
        Column("late", _("Closed late")), Column("extended", _("Extended")), Column("reopened", _("Reopened")),
        Column("elevated", _("Escalated")),
    )  # fmt: skip
    body: list[tuple[Cell, ...]] = [
        (label(name), one.satisfaction, one.response, one.late, one.extended, one.reopened, one.elevated)
        for name, one in rows
    ]
    heading = _("{group}: feedback and handling").format(group=title)
    return Sheet(f"{key}_course", heading, columns, body, table=bool(rows), data=False)


def _funnel_sheet(
    key: str, title: str, rows: Sequence[tuple[str | None, Funnel]], label: Callable[[str | None], str]
) -> Sheet:
    columns = (
        Column("key", title, table=False),
        Column("label", title, data=False),
        *policie_funnel.funnel_columns(),
        Column("amount", _("Relief (yuan)"), table=False),
    )
    body = [(name, label(name), *policie_funnel.funnel_cells(funnel), funnel.amount) for name, funnel in rows]
    return Sheet(key, title, columns, body)


def _class_label(figures: RequestFigures, code: str) -> str:
    return request_terms.request_class(code, figures.class_names.get(code)).label


def _department_label(name: str | None) -> str:
    return _("(the office)") if name is None else name


def _cadre_department_label(name: str | None) -> str:
    return _("(unserved)") if name is None else name
