"""`esm recuse`: records who must not serve whom."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Literal

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
from esm.errors import UsageRefused, say


@example('esm recuse 1001 913302000000000001 --kind relative --reason "…"', "esm recuse 1001 913302000000000001 --end")
def recuse(
    context: typer.Context,
    cadre: CadreArgument,
    enterprise: EnterpriseArgument,
    *,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Why; needed for a new recusal."))] = None,
    kind: Annotated[
        Literal["relative", "own_interest", "former_employer", "other"] | None,
        typer.Option(help=_("Of which kind; by default `other`.")),
    ] = None,
    end: Annotated[bool, typer.Option("--end", help=_("End the recusal: the reason has gone."))] = False,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Record that a cadre must not serve an enterprise."""
    from esm.sheets.pairing import by_hand  # noqa: PLC0415
    from esm.usecases.pairing import recusals  # noqa: PLC0415
    from esm.usecases.register import typed_values  # noqa: PLC0415

    desk = Context.of(context)
    if end and (reason is not None or kind is not None):
        raise UsageRefused(
            say("--end takes neither --reason nor --kind."), say("Leave them out, or record a recusal without --end.")
        )
    said = typed_values.words(reason)
    with desk.writing(dry_run=dry_run) as writing:
        recused = (
            recusals.end(writing, cadre, enterprise)
            if end
            else recusals.recuse(writing, cadre, enterprise, desk.today, reason=said, kind=kind)
        )
    desk.show(by_hand.recused_report(recused), Output(format, output, force))
