"""A contact with an enterprise; it is a visit that counts when it took place on site and somebody was met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

CHANNELS = ("on_site", "phone", "online", "meeting")
OUTCOMES = ("met", "not_reached", "refused", "moved", "closed")
BUSINESS = ("growing", "steady", "shrinking", "stopped")
SATISFACTION = ("satisfied", "partly", "dissatisfied")


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
    met_with: str | None = None
    business: str | None = None
    satisfaction: str | None = None

    @property
    def days_late(self) -> int:
        """Return how many days after it took place it was entered."""
        return (self.recorded_on - self.done_on).days

    @property
    def counts(self) -> bool:
        """Return whether it moves the clock (docs/rules.md, Vocabulary)."""
        return self.channel == "on_site" and self.outcome == "met" and self.cancelled_on is None


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What was promised to an enterprise, and the last day for it."""

    words: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitDetails:
    """What a visit is told to have been, beyond day, channel and outcome; `companions` are names of cadres."""

    met_with: str | None = None
    business: str | None = None
    satisfaction: str | None = None
    companions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    promises: tuple[NewPromise, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideVisit:
    """A visit by another department: it burdens the enterprise, but moves no clock of the scheme."""

    uscc: str
    department: str
    done_on: date
    recorded_on: date
    minutes: str | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitForm:
    """A form about one visit that was filled in and understood; `enterprise` and `cadre` are still words.

    `requests` were raised on it, each what is asked for and its class; `policies` were explained.
    """

    enterprise: str
    done_on: date
    cadre: str | None
    channel: str
    outcome: str
    minutes: str | None
    details: VisitDetails
    requests: tuple[tuple[str, str], ...] = ()
    policies: tuple[str, ...] = ()
