"""Explaining one pair: the pairing solved again with one thing changed, and the words on record."""

from __future__ import annotations

from datetime import date

from esm.domain.pairing import explanation
from esm.domain.pairing.explanation import NamedExplanation
from esm.errors import RuleRefused, say
from esm.storage.database.connection import Reading
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.usecases.pairing import assignment
from esm.usecases.register import lookup


def explain(reading: Reading, today: date, words: str, capacity: int | None = None) -> NamedExplanation:
    """Return why `esm assign` gives an enterprise its cadre, or nobody, and what would change that."""
    uscc = lookup.enterprise(reading, words)
    enterprise = enterprises.load(reading, [uscc])[uscc].enterprise
    situation = assignment.situation(reading, today, capacity=capacity)
    if uscc not in {demand.uscc for demand in situation.demands}:
        raise RuleRefused(
            say(
                "{name} is not in scope on {today} and cannot be paired.",
                name=enterprise.name,
                today=today,
            ),
            say("See `esm enterprise show {uscc}`.", uscc=uscc),
        )
    held = next((pair for pair in pairings.active_pairings(reading, today) if pair.uscc == uscc), None)
    return NamedExplanation(
        explanation.explain(situation, uscc),
        enterprise.name,
        {number: stored.cadre for number, stored in cadres.load(reading).items()},
        dict(enterprises.names(reading)),
        {staff_no: reason for (staff_no, of), reason in cadres.recusals(reading, today).items() if of == uscc},
        None if held is None else held.start_on,
    )
