"""Revenue as tables show it: a band, because the figure is the enterprise's business secret."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from esm.domain.register.revenue_band import RevenueBand, band_of
from esm.sheets.sheet.sheet import Term


def revenue_band(revenue: Decimal | None) -> Term | None:
    """Return the band of a revenue in 10 000 yuan a year: it holds its lower bound, not its upper one."""
    return None if revenue is None else _term(band_of(revenue))


def _term(found: RevenueBand) -> Term:
    if found.low is None:
        return Term(f"<{found.high}", _("under {high}").format(high=found.high))
    if found.high is None:
        return Term(f">={found.low}", _("{low} or more").format(low=found.low))
    return Term(f"{found.low}-{found.high}", f"{found.low}–{found.high}")
