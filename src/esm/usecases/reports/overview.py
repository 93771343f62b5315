"""Gathering the leader's page: coverage, twelve periods, who must act, loads, requests and policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from esm.domain.policies.funnel import PolicyStanding, counts_for
from esm.domain.policies.records import PolicyFigures
from esm.domain.reports.coverage import UnservedEnterprise, sum_of_counters
from esm.domain.reports.month_figures import months_on_record, visits_by_month, work_by_month
from esm.domain.reports.overview import (
    Action,
    ActionKind,
    EnterpriseStanding,
    Overview,
    PaidRelief,
    PolicyMark,
    in_order,
)
from esm.domain.reports.standing_by_period import OUT_OF_SCOPE
from esm.domain.requests.figures import counters
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.due_list import DueState, DueVisit, with_state
from esm.domain.values import intervals
from esm.domain.values.intervals import DAY, Period
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.storage.policies import progress
from esm.storage.policies.progress import Server
from esm.storage.register import cadres, enterprises, first_record
from esm.storage.reports import coverage as counted
from esm.storage.schedule import due_list
from esm.storage.visits import promises
from esm.usecases.policies import policy_queries
from esm.usecases.reports.coverage import load_balance_on
from esm.usecases.reports.month_trend import year_until
from esm.usecases.reports.trend import PERIODS, TrendWithRows, trend_with_rows
from esm.usecases.requests import request_queries

MOST_GAPS = 20
_POLICY_MARKS = {mark.name.lower(): int(mark) for mark in PolicyMark if mark.name}


def overview(reading: Reading, as_of: date) -> Overview:
    """Return the page of a day."""
    period = intervals.period_of(as_of)
    unserved = tuple(counted.unserved_enterprises(reading, as_of))
    names = dict(enterprises.names(reading))
    counted_trend = trend_with_rows(reading, as_of, PERIODS)
    began_on = counted_trend.trend.records_began_on, first_record.first_days(reading)["requests"]
    months = months_on_record(year_until(as_of), began_on)
    visits_made = {uscc: visits_by_month(history.visits, months) for uscc, history in counted_trend.histories.items()}
    visits = _due_visits(reading, as_of)
    servers = progress.servers(reading, as_of)
    records = request_queries.records(reading, as_of)
    standings = policy_queries.standings_in_force(reading, as_of, servers)
    policies = policy_queries.figures_of(reading, as_of, standings)
    policy_marks = _policy_marks(policies, standings)
    return Overview(
        as_of=as_of,
        period=period,
        is_open=period.is_open(as_of),
        total=sum_of_counters(counted.counters_without_gap(reading, as_of, period)),
        trend=counted_trend.trend,
        months=work_by_month(months, as_of, visits_made.values(), records, began_on),
        unserved=unserved,
        gaps=tuple(counted.longest_gaps(reading, as_of, period, MOST_GAPS)),
        actions=in_order(
            chain(
                _unserved_actions(unserved, as_of),
                _overdue_actions(visits, servers),
                _request_actions(records, as_of),
                _promise_actions(reading, as_of),
            )
        ),
        loads=load_balance_on(reading, as_of),
        requests=request_queries.figures_of_year(reading, as_of, records).total,
        open_requests=counters(record.progress for record in records if record.progress.is_open),
        request_records=_open_or_recent(records, months, as_of),
        policies=policies,
        payments=tuple(PaidRelief(relief, names[relief.uscc]) for relief in progress.reliefs(reading, as_of)),
        enterprises=tuple(_enterprise_standings(names, counted_trend, visits_made, visits, servers, policy_marks)),
    )


def _due_visits(reading: Reading, as_of: date) -> dict[str, DueVisit]:
    """Return the next visit of each enterprise, by its code."""
    soon = settings.load(reading, as_of).due_soon_days
    rows = due_list.due_rows(reading, as_of, due_list.DueFilter())
    return {row.uscc: with_state(row, as_of, soon) for row in rows}


def _open_or_recent(
    records: Iterable[RequestRecord], months: Sequence[Period], as_of: date
) -> tuple[RequestRecord, ...]:
    """Return the requests whose figures the page has: the open ones, and those received this year or in its months."""
    first_on = min([as_of.replace(month=1, day=1), *(month.start_on for month in months[:1])])
    return tuple(
        record for record in records if record.progress.is_open or record.progress.request.received_on >= first_on
    )


def _unserved_actions(unserved: Iterable[UnservedEnterprise], as_of: date) -> Iterator[Action]:
    for row in unserved:
        days = (as_of - row.since).days
        yield Action(None, None, None, row.uscc, row.enterprise, ActionKind.UNSERVED, row.since, days)


def _overdue_actions(visits: Mapping[str, DueVisit], servers: Mapping[str, Server]) -> Iterator[Action]:
    for visit in visits.values():
        if visit.state == DueState.OVERDUE:
            row, server = visit.row, servers.get(visit.row.uscc)
            yield Action(
                None if server is None else server.department, row.staff_no, row.cadre, row.uscc, row.enterprise,
                ActionKind.OVERDUE, row.due_on + DAY, visit.days_overdue,
            )  # fmt: skip


def _request_actions(records: Iterable[RequestRecord], as_of: date) -> Iterator[Action]:
    for record in records:
        if record.progress.is_late:
            since = record.progress.due_on + DAY
            yield Action(
                record.holder, None, None, record.progress.request.uscc, record.enterprise, ActionKind.REQUEST,
                since, (as_of - record.progress.due_on).days,
            )  # fmt: skip


def _promise_actions(reading: Reading, as_of: date) -> Iterator[Action]:
    departments = {cadre.staff_no: cadre.department for cadre in cadres.on_day(reading, as_of)}
    for promise in promises.open_promises(reading, as_of):
        if promise.is_late(as_of):
            yield Action(
                departments.get(promise.staff_no), promise.staff_no, promise.cadre, promise.uscc, promise.enterprise,
                ActionKind.PROMISE, promise.due_on + DAY, (as_of - promise.due_on).days,
            )  # fmt: skip


def _policy_marks(figures: PolicyFigures, standings: Iterable[PolicyStanding]) -> dict[str, list[int]]:
    """Return by code what each enterprise counts as in the funnels of the policies, in the order of the figures."""
    places = {record.policy.code: place for place, record in enumerate(figures.by_policy)}
    found: dict[str, list[int]] = {}
    for standing in standings:
        marks = sum(_POLICY_MARKS.get(name, 0) for name in counts_for(standing))
        if marks:
            found.setdefault(standing.uscc, [0] * len(places))[places[standing.policy.code]] = marks
    return found


def _enterprise_standings(
    names: Mapping[str, str],
    counted_trend: TrendWithRows,
    visits_made: Mapping[str, tuple[int, ...]],
    visits: Mapping[str, DueVisit],
    servers: Mapping[str, Server],
    policy_marks: Mapping[str, Sequence[int]],
) -> Iterator[EnterpriseStanding]:
    """Give everyone who counts in any figure of the page, by code."""
    out_of_scope = (OUT_OF_SCOPE,) * len(counted_trend.trend.rows)
    visited = [uscc for uscc, counts in visits_made.items() if any(counts)]
    for uscc in sorted({*policy_marks, *counted_trend.marks, *visited}):
        found = counted_trend.marks.get(uscc, out_of_scope)
        server = servers.get(uscc)
        yield EnterpriseStanding(
            visits.get(uscc), uscc, names[uscc], None if server is None else server.department,
            tuple(each.marks for each in found), tuple(each.subdistrict for each in found),
            tuple(policy_marks.get(uscc, ())), visits_made.get(uscc, ()),
        )  # fmt: skip
