"""The loads of the cadres as a report."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.pairing.load_balance import CadreLoad, LoadBalance, LoadSpread
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet


def load_balance_report(fairness: LoadBalance) -> Report:
    """Return who serves how many; tables show departments and who could take more, other formats every cadre."""
    total = fairness.total
    facts = (
        Fact("as_of", _("As of"), fairness.as_of),
        *(Fact(key, label, value) for (key, label), value in zip(_labels(), _values(total), strict=True)),
    )
    return Report(
        _("Cadre workload"),
        facts,
        (
            _department_sheet(fairness),
            _cadre_sheet("cadres_listed", _("Cadres"), fairness.cadres, table=False),
            _cadre_sheet("free", _("Cadres with spare capacity"), fairness.free, data=False),
        ),
    )


def _labels() -> tuple[tuple[str, str], ...]:
    return (
        ("cadres", _("Cadres in post")), ("serves", _("Enterprises served")), ("capacity", _("Total capacity")),
        ("room", _("Spare capacity")), ("idle", _("Serving none")), ("least", _("Minimum")), ("middle", _("Median")),
        ("most", _("Maximum")), ("mean", _("Mean")),
    )  # fmt: skip


def _values(spread: LoadSpread) -> tuple[Cell, ...]:
    return (
        spread.cadres, spread.serves, spread.capacity, spread.room, spread.idle, spread.least, spread.middle,
        spread.most, spread.mean,
    )  # fmt: skip


def _department_sheet(fairness: LoadBalance) -> Sheet:
    columns = (
        Column("key", _("Department"), table=False),
        Column("label", _("Department"), data=False),
        *(Column(key, label, table=key not in ("capacity", "least", "middle")) for key, label in _labels()),
    )
    rows = [
        (name, _("(not stated)") if name is None else name, *_values(spread)) for name, spread in fairness.departments
    ]
    return Sheet("by_department", _("By department"), columns, rows, (), _("No cadre is in post."))


def _cadre_sheet(key: str, title: str, loads: Sequence[CadreLoad], *, table: bool = True, data: bool = True) -> Sheet:
    columns = (
        Column("staff_no", _("Staff no.")), Column("cadre", _("Cadre")), Column("department", _("Department")),
        Column("load", _("Serves")), Column("capacity", _("Capacity")), Column("room", _("Spare capacity")),
    )  # fmt: skip
    rows = [(one.staff_no, one.cadre, one.department, one.load, one.capacity, one.room) for one in loads]
    return Sheet(key, title, columns, rows, (), _("No cadre has spare capacity."), table, data)
