"""The trend: a row a period, with bars."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _
from operator import gt, lt

from esm.domain.reports.trend import PeriodFigures, Trend, run_of_changes
from esm.sheets.sheet.bars import bar
from esm.sheets.sheet.sheet import Chart, Column, Sheet, cells

_SEVERAL = 2  # one change is no run


def trend_sheet(trend: Trend) -> Sheet:
    """Return the periods, the earliest first; the keys are the contract of `esm report trend --format json`."""
    columns = (
        Column("period", _("Period"), "period.name", table=False),
        Column("told_period", _("Period"), _told_period, data=False),
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
    return Sheet(
        "trend", _("Trend by period"), columns, cells(columns, trend.rows), tuple(_notes(trend)),
        _("Nothing is on record yet."), chart=Chart(True, "told_period", ("visits", "service")),
    )  # fmt: skip


def _told_period(row: PeriodFigures) -> str:
    return _("{period} (so far)").format(period=row.period.name) if row.is_open else row.period.name


def _notes(trend: Trend) -> Iterator[str]:
    if not trend.rows:
        return
    falls, rises = (run_of_changes(trend.rows, is_change) for is_change in (lt, gt))
    if falls >= _SEVERAL:
        yield _("The share visited fell in each of the last {count} full periods.").format(count=falls)
    if rises >= _SEVERAL:
        yield _("The share visited rose in each of the last {count} full periods.").format(count=rises)
    yield _("Figures are as of the last day of each period, and as of {as_of} in {period}.").format(
        as_of=trend.rows[-1].as_of, period=trend.rows[-1].period.name
    )
    if trend.omitted:
        yield _("Records began on {day}; earlier periods are left out.").format(day=trend.records_began_on)
    if trend.has_partial_start:
        yield _("Visits of {period} are on record only from {day} on.").format(
            period=trend.rows[0].period.name, day=trend.records_began_on
        )
    if trend.rows[0].served is None:
        yield _no_pairings(trend)


def _no_pairings(trend: Trend) -> str:
    if trend.paired_since is None:
        return _("No pairing is on record, so who was served is not known.")
    return _("Pairings are on record from {day} on; before that, who was served is not known.").format(
        day=trend.paired_since
    )
