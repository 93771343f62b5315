"""The condition of the database as a report."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.desk.integrity import Condition
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet


def condition_report(path: str, condition: Condition) -> Report:
    """Return what stands in the database."""
    columns = (Column("table", _("Table")), Column("rows", _("Rows")))
    return Report(
        _("Database"),
        (
            Fact("path", _("File"), path),
            Fact("revision", _("Schema"), condition.revision),
            Fact("operations", _("Operations"), condition.operations),
            Fact("head", _("Head of the journal"), condition.head),
        ),
        (Sheet("tables", _("Rows by table"), columns, condition.rows),),
    )
