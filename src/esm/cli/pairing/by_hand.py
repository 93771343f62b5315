"""`esm pair` and `esm unpair`: one pairing by hand, and its end."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import (
    CadreArgument,
    EnterpriseArgument,
)
from esm.sheets.pairing import by_hand
from esm.usecases.pairing import by_hand as pairing_by_hand
from esm.usecases.register import typed_values


@example('esm pair 913302000000000001 1001 --pin --reason "…"')
@with_output
@with_dry_run
def pair(
    desk: Context,
    enterprise: EnterpriseArgument,
    cadre: CadreArgument,
    *,
    pin: Annotated[
        bool | None, typer.Option("--pin/--no-pin", help=_("A pinned pairing is not changed by `esm assign`."))
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help=_("Reason; stored with the pairing."))] = None,
) -> None:
    """Pair one enterprise with one cadre by hand."""
    said = typed_values.typed_text(reason)
    with desk.writing() as writing:
        paired = pairing_by_hand.pair(writing, enterprise, cadre, desk.today, pin=pin, reason=said)
    desk.show(by_hand.pairing_change_report(paired))


@example("esm unpair 913302000000000001")
@with_output
@with_dry_run
def unpair(
    desk: Context,
    enterprise: EnterpriseArgument,
) -> None:
    """End the pairing of one enterprise today."""
    with desk.writing() as writing:
        ended = pairing_by_hand.unpair(writing, enterprise, desk.today)
    desk.show(by_hand.pairing_change_report(ended))
