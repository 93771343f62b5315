"""Which of many spellings are near to a word that somebody typed."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 3


def near(words: str, spellings: Sequence[str], *, share: float) -> list[str]:
    """Return the spellings most like the words, the best first, `MOST` at most, the earlier ones first among equals.

    The share is that of the letters which both have in the same order, twice counted, of all letters of both.
    """
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only words that mean nothing are compared

    found = process.extract(words, spellings, scorer=fuzz.ratio, score_cutoff=100 * share, limit=MOST)
    return [spelling for spelling, _score, _place in found]
