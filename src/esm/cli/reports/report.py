"""`esm report`: how far the promises are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING, Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.days import day_of
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, FormatOption, OutputOption
from esm.domain.values import spelling
from esm.errors import UsageRefused, say

if TYPE_CHECKING:
    from esm.sheets.sheet.sheet import Shown
    from esm.storage.database.connection import Reading


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report was asked for: the day it stands on, and the period if one was named."""

    as_of: date
    period: str | None


def _coverage(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.reports import coverage  # noqa: PLC0415
    from esm.usecases.reports import coverage as reporting  # noqa: PLC0415

    return coverage.coverage_report(reporting.coverage(reading, asked.as_of, asked.period))


def _visits(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.visits import figures as visit_figures_sheet  # noqa: PLC0415
    from esm.usecases.reports import coverage as reporting  # noqa: PLC0415

    figures = reporting.visits(reading, asked.as_of, asked.period)
    return visit_figures_sheet.visit_figures_report(figures)


def _requests(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.reports import request_and_policy_figures  # noqa: PLC0415
    from esm.usecases.reports import request_and_policy_figures as reckoning  # noqa: PLC0415

    figures = reckoning.requests(reading, asked.as_of, asked.period)
    return request_and_policy_figures.request_figures_report(figures)


def _cadres(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.pairing import load_balance  # noqa: PLC0415
    from esm.usecases.reports import coverage as reporting  # noqa: PLC0415

    _require_no_period(asked, "cadres")
    return load_balance.fairness_report(reporting.fairness(reading, asked.as_of))


def _burden(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.visits import burden  # noqa: PLC0415
    from esm.usecases.visits import burden as sparing  # noqa: PLC0415

    _require_no_period(asked, "burden")
    return burden.burden_report(sparing.burden(reading, asked.as_of))


def _policies(reading: Reading, asked: Asked) -> Shown:
    from esm.sheets.reports import request_and_policy_figures  # noqa: PLC0415
    from esm.usecases.reports import request_and_policy_figures as reckoning  # noqa: PLC0415

    _require_no_period(asked, "policies")
    return request_and_policy_figures.policy_figures_report(reckoning.policies(reading, asked.as_of))


# Each name with what answers it; the help and the refusal of an unknown name follow from here.
REPORTS: Mapping[str, Callable[[Reading, Asked], Shown]] = {
    "coverage": _coverage,
    "visits": _visits,
    "requests": _requests,
    "policies": _policies,
    "cadres": _cadres,
    "burden": _burden,
}


@example("esm report coverage --as-of 2026-10-31", "esm report -o coverage.xlsx", "esm report requests")
def report(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=f"[{'|'.join(REPORTS)}]", help=_("Which report."))] = "coverage",
    *,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("The day it stands on; by default today."))
    ] = None,
    period: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help=_("The two-month period, by either of its months."))
    ] = None,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Report how far the promises are kept."""
    if name not in REPORTS:
        close = spelling.near(name, list(REPORTS), share=0.4)
        raise UsageRefused(
            say("There is no report called “{name}”.", name=name),
            say("Did you mean {candidates}?", candidates=close[0])
            if close
            else say("There are {names}.", names=", ".join(REPORTS)),
        )
    desk = Context.of(context)
    with desk.reading() as reading:
        shown = REPORTS[name](reading, Asked(desk.today if as_of is None else day_of(as_of), period))
    desk.show(shown, Output(format, output, force))


def _require_no_period(asked: Asked, name: str) -> None:
    if asked.period is not None:
        raise UsageRefused(
            say("The report {name} stands on one day and has no period.", name=name), say("Use --as-of.")
        )
