"""The pairing summary as a report."""

from __future__ import annotations

from collections import Counter
from gettext import gettext as _

from esm.domain.pairing.proposal import Assignment, PairChange
from esm.domain.values.ratio import Ratio
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Cell, Column, Fact, Report, Sheet


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
        Column("uscc", _("Credit code")), Column("enterprise", _("Enterprise")), Column("staff_no", _("Staff no.")),
        Column("cadre", _("Cadre")), Column("change", _("Change")), Column("penalty", _("Penalty")),
    )  # fmt: skip
    rows = [
        (pair.uscc, assignment.enterprises[pair.uscc], pair.staff_no, assignment.cadres[pair.staff_no],
         term(pair.change), pair.penalty.total)
        for pair in assignment.proposal.pairs
    ]  # fmt: skip
    return Sheet("pairs", _("Pairs"), columns, rows, table=False)


def _change_sheet(assignment: Assignment) -> Sheet:
    columns = (
        Column("enterprise", _("Enterprise")), Column("change", _("Change")), Column("previous", _("Previous cadre")),
        Column("cadre", _("Cadre")), Column("penalty", _("Penalty")),
    )  # fmt: skip
    names = assignment.cadres
    rows: list[tuple[Cell, ...]] = [
        (assignment.enterprises[pair.uscc], term(pair.change),
         None if pair.previous is None else names[pair.previous], names[pair.staff_no], pair.penalty.total)
        for pair in assignment.proposal.pairs
        if pair.change != "kept"
    ]  # fmt: skip
    rows += [
        (assignment.enterprises[ended.uscc], term(PairChange.ENDED), names[ended.staff_no], None, None)
        for ended in assignment.proposal.ended
    ]
    return Sheet("changes", _("Changes"), columns, rows, (), _("Nothing changes."), data=False)


def _unserved_sheet(assignment: Assignment) -> Sheet:
    columns = (
        Column("uscc", _("Credit code")),
        Column("enterprise", _("Enterprise")),
        Column("tier", _("Tier")),
        Column("reason", _("Reason")),
    )
    rows = [
        (left.uscc, assignment.enterprises[left.uscc], left.tier, term(left.reason))
        for left in assignment.proposal.unserved
    ]
    return Sheet("unserved_enterprises", _("Unserved enterprises"), columns, rows, (), _("Every enterprise is served."))
