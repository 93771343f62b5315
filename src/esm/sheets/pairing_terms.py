"""The words around a pairing: kinds of recusals, open matters of a handover, ranks with their numbers."""

from __future__ import annotations

from esm.errors import say
from esm.sheets.sheet import Term
from esm.sheets.terms import RANKS
from esm.sheets.wording import word

RECUSALS = {
    "relative": say("relative's business"),
    "own_interest": say("own interest"),
    "former_employer": say("former employer"),
    "other": say("other"),
}
MATTERS = {"promise": say("promise"), "request": say("request")}


def rank_word(number: int) -> str:
    """Return a cadre's rank with its number."""
    return f"{number} {word(RANKS[number].template)}"


def recusal(code: str) -> Term:
    """Return the words for the kind of a recusal."""
    return Term(code, word(RECUSALS[code].template))


def matter(code: str) -> Term:
    """Return the word for what is still open with an enterprise."""
    return Term(code, word(MATTERS[code].template))
