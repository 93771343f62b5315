"""`esm scale`: the above-scale watch."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, FormatOption, OutputOption
from esm.domain.register.threshold_watch import ListKind


@example("esm scale", "esm scale --list nursery -o nursery.xlsx")
def scale(
    context: typer.Context,
    *,
    list_: Annotated[
        ListKind | None,
        typer.Option(
            "--list",
            metavar="LIST",
            help=_(
                "Only this list, whole: not_registered, below_line, nursery, at_risk, undecidable, unchecked, no_line."
            ),
        ),
    ] = None,
    subdistrict: Annotated[str | None, typer.Option(metavar="NAME", help=_("Only those in this subdistrict."))] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help=_("Show the revenue itself, a business secret, beside its band."))
    ] = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Watch the line."""
    from esm.sheets.register import threshold_watch  # noqa: PLC0415
    from esm.usecases.register import threshold_watch as watching  # noqa: PLC0415

    desk = Context.of(context)
    with desk.reading() as reading:
        found = watching.scale(reading, desk.today, subdistrict)
    if list_ is None:
        desk.show(threshold_watch.scale_report(found, exact=exact), Output(format, output, force))
    else:
        desk.show(threshold_watch.scale_sheet(found, list_, exact=exact), Output(format, output, force))
