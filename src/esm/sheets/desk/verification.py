"""Whether the figures of a file are those of the database, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.desk.figure_differences import Verification
from esm.errors import Message
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells


def verification_report(found: Verification) -> Report:
    """Return what came of computing the figures of a file again."""
    proof = found.proof
    columns = (
        Column("place", _("Place"), lambda each: _told(each.place)),
        Column("file", _("File"), lambda each: _told(each.in_file)),
        Column("database", _("Database"), lambda each: _told(each.in_database)),
    )
    facts = (
        Fact("file", _("File"), found.file),
        Fact("same", _("Same figures"), found.is_same),
        Fact("asked", _("Query"), proof.command),
        Fact("as_of", _("As of"), proof.as_of),
        Fact("head", _("Head of the journal"), proof.state.seal),
        Fact("operation", _("Operation"), proof.state.operation),
        Fact("version", _("Version"), proof.version),
    )
    others = found.found.others
    fine = (
        _("Every figure that was compared is what the database gives.")
        if others
        else _("All figures of the file agree with the database.")
    )
    differences = Sheet("differences", _("Differences"), columns, cells(columns, found.found.differences), (), fine)
    return Report(_("Verification of a file"), facts, (differences, _other_texts(others)))


def _other_texts(others: Sequence[str]) -> Sheet:
    """Return the texts with numbers that esm did not write, so that nobody takes them for verified."""
    columns = (Column("text", _("Text"), lambda text: text),)
    notes = (_("These texts are not as esm worded them. Their numbers were not compared."),) if others else ()
    return Sheet("not_compared", _("Not compared"), columns, cells(columns, others), notes, table=bool(others))


def _told(text: str | Message | None) -> str | None:
    return tell(text) if isinstance(text, Message) else text
