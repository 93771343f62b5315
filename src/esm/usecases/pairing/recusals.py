"""Recusals by hand: the pairing they concern ends at once, and a successor is proposed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.proposal import Pair
from esm.domain.pairing.records import PairingRecord, Recusal, RecusalChange, RecusalKind
from esm.errors import NotFound, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies, pairings, recusals
from esm.storage.register import cadres, enterprises
from esm.usecases.pairing import assignment
from esm.usecases.register import lookup


def recuse(
    writing: Writing, cadre: str, enterprise: str, today: date, *, reason: str | None, kind: RecusalKind | None = None
) -> RecusalChange:
    """Record that a cadre must not serve an enterprise, or correct the reason; a pairing of the two ends today.

    One that begins later is taken away, and so is a deputyship there. Pinned or not: a recusal outranks a pin. The
    successor is who `esm assign --freeze` would choose; nothing is paired.
    """
    staff_no, uscc = lookup.cadre(writing, cadre), lookup.enterprise(writing, enterprise)
    pair = cadres.ids(writing)[staff_no], enterprises.ids(writing, uscc)[uscc]
    known = recusals.recusals_by_key(writing, today).get(pair)
    values = {name: value for name, value in (("reason", reason), ("kind", kind)) if value is not None}
    if known is None or known.start_on > today:
        if reason is None:
            raise RuleRefused(
                say("A recusal requires a reason."), say('Give it with `--reason "…"`, and its kind with --kind.')
            )
        values = {"kind": RecusalKind.OTHER, **values}
    recusals.enter(writing, *pair, values, today, known)
    ended = _end_pairing(writing, staff_no, uscc, today)
    was_deputy = any((one.staff_no, one.uscc) == (staff_no, uscc) for one in deputies.end_barred(writing, today))
    successor = None if ended is None or ended.start_on > today else _successor(writing, uscc, today)
    name = None if successor is None else cadres.load(writing, [successor.staff_no])[successor.staff_no].cadre.name
    recorded = _recusal_record(writing, staff_no, uscc, today)
    return RecusalChange(recorded, False, ended, successor, name, was_deputy)


def end_recusal(writing: Writing, cadre: str, enterprise: str, today: date) -> RecusalChange:
    """End a recusal; from today on the two may be paired. Refused where there is none."""
    staff_no, uscc = lookup.cadre(writing, cadre), lookup.enterprise(writing, enterprise)
    stored = recusals.find_recusal(writing, staff_no, uscc, today)
    if stored is None:
        raise NotFound(
            say("{staff_no} is not recused from {uscc}.", staff_no=staff_no, uscc=uscc),
            say("See `esm cadre show {staff_no}` for the recusals.", staff_no=staff_no),
        )
    gone = _recusal_record(writing, staff_no, uscc, today)
    recusals.end(writing, stored, today)
    return RecusalChange(gone, True, None, None, None)


def _recusal_record(reading: Reading, staff_no: str, uscc: str, today: date) -> Recusal:
    return recusals.find_recusals(reading, today, staff_no=staff_no, uscc=uscc)[0]


def _end_pairing(writing: Writing, staff_no: str, uscc: str, today: date) -> PairingRecord | None:
    """End the pairing of the two, today's and any that begins later; return the first of them, None without any."""
    held = [
        pair
        for pair in pairings.find_pairings(writing, uscc=uscc, staff_no=staff_no)
        if pair.end_on is None or pair.end_on > today
    ]
    for pair in held:
        pairings.end(writing, pair.id, today)
    return replace(held[0], end_on=today) if held else None


def _successor(reading: Reading, uscc: str, today: date) -> Pair | None:
    """Return who would follow if nobody else moves, None if nobody has room or the enterprise is out of scope."""
    proposal = best_proposal(assignment.situation(reading, today).restricted_to({uscc}))
    return next((pair for pair in proposal.pairs if pair.uscc == uscc), None)
