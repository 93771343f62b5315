"""`esm unpair`: ends one pairing."""

from __future__ import annotations

from esm.cli.shell.command import example, with_dry_run, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument
from esm.sheets.pairing import by_hand
from esm.usecases.pairing import by_hand as pairing_by_hand


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
