"""A planned visit as a calendar has to be told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Status = Literal["tentative", "confirmed", "cancelled"]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A plan, or one that was called off; `changed_on` is when it last changed, `sequence` how often it did."""

    plan_id: int
    sequence: int
    uscc: str
    enterprise: str
    address: str | None
    staff_no: str
    cadre: str
    planned_on: date
    due_on: date | None
    status: Status
    changed_on: date
    reason: str | None = None

    def is_to_come(self, today: date) -> bool:
        """Return whether the visit stands, and is planned for today or later."""
        return self.status != "cancelled" and self.planned_on >= today
