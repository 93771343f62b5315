"""The funnel of policies as columns, cells and facts."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.policies.funnel import Funnel
from esm.sheets.sheet.sheet import Cell, Column, Fact


def funnel_columns() -> tuple[Column, ...]:
    """Return the columns of a funnel: shares for people, counts for machines."""
    return (
        Column("told_eligible", _("Eligible"), data=False), Column("explaining", _("Briefed"), data=False),
        Column("applying", _("Applied"), data=False), Column("receiving", _("Paid"), data=False),
        *(Column(key, label, table=False) for key, label in _counts()),
    )  # fmt: skip


def funnel_cells(funnel: Funnel) -> tuple[Cell, ...]:
    """Return the cells of a funnel."""
    counts = (getattr(funnel, key) for key, _label in _counts())
    return (funnel.eligible, funnel.explained_share, funnel.applied_share, funnel.received_share, *counts)


def funnel_facts(funnel: Funnel) -> tuple[Fact, ...]:
    """Return a funnel as facts."""
    return tuple(
        Fact(column.key, column.label, cell, column.table or (column.key in _BESIDE and bool(cell)), column.data)
        for column, cell in zip(funnel_columns(), funnel_cells(funnel), strict=True)
    )


_BESIDE = {"unasked", "declined", "not_applicable", "undecided", "outside"}


def _counts() -> tuple[tuple[str, str], ...]:
    return (
        ("eligible", _("Eligible")), ("explained", _("Briefed")), ("applied", _("Applied")),
        ("received", _("Paid")), ("unasked", _("Of these paid automatically")), ("declined", _("Declined")),
        ("not_applicable", _("Does not apply")),
        ("undecided", _("Not decided")), ("outside", _("In progress, not eligible")),
    )  # fmt: skip
