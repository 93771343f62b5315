"""Names that may mean one enterprise: questions for a person, never an answer.

Different firms differ by one character, so a likeness decides nothing; the credit code does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from esm.domain.cell_text import fold

ALIKE = 75  # of 100: the share at which a person should look
MOST_COMPARISONS = 5_000_000
SHORTEST = 2
_DISTRICT = re.compile("(?:街道办事处|街道|办事处|镇|乡|街|subdistrict|township|town)$")

_PLACE = re.compile(
    "^(?:.{2,3}(?:省|自治区))?(?:.{2,3}(?:自治州|地区|盟|市(?![政场容])))?(?:.{1,3}(?:区(?!域)|县|旗))?"
)
_FORM = re.compile(
    "(?:股份有限|有限责任|集团有限|集团股份有限|有限)?(?:总公司|分公司|公司)$|集团$|厂$|(?:company|co)?(?:limited|ltd|inc)$"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A new enterprise and one on record, or in the same file, whose names are alike; `score` 100: the same core."""

    uscc: str
    name: str
    other_uscc: str
    other_name: str
    score: int


def core(name: str) -> str:
    """Return what tells a name from others: folded, without the place before and the legal form after it."""
    folded = fold(name)
    bare = _FORM.sub("", folded)
    inner = _PLACE.sub("", bare)
    return next((part for part in (inner, bare) if len(part) >= SHORTEST), folded)


def alike(new: Mapping[str, str], before: Mapping[str, str]) -> list[Likeness]:
    """Return each new name (by code) with those it is like: of the same core, or near to one on record before.

    Beyond `MOST_COMPARISONS` only those with the same core are found.
    """
    recorded = {uscc: core(name) for uscc, name in before.items()}
    cores = recorded | {uscc: core(name) for uscc, name in new.items()}
    names = {**before, **new}
    same: dict[str, list[str]] = {}
    for uscc, text in cores.items():
        same.setdefault(text, []).append(uscc)
    found: dict[frozenset[str], Likeness] = {}
    for uscc, name in new.items():
        alike = [(other, 100) for other in same[cores[uscc]] if other != uscc]
        if 0 < len(new) * len(before) <= MOST_COMPARISONS:
            alike += _near(cores[uscc], recorded)
        for other, score in alike:
            found.setdefault(frozenset((uscc, other)), Likeness(uscc, name, other, names[other], score))
    return sorted(found.values(), key=lambda each: (-each.score, each.uscc, each.other_uscc))


def shared(names: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return each folded name that several have, with their keys; `names` are (key, name)."""
    return _several(names, fold)


def spelled_apart(subdistricts: Iterable[str]) -> list[list[str]]:
    """Return subdistricts that differ in nothing but what follows their name: `听潮街` and `听潮街道`."""
    places = [(name, name) for name in dict.fromkeys(subdistricts)]
    return list(_several(places, lambda name: _DISTRICT.sub("", fold(name)) or fold(name)).values())


def _several(names: Iterable[tuple[str, str]], folded: Callable[[str], str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, name in names:
        found.setdefault(folded(name), []).append(key)
    return {name: keys for name, keys in found.items() if len(keys) > 1}


def _near(text: str, cores: Mapping[str, str]) -> list[tuple[str, int]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names are compared

    found = process.extract(text, cores, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=5)
    return [(key, int(score)) for _, score, key in found if score < 100]
