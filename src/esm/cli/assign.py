"""`esm assign`: pairs cadres with enterprises."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm import sheets, usecases
from esm.cli.context import Context, Output
from esm.cli.help import example
from esm.cli.options import DryRunOption, ForceOption, FormatOption, OutputOption
from esm.domain.limits import LARGEST_NUMBER
from esm.errors import say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help=_("Pair cadres with enterprises, the best way there is; exits with 1 when one stays unserved."),
        epilog=example("esm assign --dry-run"),
    )(assign)


def assign(
    context: typer.Context,
    *,
    capacity: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=LARGEST_NUMBER,
            metavar="N",
            help=_("Enterprises a cadre may serve where the roster says nothing."),
        ),
    ] = None,
    summary: Annotated[
        bool, typer.Option("--summary", help=_("Show the numbers and who is unserved, not every change."))
    ] = False,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Pair cadres with enterprises, the best way there is."""
    desk = Context.of(context)
    with desk.busy(say("Pairing")):
        assignment = desk.decide(
            lambda reading: usecases.assigning.propose(reading, desk.today, capacity),
            lambda writing, proposed: usecases.assigning.apply(writing, proposed, desk.today),
            dry_run=dry_run,
        )
    desk.show(sheets.pairing_sheet.pairing_report(assignment, is_short=summary), Output(format, output, force))
    if assignment.proposal.unserved:
        raise typer.Exit(1)
