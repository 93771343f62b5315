"""Pairing: read and solve first, then write the difference only; the solver never holds the write lock."""

from __future__ import annotations

import json
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.penalty import Offer, Penalty
from esm.domain.pairing.proposal import Assignment, Holding, Pair, PairChange, Proposal, SkippedCadre
from esm.domain.pairing.situation import Situation
from esm.domain.register.cadres import Cadre
from esm.domain.schedule import cadence
from esm.domain.values import nearest_spellings
from esm.domain.values.settings import Settings
from esm.errors import Listed, NotFound, RuleRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading, Writing
from esm.storage.pairing import deputies, pairings
from esm.storage.register import cadres, enterprises


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRequest:
    """How a pairing is asked for.

    `capacity` stands in for the default capacity; `only` names a subdistrict or a department; with `freeze`
    nobody moves, and only the unserved get a cadre.
    """

    capacity: int | None = None
    only: str | None = None
    freeze: bool = False


def propose(reading: Reading, today: date, request: AssignmentRequest | None = None) -> Assignment:
    """Return the best pairing for a day (docs/rules.md, Pairing)."""
    request = request or AssignmentRequest()
    require_no_later_pairing(reading, today)
    whole = situation(reading, today, capacity=request.capacity)
    part = None if request.only is None else _part(reading, whole, request.only)
    proposal = best_proposal(_narrowed_situation(whole, part, freeze=request.freeze))
    return with_names(reading, proposal if part is None else _restricted_proposal(proposal, part.usccs))


def situation(
    reading: Reading, today: date, *, capacity: int | None = None, rules: Settings | None = None
) -> Situation:
    """Return what a pairing depends on, as on a day; `rules` stand in for the settings in force.

    Pairings that begin later are left aside: whoever writes the answer must see to it that there are none.
    """
    rules = rules or settings.load(reading, today)
    default = rules.default_capacity if capacity is None else capacity
    return Situation(
        demands=tuple(pairings.demands(reading, today)),
        offers=tuple(offer(cadre, default) for cadre in cadres.on_day(reading, today) if cadre.is_in_post(today)),
        recusals=cadres.recusals(reading, today).keys(),
        holdings=tuple(
            Holding(held.uscc, held.staff_no, held.is_pinned) for held in pairings.active_pairings(reading, today)
        ),
        settings=rules,
        rotated=rotated_pairs(reading, today, rules.maximum_tenure_months),
    )


def with_names(reading: Reading, proposal: Proposal) -> Assignment:
    """Return a proposal with the names of those it concerns."""
    return Assignment(proposal, dict(enterprises.names(reading)), dict(cadres.names(reading)))


def rotated_pairs(reading: Reading, today: date, months: int) -> frozenset[tuple[str, str]]:
    """Return (staff_no, uscc) of those who served an enterprise for so many months in one go; 0: nobody."""
    if not months:
        return frozenset()
    return frozenset(
        (staff_no, uscc)
        for uscc, staff_no, start_on, end_on in pairings.tenures(reading, today)
        if cadence.due_on(start_on, months) <= end_on
    )


def apply(writing: Writing, assignment: Assignment, today: date) -> None:
    """Write what differs from today's pairings: ends first, then beginnings, each with its reason.

    The deputies of an enterprise stay, as far as they still may be any.
    """
    held = {pair.uscc: pair for pair in pairings.active_pairings(writing, today)}
    changed = [pair for pair in assignment.proposal.pairs if pair.change != PairChange.KEPT]
    gone = [ended.uscc for ended in assignment.proposal.ended] + [pair.uscc for pair in changed]
    pairings.end_all(writing, [held[uscc] for uscc in gone if uscc in held], today)
    firms, people = enterprises.ids(writing), cadres.ids(writing)
    new = (
        pairings.NewPairing(
            enterprise_id=firms[pair.uscc], cadre_id=people[pair.staff_no], start_on=today, why=reason(pair)
        )
        for pair in changed
    )
    pairings.begin(writing, new)
    deputies.carry_over(writing, {pair.uscc: held[pair.uscc].deputies for pair in changed if pair.uscc in held}, today)


