"""Days on which an enterprise is not to be visited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from esm.domain.values.intervals import holds, last_day


@dataclass(frozen=True, slots=True)
class QuietInterval:
    """A `pause` or a `blackout`, `[start_on, end_on)`; a pause may have no end yet."""

    kind: str
    id: int
    start_on: date
    end_on: date | None
    reason: str | None

    @property
    def last_day(self) -> date | None:
        """Return the last day without visits, None while no end is set."""
        return last_day(self.end_on)

    def holds(self, on: date) -> bool:
        """Return whether the day lies in it."""
        return holds(self.start_on, self.end_on, on)

    def overlaps(self, start_on: date, end_on: date | None) -> bool:
        """Return whether it shares a day with `[start_on, end_on)`."""
        return (end_on is None or self.start_on < end_on) and (self.end_on is None or start_on < self.end_on)


@dataclass(frozen=True, slots=True)
class QuietDays:
    """The days without visits of one enterprise, the latest first."""

    uscc: str
    enterprise: str
    intervals: tuple[QuietInterval, ...]
