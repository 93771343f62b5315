"""Pairing: read and solve first, then write the difference only; the solver never holds the write lock."""

from __future__ import annotations

import json
from datetime import date

from esm.domain import pairing
from esm.domain.roster import Cadre
from esm.domain.summary import Assignment
from esm.errors import RuleRefused, say
from esm.storage import cadres, enterprises, pairings, settings
from esm.storage.database import Reading, Writing


def propose(reading: Reading, today: date, capacity: int | None = None) -> Assignment:
    """Return the best pairing for a day (rules.md, Pairing); `capacity` stands in for the default capacity."""
    _require_no_later_pairing(reading, today)
    rules = settings.load(reading)
    people = {number: stored.cadre for number, stored in cadres.load(reading).items()}
    default = rules.default_capacity if capacity is None else capacity
    proposal = pairing.propose(
        pairings.demands(reading, today),
        [_offer(cadre, default) for cadre in people.values() if cadre.is_in_post(today)],
        recusals=set(cadres.recusals(reading)),
        holdings=[
            pairing.Holding(held.uscc, held.staff_no, held.is_pinned) for held in pairings.active(reading, today)
        ],
        settings=rules,
    )
    return Assignment(
        proposal,
        dict(enterprises.names(reading)),
        {number: cadre.name for number, cadre in people.items()},
    )


def apply(writing: Writing, assignment: Assignment, today: date) -> None:
    """Write what differs from today's pairings: ends first, then beginnings, each with its reason."""
    held = {pair.uscc: pair for pair in pairings.active(writing, today)}
    changed = [pair for pair in assignment.proposal.pairs if pair.change != "kept"]
    for uscc in [ended.uscc for ended in assignment.proposal.ended] + [pair.uscc for pair in changed]:
        if uscc in held:
            pairings.end(writing, held[uscc].id, today)
    enterprise_ids = enterprises.ids(writing)
    cadre_ids = cadres.ids(writing)
    pairings.begin(
        writing,
        [
            pairings.Beginning(
                enterprise_id=enterprise_ids[pair.uscc],
                cadre_id=cadre_ids[pair.staff_no],
                start_on=today,
                why=reason(pair),
            )
            for pair in changed
        ],
    )


def reason(pair: pairing.Pair) -> str:
    """Return why a pair was chosen, as the JSON that is stored with it."""
    parts = {"subdistrict": pair.penalty.subdistrict, "expertise": pair.penalty.expertise,
             "rank": pair.penalty.rank, "load": pair.penalty.load}  # fmt: skip
    skipped = [{"staff_no": skipped.staff_no, "reason": skipped.reason} for skipped in pair.skipped]
    return json.dumps(
        {"change": pair.change, "previous": pair.previous, "penalty": parts, "skipped": skipped}, ensure_ascii=False
    )


def _offer(cadre: Cadre, default_capacity: int) -> pairing.Offer:
    capacity = default_capacity if cadre.capacity is None else cadre.capacity
    return pairing.Offer(cadre.staff_no, cadre.rank, cadre.subdistrict, cadre.expertise, capacity)


def _require_no_later_pairing(reading: Reading, today: date) -> None:
    later = pairings.first_after(reading, today)
    if later is not None:
        raise RuleRefused(
            say(
                "The pairing of {uscc} begins only on {start}, after {today}.",
                uscc=later[0],
                start=later[1],
                today=today,
            ),
            say("Assign on that day or later, or end that pairing first."),
        )
