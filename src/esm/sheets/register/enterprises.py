"""Enterprises as a list, the fields of one as cells, and revenue as a band: the figure is a business secret."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _

from esm.domain.register.columns import ENTERPRISES
from esm.domain.register.enterprise_scope import ListedEnterprise
from esm.domain.register.enterprises import Enterprise
from esm.domain.register.revenue_band import RevenueBand, band_of
from esm.domain.values import phones
from esm.sheets.sheet.code_words import stated_term
from esm.sheets.sheet.sheet import Cell, Column, Sheet, Term
from esm.sheets.sheet.wording import language


def enterprise_sheet(
    enterprises: Sequence[ListedEnterprise], *, with_phones: bool = False, exact: bool = False
) -> Sheet:
    """Return the list of enterprises; phones are masked unless `with_phones`, revenue is a band unless `exact`."""
    shown = {"uscc", "name", "tier", "subdistrict", "industry_code", "above_scale"}
    shown |= {"contact_name", "contact_phone"} if with_phones else set()
    shown |= {"revenue"} if exact else set()
    columns = tuple(Column(key, label, table=key in shown) for key, label in enterprise_labels())
    basis = Column("basis", _("Basis of scope"))
    rows = [
        (*enterprise_row(listed.enterprise, with_phones=with_phones, exact=exact), stated_term(listed.standing))
        for listed in enterprises
    ]
    return Sheet("enterprises", _("Enterprises"), (*columns, basis), rows, (), _("No enterprise is on record."))


def masked_phone(phone: str | None) -> str | None:
    """Return a telephone number with its middle hidden, None for none."""
    return None if phone is None else phones.mask(phone)


def enterprise_labels() -> tuple[tuple[str, str], ...]:
    """Return the key and the label of each field of an enterprise."""
    labels = (
        ("uscc", _("Credit code")), ("name", _("Enterprise")), ("tier", _("Tier")), ("subdistrict", _("Subdistrict")),
        ("industry_code", _("Industry")), ("address", _("Address")), ("revenue", _("Annual revenue (10 000 yuan)")),
        ("employees", _("Employees")), ("qualified", _("Construction qualification")), ("above_scale",
            _("Above scale")),
        ("enrolled_on", _("Enrolled on")), ("exited_on", _("Exited on")), ("contact_name", _("Contact")),
        ("contact_title", _("Contact's title")), ("contact_phone", _("Contact's phone")),
    )  # fmt: skip
    return ENTERPRISES.labels(language(), labels)


def enterprise_row(enterprise: Enterprise, *, with_phones: bool, exact: bool) -> tuple[Cell, ...]:
    """Return the fields of an enterprise as cells, in the order of their labels."""
    cells = {key: getattr(enterprise, key) for key, _label in enterprise_labels()}
    if not with_phones:
        cells["contact_phone"] = masked_phone(enterprise.contact_phone)
    if not exact:
        cells["revenue"] = revenue_band(enterprise.revenue)
    return tuple(cells.values())


def revenue_band(revenue: Decimal | None) -> Term | None:
    """Return the band of a revenue in 10 000 yuan a year: it holds its lower bound, not its upper one."""
    return None if revenue is None else _term(band_of(revenue))


def _term(found: RevenueBand) -> Term:
    if found.low is None:
        return Term(f"<{found.high}", _("under {high}").format(high=found.high))
    if found.high is None:
        return Term(f">={found.low}", _("{low} or more").format(low=found.low))
    return Term(f"{found.low}-{found.high}", f"{found.low}–{found.high}")
