"""`esm report`: the reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated, Any

from esm.cli.reports.letter_options import NAME as LETTERS
from esm.cli.reports.letter_options import LetterOptions
from esm.cli.reports.report_options import Asked, Selected
from esm.cli.shell.command_decorators import query
from esm.cli.shell.commands import named
from esm.cli.shell.completion.fixed_words import one_of
from esm.cli.shell.context import Context
from esm.cli.shell.options import Output, argument
from esm.domain.values import nearest_spellings
from esm.errors import Listed, RuleRefused, UsageRefused, say
from esm.sheets.sheet.sheet import Report

if TYPE_CHECKING:
    from esm.domain.reports.bulletin import BulletinSpan
    from esm.sheets.sheet.sheet import Document
    from esm.storage.database.connection import Reading


@dataclass(frozen=True, slots=True)
class _Report:
    """The functions that compute and lay out a report, as SHELF.MODULE.FUNCTION; imported on demand.

    `takes` are the options that only some reports have.
    """

    figures: str
    sheet: str
    takes: frozenset[str] = frozenset()
    is_of_a_period: bool = False  # also without an option that says so
    excerpt: str = "sheet.report_excerpt.excerpt"
    words: str = ""  # the section of a bulletin that says its figures


_OF_THE_SHEET = ("full", "against")  # the figures do not depend on them


_LONG = frozenset({"full"})  # a screen shows a part of it
_COMPARABLE = _LONG | {"against"}
_OF_MONTHS = _COMPARABLE | {"period", "month"}
REPORTS = {
    "coverage": _Report(
        "reports.coverage.coverage",
        "reports.coverage.coverage_report",
        _COMPARABLE | {"period", "by"},
        is_of_a_period=True,
        excerpt="reports.coverage.coverage_excerpt",
        words="reports.bulletin.sections.overview",
    ),
    "visits": _Report(
        "visits.figures.visit_figures",
        "visits.figures.visit_figures_report",
        _OF_MONTHS,
        is_of_a_period=True,
        words="reports.bulletin.sections.visits",
    ),
    "requests": _Report(
        "requests.request_queries.request_figures",
        "reports.request_and_policy_figures.request_figures_report",
        _OF_MONTHS,
        words="reports.bulletin.sections.requests",
    ),
    "policies": _Report(
        "policies.policy_queries.figures",
        "reports.request_and_policy_figures.policy_figures_report",
        _COMPARABLE,
        words="reports.bulletin.sections.policies",
    ),
    "cadres": _Report("reports.coverage.load_balance_on", "pairing.load_balance.load_balance_report", _LONG),
    "burden": _Report("visits.burden.burden", "visits.burden.burden_report", _LONG),
    "overview": _Report("reports.overview.overview", "reports.overview_page.overview_page"),
    "trend": _Report("reports.trend.trend", "reports.trend.trend_listing", frozenset({"periods", "months"})),
}
_BY_MONTH = _Report("reports.month_trend.month_trend", "reports.trend.month_trend_sheet")


@dataclass(frozen=True, slots=True)
class ReportOutput(Output):
    """The requested output of a report: of letters a folder, or one Word document."""

    takes_folder = takes_word = True


@query(
    "esm report",
    "esm report --by subdistrict,tier",
    "esm report -o coverage.xlsx",
    "esm report requests --month 2026-10",
    "esm report letters -o letters",
    output=ReportOutput,
)
def report(
    desk: Context,
    name: Annotated[
        str,
        argument(
            "[REPORT]",
            _("The report to produce: {names}.").format(names=", ".join((*REPORTS, LETTERS))),
            autocompletion=one_of((*REPORTS, LETTERS)),
        ),
    ] = "coverage",
    *,
    asked: Asked,
    selected: Selected,
    lettered: LetterOptions,
) -> None:
    """Produce a report. Raises UsageRefused for an unknown report or an option that it does not have."""
    if name == LETTERS:
        _require_no_others(name, asked.given | selected.given)
        named("cli.reports.letters.write")(desk, asked.day(desk), lettered)
        return
    given = asked.given | selected.given
    chosen = _chosen(name, given, lettered)
    if desk.output.kind in {"", "docx"}:
        desk.direct(Output(desk.output.format, desk.output.target, desk.output.force), [])
    day = asked.day(desk)
    if "months" in given:
        chosen = _by_month(asked)
    with desk.reading() as reading:
        shown = _produced(chosen, selected, reading, day, given)
        if asked.against is not None:
            before = asked.day_before(desk, day)
            span = asked.span_before(before)
            earlier = _produced(chosen, selected, reading, before, selected.given | span)
            is_further_on = bool(span or chosen.is_of_a_period) and asked.is_further_on(day, before)
            shown = named("sheets.sheet.comparison.compared")(shown, earlier, is_further_on=is_further_on)
        if chosen.words and desk.output.kind == "xlsx" and isinstance(shown, Report):
            shown = replace(shown, words=_in_words(chosen, reading, day, asked.span(day, chosen.is_of_a_period)))
    if "full" in chosen.takes and not selected.is_whole(desk):
        shown = named(f"sheets.{chosen.excerpt}")(shown)
    desk.show(shown)


def _chosen(name: str, given: dict[str, Any], lettered: LetterOptions) -> _Report:
    """Return the report of a name. Raises UsageRefused for an unknown one or an option that it does not have."""
    if lettered != LetterOptions():
        raise UsageRefused(
            say("--first, --department, --template and --write-template are for letters."),
            say("Use `esm report letters`."),
        )
    chosen = REPORTS.get(name) or _refuse(name)
    _require_no_others(name, {option: value for option, value in given.items() if option not in chosen.takes})
    return chosen


def _produced(chosen: _Report, selected: Selected, reading: Reading, day: date, given: dict[str, Any]) -> Document:
    """Return one report as it is laid out. Raises RuleRefused for a day before the first record."""
    named("usecases.register.first_record.require_records")(reading, day)
    options = {name: value for name, value in given.items() if name not in _OF_THE_SHEET}
    figures = named(f"usecases.{chosen.figures}")(reading, day, **options)
    layout: Callable[..., Document] = named(f"sheets.{chosen.sheet}")
    return layout(figures, selected.groups) if "by" in chosen.takes else layout(figures)


def _in_words(chosen: _Report, reading: Reading, day: date, span: BulletinSpan) -> tuple[str, ...]:
    """Return the figures in the sentences of a bulletin; none where that is of other days, or refuses to be."""
    if day > span.last_day:
        return ()
    try:
        found = named("usecases.reports.bulletin.bulletin")(reading, day, span, day)
    except RuleRefused:
        return ()
    return tuple(named(f"sheets.{chosen.words}")(found))


def _by_month(asked: Asked) -> _Report:
    """Return the trend by months. Raises UsageRefused where it is asked for by periods, too."""
    if asked.periods is not None:
        raise UsageRefused(say("--periods and --months cannot be used together."), say("Use only one of them."))
    return _BY_MONTH


def _require_no_others(name: str, others: dict[str, Any]) -> None:
    """Raise UsageRefused for an option that the report does not have."""
    for option in others:
        raise UsageRefused(
            say("The report {name} does not accept --{option}.", name=name, option=option),
            say("Reports that accept it: {names}.", names=Listed(_taking(option))),
        )


def _taking(option: str) -> list[str]:
    return [name for name, each in REPORTS.items() if option in each.takes]


def _refuse(name: str) -> _Report:
    close = nearest_spellings.nearest(name, [*REPORTS, LETTERS], share=0.4)
    raise UsageRefused(
        say("There is no report “{name}”.", name=name),
        say("Did you mean {candidates}?", candidates=close[0])
        if close
        else say("Available reports: {names}.", names=Listed([*REPORTS, LETTERS])),
    )
