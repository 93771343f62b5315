"""`esm unpair`: ends one pairing."""

from __future__ import annotations

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import DryRunOption, EnterpriseArgument, ForceOption, FormatOption, OutputOption


@example("esm unpair 913302000000000001")
def unpair(
    context: typer.Context,
    enterprise: EnterpriseArgument,
    *,
    dry_run: DryRunOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """End the pairing of one enterprise today."""
    from esm.sheets.pairing import by_hand  # noqa: PLC0415
    from esm.usecases.pairing import by_hand as pairing_by_hand  # noqa: PLC0415

    desk = Context.of(context)
    with desk.writing(dry_run=dry_run) as writing:
        ended = pairing_by_hand.unpair(writing, enterprise, desk.today)
    desk.show(by_hand.paired_report(ended), Output(format, output, force))
