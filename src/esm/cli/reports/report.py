"""`esm report`: the reports."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import query
from esm.cli.shell.commands import named
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, option
from esm.domain.values import nearest_spellings
from esm.errors import UsageRefused, say

PERIODS, MOST_PERIODS = 12, 600  # two years, a century


@dataclass(frozen=True, slots=True)
class _Report:
    """The functions that compute and lay out a report, as SHELF.MODULE.FUNCTION; imported on demand."""

    figures: str
    sheet: str
    has_period: bool = False
    has_periods: bool = False


REPORTS = {
    "coverage": _Report("reports.coverage.coverage", "reports.coverage.coverage_report", has_period=True),
    "visits": _Report("visits.figures.visit_figures", "visits.figures.visit_figures_report", has_period=True),
    "requests": _Report(
        "requests.request_queries.request_figures",
        "reports.request_and_policy_figures.request_figures_report",
        has_period=True,
    ),
    "policies": _Report("policies.figures.figures", "reports.request_and_policy_figures.policy_figures_report"),
    "cadres": _Report("reports.coverage.load_balance_on", "pairing.load_balance.load_balance_report"),
    "burden": _Report("visits.burden.burden", "visits.burden.burden_report"),
    "trend": _Report("reports.trend.trend", "reports.trend.trend_sheet", has_periods=True),
}


@query("esm report coverage --as-of 2026-10-31", "esm report -o coverage.xlsx", "esm report requests")
def report(
    desk: Context,
    name: Annotated[str, argument(f"[{'|'.join(REPORTS)}]", _("The report to produce."))] = "coverage",
    *,
    as_of: Annotated[str | None, option("DATE", _("Report as of this date; by default today."), "--as-of")] = None,
    period: Annotated[str | None, option("YYYY-MM", _("The two-month period, given by either of its months."))] = None,
    periods: Annotated[
        int | None,
        option(
            "N",
            _("So many periods of the trend; by default {periods}.").format(periods=PERIODS),
            min=1,
            max=MOST_PERIODS,
        ),
    ] = None,
) -> None:
    """Produce a report. Raises UsageRefused for an unknown report or period."""
    if name not in REPORTS:
        close = nearest_spellings.nearest(name, list(REPORTS), share=0.4)
        raise UsageRefused(
            say("There is no report “{name}”.", name=name),
            say("Did you mean {candidates}?", candidates=close[0])
            if close
            else say("Available reports: {names}.", names=", ".join(REPORTS)),
        )
    chosen = REPORTS[name]
    if period is not None and not chosen.has_period:
        raise UsageRefused(
            say("The report {name} is as of one date and has no period.", name=name), say("Use --as-of.")
        )
    if periods is not None and not chosen.has_periods:
        raise UsageRefused(say("The report {name} takes no --periods.", name=name), say("Use `esm report trend`."))
    over = (period,) if chosen.has_period else (periods or PERIODS,) if chosen.has_periods else ()
    with desk.reading() as reading:
        figures = named(f"usecases.{chosen.figures}")(reading, desk.day(as_of), *over)
    desk.show(named(f"sheets.{chosen.sheet}")(figures))
