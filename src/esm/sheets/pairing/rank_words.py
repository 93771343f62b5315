"""The words around a pairing: ranks with their numbers."""

from __future__ import annotations

from gettext import gettext as _

from esm.domain.register.cadres import Rank
from esm.sheets.sheet.code_words import term


def rank_word(number: int) -> str:
    """Return a cadre's rank with its number."""
    return _("{rank} ({number})").format(rank=term(Rank(number)).label, number=number)
