"""What stands in the database, and what is wrong with it, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.desk.integrity import Condition, Flaw
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet
from esm.sheets.sheet.wording import tell


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


def flaw_sheet(flaws: Sequence[Flaw]) -> Sheet:
    """Return what is wrong with the database."""
    columns = (Column("kind", _("Kind")), Column("detail", _("Details")))
    rows = [(term(flaw.kind), tell(flaw.detail)) for flaw in flaws]
    return Sheet(
        "flaws", _("Database check"), columns, rows, (), _("The database is intact and agrees with its journal.")
    )
