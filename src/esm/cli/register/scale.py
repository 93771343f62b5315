"""`esm scale`: the above-scale watch."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import listing
from esm.cli.shell.context import Context
from esm.cli.shell.options import code_option, flag, option
from esm.domain.register.threshold_watch import ListKind
from esm.sheets.register import threshold_watch
from esm.usecases.register import threshold_watch as watching

_LISTS = _("Only this list, in full: {lists}.").format(lists=", ".join(ListKind))


@listing("esm scale", "esm scale --list nursery -o nursery.xlsx")
def scale(
    desk: Context,
    *,
    list_: Annotated[ListKind | None, code_option(ListKind, "--list", metavar="LIST", help=_LISTS)] = None,
    subdistrict: Annotated[str | None, option("NAME", _("Only enterprises in this subdistrict."))] = None,
    exact: Annotated[bool, flag("--exact", _("Show the exact revenue, a business secret, beside its band."))] = False,
) -> None:
    """Show the above-scale watch."""
    with desk.reading() as reading:
        found = watching.current_watch(reading, desk.today, subdistrict)
    if list_ is None:
        desk.show(threshold_watch.scale_report(found, exact=exact))
    else:
        desk.show(threshold_watch.scale_sheet(found, list_, exact=exact))
