"""The settings of a district, read from the database and passed down; nothing below asks for them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date

from esm.errors import Message, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Prices of the third tier of the pairing objective (rules.md, Pairing)."""

    subdistrict: int = 4
    expertise: int = 3
    rank: int = 2
    load: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One district's settings; the defaults are those of rules.md. Months, days and counts are whole."""

    default_capacity: int = 1
    weights: Weights = field(default_factory=Weights)
    wanted_rank_a: int = 4
    wanted_rank_b: int = 3
    wanted_rank_c: int = 1
    cadence_months_a: int = 2
    cadence_months_b: int = 2
    cadence_months_c: int = 2
    scheme_start_on: date = date(2012, 1, 1)
    due_soon_days: int = 14
    visits_per_day: int = 2
    window_days: int = 21
    ideal_days: int = 7
    visit_gap_days: int = 30
    stale_contact_days: int = 180
    nursery_percent: int = 10
    annual_entry_first_month: int = 10
    annual_entry_last_month: int = 12
    annual_entry_day: int = 30
    monthly_entry_day: int = 7
    january_entry_day: int = 31
    february_entry_day: int = 0
    burden_days: int = 60
    burden_visits: int = 3
    late_entry_days: int = 7
    alarm_days: int = 1
    mail_host: str = ""
    mail_port: int = 465
    mail_tls: str = "tls"
    mail_sender: str = ""

    def wanted_rank(self, tier: str) -> int:
        """Return the rank that a cadre should at least have for an enterprise of this tier."""
        return {"A": self.wanted_rank_a, "B": self.wanted_rank_b, "C": self.wanted_rank_c}[tier]

    def cadence_months(self, tier: str) -> int:
        """Return how many months may pass between two visits of an enterprise of this tier."""
        return {"A": self.cadence_months_a, "B": self.cadence_months_b, "C": self.cadence_months_c}[tier]


LARGEST = 100_000
CHOICES = {"mail_tls": ("tls", "starttls", "none")}


def written(key: str, text: str) -> str | Message:
    """Return a setting's value as it is kept, or why it cannot be: an unknown key, or no day or whole number."""
    defaults = {field.name: getattr(Settings(), field.name) for field in fields(Settings) if field.name != "weights"}
    defaults |= {f"weight_{field.name}": getattr(Weights(), field.name) for field in fields(Weights)}
    if key not in defaults:
        return say("there is no such setting; there are: {known}", known=", ".join(sorted(defaults)))
    if isinstance(defaults[key], date):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            return say("this is not a date: write it like 2026-03-01")
    if isinstance(defaults[key], str):
        wanted = CHOICES.get(key)
        return text if wanted is None or text in wanted else say("this is none of {allowed}", allowed=", ".join(wanted))
    if text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= LARGEST:
        return str(int(text))
    return say("this is not a whole number: write digits only")
