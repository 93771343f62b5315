"""The words for the coded values of requests and policies."""

from __future__ import annotations

from esm.domain.requests import escalation
from esm.domain.requests.classes import SHIPPED
from esm.sheets.sheet.code_words import term
from esm.sheets.sheet.sheet import Term
from esm.sheets.sheet.wording import word


def rung(number: int) -> Term | None:
    """Return the word for a rung of the ladder, None for a request that stands on none."""
    return term(escalation.LEVELS[number - 1]) if number else None


def request_class(code: str, name: str | None = None) -> Term:
    """Return a class with its first level before it; `name` is the district's own."""
    if name is not None:
        return Term(code, name)
    top, _dot, sub = code.partition(".")
    names = [word(SHIPPED[level].template) for level in (top, code if sub else "") if level in SHIPPED]
    return Term(code, " / ".join(names) or code)
