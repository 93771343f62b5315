"""`esm scale`: the above-scale watch."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_listing
from esm.cli.shell.context import Context
from esm.domain.register.threshold_watch import ListKind
from esm.sheets.register import threshold_watch
from esm.usecases.register import threshold_watch as watching


@example("esm scale", "esm scale --list nursery -o nursery.xlsx")
@with_listing
def scale(
    desk: Context,
    *,
    list_: Annotated[
        ListKind | None,
        typer.Option(
            "--list",
            metavar="LIST",
            help=_(
                "Only this list, in full: not_registered, below_line, nursery, at_risk, undecidable, "
                "unchecked, no_line."
            ),
        ),
    ] = None,
    subdistrict: Annotated[
        str | None, typer.Option(metavar="NAME", help=_("Only enterprises in this subdistrict."))
    ] = None,
    exact: Annotated[
        bool, typer.Option("--exact", help=_("Show the exact revenue, a business secret, beside its band."))
    ] = False,
) -> None:
    """Show the above-scale watch."""
    with desk.reading() as reading:
        found = watching.current_watch(reading, desk.today, subdistrict)
    if list_ is None:
        desk.show(threshold_watch.scale_report(found, exact=exact))
    else:
        desk.show(threshold_watch.scale_sheet(found, list_, exact=exact))
