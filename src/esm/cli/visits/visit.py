"""`esm visit list`, `show` and `cancel`: the visits on record."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date
from gettext import gettext as _
from typing import Annotated, Any

from esm.cli.shell.command_decorators import change, listing, query
from esm.cli.shell.context import Context
from esm.cli.shell.options import argument, option
from esm.cli.visits import recorded_visit
from esm.cli.visits.list_options import OtherLists, VisitKinds, VisitsByCadre, require_one_list
from esm.domain.values.money import LARGEST_NUMBER
from esm.errors import UsageRefused, say
from esm.sheets.schedule import planned_visit
from esm.sheets.sheet import sheet
from esm.sheets.sheet.selection import with_empty_of
from esm.sheets.visits import visit as visit_sheet
from esm.storage.database.connection import Reading
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
    whose: VisitsByCadre,
    since: Annotated[str | None, option("DATE", _("From this date on."))] = None,
    until: Annotated[str | None, option("DATE", _("Up to and including this date."))] = None,
    kinds: VisitKinds,
    instead: OtherLists,
) -> None:
    """List visits, newest first."""
    require_one_list(instead, whose, kinds)
    first, last = (desk.day_if_any(word) for word in (since, until))
    shown: sheet.Sheet
    with desk.reading() as reading:
        cadre = whose.words(desk, reading)
        if instead.planned or instead.called_off:
            shown = _plans(reading, desk.today, instead, enterprise=enterprise, cadre=cadre, since=first, until=last)
        elif instead.outside:
            others = outside_visits.find_outside_visits(reading, enterprise=enterprise, since=first, until=last)
            shown = visit_sheet.outside_visit_sheet(others)
        else:
            found, total = log.find_visits(
                reading, enterprise=enterprise, cadre=cadre, since=first, until=last or desk.today,
                only=log.visit_filter(
                    reading, kinds.channel, kinds.outcome, kinds.subdistrict, late=kinds.late, today=desk.today
                ),
                limit=desk.reach,
            )  # fmt: skip
            shown = replace(visit_sheet.visit_sheet(found), total=total)
    desk.show(with_empty_of(shown, enterprise, cadre, since, until, *astuple(kinds)))


def _plans(reading: Reading, today: date, instead: OtherLists, **narrowed: Any) -> sheet.Sheet:
    """Return the planned visits, or those called off."""
    if instead.planned:
        return planned_visit.plan_sheet(plan_by_hand.find_plans(reading, today, **narrowed))
    return planned_visit.called_off_sheet(plan_by_hand.find_called_off(reading, today, **narrowed))


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
