"""Enterprises, which are served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from esm.domain.values.codes import Code
from esm.errors import say

Changes = dict[str, tuple[object, object]]


class Tier(Code):
    """How important an enterprise is."""

    A = "A", say("A"), "A", "A级 A类 A档"
    B = "B", say("B"), "B", "B级 B类 B档"
    C = "C", say("C"), "C", "C级 C类 C档"


TIERS: tuple[str, ...] = tuple(Tier)


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
