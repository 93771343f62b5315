"""The gaps of policies as a sheet."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.policies.gaps import PolicyGap
from esm.domain.policies.records import GapList
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Sheet
from esm.sheets.sheet.wording import tell


def gap_sheet(found: GapList) -> Sheet:
    """Return the gaps by cadre, most money first; where all are of one cadre, the title names that one."""
    cadres = {gap.standing.cadre for gap in found.gaps}
    only = cadres.pop() if len(cadres) == 1 else None
    columns = (
        Column("staff_no", _("Staff no."), table=False), Column("cadre", _("Cadre"), table=False),
        Column("told_cadre", _("Cadre"), table=not only, data=False), Column("uscc", _("Credit code"), table=False),
        Column("enterprise", _("Enterprise")), Column("policy", _("Policy code"), table=False),
        Column("title", _("Policy")), Column("gap", _("Missing step")), Column("worth", _("Worth (yuan)")),
        Column("explained_on", _("Briefed on"), table=False), Column("until_on", _("Last day")),
        Column("days_left", _("Days left")), Column("expiring", _("Expiring"), table=False),
        Column("subdistrict", _("Subdistrict"), table=False),
    )  # fmt: skip
    undecided = _("Not decided, because industry, employees or revenue is missing: {count}.").format(
        count=found.undecided
    )
    notes = (*((undecided,) if found.undecided else ()), *map(tell, found.notes))
    title = _("Policy gaps of {cadre}").format(cadre=only) if only else _("Policy gaps")
    return Sheet("gaps", title, columns, [_gap_row(gap) for gap in found.gaps], notes, _("There are no gaps."))


def _gap_row(gap: PolicyGap) -> tuple[Cell, ...]:
    standing = gap.standing
    return (
        standing.staff_no, standing.cadre, standing.cadre or _("(unserved)"), standing.uscc, standing.enterprise,
        standing.policy.code, standing.policy.title, term(gap.kind), standing.policy.worth,
        standing.progress.explained_on, standing.policy.until_on, gap.days_left, gap.is_expiring,
        standing.subdistrict,
    )  # fmt: skip
