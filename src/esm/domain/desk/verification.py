"""Where the figures of a file are not those that are computed again (docs/rules.md, Proof of a file)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from esm.domain.desk.proof import Proof
from esm.errors import Message

_BEGINS_WITH_A_DIGIT = re.compile(r"\W*\d")
_UNITS = "万亿"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where a file and the database do not agree; None for what is not there."""

    place: str | Message
    in_file: str | Message | None
    in_database: str | Message | None


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of computing the figures of a file again."""

    file: str
    proof: Proof
    differences: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Return whether nothing differs."""
        return not self.differences


def figure(text: str | None) -> str | None:
    """Return what a text says in figures, without words; None for a text that does not begin with a digit."""
    if text is None or not _BEGINS_WITH_A_DIGIT.match(text):
        return None
    return "".join(each for each in text if each in _UNITS or not (each.isalpha() or each.isspace()))


def differing_figures(shown: Mapping[str, str], computed: Mapping[str, str]) -> list[Difference]:
    """Return every place whose figure in a file is not the one computed; both tell the texts of all places."""
    return [
        Difference(place, shown.get(place), computed.get(place))
        for place in dict.fromkeys((*computed, *shown))
        if figure(shown.get(place)) != figure(computed.get(place))
    ]
