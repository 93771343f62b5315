"""The loads of the cadres as a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _

from esm.domain.pairing.load_balance import CadreLoad, LoadBalance
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells, facts
from esm.sheets.sheet.usual_columns import group_sheet, name_or


def load_balance_report(fairness: LoadBalance) -> Report:
    """Return who serves how many; tables show departments and who could take more, other formats every cadre."""
    titles = _("By department"), _("Department")
    shown = [replace(one, table=one.key not in ("capacity", "least", "middle")) for one in spread_columns()]
    full = _("No cadre has spare capacity.") if fairness.cadres else _("No cadre is in post.")
    departments = group_sheet("by_department", titles, fairness.departments, name_or(_("(not stated)")), shown)
    return Report(
        _("Cadre workload"),
        (Fact("as_of", _("As of"), fairness.as_of), *facts(spread_columns(), fairness.total)),
        (
            replace(departments, empty=_("No cadre is in post.")),
            replace(_cadre_sheet("cadres_listed", _("Cadres"), fairness.cadres), table=False),
            replace(_cadre_sheet("free", _("Cadres with spare capacity"), fairness.free), data=False, empty=full),
        ),
    )


def spread_columns() -> tuple[Column, ...]:
    """Return the columns of how loads are shared out."""
    return (
        Column("cadres", _("Cadres in post")), Column("serves", _("Served enterprises")),
        Column("capacity", _("Total capacity")), Column("room", _("Spare capacity")),
        Column("idle", _("Serving none")), Column("least", _("Minimum")), Column("middle", _("Median")),
        Column("most", _("Maximum")), Column("mean", _("Mean")),
    )  # fmt: skip


def _cadre_sheet(key: str, title: str, loads: Sequence[CadreLoad]) -> Sheet:
    columns = (
        Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")), Column("department", _("Department")),
        Column("load", _("Serves")), Column("capacity", _("Capacity")), Column("room", _("Spare capacity")),
    )  # fmt: skip
    return Sheet(key, title, columns, cells(columns, loads))
