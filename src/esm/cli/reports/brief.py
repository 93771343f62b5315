"""`esm brief`: one page to read before a visit."""

from __future__ import annotations

from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.options import EnterpriseArgument, WithPhonesOption
from esm.sheets.reports import brief as brief_sheet
from esm.usecases.reports import brief as preparing


@query("esm brief 913302000000000001", "esm brief 913302000000000001 -o brief.html")
def brief(desk: Context, enterprise: EnterpriseArgument, *, with_phones: WithPhonesOption = False) -> None:
    """Show one page to read before a visit."""
    with desk.disclosing(with_phones) as reading:
        page = preparing.brief(reading, enterprise, desk.today)
    desk.show(brief_sheet.brief_report(page, with_phones=with_phones))
