"""The words around a pairing: kinds of recusals, open items of a handover, ranks with their numbers."""

from __future__ import annotations

from gettext import gettext as _

from esm.errors import say
from esm.sheets.sheet.terms import RANKS, terms_of
from esm.sheets.sheet.wording import word

RECUSALS = {
    "relative": say("relative's business"),
    "own_interest": say("own interest"),
    "former_employer": say("former employer"),
    "other": say("other"),
}
OPEN_ITEMS = {"promise": say("promise"), "request": say("request"), "policy": say("policy"), "money": say("money")}

recusal = terms_of(RECUSALS)
open_item = terms_of(OPEN_ITEMS)


def rank_word(number: int) -> str:
    """Return a cadre's rank with its number."""
    return _("{rank} ({number})").format(rank=word(RANKS[number].template), number=number)
