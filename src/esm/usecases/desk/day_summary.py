"""The desk of a day, gathered from what `esm report`, `due`, `request list` and the journal say."""

from __future__ import annotations

from datetime import date

from esm.domain.desk.day_summary import ChangedRecords, DaySummary
from esm.domain.desk.table_words import place_in_summary
from esm.domain.reports.coverage import CoverageGroup, sum_of_counters
from esm.domain.schedule.due_list import DueState
from esm.domain.values.intervals import DAY, period_of, sunday_of
from esm.storage.database.connection import Reading
from esm.storage.desk.changed_records import changed_records
from esm.storage.reports import coverage as counted
from esm.storage.reports import past_database
from esm.storage.schedule import workdays
from esm.storage.schedule.called_off_plans import called_off_plans
from esm.storage.visits import promises
from esm.usecases.requests import request_queries
from esm.usecases.schedule import due_list


def day_summary(reading: Reading, today: date) -> DaySummary:
    """Return the figures of a day (docs/rules.md, The desk)."""
    since, until, period = last_workday_before(reading, today), sunday_of(today), period_of(today)
    rows = counted.cross_breakdown(reading, today, period, (CoverageGroup.TIER,)).rows
    due = due_list.due_visits(reading, today, within=(until - today).days).visits
    requests = request_queries.listing(reading, today).records
    return DaySummary(
        today=today,
        since=since,
        until=until,
        total=sum_of_counters(counters for _key, counters in rows),
        is_period_open=period.is_open(today),
        due_this_week=sum(visit.state not in {DueState.OVERDUE, DueState.PAUSED} for visit in due),
        late_requests=tuple(record for record in requests if record.progress.is_late),
        late_promises=tuple(each for each in promises.open_promises(reading, today) if each.is_late(today)),
        called_off=tuple(called_off_plans(reading, today, since=since)),
        changed=tuple(sorted(_changed_since(reading, since, today), key=lambda each: place_in_summary(each.subject))),
    )


def last_workday_before(reading: Reading, today: date) -> date:
    """Return the last working day before a day."""
    return workdays.calendar_in_force(reading).last_workday(today - DAY)


def _changed_since(reading: Reading, since: date, today: date) -> list[ChangedRecords]:
    """Return what was changed from a day on: what is known today and was not known the day before it."""
    last = past_database.operation_before(reading, today) or 0
    return changed_records(reading, past_database.operation_before(reading, since - DAY) or 0, last)
