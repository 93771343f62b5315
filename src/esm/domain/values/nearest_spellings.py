"""Which of many spellings are near to a word that somebody typed."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 3
WITHIN = 75  # of 100: the share of the letters of a part that was mistyped
SHORTEST = 3  # a shorter word is in too many names


def nearest(words: str, spellings: Sequence[str], *, share: float) -> list[str]:
    """Return the spellings most like the words, the best first, `MOST` at most, the earlier ones first among equals.

    The share is that of the letters which both have in the same order, twice counted, of all letters of both.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only words that mean nothing are compared

    found = process.extract(words, spellings, scorer=fuzz.ratio, score_cutoff=100 * share, limit=MOST)
    return [spelling for spelling, _score, _place in found]


def nearest_by_part(words: str, names: Sequence[str]) -> list[str]:
    """Return the names of which a part is most like the words: people leave out the place at the beginning."""
    if len(words) < SHORTEST:
        return []
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only words that mean nothing are compared

    found = process.extract(words, names, scorer=fuzz.partial_ratio, score_cutoff=WITHIN, limit=MOST)
    return [name for name, _score, _place in found]
