"""The desk of a day: are the promises kept, what is due, what waits, what changed (docs/rules.md, The desk)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.reports.coverage import CoverageCounters
from esm.domain.requests.records import RequestRecord
from esm.domain.schedule.planned_visit import CalledOffPlan
from esm.domain.visits.records import PromiseRecord


@dataclass(frozen=True, slots=True)
class ChangedRecords:
    """How many records of one table a stretch of the journal added, changed and removed, and who did.

    What was added and removed again in it, or is as it was before, is not counted.
    """

    subject: str
    added: int
    changed: int
    removed: int
    actors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """The figures of a day; `since` is the last working day before it, `until` the Sunday of its week."""

    today: date
    since: date
    until: date
    total: CoverageCounters
    is_period_open: bool
    due_this_week: int
    late_requests: tuple[RequestRecord, ...]
    late_promises: tuple[PromiseRecord, ...]
    called_off: tuple[CalledOffPlan, ...]
    changed: tuple[ChangedRecords, ...]
