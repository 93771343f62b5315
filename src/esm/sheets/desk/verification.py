"""Whether the figures of a file are those of the database, and where not."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.desk.verification import Difference, Verification
from esm.errors import Message
from esm.sheets.sheet.message_text import tell
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
        Fact("asked", _("Asked"), proof.command),
        Fact("as_of", _("As of"), proof.as_of),
        Fact("head", _("Head of the journal"), proof.state.seal),
        Fact("operation", _("Operation"), proof.state.operation),
        Fact("version", _("Version"), proof.version),
    )
    fine = _("Every figure of the file is what the database gives.")
    differences: tuple[Difference, ...] = found.differences
    sheet = Sheet("differences", _("Differences"), columns, cells(columns, differences), (), fine)
    return Report(_("Verification of a file"), facts, (sheet,))


def _told(text: str | Message | None) -> str | None:
    return tell(text) if isinstance(text, Message) else text
