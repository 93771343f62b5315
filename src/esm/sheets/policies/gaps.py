"""The gaps of policies as a sheet."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.policies.records import GapList
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Column, Sheet, cells
from esm.sheets.sheet.usual_columns import coded, enterprise_columns


def gap_sheet(found: GapList) -> Sheet:
    """Return the gaps by cadre, most money first; where all are of one cadre, the title names that one."""
    cadres = {gap.standing.cadre for gap in found.gaps}
    only = cadres.pop() if len(cadres) == 1 else None
    columns = (
        Column("staff_no", _("Staff no."), "standing.staff_no", table=False),
        Column("cadre", _("Cadre"), "standing.cadre", table=False),
        Column("told_cadre", _("Cadre"), lambda gap: gap.standing.cadre or _("(unserved)"), table=not only, data=False),
        *enterprise_columns("standing."),
        Column("policy", _("Policy code"), "standing.policy.code", table=False),
        Column("title", _("Policy"), "standing.policy.title"),
        Column("gap", _("Missing step"), coded("kind")),
        Column("worth", _("Worth (yuan)"), "standing.policy.worth"),
        Column("explained_on", _("Briefed on"), "standing.progress.explained_on", table=False),
        Column("until_on", _("Last day"), "standing.policy.until_on"),
        Column("days_left", _("Days left"), needs_room=True),
        Column("expiring", _("Expiring"), "is_expiring", table=False),
        Column("subdistrict", _("Subdistrict"), "standing.subdistrict", table=False),
    )
    undecided = _("Not decided, because industry, employees or revenue is missing: {count}.").format(
        count=found.undecided
    )
    notes = (*((undecided,) if found.undecided else ()), *map(tell, found.notes))
    title = _("Policy gaps of {cadre}").format(cadre=only) if only else _("Policy gaps")
    none = _("There was nothing to look at: no policy in force is known to be for any of these enterprises.")
    empty = _("There are no gaps.") if found.eligible else none
    return Sheet("gaps", title, columns, cells(columns, found.gaps), notes, empty)
