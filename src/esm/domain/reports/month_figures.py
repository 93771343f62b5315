"""What was done month by month, up to a day (docs/rules.md, Overview)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.requests.figures import counters
from esm.domain.requests.records import RequestRecord
from esm.domain.values.intervals import Period


@dataclass(frozen=True, slots=True)
class MonthOfWork:
    """The visits of a month, and the requests that were received in it with how many of these were closed and solved.

    None is what was not on record yet.
    """

    month: Period
    as_of: date
    visits: int | None
    received: int | None
    closed: int | None
    solved: int | None


def months_on_record(months: Iterable[Period], began_on: Iterable[date | None]) -> tuple[Period, ...]:
    """Return the months without those that ended before any of the records began."""
    known = [day for day in began_on if day is not None]
    return tuple(month for month in months if known and month.last_day >= min(known))


def visits_by_month(visits: Sequence[date], months: Sequence[Period]) -> tuple[int, ...]:
    """Return on how many days of each month there was a visit; the days are in order, the months follow each other."""
    counts = [0] * len(months)
    if months:
        first = months[0].start_on
        before = first.year * 12 + first.month
        for day in dict.fromkeys(reversed(visits)):
            if day < first:
                break
            counts[day.year * 12 + day.month - before] += 1
    return tuple(counts)


def work_by_month(
    months: Sequence[Period],
    as_of: date,
    visits: Iterable[Sequence[int]],
    records: Sequence[RequestRecord],
    began_on: tuple[date | None, date | None],
) -> tuple[MonthOfWork, ...]:
    """Return the work of each month, given the visits to each enterprise by month and all requests.

    `began_on` is since when visits and since when requests are on record.
    """
    made = [sum(counts) for counts in zip(*visits, strict=True)] or [0] * len(months)
    found = []
    for place, month in enumerate(months):
        knows_visits, knows_requests = (day is not None and day <= month.last_day for day in began_on)
        own = counters(
            record.progress
            for record in records
            if month.start_on <= record.progress.request.received_on < month.end_on
        )
        requests = (own.received, own.closed, own.solved) if knows_requests else (None, None, None)
        found.append(MonthOfWork(month, as_of, made[place] if knows_visits else None, *requests))
    return tuple(found)
