"""The leader's page from top to bottom: which facts and sheets stand where, and where each figure leads."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from esm.domain.reports.overview import ActionKind, Overview, worst_first
from esm.domain.reports.standing_by_period import Mark
from esm.domain.requests.escalation import EscalationLevel
from esm.sheets.reports.overview import overview_facts, overview_sheets
from esm.sheets.reports.overview_drill_down import (
    CADRES,
    ENTERPRISES,
    PAYMENTS,
    REQUESTS,
    cadres_of,
    counter_links,
    fact_links,
    marked_enterprises,
    month_links,
    policy_links,
    requests_at,
    row_sheets,
)
from esm.sheets.reports.overview_labels import subdistrict_label
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.day_words import period_in_words
from esm.sheets.sheet.message_translation import ratio_text
from esm.sheets.sheet.page import (
    Figures,
    HeatMap,
    LineChart,
    Listing,
    Page,
    Section,
    Table,
    Verdict,
    Verdicts,
    having,
    link,
)

MOST_ROWS = 10  # of a table on the page; the others are shown when asked for


def overview_page(page: Overview) -> Page:
    """Return the page as a report with its sections."""
    return Page(
        _("Enterprise service: overview"),
        overview_facts(page),
        (*overview_sheets(page), *row_sheets(page)),
        heads=("told_period", "as_of"),
        foot=_("Select a figure to see its rows."),
        sections=tuple(_sections(page)),
        listings=(
            Listing(
                ENTERPRISES,
                ("marks", "policy_marks", "visits"),
                {"subdistrict": "subdistricts"},
                {"visits": _("Visits made")},
            ),
            Listing(CADRES),
            Listing(REQUESTS, ("marks", "month")),
            Listing(PAYMENTS, ("marks",)),
            Listing("actions"),
        ),
    )


def _sections(page: Overview) -> Iterator[Section]:
    yield Section("promises", _("State of the promises"), (_verdicts(page), _figures(page)))
    yield Section("where", _("Where they are not kept"), (_heat_map(page), _unserved(page), _gaps(page)))
    yield Section("trend", _("Trend"), (_line_chart(page), _trend_table(page), _months(page)))
    yield Section("actions", _("Action needed"), (_departments(page), _actions()))
    yield Section("loads", _("Workload"), (_loads(page),))
    yield Section("requests", _("Requests"), (_request_figures(page), _ladder()))
    yield Section(
        "policies", _("Policies and money"), (_policies(page), Figures({"relief": fact_links(page)["relief"]}))
    )


def _verdicts(page: Overview) -> Verdicts:
    total, links = page.total, fact_links(page)
    answers = {True: _("Promise kept"), False: _("Promise not kept"), None: _("No enterprise is in scope.")}
    visited = _("Overdue: {overdue}; visited in the period: {visited}").format(
        overdue=total.overdue, visited=ratio_text(total.visits)
    )
    return Verdicts(
        (
            Verdict(
                _("Every above-scale enterprise is served"), answers[page.keeps_service],
                page.keeps_service, total.service, _("Unserved: {count}").format(count=total.unserved),
                links["unserved"],
            ),
            Verdict(
                _("Every enterprise is visited every two months"), answers[page.keeps_visits],
                page.keeps_visits, total.punctuality, visited, links["overdue"],
            ),
        )
    )  # fmt: skip


def _figures(page: Overview) -> Figures:
    links = fact_links(page)
    keys = (
        "in_scope",
        "served",
        "unserved",
        "due_in_period",
        "visited_of_due",
        "overdue",
        "never_visited",
        "paused_on",
    )
    return Figures({key: links[key] for key in keys})


def _heat_map(page: Overview) -> HeatMap:
    links = []
    for name, periods in worst_first(page.trend):
        for place, figures in enumerate(periods):
            condition = having("subdistrict", subdistrict_label(name), place)
            links.append(counter_links(place, condition)["unvisited_of_due"] if figures.due_in_period else None)
    return HeatMap(
        "by_subdistrict",
        "told_subdistrict",
        "told_period",
        "visits",
        links,
        _("Share of the enterprises due in each period that were visited; select a cell to see "
          "those that were not."),
        period_in_words(page.period) if page.is_open else "", _("so far"),
    )  # fmt: skip


def _unserved(page: Overview) -> Table:
    return Table(
        "unserved_enterprises", limit=MOST_ROWS, rest=fact_links(page)["unserved"],
        links={"enterprise": [link(ENTERPRISES, having("uscc", row.uscc)) for row in page.unserved]},
    )  # fmt: skip


def _gaps(page: Overview) -> Table:
    return Table(
        "longest_gaps", bars=("longest_gap_days",), limit=MOST_ROWS,
        links={"enterprise": [link(ENTERPRISES, having("uscc", row.uscc)) for row in page.gaps]},
    )  # fmt: skip


def _line_chart(page: Overview) -> LineChart:
    full = [figures for figures in page.trend.rows if not figures.is_open]
    told = [
        _("{period}: {share} visited").format(period=period_in_words(figures.period), share=ratio_text(figures.visits))
        for figures in (*full[:1], *full[-1:])
    ]
    text = _("No full period is on record yet.")
    if told:
        text = _("From {first} to {last}; the current period is excluded.").format(first=told[0], last=told[1])
    return LineChart(
        "trend", "axis", ("visits", "service"), _("Share visited and share served by period"), text,
        full=("visits",), open=period_in_words(page.period) if page.is_open else "",
    )  # fmt: skip


def _trend_table(page: Overview) -> Table:
    found: dict[str, list[str | None]] = {}
    for place, figures in enumerate(page.trend.rows):
        for key, target in counter_links(place).items():
            known = getattr(figures, key, None) is not None
            found.setdefault(key, []).append(target if known else None)
    columns = ("told_period", "service", "visits", "in_scope", "served", "due_in_period", "visited_of_due", "overdue")
    return Table("trend", columns, links=found)


def _months(page: Overview) -> Table:
    found: dict[str, list[str | None]] = {}
    for place, row in enumerate(page.months):
        for key, target in month_links(place, row.month.name).items():
            found.setdefault(key, []).append(target)
    return Table("months", links=found, bars=("visits", "requests_received"))


def _departments(page: Overview) -> Table:
    columns = [*map(str, ActionKind), "total"]
    links: dict[str, list[str | None]] = {key: [] for key in columns}
    for each in page.departments:
        department = each.department or _("(the office)")
        own = having("told_department", department)
        for kind in ActionKind:
            links[str(kind)].append(
                link("actions", own, having("kind", term(kind).label)) if each.counts.get(kind) else None
            )
        links["total"].append(link("actions", own))
    return Table("departments", links=links, bars=("total",), limit=MOST_ROWS)


def _actions() -> Table:
    return Table("actions", limit=MOST_ROWS, rest=link("actions"))


def _loads(page: Overview) -> Table:
    last = len(page.trend.rows) - 1
    departments = [name for name, _spread in page.loads.departments]
    cadres = [cadres_of(name or _("(not stated)")) for name in departments]
    return Table(
        "loads", ("label", "cadres", "serves", "capacity", "room", "idle", "most"), bars=("serves",), limit=MOST_ROWS,
        links={
            **dict.fromkeys(("cadres", "capacity", "room"), cadres),
            "idle": [cadres_of(name or _("(not stated)"), having("load", "0")) for name in departments],
            "most": [
                cadres_of(name or _("(not stated)"), having("load", str(spread.most)))
                for name, spread in page.loads.departments
            ],
            "serves": [
                marked_enterprises(last, Mark.SERVED, Mark.SERVED, having("department", name or ""))
                for name in departments
            ],
        },
    )  # fmt: skip


def _request_figures(page: Overview) -> Figures:
    links = fact_links(page)
    keys = (
        "requests_open", "requests_overdue", "requests_blocked", "requests_received", "requests_closed",
        "requests_solved", "requests_replied", "requests_satisfied",
    )  # fmt: skip
    return Figures({key: links[key] for key in keys})


def _ladder() -> Table:
    levels = ["", *(term(level).label for level in EscalationLevel)]
    return Table("ladder", links={"requests": [requests_at(level) for level in levels]}, bars=("requests",))


def _policies(page: Overview) -> Table:
    links: dict[str, list[str | None]] = {}
    for place, record in enumerate(page.policies.by_policy):
        for key, target in policy_links(place, record.policy.code).items():
            links.setdefault(key, []).append(target)
    return Table("policies", links=links)
