"""`esm visit list`, `show` and `cancel`: the visits on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from gettext import gettext as _
from typing import Annotated

from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, code_option, flag, option
from esm.cli.visits import recorded_visit
from esm.domain.values.money import LARGEST_NUMBER
from esm.domain.visits.contact_made import Channel, VisitOutcome
from esm.errors import UsageRefused, say
from esm.sheets.schedule import planned_visit
from esm.sheets.sheet import sheet
from esm.sheets.sheet.selection import with_empty_of
from esm.sheets.visits import visit as visit_sheet
from esm.usecases.schedule import plan_by_hand
from esm.usecases.visits import log, outside_visits

VisitArgument = Annotated[str, argument("VISIT", _("Number in `esm visit list`: 57, P57, D57."))]


@listing(
    "esm visit list --cadre 1001",
    "esm visit list --planned --since 2026-12-01",
    of=[
        visit_sheet.visit_sheet,
        planned_visit.plan_sheet,
        planned_visit.called_off_sheet,
        visit_sheet.outside_visit_sheet,
    ],
    is_screenful=True,
)
def list_(
    desk: Context,
    *,
    enterprise: Annotated[str | None, option("ENTERPRISE", _("Only this enterprise."))] = None,
    cadre: Annotated[str | None, option("CADRE", _("Only visits by this cadre."))] = None,
    since: Annotated[str | None, option("DATE", _("From this date on."))] = None,
    until: Annotated[str | None, option("DATE", _("Up to and including this date."))] = None,
    channel: Annotated[Channel | None, code_option(Channel, help=_("Only visits through this channel."))] = None,
    outcome: Annotated[VisitOutcome | None, code_option(VisitOutcome, help=_("Only visits with this outcome."))] = None,
    subdistrict: Annotated[str | None, option("NAME", _("Only visits in this subdistrict."))] = None,
    late: Annotated[bool, flag("--late", _("Only visits entered late."))] = False,
    planned: Annotated[bool, flag("--planned", _("List the planned visits instead, by date."))] = False,
    called_off: Annotated[
        bool, flag("--called-off", _("List the planned visits called off instead, by the date they were."))
    ] = False,
    outside: Annotated[bool, flag("--outside", _("List the visits of other departments instead."))] = False,
) -> None:
    """List visits, newest first."""
    _require_one_list(
        {"--planned": planned, "--called-off": called_off, "--outside": outside},
        {"--cadre": cadre, "--channel": channel, "--outcome": outcome, "--subdistrict": subdistrict, "--late": late},
    )
    first, last = (desk.day_if_any(word) for word in (since, until))
    shown: sheet.Sheet
    with desk.reading() as reading:
        if planned:
            plans = plan_by_hand.find_plans(
                reading, desk.today, enterprise=enterprise, cadre=cadre, since=first, until=last
            )
            shown = with_empty_of(planned_visit.plan_sheet(plans), enterprise, cadre, since, until)
        elif called_off:
            gone = plan_by_hand.find_called_off(
                reading, desk.today, enterprise=enterprise, cadre=cadre, since=first, until=last
            )
            shown = with_empty_of(planned_visit.called_off_sheet(gone), enterprise, cadre, since, until)
        elif outside:
            others = outside_visits.find_outside_visits(reading, enterprise=enterprise, since=first, until=last)
            shown = with_empty_of(visit_sheet.outside_visit_sheet(others), enterprise, since, until)
        else:
            found, total = log.find_visits(
                reading, enterprise=enterprise, cadre=cadre, since=first, until=last or desk.today,
                only=log.visit_filter(reading, channel, outcome, subdistrict, late=late, today=desk.today),
                limit=desk.reach,
            )  # fmt: skip
            asked = (enterprise, cadre, since, until, channel, outcome, subdistrict, late)
            shown = with_empty_of(replace(visit_sheet.visit_sheet(found), total=total), *asked)
    desk.show(shown)


def _require_one_list(lists: Mapping[str, bool], filters: Mapping[str, object]) -> None:
    """Raise UsageRefused for two lists at once, or for a filter by which the chosen list cannot be narrowed."""
    chosen, *others = [name for name, is_chosen in lists.items() if is_chosen] or [""]
    has_cadres = chosen != "--outside"
    others += [name for name, value in filters.items() if value and not (name == "--cadre" and has_cadres)]
    if chosen and others:
        raise UsageRefused(
            say("{one} and {other} cannot be used together.", one=chosen, other=others[0]),
            say("Use only one of them."),
        )


@query("esm visit show 57")
def show(desk: Context, visit: VisitArgument) -> None:
    """Show one visit in full."""
    kind, number = _numbered(visit)
    with desk.reading() as reading:
        if kind == "P":
            shown = planned_visit.plan_report(plan_by_hand.plan_with_notes(reading, number))
        elif kind == "D":
            shown = visit_sheet.outside_visit_report(outside_visits.show(reading, number))
        else:
            shown = visit_sheet.visit_report(log.show(reading, number, desk.today), desk.today)
    desk.show(shown)


@change('esm visit cancel 57 --reason "…"', "esm visit cancel P12")
def cancel(
    desk: Context,
    visit: VisitArgument,
    *,
    reason: Annotated[str | None, option("TEXT", _("Reason for the cancellation."))] = None,
) -> None:
    """Cancel a visit that was recorded by mistake, or a planned one."""
    kind, number = _numbered(visit)
    with desk.writing() as writing:
        if kind == "P":
            news = plan_by_hand.cancel_plan(writing, number, today=desk.today, reason=reason)
            shown = planned_visit.plan_report(news)
        elif kind == "D":
            other = outside_visits.cancel(writing, number, today=desk.today, reason=reason)
            shown = visit_sheet.outside_visit_report(other)
        else:
            recorded = log.cancel(writing, number, today=desk.today, reason=reason)
            shown = recorded_visit.shown(desk, writing, recorded)
    desk.show(shown)


def _numbered(word: str) -> tuple[str, int]:
    """Return the kind and id of a number in a listing: a visit, P for a plan, D for another department's visit."""
    kind, digits = (word[:1].upper(), word[1:]) if word[:1].upper() in {"P", "D"} else ("", word)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 18 and 0 < int(digits) <= LARGEST_NUMBER):
        raise UsageRefused(
            say("VISIT: {word} is not a visit number.", word=word),
            say("See `esm visit list`, with --planned or --outside, for the numbers."),
        )
    return kind, int(digits)
