"""The settings of a district, read from the database and passed down; nothing below asks for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


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
