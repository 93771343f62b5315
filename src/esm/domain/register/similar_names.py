"""Names that may mean one enterprise, cadre or subdistrict: questions for a person, never an answer.

Different firms differ by one character, so a likeness decides nothing; the credit code does.
Each function asks about what is new, against what was on record before and against the rest of the new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from esm.domain.register.cadres import Cadre
from esm.domain.values.raw_text import fold

ALIKE = 75  # of 100: the share at which a person should look
MOST_COMPARISONS = 5_000_000
MOST_OTHERS = 5  # that one name is held against: who fills a column with one word is not asked a million times
SHORTEST = 2
_DISTRICT = re.compile("(?:街道办事处|街道办|街道|办事处|镇|乡|街|subdistrict|township|town)$")

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


@dataclass(frozen=True, slots=True)
class NameQuestions:
    """What a person should look at: each new entry with one that it may be; nothing was done about any of them."""

    enterprises: tuple[Likeness, ...] = ()
    cadres: tuple[tuple[Cadre, Cadre], ...] = ()
    subdistricts: tuple[tuple[str, str], ...] = ()


def distinctive_part(name: str) -> str:
    """Return what tells a name from others: folded, without the place before and the legal form after it."""
    folded = fold(name)
    bare = _FORM.sub("", folded)
    inner = _PLACE.sub("", bare)
    return next((part for part in (inner, bare) if len(part) >= SHORTEST), folded)


def similar_enterprises(new: Mapping[str, str], before: Mapping[str, str]) -> list[Likeness]:
    """Return each new name (by code) with those it is like: of the same core, or near to one on record before.

    Beyond `MOST_COMPARISONS` only those with the same core are found.
    """
    recorded = {uscc: distinctive_part(name) for uscc, name in before.items()}
    cores = {uscc: distinctive_part(name) for uscc, name in new.items()}
    found = [(uscc, other, 100) for uscc, other in _equal_texts(cores, recorded)]
    if 0 < len(new) * len(before) <= MOST_COMPARISONS:
        found += [(uscc, other, score) for uscc, text in cores.items() for other, score in _nearest(text, recorded)]
    names = {**before, **new}
    likenesses = [Likeness(uscc, names[uscc], other, names[other], score) for uscc, other, score in found]
    return sorted(likenesses, key=lambda each: (-each.score, each.uscc, each.other_uscc))


def namesakes(new: Mapping[str, str], before: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each new cadre (names by staff number) with the others of the same name, however it is written."""
    return list(
        _equal_texts({key: fold(name) for key, name in new.items()}, {key: fold(name) for key, name in before.items()})
    )


def subdistrict_variants(new: Iterable[str], before: Iterable[str]) -> list[tuple[str, str]]:
    """Return each new subdistrict with those that differ only in the place before and the kind behind the name.

    `听潮街`, `听潮街道` and `江畔区听潮街道` are alike; `听潮街道` and `望潮街道` are not.
    """
    return list(
        _equal_texts(
            {name: _distinctive_subdistrict(name) for name in new},
            {name: _distinctive_subdistrict(name) for name in before},
        )
    )


def _distinctive_subdistrict(subdistrict: str) -> str:
    folded = fold(subdistrict)
    inner = _DISTRICT.sub("", folded)
    return next(filter(None, (_PLACE.sub("", inner), inner)), folded)


def _equal_texts(new: Mapping[str, str], before: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each new key with at most `MOST_OTHERS` others of the same text, each two once."""
    texts = set(new.values())
    known: dict[str, list[str]] = {}
    for key, text in before.items():
        if text in texts:
            known.setdefault(text, []).append(key)
    for key, text in new.items():
        others = known.setdefault(text, [])
        yield from ((key, other) for other in others[:MOST_OTHERS])
        others.append(key)


def _nearest(text: str, cores: Mapping[str, str]) -> list[tuple[str, int]]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names are compared

    found = process.extract(text, cores, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST_OTHERS)
    return [(key, int(score)) for _, score, key in found if score < 100]
