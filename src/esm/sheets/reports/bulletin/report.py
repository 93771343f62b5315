"""The bulletin (简报): sections of sentences, and the tables under them (docs/rules.md, Bulletin)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from operator import attrgetter

from esm.domain.reports.bulletin import YEAR, Bulletin, ComparedFigure, UnitFigures, change, worst_first
from esm.domain.reports.coverage import NO_DEPARTMENT
from esm.sheets.reports.bulletin.outlook import next_steps, problems, remarks
from esm.sheets.reports.bulletin.sections import overview, policies, requests, visits
from esm.sheets.reports.bulletin.spoken_figures import signed_change, value_in_words
from esm.sheets.sheet.day_words import day_in_words, span_in_words
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import name_or


def bulletin_report(bulletin: Bulletin, issue: int | None = None) -> Report:
    """Return the bulletin; its facts are its figures by key, its sheets the sections and the tables under each."""
    span = span_in_words(bulletin.span.start_on, bulletin.span.months)
    return Report(
        _("Enterprise services in {span}").format(span=span),
        (
            Fact("issuing_office", _("Issued by"), bulletin.issuing_office or None, bool(bulletin.issuing_office)),
            Fact("issue", _("Issue"), issue, issue is not None),
            Fact("issued", _("Date"), day_in_words(bulletin.issued_on), data=False),
            Fact("issued_on", _("Date"), bulletin.issued_on, table=False),
            Fact("start_on", _("From"), bulletin.span.start_on, table=False),
            Fact("as_of", _("As of"), bulletin.on, table=False),
            *(Fact(key, labels()[key], figure.now, table=False) for key, figure in bulletin.figures.items()),
        ),
        tuple(_parts(bulletin)),
        tuple(remarks(bulletin)),
    )


def _parts(bulletin: Bulletin) -> Iterator[Sheet]:
    yield _section("overview", _("1. Overview"), overview(bulletin))
    yield _comparison_sheet(bulletin)
    yield _section("visits", _("2. Visits"), visits(bulletin))
    yield _section("requests", _("3. Requests"), requests(bulletin))
    yield _section("policies", _("4. Policies"), policies(bulletin))
    yield _section("problems", _("5. Problems"), problems(bulletin))
    yield _section("next_steps", _("6. Next steps"), next_steps(bulletin))
    stated = name_or(_("(not stated)"))
    yield _unit_sheet("by_subdistrict", _("Annex: by subdistrict"), _("Subdistrict"), bulletin.by_subdistrict, stated)
    yield _unit_sheet("by_department", _("Annex: by department"), _("Department"), bulletin.by_department, _department)
    yield _request_sheet(bulletin)
    yield _period_sheet(bulletin)
    yield _month_sheet(bulletin)


def _section(key: str, title: str, paragraphs: Iterator[str]) -> Sheet:
    return Sheet(key, title, (), [], tuple(paragraphs), data=False)


def labels() -> dict[str, str]:
    """Return what each figure is called in a table."""
    return {
        "in_scope": _("Enterprises in scope"), "service": _("Served by a cadre"), "unserved": _("Unserved"),
        "promise": _("Share visited in the period"), "punctuality": _("Visits on time"),
        "overdue": _("Overdue visits"), "never_visited_overdue": _("Never visited, overdue"),
        "visits": _("Visits made"), "enterprises": _("Enterprises visited"), "remote": _("Not on site"),
        "not_met": _("Nobody met"), "minutes": _("Visits with minutes"), "received": _("Incoming requests"),
        "left": _("Excluded"), "closed": _("Closed"), "closing": _("Share closed"), "solving": _("Share solved"),
        "request_punctuality": _("On-time rate"), "satisfaction": _("Satisfaction rate"),
        "response": _("Response rate"), "open_requests": _("Open requests"),
        "late_requests": _("Overdue requests"), "stuck_requests": _("Blocked requests"),
        "policies": _("Policies in force"), "explained": _("Share briefed"), "applied": _("Share applied"),
        "policies_received": _("Share paid"), "relief": _("Relief paid"),
        "relief_enterprises": _("Enterprises paid"), "loans": _("Loans"),
    }  # fmt: skip


_COMPARED = (
    "in_scope", "service", "promise", "punctuality", "overdue", "visits", "enterprises", "received", "closing",
    "solving", "request_punctuality", "satisfaction", "late_requests", "explained", "relief",
)  # fmt: skip


def _comparison_sheet(bulletin: Bulletin) -> Sheet:
    """Return the main figures beside those of the span before and of the year before."""
    columns = (
        Column("key", _("Figure"), lambda row: row[0], table=False),
        Column("figure", _("Figure"), lambda row: labels()[row[0]], data=False),
        Column("now", _("Current"), lambda row: row[1].now, table=False),
        Column("told_now", _("Current"), _words("now"), data=False),
        Column("before", _("Previous"), lambda row: row[1].before, table=False),
        Column("told_before", _("Previous"), _words("before"), bulletin.span.months < YEAR, data=False),
        Column("told_change", _("Change on the previous"), _change("before"), bulletin.span.months < YEAR, data=False),
        Column("year_before", _("A year earlier"), lambda row: row[1].year_before, table=False),
        Column("told_year_before", _("A year earlier"), _words("year_before"), data=False),
        Column("told_year_change", _("Change on the year"), _change("year_before"), data=False),
    )
    rows = [(key, bulletin.figures[key]) for key in _COMPARED]
    return Sheet("comparison", _("Main figures"), columns, cells(columns, rows))


def _words(name: str) -> Callable[[tuple[str, ComparedFigure]], Cell]:
    value = attrgetter(name)
    return lambda row: value_in_words(value(row[1]))


def _change(name: str) -> Callable[[tuple[str, ComparedFigure]], Cell]:
    value = attrgetter(name)
    return lambda row: signed_change(change(row[1].now, value(row[1])))


def _unit_sheet(
    key: str, title: str, heading: str, units: Sequence[UnitFigures], label: Callable[[str | None], str]
) -> Sheet:
    columns = (
        Column("key", heading, "name", table=False),
        Column("label", heading, lambda unit: label(unit.name), data=False),
        Column("in_scope", _("In scope")),
        Column("service", _("Share served"), table=False),
        Column("told_service", _("Share served"), lambda unit: value_in_words(unit.service), data=False),
        Column("promise", _("Share visited"), table=False),
        Column("told_promise", _("Share visited"), lambda unit: value_in_words(unit.promise), data=False),
        Column("overdue", _("Overdue")),
        Column("visits", _("Visits made")),
    )
    return Sheet(key, title, columns, cells(columns, worst_first(units)), (), _("No enterprise is in scope."))


def _department(name: str | None) -> str:
    return _("(no department)") if name == NO_DEPARTMENT else name_or(_("(unserved)"))(name)


def _request_sheet(bulletin: Bulletin) -> Sheet:
    office = name_or(_("(the office)"))
    columns = (
        Column("key", _("Department"), lambda row: row[0], table=False),
        Column("label", _("Department"), lambda row: office(row[0]), data=False),
        Column("received", _("Requests received"), lambda row: row[1].received),
        Column("closing", _("Share closed"), lambda row: row[1].closed_share, table=False),
        Column("told_closing", _("Share closed"), lambda row: value_in_words(row[1].closed_share), data=False),
        Column("punctuality", _("On-time rate"), lambda row: row[1].punctuality, table=False),
        Column("told_punctuality", _("On-time rate"), lambda row: value_in_words(row[1].punctuality), data=False),
        Column("overdue", _("Open, overdue"), lambda row: row[1].overdue),
    )
    rows = cells(columns, bulletin.by_request_department)
    title = _("Annex: requests by responsible department")
    return Sheet("requests_by_department", title, columns, rows, (), _("No request was received."))


def _month_sheet(bulletin: Bulletin) -> Sheet:
    columns = (
        Column("key", _("Month"), "month.name", table=False),
        Column("label", _("Month"), lambda row: span_in_words(row.month.start_on, 1), data=False),
        Column("visits", _("Visits made"), lambda month: month.visits and month.visits.visits),
        Column("enterprises", _("Enterprises visited"), lambda month: month.visits and month.visits.enterprises),
        Column("received", _("Requests received"), lambda month: month.requests and month.requests.received),
        Column("closing", _("Share closed"), lambda month: month.requests and month.requests.closed_share, table=False),
        Column(
            "told_closing", _("Share closed"),
            lambda month: value_in_words(month.requests and month.requests.closed_share), data=False,
        ),
    )  # fmt: skip
    return Sheet("by_month", _("Annex: by month (12 months)"), columns, cells(columns, bulletin.by_month))


def _period_sheet(bulletin: Bulletin) -> Sheet:
    columns = (
        Column("key", _("Period"), "period.name", table=False),
        Column("label", _("Period"), lambda one: span_in_words(one.period.start_on, 2), data=False),
        Column("as_of", _("As of")),
        Column("in_scope", _("In scope"), "total.in_scope"),
        Column("service", _("Share served"), "total.service", table=False),
        Column("told_service", _("Share served"), lambda one: value_in_words(one.total.service), data=False),
        Column("promise", _("Share visited"), "total.visits", table=False),
        Column("told_promise", _("Share visited"), lambda one: value_in_words(one.total.visits), data=False),
        Column("overdue", _("Overdue"), "total.overdue"),
    )
    rows = cells(columns, bulletin.periods if bulletin.span.months == YEAR else ())
    return Sheet("by_period", _("Annex: by two-month period"), columns, rows, table=bool(rows))
