"""`esm report`: the reports."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated, Any

from esm.cli.reports.report_options import Asked, Selected
from esm.cli.shell.command_decorators import query
from esm.cli.shell.commands import named
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument
from esm.domain.values import nearest_spellings
from esm.errors import UsageRefused, say


@dataclass(frozen=True, slots=True)
class _Report:
    """The functions that compute and lay out a report, as SHELF.MODULE.FUNCTION; imported on demand.

    `takes` are the options that only some reports have.
    """

    figures: str
    sheet: str
    takes: frozenset[str] = frozenset()


REPORTS = {
    "coverage": _Report(
        "reports.coverage.coverage", "reports.coverage.coverage_report", frozenset({"period", "by", "full"})
    ),
    "visits": _Report(
        "visits.figures.visit_figures", "visits.figures.visit_figures_report", frozenset({"period", "month"})
    ),
    "requests": _Report(
        "requests.request_queries.request_figures",
        "reports.request_and_policy_figures.request_figures_report",
        frozenset({"period", "month"}),
    ),
    "policies": _Report("policies.figures.figures", "reports.request_and_policy_figures.policy_figures_report"),
    "cadres": _Report("reports.coverage.load_balance_on", "pairing.load_balance.load_balance_report"),
    "burden": _Report("visits.burden.burden", "visits.burden.burden_report"),
    "trend": _Report("reports.trend.trend", "reports.trend.trend_sheet", frozenset({"periods"})),
}


@query(
    "esm report",
    "esm report --by subdistrict,tier",
    "esm report -o coverage.xlsx",
    "esm report requests --month 2026-10",
)
def report(
    desk: Context,
    name: Annotated[str, argument(f"[{'|'.join(REPORTS)}]", _("The report to produce."))] = "coverage",
    *,
    asked: Asked,
    selected: Selected,
) -> None:
    """Produce a report. Raises UsageRefused for an unknown report or an option that it does not have."""
    chosen = REPORTS.get(name) or _refuse(name)
    given = asked.given | selected.given
    for option in given:
        if option not in chosen.takes:
            raise UsageRefused(
                say("The report {name} does not take --{option}.", name=name, option=option),
                say("Reports that take it: {names}.", names=", ".join(_taking(option))),
            )
    day = asked.day(desk)
    with desk.reading() as reading:
        named("usecases.reports.first_record.require_records")(reading, day)
        figures = named(f"usecases.{chosen.figures}")(reading, day, **_figure_options(chosen, given))
    view = {"view": selected.view(desk)} if "by" in chosen.takes else {}
    desk.show(named(f"sheets.{chosen.sheet}")(figures, **view))


def _figure_options(chosen: _Report, given: dict[str, Any]) -> dict[str, Any]:
    return {option: value for option, value in given.items() if option != "full"}


def _taking(option: str) -> list[str]:
    return [name for name, each in REPORTS.items() if option in each.takes]


def _refuse(name: str) -> _Report:
    close = nearest_spellings.nearest(name, list(REPORTS), share=0.4)
    raise UsageRefused(
        say("There is no report “{name}”.", name=name),
        say("Did you mean {candidates}?", candidates=close[0])
        if close
        else say("Available reports: {names}.", names=", ".join(REPORTS)),
    )
