"""`esm brief`: one page to read before a visit."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.command_decorators import example, with_output
from esm.cli.shell.context import Context
from esm.cli.shell.options import WithPhonesOption
from esm.sheets.reports import brief as brief_sheet
from esm.usecases.reports import brief as preparing


@example("esm brief 913302000000000001", "esm brief 913302000000000001 -o brief.html")
@with_output
def brief(
    desk: Context,
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help=_("Credit code, or part of the name."))],
    *,
    with_phones: WithPhonesOption = False,
) -> None:
    """Show one page to read before a visit."""
    with desk.disclosing(with_phones) as reading:
        page = preparing.brief(reading, enterprise, desk.today)
    desk.show(brief_sheet.brief_report(page, with_phones=with_phones))