def reason(pair: Pair, **by_hand: object) -> str:
    """Return why a pair was chosen, as the JSON that is stored with it."""
    return _reason(pair.change, pair.previous, pair.penalty, pair.skipped, tuple(by_hand.items()))


@lru_cache(maxsize=4096)
def _reason(
    change: str,
    previous: str | None,
    price: Penalty,
    skipped: tuple[SkippedCadre, ...],
    by_hand: tuple[tuple[str, object], ...],
) -> str:
    """Return the same text for all new pairs of the same price: of a million, most are."""
    parts = {"subdistrict": price.subdistrict, "expertise": price.expertise, "rank": price.rank, "load": price.load}
    others = [{"staff_no": other.staff_no, "reason": other.reason} for other in skipped]
    return json.dumps(
        {"change": change, "previous": previous, "penalty": parts, "skipped": others, **dict(by_hand)},
        ensure_ascii=False,
    )


def offer(cadre: Cadre, default_capacity: int) -> Offer:
    """Return a cadre as the pairing sees it."""
    capacity = default_capacity if cadre.capacity is None else cadre.capacity
    return Offer(cadre.staff_no, cadre.rank, cadre.subdistrict, cadre.expertise, capacity)


def require_no_later_pairing(reading: Reading, today: date) -> None:
    """Refuse to pair on a day before an existing pairing began."""
    later = pairings.first_pairing_after(reading, today)
    if later is not None:
        told = {"uscc": later.uscc, "start": later.start_on}
        raise RuleRefused(
            say("The pairing of {uscc} starts only on {start}, after {today}.", **told, today=today),
            say(
                "Choose that date or a later one; to cancel a pairing entered by mistake, use `esm "
                "--today {start} unpair {uscc}`.",
                **told,
            ),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """The enterprises that `--only` means, and the cadres who take part; None: all."""

    usccs: Set[str]
    staff_nos: Set[str] | None


def _narrowed_situation(whole: Situation, part: _Part | None, *, freeze: bool) -> Situation:
    narrow = whole if part is None else whole.restricted_to(part.usccs, staff_nos=part.staff_nos)
    return narrow.without_moves() if freeze else narrow


def _part(reading: Reading, whole: Situation, words: str) -> _Part:
    """Return whom `--only` means: a subdistrict's enterprises, or a department's and those that nobody serves."""
    places = {demand.subdistrict for demand in whole.demands}
    if words in places:
        return _Part({demand.uscc for demand in whole.demands if demand.subdistrict == words}, None)
    people = {number: stored.cadre.department for number, stored in cadres.load(reading).items()}
    staff_nos = {number for number, department in people.items() if department == words}
    if not staff_nos:
        raise _unknown_part(words, sorted({name for name in (*places, *people.values()) if name}))
    in_post = {offer.staff_no for offer in whole.offers}
    others = {holding.uscc for holding in whole.holdings if holding.staff_no in in_post - staff_nos}
    return _Part({demand.uscc for demand in whole.demands} - others, staff_nos)


def _unknown_part(words: str, known: list[str]) -> NotFound:
    close = [name for name in known if words and words in name][: nearest_spellings.MOST]
    close = close or nearest_spellings.nearest(words, known, share=0.6)
    return NotFound(
        say("No subdistrict or department matches “{words}”.", words=words),
        say("Did you mean {candidates}?", candidates=Listed(close))
        if close
        else say("See `esm enterprise list` and `esm cadre list` for the names."),
    )


def _restricted_proposal(proposal: Proposal, usccs: Set[str]) -> Proposal:
    pairs = tuple(pair for pair in proposal.pairs if pair.uscc in usccs)
    return replace(
        proposal,
        pairs=pairs,
        ended=tuple(ended for ended in proposal.ended if ended.uscc in usccs),
        penalty=sum(pair.penalty.total for pair in pairs),
    )
