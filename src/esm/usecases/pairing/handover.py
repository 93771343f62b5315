"""Handing a cadre's enterprises over: the fewest moves, and all that the successors must know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.handover import Handover, Takeover
from esm.domain.pairing.penalty import penalty
from esm.domain.pairing.proposal import EndedPairing, Pair, PairChange, Proposal
from esm.domain.pairing.records import Deputy
from esm.domain.pairing.situation import Situation
from esm.domain.values.grouping import grouped, none_last
from esm.domain.visits.open_items import OpenItem, OpenItemKind
from esm.errors import Listed, Message, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies, pairings
from esm.storage.register import cadres, enterprises
from esm.storage.schedule import due_list
from esm.storage.visits import promises, visits
from esm.usecases.pairing import assignment as assigning
from esm.usecases.register import absences, lookup
from esm.usecases.register import cadres as register_cadres
from esm.usecases.visits import open_items, open_policies

LAST_MINUTES = 3


def _promise_items(reading: Reading, uscc: str, on: date) -> list[OpenItem]:
    return [
        OpenItem(OpenItemKind.PROMISE, one.words, one.due_on) for one in promises.open_promises(reading, on, uscc=uscc)
    ]


# What is still open with an enterprise, by code; each subject that leaves something open adds its reader here.
OPEN_ITEMS: tuple[Callable[[Reading, str, date], list[OpenItem]], ...] = (
    _promise_items,
    open_items.open_items,
    open_policies.open_items,
)


def propose(reading: Reading, words: str, on: date, *, to: str | None = None, stays: bool = False) -> Handover:
    """Return who takes the cadre's enterprises over on a day, and the sheet for each of them.

    Without `to` as few others move as serving the most allows; with it everything goes to one cadre, who must
    be allowed to take it. The cadre leaves the post that day, unless it `stays`; who leaves has visited nobody
    after it.
    """
    staff_no = lookup.cadre(reading, words)
    leaver = cadres.load(reading, [staff_no])[staff_no].cadre
    if not stays:
        register_cadres.require_no_later_visit(reading, leaver, on)
    assigning.require_no_later_pairing(reading, on)
    situation = assigning.situation(reading, on)
    scope = {demand.uscc for demand in situation.demands}
    held = {holding.uscc for holding in situation.holdings if holding.staff_no == staff_no}
    if not held & scope:
        raise RuleRefused(
            say("{name} serves no enterprise on {on}.", name=leaver.name, on=on),
            say("To record the departure: `esm cadre leave {staff_no}`.", staff_no=staff_no),
        )
    if to is None:
        proposal = fewest_moves(situation, staff_no, held)
    else:
        proposal = _hand_all_to(reading, situation, held & scope, staff_no, lookup.cadre(reading, to), on)
    given = {pair.uscc: pair for pair in proposal.pairs}
    ended = [EndedPairing(uscc, staff_no) for uscc in sorted(held - given.keys())]
    proposal = replace(proposal, ended=(*ended, *(one for one in proposal.ended if one.uscc in scope - held)))
    kept = _remaining_deputies(reading, proposal.pairs, on)
    takeovers = [_takeover(reading, uscc, given.get(uscc), on, kept.get(uscc, ())) for uscc in sorted(held & scope)]
    takeovers.sort(key=lambda one: (*none_last(one.successor), one.enterprise.uscc))
    left = [(one.enterprise.name, one.due_on) for one in takeovers if one.pair is None]
    notes = [
        *register_cadres.nobody_notes(left, on),
        *_absence_notes(reading, takeovers, on),
        *(_visit_notes(reading, staff_no, held & scope, on) if stays else ()),
        *(() if stays else register_cadres.deputyship_notes(reading, staff_no, on)),
    ]
    assignment = assigning.with_names(reading, proposal)
    return Handover(staff_no, leaver.name, on, not stays, tuple(takeovers), assignment, tuple(notes))


def apply(writing: Writing, handover: Handover, today: date) -> None:
    """Write the new pairings; appointments to come go to the successor, and the cadre leaves."""
    if handover.leaves:
        _leave(writing, handover, today)
    assigning.apply(writing, handover.assignment, handover.on)


def _leave(writing: Writing, handover: Handover, today: date) -> None:
    stored = cadres.load(writing, [handover.staff_no])[handover.staff_no]
    cadre = stored.cadre
    if cadre.left_on is not None and cadre.left_on <= handover.on:
        return
    if cadre.active_from is not None and handover.on <= cadre.active_from:
        raise RuleRefused(
            say("{name} is in post only from {start}.", name=cadre.name, start=cadre.active_from),
            say("Give a later date with --on, or keep the post with --stay."),
        )
    cadres.edit(writing, stored, {"left_on": handover.on}, today)


def fewest_moves(situation: Situation, staff_no: str, held: Set[str]) -> Proposal:
    """Return the best pairing without the cadre, in which nobody moves who need not.

    Enterprises that nobody serves today are not asked about, and neither the rotation nor a recusal that is
    not carried out yet moves anybody else.
    """
    others = {uscc: server for uscc, server in situation.valid_pairings().items() if server != staff_no}
    stay = {(server, uscc) for uscc, server in others.items()}
    asked = replace(
        situation,
        offers=tuple(offer for offer in situation.offers if offer.staff_no != staff_no),
        rotated=situation.rotated - stay,
    )
    return best_proposal(asked.restricted_to(held | others.keys()))


def _hand_all_to(
    reading: Reading, situation: Situation, held: Set[str], staff_no: str, successor: str, on: date
) -> Proposal:
    """Return the pairing in which one cadre takes everything over, or refuse what a rule forbids."""
    cadre = cadres.load(reading, [successor])[successor].cadre
    hint = say("Omit --to to let `esm handover` find successors.")
    if successor == staff_no:
        raise RuleRefused(say("A cadre cannot be their own successor."), hint)
    offer = next((offer for offer in situation.offers if offer.staff_no == successor), None)
    if offer is None:
        raise RuleRefused(say("{name} is not in post on {today}.", name=cadre.name, today=on), hint)
    recused = sorted(uscc for uscc in held if (successor, uscc) in situation.recusals)
    if recused:
        names = dict(enterprises.names(reading))
        raise RuleRefused(
            say("{name} is recused from {names}.", name=cadre.name, names=Listed(names[uscc] for uscc in recused)),
            hint,
        )
    scope = {demand.uscc: demand for demand in situation.demands}
    load = sum(one.staff_no == successor and one.uscc in scope for one in situation.holdings)
    if load + len(held) > offer.capacity:
        raise RuleRefused(
            say("{name} has capacity for only {room} of {count}.",
                name=cadre.name, room=max(0, offer.capacity - load), count=len(held)),
            say("Raise the capacity: `esm cadre edit {staff_no} --capacity {more}`; or omit --to.",
                staff_no=successor, more=load + len(held)),
        )  # fmt: skip
    price = situation.settings.weights.load
    pairs = tuple(
        Pair(uscc, successor, PairChange.MOVED, staff_no,
             replace(penalty(scope[uscc], offer, situation.settings), load=price * (load + place)), ())
        for place, uscc in enumerate(sorted(held))
    )  # fmt: skip
    return Proposal(pairs, (), (), sum(pair.penalty.total for pair in pairs))


def _absence_notes(reading: Reading, takeovers: Sequence[Takeover], on: date) -> Iterator[Message]:
    """Yield who of the successors is absent on the day; deputies cover who takes over none without."""
    for successor, taken in grouped(takeovers, lambda one: one.successor).items():
        if successor is not None:
            named = {deputy: None for one in taken for deputy in one.deputies}
            is_covered = all(one.deputies for one in taken)
            yield from absences.absence_note(reading, successor, on, list(named) if is_covered else ())


def _remaining_deputies(reading: Reading, pairs: Sequence[Pair], on: date) -> dict[str, tuple[Deputy, ...]]:
    """Return the deputies who stay with the enterprises that change hands, by code."""
    serving = {pair.uscc: pair.staff_no for pair in pairs}
    held = {pair.uscc: pair.deputies for pair in pairings.active_pairings(reading, on) if pair.uscc in serving}
    return deputies.remaining(reading, held, serving, on)


def _visit_notes(reading: Reading, staff_no: str, handed: Set[str], on: date) -> tuple[Message, ...]:
    """Return the note that the cadre, who stays in post, visited what is handed over after that day."""
    since = visits.find_visits(reading, staff_no=staff_no, since=on + timedelta(days=1))
    names = {one.enterprise: None for one in since if one.visit.cancelled_on is None and one.visit.uscc in handed}
    if not names:
        return ()
    told = Listed(reversed(names))
    return (say("Visited by this cadre after {on}; the visits count: {names}.", on=on, names=told),)


def _takeover(reading: Reading, uscc: str, pair: Pair | None, on: date, kept: tuple[Deputy, ...]) -> Takeover:
    told = [record for record in visits.find_visits(reading, uscc=uscc, until=on) if record.visit.cancelled_on is None]
    return Takeover(
        enterprise=enterprises.load(reading, [uscc])[uscc].enterprise,
        pair=pair,
        due_on=due_list.due_on(reading, uscc, on),
        last_visit_on=next((record.visit.done_on for record in told if record.visit.counts), None),
        minutes=tuple([record for record in told if record.visit.minutes][:LAST_MINUTES]),
        open_items=tuple(item for read in OPEN_ITEMS for item in read(reading, uscc, on)),
        deputies=kept,
    )
