"""What stands in the database, and what is wrong with it, as sheets."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.desk.integrity import Condition, Flaw
from esm.domain.desk.table_words import table_words
from esm.errors import say
from esm.sheets.sheet.message_translation import as_text, tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded


def condition_report(path: str, condition: Condition) -> Report:
    """Return what stands in the database."""
    columns = (
        Column("table", _("Table"), lambda row: row[0], table=False),
        Column("told_table", _("Table"), lambda row: as_text(table_words(row[0])), data=False),
        Column("rows", _("Rows"), lambda row: row[1]),
    )
    return Report(
        _("Database"),
        (
            Fact("path", _("File"), path),
            Fact("revision", _("Schema"), condition.revision),
            Fact("operations", _("Operations"), condition.operations),
            Fact("head", _("Head of the journal"), condition.head),
        ),
        (Sheet("tables", _("Rows by table"), columns, cells(columns, condition.rows)),),
    )


def flaw_sheet(flaws: Sequence[Flaw], looked_at: Condition | None = None) -> Sheet:
    """Return what is wrong with the database, and how much of it was looked at."""
    columns = (Column("kind", _("Kind"), coded("kind")), Column("detail", _("Details"), lambda flaw: tell(flaw.detail)))
    notes = (
        ()
        if looked_at is None
        else (
            tell(
                say(
                    "Looked at: {operations:operation|operations} and {records:record|records}.",
                    operations=looked_at.operations,
                    records=sum(number for _table, number in looked_at.rows),
                )
            ),
        )
    )
    fine = _("The database is intact and agrees with its journal.")
    return Sheet("flaws", _("Database check"), columns, cells(columns, flaws), notes, fine)
