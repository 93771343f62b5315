"""The funnel of policies as columns and facts."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.policies.funnel import Funnel
from esm.sheets.sheet.sheet import Column, Fact, facts


def funnel_columns() -> tuple[Column, ...]:
    """Return the columns of a funnel: shares for people, counts for machines."""
    return (
        Column("told_eligible", _("Eligible"), "eligible", data=False),
        Column("explaining", _("Briefed"), "explained_share", data=False, of=("explained", "eligible")),
        Column("applying", _("Applied"), "applied_share", data=False, of=("applied", "eligible"), needs_room=True),
        Column("receiving", _("Paid"), "received_share", data=False, of=("received", "eligible")),
        Column("eligible", _("Eligible"), table=False), Column("explained", _("Briefed"), table=False),
        Column("applied", _("Applied"), table=False), Column("received", _("Paid"), table=False),
        Column("unasked", _("Of these paid automatically"), table=False),
        Column("declined", _("Declined"), table=False), Column("not_applicable", _("Does not apply"), table=False),
        Column("undecided", _("Not decided"), table=False),
        Column("outside", _("In progress, not eligible"), table=False),
    )  # fmt: skip


def funnel_facts(funnel: Funnel) -> tuple[Fact, ...]:
    """Return a funnel as facts."""
    return facts(funnel_columns(), funnel, lambda column, cell: column.table or (column.key in _BESIDE and bool(cell)))


_BESIDE = {"unasked", "declined", "not_applicable", "undecided", "outside"}
