"""The due list: one line an enterprise in scope (docs/rules.md, The two clocks)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from esm.domain.values.codes import Code
from esm.errors import say

if TYPE_CHECKING:
    from esm.domain.register.scope_status import ScopeBasis


class DueState(Code):
    """Where an enterprise stands before its due date, or after it."""

    PAUSED = "paused", say("paused"), "暂停"
    OVERDUE = "overdue", say("overdue"), "逾期"
    DUE_SOON = "due_soon", say("due soon"), "即将到期"
    UPCOMING = "upcoming", say("upcoming"), "未到期"


@dataclass(frozen=True, slots=True)
class DueRow:
    """One enterprise in scope with its clock, who serves it, the earliest open plan, and who stands in.

    `starts_at` is the time of day that was agreed for the plan, HH:MM; `department` that of the cadre on that day.
    """

    uscc: str
    enterprise: str
    tier: str
    subdistrict: str | None
    staff_no: str | None
    cadre: str | None
    last_visit_on: date | None
    due_on: date
    planned_on: date | None
    starts_at: str | None
    basis: ScopeBasis
    is_paused: bool
    deputy_no: str | None = None
    deputy: str | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class DueVisit:
    """One line of the due list; `days_overdue` is negative before the due date and never positive when paused.

    `promises` counts those not kept yet; a pause has its reason and, unless it is open, its last day.
    """

    row: DueRow
    days_overdue: int
    state: DueState
    promises: int = 0
    pause_reason: str | None = None
    paused_until: date | None = None


@dataclass(frozen=True, slots=True)
class DueList:
    """The due list; `visits` may be the first of `total`, `has_overdue` holds whatever was shown.

    `looked_at` is how many enterprises in scope were looked at, due or not; `until` is the last day asked for.
    """

    visits: tuple[DueVisit, ...]
    total: int
    has_overdue: bool
    looked_at: int = 0
    until: date | None = None


def with_state(row: DueRow, today: date, due_soon_days: int) -> DueVisit:
    """Return the row with its state on a day; on the due date itself it is not overdue."""
    late = (today - row.due_on).days
    if row.is_paused:
        return DueVisit(row, min(late, 0), DueState.PAUSED)
    is_soon = late >= -due_soon_days
    return DueVisit(row, late, DueState.OVERDUE if late > 0 else DueState.DUE_SOON if is_soon else DueState.UPCOMING)
