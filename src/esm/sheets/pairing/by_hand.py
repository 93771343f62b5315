"""What people decide by hand as sheets: a pairing made or ended, a recusal."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.pairing.records import PairingChange, PairingRecord, RecusalChange
from esm.domain.values.intervals import last_day
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.message_translation import tell
from esm.sheets.sheet.sheet import Fact, Report


def pairing_change_report(paired: PairingChange) -> Report:
    """Return a pairing that was made, changed or ended by hand."""
    pairing, previous, price = paired.pairing, paired.previous, paired.penalty
    last_on = last_day(pairing.end_on)
    facts = (
        Fact("uscc", _("Credit code"), pairing.uscc), Fact("enterprise", _("Enterprise"), pairing.enterprise),
        Fact("staff_no", _("Staff no."), pairing.staff_no), Fact("cadre", _("Cadre"), pairing.cadre),
        Fact("start_on", _("From"), pairing.start_on),
        Fact("end_on", _("Until (exclusive)"), pairing.end_on, table=False),
        Fact("last_day", _("Until (inclusive)"), last_on, table=last_on is not None and last_on >= pairing.start_on,
             data=False),
        Fact("pinned", _("Pinned"), pairing.is_pinned),
        Fact("deputy_nos", _("Deputies' staff numbers"), deputy_numbers(pairing), table=False),
        Fact("deputies", _("Deputies"), deputy_names(pairing), table=bool(pairing.deputies)),
        Fact("previous", _("Previous cadre"), None if previous is None else f"{previous.staff_no} {previous.cadre}",
             table=previous is not None),
        Fact("penalty", _("Penalty"), None if price is None else price.total, table=price is not None),
        Fact("due_on", _("Next visit due"), paired.due_on),
    )  # fmt: skip
    return Report(_("Pairing"), facts, (), tuple(tell(note) for note in paired.notes))


def deputy_numbers(pairing: PairingRecord) -> tuple[str, ...]:
    """Return the staff numbers of a pairing's deputies, in order."""
    return tuple(deputy.staff_no for deputy in pairing.deputies)


def deputy_names(pairing: PairingRecord) -> tuple[str, ...]:
    """Return the names of a pairing's deputies, in order."""
    return tuple(deputy.name for deputy in pairing.deputies)


def recusal_change_report(recused: RecusalChange) -> Report:
    """Return a recusal that was recorded, changed or ended, and what follows from it."""
    recusal, ended, successor = recused.recusal, recused.ended, recused.successor
    follower = None if successor is None else successor.staff_no
    facts = (
        Fact("staff_no", _("Staff no."), recusal.staff_no), Fact("cadre", _("Cadre"), recusal.cadre),
        Fact("uscc", _("Credit code"), recusal.uscc), Fact("enterprise", _("Enterprise"), recusal.enterprise),
        Fact("kind", _("Kind"), term(recusal.kind)), Fact("reason", _("Reason"), recusal.reason),
        Fact("pairing_ended", _("Pairing ended"), ended is not None),
        Fact("was_deputy", _("Deputyship ended"), recused.was_deputy, table=recused.was_deputy),
        Fact("successor_no", _("Successor's staff no."), follower, table=False),
        Fact("successor", _("Proposed successor"), follower and f"{follower} {recused.successor_name}",
             table=successor is not None),
        Fact("penalty", _("Penalty"), None if successor is None else successor.penalty.total,
             table=successor is not None),
    )  # fmt: skip
    title = _("Recusal ended") if recused.is_ended else _("Recusal")
    return Report(title, facts, (), tuple(_notes(recused)))


def _notes(recused: RecusalChange) -> list[str]:
    if recused.ended is None:
        return []
    uscc, begun_on = recused.recusal.uscc, recused.ended.start_on
    if recused.ended.end_on is not None and begun_on > recused.ended.end_on:
        return [
            _("The pairing was to start on {start}; the enterprise is unserved from that date.").format(start=begun_on)
        ]
    if recused.successor is None:
        return [_("No cadre has spare capacity for it: see `esm assign --explain {uscc}`.").format(uscc=uscc)]
    return [
        _("To pair the successor: `esm pair {uscc} {staff_no}`, or `esm assign --freeze` for all unserved.").format(
            uscc=uscc, staff_no=recused.successor.staff_no
        )
    ]
