"""`esm brief`: one page to read before going."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from esm.cli.shell.context import Context, Output
from esm.cli.shell.help import example
from esm.cli.shell.options import ForceOption, FormatOption, OutputOption, WithPhonesOption


@example("esm brief 913302000000000001", "esm brief 913302000000000001 -o brief.html")
def brief(
    context: typer.Context,
    enterprise: Annotated[str, typer.Argument(metavar="ENTERPRISE", help=_("Its code, or a part of its name."))],
    *,
    with_phones: WithPhonesOption = False,
    format: FormatOption = None,
    output: OutputOption = None,
    force: ForceOption = False,
) -> None:
    """Show one page to read before a visit."""
    from esm.sheets.reports import brief as brief_sheet  # noqa: PLC0415
    from esm.usecases.reports import brief as preparing  # noqa: PLC0415

    desk = Context.of(context)
    with desk.disclosing(with_phones) as reading:
        page = preparing.brief(reading, enterprise, desk.today)
    desk.show(brief_sheet.brief_report(page, with_phones=with_phones), Output(format, output, force))
