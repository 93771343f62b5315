"""`esm pair`: one pairing by hand."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import (
    CadreArgument,
    DryRunOption,
    EnterpriseArgument,
    ForceOption,
    FormatOption,
    OutputOption,
)


@example('esm pair 913302000000000001 1001 --pin --reason "…"')
def pair(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    cadre: CadreArgument,
    *,
    pin: Annotated[
        bool | None, typer.Option("--pin/--no-pin", help=_("A pinned pairing stays whatever `esm assign` finds."))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why; kept with the pairing."))] = None,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Pair one enterprise with one cadre by hand."""
    from esm.sheets.pairing import by_hand  # noqa: PLC0415
    from esm.usecases.pairing import by_hand as pairing_by_hand  # noqa: PLC0415
    from esm.usecases.register import typed_values  # noqa: PLC0415

    desk = Context.of(context)
    said = typed_values.words(reason)
    with desk.writing(dry_run=dry_run) as writing:
        paired = pairing_by_hand.pair(writing, enterprise, cadre, desk.today, pin=pin, reason=said)
    desk.show(by_hand.paired_report(paired), Output(format, output, force))
