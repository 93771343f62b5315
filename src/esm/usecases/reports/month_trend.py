"""The visits and the requests of the months up to a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from esm.domain.reports.month_trend import MonthFigures, MonthTrend
from esm.domain.requests import figures as request_counts
from esm.domain.requests.records import RequestRecord
from esm.domain.values.intervals import DAY, Period, month_of
from esm.domain.visits.figures import VisitCounts
from esm.storage.database.connection import Reading
from esm.storage.register import first_record
from esm.storage.reports import coverage as counted
from esm.storage.visits.figures import visit_counts
from esm.usecases.requests import request_queries


def month_trend(reading: Reading, as_of: date, months: int) -> MonthTrend:
    """Return the visits and the requests of so many months, the last of which holds the day."""
    since = {"visits": counted.records_began_on(reading, as_of), **first_record.first_days(reading)}
    records = request_queries.records(reading, as_of)
    return MonthTrend(as_of, month_figures(reading, records, _months_until(as_of, months), as_of, since))


def month_figures(
    reading: Reading,
    records: Sequence[RequestRecord],
    months: Sequence[Period],
    on: date,
    since: Mapping[str, date | None],
) -> tuple[MonthFigures, ...]:
    """Return the figures of successive months up to a day, those before any record left out.

    `since` says for visits and requests since when they are on record.
    """
    start_on = months[0].start_on
    visits = dict(visit_counts(reading, "month", start_on, on, on))
    requests = dict(request_counts.figures(records, as_of=on, since=start_on, until=on).by_month)
    found = []
    for month in months:
        is_visited, is_asked = (_is_on_record(since[group], month) for group in ("visits", "requests"))
        if is_visited or is_asked:
            found.append(
                MonthFigures(
                    month=month,
                    visits=visits.get(month.name, VisitCounts()) if is_visited else None,
                    requests=requests.get(month.name, request_counts.counters(())) if is_asked else None,
                )
            )
    return tuple(found)


def _is_on_record(began_on: date | None, month: Period) -> bool:
    return began_on is not None and began_on <= month.last_day


def year_until(day: date) -> tuple[Period, ...]:
    """Return the twelve months that end with the month of a day."""
    return _months_until(day, 12)


def _months_until(day: date, number: int) -> tuple[Period, ...]:
    first: date = day.replace(day=1) - relativedelta(months=number - 1)
    months = [month_of(first)]
    while months[-1].end_on <= day:
        months.append(month_of(months[-1].last_day + DAY))
    return tuple(months)
