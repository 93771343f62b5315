"""`esm assign`: pairs cadres with enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.pairing import waiting
from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import flag, option
from esm.errors import UsageRefused, say
from esm.sheets.pairing import assignment as pairing_sheet
from esm.sheets.pairing import explanation
from esm.sheets.pairing import what_if as supposition_sheet
from esm.sheets.sheet.sheet import Report
from esm.usecases.pairing import assignment as assigning
from esm.usecases.pairing import explanation as explaining
from esm.usecases.pairing import what_if as supposing


@change(
    "esm assign --dry-run",
    "esm assign --freeze --only NAME",
    "esm assign --explain NAME",
    'esm assign --what-if "cadres+20" --what-if "capacity=2 weight_load=3"',
    has_known_at=True,
    is_report=True,
)
def assign(
    desk: Context,
    *,
    capacity: Annotated[
        int | None, option("N", _("Enterprises a cadre may serve if the roster gives no capacity."), min=0)
    ] = None,
    only: Annotated[
        str | None, option("NAME", _("Only the enterprises of this subdistrict, or the cadres of this department."))
    ] = None,
    freeze: Annotated[
        bool, flag("--freeze", _("Keep every existing pairing; only give unserved enterprises a cadre."))
    ] = False,
    explain: Annotated[
        str | None, option("ENTERPRISE", _("Explain why one enterprise has its cadre, or has none; nothing is saved."))
    ] = None,
    what_if: Annotated[
        list[str] | None,
        option("WORDS", _("Compare a scenario, such as “cadres+20 capacity=2”; repeatable."), "--what-if"),
    ] = None,
    summary: Annotated[
        bool, flag("--summary", _("Show only the totals and the unserved enterprises, not every change."))
    ] = False,
) -> None:
    """Find the optimal pairing; exits with 1 if an enterprise is left unserved."""
    if explain is not None or what_if:
        _require_alone(explain, what_if, only=only, freeze=freeze, capacity=capacity)
        desk.show(_explained(desk, explain, capacity) if explain is not None else _compared(desk, what_if or ()))
        return
    request = assigning.AssignmentRequest(capacity=capacity, only=only, freeze=freeze)
    with waiting.busy(desk):
        assignment = desk.decide(assigning.propose, assigning.apply, desk.today, request)
    desk.show(pairing_sheet.pairing_report(assignment, is_short=summary))
    if assignment.proposal.unserved:
        raise typer.Exit(1)


def _explained(desk: Context, enterprise: str, capacity: int | None) -> Report:
    with waiting.busy(desk):
        found = desk.read(explaining.explain, desk.today, enterprise, capacity)
    return explanation.explanation_report(found)


def _compared(desk: Context, scenarios: Sequence[str]) -> Report:
    with waiting.busy(desk):
        found = desk.read(supposing.compare_scenarios, desk.today, scenarios)
    return supposition_sheet.what_if_report(found)


def _require_alone(
    explain: str | None, what_if: list[str] | None, *, only: str | None, freeze: bool, capacity: int | None
) -> None:
    """Raise UsageRefused for options that cannot be combined with `--explain` or `--what-if`."""
    others = {"--only": only is not None, "--freeze": freeze, "--what-if": bool(what_if) and explain is not None}
    others["--capacity"] = capacity is not None and explain is None
    taken = next((name for name, is_given in others.items() if is_given), None)
    asked = "--what-if" if explain is None else "--explain"
    if taken is not None:
        raise UsageRefused(
            say("{one} and {other} cannot be used together.", one=asked, other=taken),
            say("Use only one of them; a scenario can include `capacity=2` and `freeze`."),
        )
