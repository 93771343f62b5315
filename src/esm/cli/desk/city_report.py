"""`esm city report`: the figures of the districts side by side, and their sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Annotated, Any

import typer

from esm.cli.desk.city_context import CityDesk
from esm.cli.reports.report_options import AskedSpan
from esm.cli.shell.command_decorators import query
from esm.cli.shell.completion.fixed_words import one_of
from esm.cli.shell.options import argument
from esm.domain.desk.district_answer import DistrictAnswer, troubled
from esm.domain.values import intervals
from esm.errors import Listed, UsageRefused, say
from esm.sheets.desk import city_report
from esm.sheets.sheet.sheet import Report
from esm.storage.database.connection import Reading
from esm.usecases.register import first_record
from esm.usecases.reports import coverage, trend
from esm.usecases.requests import request_queries


@dataclass(frozen=True, slots=True)
class _CityReport:
    """What computes the figures of a district, what lays out those of all, and the options it `takes`."""

    figures: Callable[..., Any]
    layout: Callable[[Sequence[DistrictAnswer[Any]]], Report]
    takes: frozenset[str]


_REPORTS = {
    "coverage": _CityReport(coverage.coverage, city_report.city_coverage_report, frozenset({"period"})),
    "requests": _CityReport(
        request_queries.request_figures, city_report.city_requests_report, frozenset({"period", "month"})
    ),
    "trend": _CityReport(trend.trend, city_report.city_trend_report, frozenset({"periods"})),
}


@query(
    "esm city report",
    "esm city report requests --month 2026-10",
    "esm city report trend -o city.xlsx",
    has_known_at=False,
)
def report(
    desk: CityDesk,
    name: Annotated[
        str,
        argument(
            "[REPORT]",
            _("The report to produce: {names}.").format(names=", ".join(_REPORTS)),
            autocompletion=one_of(_REPORTS),
        ),
    ] = "coverage",
    *,
    asked: AskedSpan,
) -> None:
    """Show the figures of the districts as of one day, and their sum; exits with 1 if one is missing."""
    chosen = _REPORTS.get(name)
    if chosen is None:
        raise UsageRefused(
            say("There is no report “{name}”.", name=name),
            say("Available reports: {names}.", names=Listed(_REPORTS)),
        )
    for option in asked.given.keys() - chosen.takes:
        raise UsageRefused(
            say("The report {name} does not accept --{option}.", name=name, option=option),
            say("Reports that accept it: {names}.",
                names=Listed(each for each, other in _REPORTS.items() if option in other.takes)),
        )  # fmt: skip
    day = asked.day(desk)
    intervals.period_asked_for(asked.period, day, asked.month)
    with desk.busy(say("Asking the districts")):
        found = desk.ask_each(_figures, chosen, day, asked.given)
    desk.show(chosen.layout(found))
    if troubled(found):
        raise typer.Exit(1)


def _figures(reading: Reading, chosen: _CityReport, day: date, options: dict[str, Any]) -> Any:
    """Return the figures as `esm report` computes them. Raises RuleRefused for a day before the first record."""
    first_record.require_records(reading, day)
    return chosen.figures(reading, day, **options)
