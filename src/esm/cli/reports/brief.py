"""`esm brief`: one page to read before a visit, or those of a cadre's week."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import query
from esm.cli.shell.context import Context
from esm.cli.shell.options import WithPhonesOption, argument, option
from esm.cli.shell.usage.chosen_cadre import ChosenCadre
from esm.cli.shell.usage.exclusive_options import require_at_most_one
from esm.errors import UsageRefused, say
from esm.sheets.reports import brief as brief_sheet
from esm.usecases.reports import brief as preparing


@dataclass(frozen=True, slots=True)
class BriefsOfCadre(ChosenCadre):
    """The cadre whose visits of the week are prepared."""

    cadre: Annotated[str | None, option("CADRE", _("The briefs of this cadre's visits in the week of `esm week`."))] = (
        None
    )


@query("esm brief 913302000000000001", "esm brief 913302000000000001 -o brief.html", "esm brief --mine")
def brief(
    desk: Context,
    enterprise: Annotated[str | None, argument("[ENTERPRISE]", _("Credit code, or part of the name."))] = None,
    *,
    whose: BriefsOfCadre,
    with_phones: WithPhonesOption = False,
) -> None:
    """Show one page to read before a visit."""
    given = {"ENTERPRISE": enterprise is not None, "--mine": whose.mine, "--cadre": whose.cadre is not None}
    require_at_most_one(given)
    if not any(given.values()):
        raise UsageRefused(
            say("Which enterprise is to be visited?"), say("Give the enterprise, or --mine for those of your week.")
        )
    if enterprise is None:
        _show_week(desk, whose, with_phones=with_phones)
        return
    with desk.disclosing(with_phones) as reading:
        page = preparing.brief(reading, enterprise, desk.today)
    desk.show(brief_sheet.brief_report(page, with_phones=with_phones))


def _show_week(desk: Context, whose: BriefsOfCadre, *, with_phones: bool) -> None:
    from esm.sheets.reports.week_briefs import week_briefs_report  # noqa: PLC0415 - not for one page
    from esm.usecases.register.first_record import require_records  # noqa: PLC0415
    from esm.usecases.reports import week  # noqa: PLC0415

    with desk.disclosing(with_phones) as reading:
        require_records(reading, desk.today)
        found = week.week(reading, whose.one(desk, reading), desk.today)
    desk.show(week_briefs_report(found, with_phones=with_phones))
