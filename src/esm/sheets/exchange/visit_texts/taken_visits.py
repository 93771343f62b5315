"""What an import made of the visits that texts from phones tell."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from esm.domain.exchange.import_summary import TakenVisit
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Cell, Column, Sheet, cells


def taken_sheet(taken: Sequence[TakenVisit]) -> Sheet:
    """Return the visits in the order of the texts; a text of a visit on record tells its number."""
    columns = (
        Column("file", _("File"), table=len({each.file for each in taken}) > 1), Column("line", _("Line")),
        Column("visit_id", _("Visit")), Column("enterprise", _("Enterprise")),
        Column("uscc", _("Credit code"), table=False), Column("cadre", _("Cadre")),
        Column("staff_no", _("Staff no."), table=False), Column("done_on", _("Date")),
        Column("recorded", _("Recorded now"), "is_new"), Column("due_on", _("Next visit due")),
        Column("code", _("Check code"), table=False), Column("notes", _("Notes"), _notes, needs_room=True),
    )  # fmt: skip
    return Sheet("texts", _("Visits told in texts"), columns, cells(columns, taken))


def _notes(visit: TakenVisit) -> Cell:
    return tuple(map(tell, visit.notes))
