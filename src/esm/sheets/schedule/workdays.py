"""The calendar of working days as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _
from itertools import groupby

from esm.domain.schedule.new_plan import CalendarChange
from esm.domain.values.workdays import NamedDay, YearDoubt, YearPage
from esm.errors import say
from esm.sheets.requests.request_list import deadline_sheet
from esm.sheets.schedule.plan import plan_changes_sheet, provisional_note
from esm.sheets.sheet.message_translation import word
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet, Term, cells

HOLIDAYS = {
    "New Year's Day": say("New Year's Day"),
    "Spring Festival": say("Spring Festival"),
    "Tomb-sweeping Day": say("Tomb-sweeping Day"),
    "Labour Day": say("Labour Day"),
    "Dragon Boat Festival": say("Dragon Boat Festival"),
    "Mid-autumn Festival": say("Mid-autumn Festival"),
    "National Day": say("National Day"),
    "Anti-Fascist 70th Day": say("70th Anniversary of Victory Day"),
}
WEEKDAYS = (say("Mon"), say("Tue"), say("Wed"), say("Thu"), say("Fri"), say("Sat"), say("Sun"))


def year_report(page: YearPage) -> Report:
    """Return one year: every day that a notice or a local rule names, one row a run of days off."""
    facts = (
        Fact("year", _("Year"), page.year),
        Fact("workdays", _("Working days"), page.workdays),
        Fact("provisional", _("Provisional"), page.is_provisional),
    )
    return Report(_("Working days"), facts, (_day_sheet(page.days), _run_sheet(page.days)), _doubt_notes(page.doubt))


def calendar_change_report(change: CalendarChange) -> Report:
    """Return what an import changed: days, and the planned visits and deadlines that moved with them."""
    moved = 0 if change.schedule is None else len(change.schedule.changes)
    is_of_year = change.notice.year is not None
    facts = (
        Fact("year", _("Year"), change.notice.year, table=is_of_year),
        Fact("published", _("Published"), is_of_year and change.doubt is None, table=is_of_year),
        Fact("workdays", _("Working days"), change.workdays, table=change.workdays is not None),
        Fact("days", _("Days listed"), len(change.notice.days)),
        Fact("moved", _("Rescheduled"), moved),
        Fact("deadlines_moved", _("Deadlines changed"), len(change.deadlines)),
    )
    notes = _doubt_notes(change.doubt)
    if change.schedule is None:
        notes = (*notes, _("No planned visit depends on these days."))
    changes = () if change.schedule is None else (plan_changes_sheet(change.schedule),)
    return Report(_("Calendar"), facts, (*changes, deadline_sheet(change.deadlines)), notes)


def _doubt_notes(doubt: YearDoubt | None) -> tuple[str, ...]:
    """Return why a year of the calendar is not certain."""
    if doubt is None:
        return ()
    if doubt.is_before_records:
        return (_("No holidays of that year are on record; Monday to Friday is assumed."),)
    if doubt.missing:
        told = _("Provisional: the list is not complete. Statutory holidays missing in whole or in part: {names}.")
        return (told.format(names=_(", ").join(holiday_term(name).label for name in doubt.missing)),)
    if doubt.awaits is not None:
        return (_("Provisional: the year counts as published once {year} is.").format(year=doubt.awaits),)
    return (provisional_note(),)


def holiday_term(name: str) -> Term:
    """Return the word for a holiday of the national notices; other names stay as they were written."""
    return Term(name, word(HOLIDAYS[name].template) if name in HOLIDAYS else name)


def _weekday(day: date) -> str:
    return word(WEEKDAYS[day.weekday()].template)


def _day_sheet(days: Sequence[NamedDay]) -> Sheet:
    columns = (
        Column("day", _("Date"), "on"),
        Column("weekday", _("Weekday"), lambda each: Term(str(each.on.isoweekday()), _weekday(each.on))),
        Column("worked", _("Working day"), "is_worked"),
        Column("name", _("Name"), lambda each: holiday_term(each.name)),
        Column("source", _("Source"), lambda each: each.source or "chinese-calendar"),
    )
    return Sheet("days", _("Days listed"), columns, cells(columns, days), table=False)


def _run_sheet(days: Sequence[NamedDay]) -> Sheet:
    """Return the days for people: a run of days with one name and meaning is one row."""
    columns = (Column("days", _("Dates")), Column("count", _("Number")), Column("kind", _("Off or working")),
               Column("name", _("Name")))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []

    def same(pair: tuple[int, NamedDay]) -> tuple[int, bool, str]:
        number, each = pair
        return each.on.toordinal() - number, each.is_worked, each.name

    for (_start, is_worked, name), group in groupby(enumerate(days), key=same):
        run = [each for _number, each in group]
        first, last = run[0].on, run[-1].on
        told = f"{first} – {last:%m-%d}" if len(run) > 1 else f"{first} {_weekday(first)}"
        rows.append((told, len(run), _("working") if is_worked else _("off"), holiday_term(name)))
    return Sheet("runs", _("Days off and make-up working days"), columns, rows, (), _("No day is listed."), data=False)
