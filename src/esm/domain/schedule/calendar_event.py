"""A planned visit as a calendar has to be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from esm.domain.schedule.plan_changes import PlanChangeReason
from esm.domain.values.workdays import DAY, WorkCalendar

Status = Literal["tentative", "confirmed", "cancelled"]
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Appointment:
    """A planned visit, or one that no longer stands.

    `sequence` is how many operations have changed what is told of it; `starts_at` is a time of day, HH:MM. Of one that
    is cancelled `cause` says why, and `reason` what somebody said.
    """

    plan_id: int
    sequence: int
    uscc: str
    enterprise: str
    address: str | None
    staff_no: str
    cadre: str
    planned_on: date
    starts_at: str | None
    due_on: date | None
    status: Status
    cause: PlanChangeReason | None = None
    reason: str | None = None

    def is_to_come(self, today: date) -> bool:
        """Return whether the visit stands, and is planned for today or later."""
        return self.status != "cancelled" and self.planned_on >= today

    @property
    def starts(self) -> time:
        """Return the time of day at which it begins; a visit without one takes the whole day."""
        return time() if self.starts_at is None else time.fromisoformat(self.starts_at)

    def alarm(self, days: int, calendar: WorkCalendar) -> datetime:
        """Return the local moment of the reminder: so many days before, at nine of a working day.

        On a day off, and where the visit would have begun by then, it comes on the last working day before.
        """
        on = calendar.last_workday(self.planned_on - timedelta(days=days))
        if self.starts_at is not None and on == self.planned_on and self.starts <= MORNING:
            on = calendar.last_workday(on - DAY)
        return datetime.combine(on, MORNING)
