"""Planned visits on record, and what was just done to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.errors import Message


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A planned visit on record with the names that people know; `starts_at` is the time of day agreed, HH:MM."""

    id: int
    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    due_on: date
    planned_on: date
    is_confirmed: bool
    is_provisional: bool
    starts_at: str | None = None


@dataclass(frozen=True, slots=True)
class ChangedPlan:
    """A planned visit that was just made, moved, confirmed or cancelled, and what is worth saying."""

    record: PlanRecord
    notes: tuple[Message, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class CalledOffPlan:
    """A planned visit that was called off on a day; `reason` is what somebody said, `cause` what the facts say."""

    id: int
    uscc: str
    enterprise: str
    staff_no: str
    cadre: str
    planned_on: date
    starts_at: str | None
    is_confirmed: bool
    called_off_on: date
    cause: PlanChangeReason | None
    reason: str | None
