"""Playing through what would be if: scenarios in words, solved side by side, nothing written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from esm.domain import nearness, supposition
from esm.domain.settings import Value
from esm.domain.situation import Situation
from esm.domain.supposition import Comparison, Supposition
from esm.errors import UsageRefused, say
from esm.storage import settings
from esm.storage.database import Reading
from esm.usecases import assigning, configuring

MOST_CADRES = 1_000_000
PAIRING_SETTINGS = (
    "weight_subdistrict", "weight_expertise", "weight_rank", "weight_load", "wanted_rank_a", "wanted_rank_b",
    "wanted_rank_c", "maximum_tenure_months",
)  # fmt: skip
WORDS = ("cadres+N", "capacity=N", "freeze", *(f"{key}=N" for key in PAIRING_SETTINGS))


def compare(reading: Reading, today: date, scenarios: Sequence[str]) -> Comparison:
    """Return the scenarios beside today's pairings and today's best pairing."""
    supposed = [parse(words) for words in scenarios]
    default = settings.load(reading).default_capacity
    now = assigning.situation(reading, today)
    standing = supposition.outcome("today", now, now.as_it_is().proposal())
    outcomes = [
        replace(standing, ended=0, kept=standing.served),
        supposition.outcome("assign", now, now.proposal()),
    ]
    for one in supposed:
        asked = _asked(reading, today, one, default)
        outcomes.append(supposition.outcome(one.words, asked, (asked.frozen() if one.freeze else asked).proposal()))
    return Comparison(
        tuple(outcomes),
        supposition.enough(lambda capacity: assigning.situation(reading, today, capacity=capacity), default),
        default,
    )


def parse(words: str) -> Supposition:
    """Return the scenario that words like `cadres+20 capacity=2` name; an unknown word is refused by name."""
    cadres, capacity, freeze, values = 0, None, False, dict[str, Value]()
    for word in words.replace(",", " ").split():
        found = re.fullmatch(r"([a-z_]+)([+=])([0-9]{1,9})", word.lower())
        name, sign, number = found.groups() if found else (word, "", "")
        if word.lower() == "freeze":
            freeze = True
        elif (name, sign) == ("cadres", "+") and int(number) <= MOST_CADRES:
            cadres += int(number)
        elif (name, sign) == ("capacity", "="):
            capacity = int(str(configuring.value_of(configuring.named("default_capacity"), number)))
        elif sign == "=" and name in PAIRING_SETTINGS:
            values[name] = configuring.value_of(configuring.named(name), number)
        else:
            raise _unknown(word)
    return Supposition(words=words, cadres=cadres, capacity=capacity, settings=values, freeze=freeze)


def _unknown(word: str) -> UsageRefused:
    close = nearness.near(word, WORDS, share=0.5)
    return UsageRefused(
        say("A scenario cannot say “{word}”; did you mean {close}?", word=word, close=close[0])
        if close
        else say("A scenario cannot say “{word}”.", word=word),
        say("It can say {words}.", words=", ".join(WORDS)),
    )


def _asked(reading: Reading, today: date, one: Supposition, default: int) -> Situation:
    capacity = default if one.capacity is None else one.capacity
    rules = settings.load(reading).having(one.settings)
    asked = assigning.situation(reading, today, capacity=capacity, rules=rules)
    return asked.joined_by(supposition.recruit(capacity), one.cadres) if one.cadres else asked
