"""What the figures of a bulletin are taken from: the reports of one span, each as of its last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from esm.domain.reports.bulletin import Figure
from esm.domain.reports.coverage import Coverage
from esm.domain.requests import figures as request_counts
from esm.domain.requests.figures import RequestCounters
from esm.domain.requests.records import RequestRecord
from esm.domain.visits.figures import VisitCounts
from esm.storage.database.connection import Reading
from esm.storage.visits.figures import visit_counts
from esm.usecases.policies import policy_queries
from esm.usecases.reports.coverage import coverage
from esm.usecases.requests import request_queries


@dataclass(frozen=True, slots=True)
class BulletinSources:
    """What the figures of a span are taken from, each as of its last day."""

    coverage: Coverage
    promise: Coverage
    visits: VisitCounts
    records: Sequence[RequestRecord]
    requests: RequestCounters
    figures: dict[str, Figure]


def span_sources(reading: Reading, start_on: date, on: date, promise_on: date) -> BulletinSources:
    """Return the sources of the days from `start_on` to `on`; the share of a period is that of `promise_on`."""
    covered = coverage(reading, on)
    promise = covered if promise_on == on else coverage(reading, promise_on)
    ((_none, visits),) = visit_counts(reading, "total", start_on, on, on) or ((None, VisitCounts()),)
    records = request_queries.records(reading, on)
    requests = requests_of_span(records, start_on, on).total
    figures = {
        **_coverage_figures(covered, promise),
        "visits": visits.visits, "enterprises": visits.enterprises, "remote": visits.remote,
        "not_met": visits.not_met, "minutes": visits.minutes_share,
        **_request_figures(requests, records),
        **_policy_figures(reading, start_on, on),
    }  # fmt: skip
    return BulletinSources(covered, promise, visits, records, requests, figures)


def _coverage_figures(covered: Coverage, promise: Coverage) -> dict[str, Figure]:
    total = covered.total
    return {
        "in_scope": total.in_scope, "service": total.service, "unserved": total.unserved,
        "promise": promise.total.visits, "punctuality": total.punctuality, "overdue": total.overdue,
        "never_visited_overdue": total.never_visited_overdue,
    }  # fmt: skip


def _request_figures(requests: RequestCounters, records: Sequence[RequestRecord]) -> dict[str, Figure]:
    opened = [record.progress for record in records if record.progress.is_open]
    return {
        "received": requests.received, "left": requests.rejected + requests.withdrawn, "closed": requests.closed,
        "closing": requests.closed_share, "solving": requests.solved_share,
        "request_punctuality": requests.punctuality, "satisfaction": requests.satisfaction,
        "response": requests.response, "open_requests": len(opened),
        "late_requests": sum(progress.is_late for progress in opened),
        "stuck_requests": sum(progress.is_stuck for progress in opened),
    }  # fmt: skip


def _policy_figures(reading: Reading, start_on: date, on: date) -> dict[str, Figure]:
    policies = policy_queries.figures(reading, on)
    money = policy_queries.relief_sums(reading, on, since=start_on).total
    return {
        "policies": len(policies.by_policy), "explained": policies.total.explained_share,
        "applied": policies.total.applied_share, "policies_received": policies.total.received_share,
        "relief": money.amount, "relief_enterprises": money.enterprises, "loans": money.loans,
    }  # fmt: skip


def requests_of_span(records: Sequence[RequestRecord], start_on: date, on: date) -> request_counts.RequestFigures:
    """Return the figures of the requests received from `start_on` to `on`, as they stand on `on`."""
    return request_counts.figures(records, as_of=on, since=start_on, until=on)
