"""The trend: a row a period or a month, with bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from gettext import gettext as _
from operator import gt, lt

from esm.domain.reports.month_trend import MonthTrend
from esm.domain.reports.trend import PeriodFigures, Trend, run_of_changes
from esm.domain.values.intervals import Period
from esm.sheets.sheet.bars import bar, count_bars
from esm.sheets.sheet.day_words import period_in_words
from esm.sheets.sheet.message_translation import day_text
from esm.sheets.sheet.sheet import Chart, Column, Sheet, cells
from esm.sheets.sheet.usual_columns import optional

_SEVERAL = 2  # one change is no run


def trend_sheet(trend: Trend) -> Sheet:
    """Return the periods, the earliest first; the keys are the contract of `esm report trend --format json`."""
    columns = period_columns()
    return Sheet(
        "trend", _("Trend by period"), columns, cells(columns, trend.rows), tuple(_notes(trend)),
        _("Nothing is on record yet."), chart=Chart(True, "told_period", ("visits", "service")),
    )  # fmt: skip


def period_columns() -> tuple[Column, ...]:
    """Return the columns of the figures of a period."""
    return (
        Column("period", _("Period"), "period.name", table=False),
        Column("told_period", _("Period"), told_period, data=False),
        Column("axis", _("Period"), lambda row: period_in_words(row.period), table=False, data=False),
        Column("as_of", _("As of"), table=False),
        Column("service", _("Share served"), data=False, of=("served", "in_scope")),
        Column("in_scope", _("In scope"), table=False),
        Column("served", _("Served"), table=False),
        Column("visits", _("Share visited"), data=False, of=("visited_of_due", "due_in_period")),
        Column("visits_bar", "0–100%", lambda row: bar(row.visits), data=False),
        Column("due_in_period", _("Due in period"), table=False),
        Column("visited_of_due", _("Due and visited"), table=False),
        Column("overdue", _("Overdue")),
    )


def trend_listing(trend: Trend) -> Sheet:
    """Return the periods, and how to have months."""
    found = trend_sheet(trend)
    more = _("Visits and requests by month: `esm report trend --months 12`.")
    return replace(found, notes=(*found.notes, more)) if found.rows else found


def month_trend_sheet(trend: MonthTrend) -> Sheet:
    """Return the months, the earliest first; the keys are the contract of `esm report trend --months`."""
    visits, received = optional("visits.visits"), optional("requests.received")
    columns = (
        Column("month", _("Month"), "month.name", table=False),
        Column("told_month", _("Month"), lambda row: period_label(row.month, trend.as_of), data=False),
        Column("visits", _("Visits made"), visits),
        count_bars("visits_bar", visits, trend.rows),
        Column("received", _("Requests received"), received),
        count_bars("received_bar", received, trend.rows),
        Column("enterprises", _("Enterprises visited"), optional("visits.enterprises"), needs_room=True),
        Column("closing", _("Share closed"), optional("requests.closed_share"), data=False, of=("closed", "counted"),
               needs_room=True),
        Column("counted", _("Counted"), optional("requests.counted"), table=False),
        Column("closed", _("Closed"), optional("requests.closed"), table=False),
    )  # fmt: skip
    notes = (_("Requests go by the month of receipt; figures are as of {day}.").format(day=day_text(trend.as_of)),)
    return Sheet(
        "month_trend", _("Trend by month"), columns, cells(columns, trend.rows), notes if trend.rows else (),
        _("Nothing is on record yet."), chart=Chart(True, "told_month", ("visits", "received"), ("received",)),
    )  # fmt: skip


def days_note(last: PeriodFigures) -> str:
    """Return of which days the figures are, up to the last period."""
    return _("Figures are as of the last day of each period, and as of {as_of} in {period}.").format(
        as_of=day_text(last.as_of), period=period_in_words(last.period)
    )


def told_period(row: PeriodFigures) -> str:
    """Return the period of a row as people read it."""
    return period_label(row.period, row.as_of)


def period_label(period: Period, as_of: date) -> str:
    """Return a period in words, and that it is not over where it goes on after the day."""
    return period_in_words(period, is_so_far=period.is_open(as_of))


def _notes(trend: Trend) -> Iterator[str]:
    if not trend.rows:
        return
    falls, rises = (run_of_changes(trend.rows, is_change) for is_change in (lt, gt))
    if falls >= _SEVERAL:
        yield _("The share visited fell in each of the last {count} full periods.").format(count=falls)
    if rises >= _SEVERAL:
        yield _("The share visited rose in each of the last {count} full periods.").format(count=rises)
    yield days_note(trend.rows[-1])
    began_on = "" if trend.records_began_on is None else day_text(trend.records_began_on)
    if trend.omitted:
        yield _("Records began on {day}; earlier periods are left out.").format(day=began_on)
    if trend.has_partial_start:
        yield _("Visits of {period} are on record only from {day} on.").format(
            period=period_in_words(trend.rows[0].period), day=began_on
        )
    if trend.rows[0].served is None:
        yield _no_pairings(trend)


def _no_pairings(trend: Trend) -> str:
    if trend.paired_since is None:
        return _("No pairing is on record, so who was served is not known.")
    return _("Pairings are on record from {day} on; before that, who was served is not known.").format(
        day=day_text(trend.paired_since)
    )
