"""The figures of a bulletin: those that the reports give, for a span and the ones it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from esm.domain.reports.bulletin import (
    YEAR,
    Bulletin,
    BulletinSpan,
    ComparedFigure,
    Figure,
    UnitFigures,
    corresponding_day,
)
from esm.domain.reports.coverage import NO_DEPARTMENT, Breakdown, Coverage, CoverageCounters
from esm.domain.requests.records import RequestRecord
from esm.domain.values.grouping import grouped_by_name
from esm.domain.values.intervals import MONTHS, period_of
from esm.domain.visits.figures import VisitCounts
from esm.errors import RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.register import first_record
from esm.storage.reports import coverage as counted
from esm.storage.reports import enterprise_histories
from esm.storage.visits.figures import visit_counts
from esm.usecases.reports.bulletin_sources import requests_of_span, span_sources
from esm.usecases.reports.coverage import coverage
from esm.usecases.reports.month_trend import month_figures, year_until

_GROUPS = {
    "pairings": ("service", "unserved"),
    "visits": ("in_scope", "promise", "punctuality", "overdue", "never_visited_overdue", "visits", "enterprises",
               "remote", "not_met", "minutes"),
    "requests": ("received", "left", "closed", "closing", "solving", "request_punctuality", "satisfaction", "response",
                 "open_requests", "late_requests", "stuck_requests"),
    "briefings": ("explained",),
    "relief": ("relief", "relief_enterprises", "loans"),
}  # fmt: skip
_OF_THE_DAY = ("pairings", "briefings")  # figures of a day: the span need not be on record as a whole


def bulletin(reading: Reading, as_of: date, span: BulletinSpan, issued_on: date) -> Bulletin:
    """Return the figures of a span as of its last day, or of `as_of` while it is not over.

    RuleRefused if it begins after `as_of`, or ended before anything was on record.
    """
    since = _since(reading, as_of)
    on = min(as_of, span.last_day)
    _require_on_record(span, on, as_of, since["visits"])
    now = span_sources(reading, span.start_on, on, on)
    for group in ("requests", "briefings", "relief"):
        if not _is_known(since[group], on):
            now.figures.update(dict.fromkeys(_GROUPS[group]))
    earlier = {"year_before": YEAR} if span.months == YEAR else {"before": span.months, "year_before": YEAR}
    compared: dict[str, dict[str, Figure]] = {}
    absent: dict[str, tuple[str, ...]] = {}
    for name, months in earlier.items():
        compared[name], absent[name] = _earlier_figures(reading, span, on, months, since)
    subdistricts = dict(visit_counts(reading, "subdistrict", span.start_on, on, on))
    departments = visit_counts(reading, "department", span.start_on, on, on)
    return Bulletin(
        span=span, on=on, issued_on=issued_on, issuing_office=settings.load(reading, issued_on).issuing_office,
        coverage=now.coverage,
        figures={
            key: ComparedFigure(value, *(compared.get(name, {}).get(key) for name in ("before", "year_before")))
            for key, value in now.figures.items()
        },
        absent=absent,
        by_subdistrict=_units(now.coverage.by_subdistrict, subdistricts),
        by_department=_units(now.coverage.by_department, {unit or NO_DEPARTMENT: made for unit, made in departments}),
        by_request_department=requests_of_span(now.records, span.start_on, on).by_department,
        by_month=month_figures(reading, now.records, year_until(on), on, since),
        periods=_periods(reading, span, on, now.coverage, since["visits"] or on),
        holders=_holders(now.records),
        visits_since=since["visits"] or on,
    )  # fmt: skip


def _since(reading: Reading, as_of: date) -> dict[str, date | None]:
    """Return by group since when its facts are on record."""
    return {
        "visits": counted.records_began_on(reading, as_of),
        "pairings": enterprise_histories.paired_since(reading),
        **first_record.first_days(reading),
    }


def _require_on_record(span: BulletinSpan, on: date, as_of: date, began_on: date | None) -> None:
    if span.start_on > as_of:
        raise RuleRefused(
            say("This bulletin would begin on {day}, after {as_of}.", day=span.start_on, as_of=as_of),
            say("Choose an earlier month, period or year."),
        )
    if began_on is None:
        raise RuleRefused(say("Nothing is on record yet."), say("Import rosters with `esm import` first."))
    if on < began_on:
        raise RuleRefused(
            say("Nothing is on record of {day}: the records begin on {began}.", day=on, began=began_on),
            say("Choose a later month, period or year."),
        )


def _earlier_figures(
    reading: Reading, span: BulletinSpan, on: date, months: int, since: Mapping[str, date | None]
) -> tuple[dict[str, Figure], tuple[str, ...]]:
    """Return the figures of the span so many months earlier, and which groups are not on record as a whole.

    The share of a two-month period is compared with that of a period that was as far on (docs/rules.md, Bulletin).
    """
    earlier, then = span.earlier(months), corresponding_day(on, months)
    promise_months = max(months, MONTHS)
    promise_on = corresponding_day(on, promise_months)
    absent = []
    found = span_sources(reading, earlier.start_on, then, promise_on).figures
    for group, keys in _GROUPS.items():
        first = then if group in _OF_THE_DAY else earlier.start_on
        if not _is_known(since[group], first):
            absent.append(group)
            found.update(dict.fromkeys(keys))
    if not _is_known(since["visits"], period_of(promise_on).start_on):
        found["promise"] = None
    return found, tuple(absent)


def _units(breakdown: Breakdown, visits: Mapping[str | None, VisitCounts]) -> tuple[UnitFigures, ...]:
    """Return the figures of each subdistrict or department; one without enterprises may have made visits."""
    known = {**{name: CoverageCounters() for name in visits}, **dict(breakdown)}
    return tuple(
        UnitFigures(
            name=name, in_scope=counters.in_scope, service=counters.service, promise=counters.visits,
            overdue=counters.overdue, visits=visits.get(name, VisitCounts()).visits,
        )
        for name, counters in known.items()
    )  # fmt: skip


def _is_known(began_on: date | None, day: date) -> bool:
    """Return whether facts that are on record from a day on are so on another."""
    return began_on is not None and began_on <= day


def _periods(reading: Reading, span: BulletinSpan, on: date, covered: Coverage, began_on: date) -> tuple[Coverage, ...]:
    """Return the coverage of each two-month period of a year, each as of its last day; of a shorter span the last.

    Those that ended before the records began are left out.
    """
    if span.months < YEAR:
        return (covered,)
    ends = [BulletinSpan(span.start_on, MONTHS).earlier(-months).last_day for months in range(0, YEAR, MONTHS)]
    return (*(coverage(reading, end) for end in ends if began_on <= end < on), covered)


def _holders(records: Sequence[RequestRecord]) -> tuple[tuple[str | None, int], ...]:
    late = [record for record in records if record.progress.is_late]
    counts = [(name, len(group)) for name, group in grouped_by_name(late, lambda record: record.holder)]
    return tuple(sorted(counts, key=lambda count: -count[1]))
