"""`esm handover`: a cadre leaves, and others take over."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import change
from esm.cli.shell.context import Context
from esm.cli.shell.options import CadreArgument, WithPhonesOption, flag, option
from esm.errors import UsageRefused, say
from esm.sheets.pairing import handover as handover_sheet
from esm.usecases.pairing import handover as handing_over


@change("esm handover 1001 --on 2026-12-01 --dry-run", "esm handover 1001 --to 1002 -o handover.xlsx")
def handover(
    desk: Context,
    cadre: CadreArgument,
    *,
    to: Annotated[str | None, option("CADRE", _("Hand everything over to this cadre."))] = None,
    on: Annotated[str | None, option("DATE", _("First day on which the successors serve; by default today."))] = None,
    stay: Annotated[bool, flag("--stay", _("The cadre stays in post but serves no enterprise."))] = False,
    with_phones: WithPhonesOption = False,
) -> None:
    """Hand over a cadre's enterprises with the fewest changes; exits with 1 if one is left unserved."""
    if with_phones and desk.dry_run:
        raise UsageRefused(
            say("A dry run saves nothing, so it cannot record that phone numbers were shown."),
            say("Omit --with-phones or --dry-run."),
        )
    day = desk.day(on)
    with desk.busy(say("Pairing")):
        done = desk.decide(handing_over.propose, handing_over.apply, cadre, day, to=to, stays=stay)
    desk.shows_phones = with_phones
    desk.show(handover_sheet.handover_report(done, with_phones=with_phones))
    if any(takeover.pair is None for takeover in done.takeovers):
        raise typer.Exit(1)
