"""Enterprises, which are served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

TIERS = ("A", "B", "C")
Changes = dict[str, tuple[object, object]]


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
