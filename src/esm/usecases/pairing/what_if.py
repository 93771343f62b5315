"""Playing through what would be if: scenarios in words, solved side by side, nothing written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esm.domain.pairing import what_if
from esm.domain.pairing.assignment import best_proposal
from esm.domain.pairing.situation import Situation
from esm.domain.pairing.what_if import Comparison, Scenario
from esm.domain.values import nearest_spellings
from esm.errors import Listed, Message, UsageRefused, say
from esm.storage.database import settings
from esm.storage.database.connection import Reading
from esm.usecases.pairing import assignment
from esm.usecases.register import typed_values

MOST_CADRES = 1_000_000
PAIRING_SETTINGS = (
    "weight_subdistrict", "weight_expertise", "weight_rank", "weight_load", "wanted_rank_a", "wanted_rank_b",
    "wanted_rank_c", "maximum_tenure_months",
)  # fmt: skip
FORMS = frozenset({"cadres+", "capacity=", "freeze", *(f"{key}=" for key in PAIRING_SETTINGS)})
WORDS = ("cadres+N", "capacity=N", "freeze", *(f"{key}=N" for key in PAIRING_SETTINGS))


def compare_scenarios(reading: Reading, today: date, scenarios: Sequence[str]) -> Comparison:
    """Return the scenarios beside today's pairings and today's best pairing."""
    supposed = [parse_scenario(words) for words in scenarios]
    default = settings.load(reading, today).default_capacity
    now = assignment.situation(reading, today)
    standing = what_if.outcome("today", now, best_proposal(now.with_todays_pairings_alone()))
    asked = ((one.words, _scenario_situation(reading, today, one, default)) for one in supposed)
    return Comparison(
        (
            replace(standing, ended=0, kept=standing.served),
            what_if.outcome_or_refusal("assign", now),
            *(what_if.outcome_or_refusal(words, situation) for words, situation in asked),
        ),
        what_if.full_service(lambda capacity: assignment.situation(reading, today, capacity=capacity), default),
        default,
    )


def parse_scenario(words: str) -> Scenario:
    """Return the scenario that words like `cadres+20 capacity=2` name.

    A word that is unknown, said twice or out of bounds is refused by name.
    """
    said: dict[str, int | bool] = {}
    for word in words.replace(",", " ").split():
        found = re.fullmatch(r"([a-z_]+)([+=])(-?[0-9]{1,18})", word.lower())
        name, sign, number = found.groups() if found else (word.lower(), "", "")
        if f"{name}{sign}" not in FORMS:
            raise _unknown_word(word)
        if name in said:
            raise UsageRefused(
                say("The scenario “{words}” contains {name} twice.", words=words, name=name), _vocabulary_hint()
            )
        said[name] = _number(name, number) if sign else True
    if not said:
        raise UsageRefused(say("The scenario is empty."), _vocabulary_hint())
    return Scenario(
        words=words,
        cadres=said.get("cadres", 0),
        capacity=said.get("capacity"),
        settings={key: said[key] for key in PAIRING_SETTINGS if key in said},
        freeze="freeze" in said,
    )


def _number(name: str, number: str) -> int:
    """Return the number of a scenario's word; out of bounds it is refused with them."""
    if name == "cadres":
        if not 0 <= int(number) <= MOST_CADRES:
            raise UsageRefused(
                say("“{word}” is out of range: a scenario can add 0 to {most} cadres.",
                    word=f"cadres+{number}", most=MOST_CADRES),
                _vocabulary_hint(),
            )  # fmt: skip
        return int(number)
    setting = typed_values.setting_named("default_capacity" if name == "capacity" else name)
    return int(str(typed_values.setting_value(setting, number)))


def _vocabulary_hint() -> Message:
    return say("A scenario can contain {words}.", words=Listed(WORDS))


def _unknown_word(word: str) -> UsageRefused:
    close = nearest_spellings.nearest(word, WORDS, share=0.5)
    return UsageRefused(
        say("A scenario cannot contain “{word}”; did you mean {close}?", word=word, close=close[0])
        if close
        else say("A scenario cannot contain “{word}”.", word=word),
        _vocabulary_hint(),
    )


def _scenario_situation(reading: Reading, today: date, one: Scenario, default: int) -> Situation:
    capacity = default if one.capacity is None else one.capacity
    rules = settings.load(reading, today).with_values(one.settings)
    asked = assignment.situation(reading, today, capacity=capacity, rules=rules)
    joined = asked.with_recruits(what_if.recruit(capacity), one.cadres) if one.cadres else asked
    return joined.without_moves() if one.freeze else joined
