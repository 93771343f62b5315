"""Who serves and who is served: the two master records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esm.domain.values.intervals import holds

TIERS = ("A", "B", "C")
Changes = dict[str, tuple[object, object]]
RANKS = {1: "staff", 2: "deputy section head", 3: "section head", 4: "deputy division head", 5: "division head"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadre:
    """An official who serves enterprises. `capacity` None means the setting `default_capacity`."""

    staff_no: str
    name: str
    department: str | None = None
    title: str | None = None
    rank: int | None = None
    subdistrict: str | None = None
    expertise: tuple[str, ...] = ()
    phone: str | None = None
    capacity: int | None = None
    active_from: date | None = None
    left_on: date | None = None
    email: str | None = None

    def is_in_post(self, on: date) -> bool:
        """Return whether the half-open interval [active_from, left_on) holds `on`."""
        return holds(self.active_from, self.left_on, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """A legal unit on the register. `revenue` is in 10 000 yuan a year; `above_scale` None: not said."""

    uscc: str
    name: str
    industry_code: str | None = None
    subdistrict: str | None = None
    address: str | None = None
    revenue: Decimal | None = None
    employees: int | None = None
    qualified: bool | None = None
    tier: str = "C"
    above_scale: bool | None = None
    enrolled_on: date | None = None
    exited_on: date | None = None
    contact_name: str | None = None
    contact_title: str | None = None
    contact_phone: str | None = None
