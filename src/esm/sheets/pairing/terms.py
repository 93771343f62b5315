"""The words around a pairing: open items of a handover, ranks with their numbers."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.register.cadres import Rank
from esm.errors import say
from esm.sheets.sheet.terms import term, terms_of

OPEN_ITEMS = {"promise": say("promise"), "request": say("request"), "policy": say("policy"), "money": say("money")}

open_item = terms_of(OPEN_ITEMS)


def rank_word(number: int) -> str:
    """Return a cadre's rank with its number."""
    return _("{rank} ({number})").format(rank=term(Rank(number)).label, number=number)
