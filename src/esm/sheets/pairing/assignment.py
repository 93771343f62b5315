"""The pairing summary as a report."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _

from esm.domain.pairing.proposal import Assignment, PairChange
from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet, cells
from esm.sheets.sheet.usual_columns import coded


def pairing_report(assignment: Assignment, *, is_short: bool = False) -> Report:
    """Return the pairing; its keys are the contract of `esm assign --format json`.

    Tables show what changes, unless `is_short`, and who is unserved; the other formats hold every pair.
    """
    proposal = assignment.proposal
    changes = Counter(pair.change for pair in proposal.pairs)
    served, unserved = len(proposal.pairs), len(proposal.unserved)
    facts = (
        Fact("in_scope", _("Enterprises in scope"), served + unserved),
        Fact("served_share", _("Served"), Ratio(served, served + unserved), data=False),
        Fact("served", _("Served enterprises"), served, table=False),
        Fact("unserved", _("Unserved"), unserved),
        Fact("kept", _("Kept"), changes[PairChange.KEPT]),
        Fact("new", _("New"), changes[PairChange.NEW]),
        Fact("moved", _("Reassigned"), changes[PairChange.MOVED]),
        Fact("ended", _("Ended"), len(proposal.ended)),
        Fact("penalty", _("Penalty"), proposal.penalty),
    )
    changed = () if is_short else (_change_sheet(assignment),)
    return Report(_("Pairing"), facts, (_pair_sheet(assignment), *changed, _unserved_sheet(assignment)))


def _pair_sheet(assignment: Assignment) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")),
        Column("enterprise", _("Enterprise"), lambda pair: assignment.enterprises[pair.uscc]),
        Column("staff_no", _("Staff no.")),
        Column("cadre", _("Cadre"), lambda pair: assignment.cadres[pair.staff_no]),
        Column("change", _("Change"), coded("change")),
        Column("penalty", _("Penalty"), "penalty.total"),
    )
    return Sheet("pairs", _("Pairs"), columns, cells(columns, assignment.proposal.pairs), table=False)


def _change_sheet(assignment: Assignment) -> Sheet:
    proposal, names = assignment.proposal, assignment.cadres
    columns = (
        Column("enterprise", _("Enterprise"), lambda pair: assignment.enterprises[pair.uscc]),
        Column("change", _("Change"), coded("change")),
        Column("previous", _("Previous cadre"), lambda pair: pair.previous and names[pair.previous]),
        Column("cadre", _("Cadre"), lambda pair: names[pair.staff_no]),
        Column("penalty", _("Penalty"), "penalty.total"),
    )
    rows = cells(columns, [pair for pair in proposal.pairs if pair.change != PairChange.KEPT])
    rows += [
        (assignment.enterprises[ended.uscc], term(PairChange.ENDED), names[ended.staff_no], None, None)
        for ended in proposal.ended
    ]
    return Sheet("changes", _("Changes"), columns, rows, (), _("Nothing changes."), data=False)


def _unserved_sheet(assignment: Assignment) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")),
        Column("enterprise", _("Enterprise"), lambda left: assignment.enterprises[left.uscc]),
        Column("tier", _("Tier")),
        Column("reason", _("Reason"), coded("reason")),
    )
    rows = cells(columns, assignment.proposal.unserved)
    is_any = assignment.proposal.pairs or rows
    empty = _("Every enterprise is served.") if is_any else _("No enterprise is in scope.")
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), empty)
