"""Enterprises as a list, the fields of one as columns, and revenue as a band: the figure is a business secret."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _
from operator import attrgetter
from typing import Any

from esm.domain.register.columns import ENTERPRISES
from esm.domain.register.revenue_band import RevenueBand, band_of
from esm.domain.register.scope_status import ListedEnterprise
from esm.domain.values import phones
from esm.sheets.sheet.message_translation import language
from esm.sheets.sheet.sheet import Cell, Column, Sheet, Term, cells
from esm.sheets.sheet.usual_columns import coded, of_part


def enterprise_sheet(
    enterprises: Sequence[ListedEnterprise], *, with_phones: bool = False, exact: bool = False
) -> Sheet:
    """Return the list of enterprises; phones are masked unless `with_phones`, revenue is a band unless `exact`."""
    shown = {"uscc", "name", "tier", "subdistrict", "industry_code", "above_scale"}
    shown |= {"contact_name", "contact_phone"} if with_phones else set()
    shown |= {"revenue"} if exact else set()
    fields = enterprise_fields(with_phones=with_phones, exact=exact)
    columns = (
        *of_part(attrgetter("enterprise"), (replace(field, table=field.key in shown) for field in fields)),
        Column("basis", _("Basis of scope"), coded("standing"), needs_room=True),
    )
    rows = cells(columns, enterprises)
    return Sheet("enterprises", _("Enterprises"), columns, rows, (), _("No enterprise is on record."))


def masked_phone(phone: str | None) -> str | None:
    """Return a telephone number with its middle hidden, None for none."""
    return None if phone is None else phones.mask(phone)


def enterprise_fields(*, with_phones: bool = False, exact: bool = False) -> tuple[Column, ...]:
    """Return a column for each field of an enterprise."""
    labels = (
        ("uscc", _("Credit code")), ("name", _("Enterprise")), ("tier", _("Tier")), ("subdistrict", _("Subdistrict")),
        ("industry_code", _("Industry")), ("address", _("Address")), ("revenue", _("Annual revenue (10 000 yuan)")),
        ("employees", _("Employees")), ("qualified", _("Construction qualification")),
        ("above_scale", _("Above scale")), ("enrolled_on", _("Enrolled on")),
        ("exited_on", _("Exited on")), ("contact_name", _("Contact")), ("contact_title", _("Contact's title")),
        ("contact_phone", _("Contact's phone")),
    )  # fmt: skip
    cell: dict[str, Callable[[Any], Cell]] = {
        "contact_phone": lambda one: one.contact_phone if with_phones else masked_phone(one.contact_phone),
        "revenue": lambda one: one.revenue if exact else revenue_band(one.revenue),
    }
    return tuple(Column(key, label, cell.get(key, key)) for key, label in ENTERPRISES.labels(language(), labels))


def revenue_band(revenue: Decimal | None) -> Term | None:
    """Return the band of a revenue in 10 000 yuan a year: it holds its lower bound, not its upper one."""
    return None if revenue is None else _term(band_of(revenue))


def _term(found: RevenueBand) -> Term:
    if found.low is None:
        return Term(f"<{found.high}", _("under {high}").format(high=found.high))
    if found.high is None:
        return Term(f">={found.low}", _("{low} or more").format(low=found.low))
    return Term(f"{found.low}-{found.high}", f"{found.low}–{found.high}")
