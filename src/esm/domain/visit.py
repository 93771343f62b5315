"""A contact with an enterprise; it is a visit that counts when it took place on site and somebody was met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHANNELS = ("on_site", "phone", "online", "meeting")
OUTCOMES = ("met", "not_reached", "refused", "moved", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One contact. `recorded_on` is the day of its entry, later than `done_on` when entered late."""

    uscc: str
    staff_no: str
    done_on: date
    recorded_on: date
    channel: str = "on_site"
    outcome: str = "met"
    minutes: str | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None

    @property
    def counts(self) -> bool:
        """Return whether it moves the clock (rules.md, Vocabulary: visit)."""
        return self.channel == "on_site" and self.outcome == "met" and self.cancelled_on is None
