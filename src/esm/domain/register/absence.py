"""An absence: days on which a cadre cannot visit, and who stands in (AB 岗)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Absence:
    """One absence, half-open; `deputy_no` and `deputy` name who stands in, if anybody does."""

    staff_no: str
    start_on: date
    end_on: date
    reason: str | None
    deputy_no: str | None
    deputy: str | None

    @property
    def days(self) -> int:
        """Return how many days it lasts."""
        return (self.end_on - self.start_on).days
