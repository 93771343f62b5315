"""The words for coded values: the code goes to machines, the word to people."""

from __future__ import annotations

from esm.domain.values.codes import Worded
from esm.errors import say
from esm.sheets.sheet.message_translation import word
from esm.sheets.sheet.sheet import Term

NOT_STATED = say("(not stated)")
SECTIONS = {
    "A": say("agriculture"),
    "B": say("mining"),
    "C": say("manufacturing"),
    "D": say("power and water"),
    "E": say("construction"),
    "F": say("wholesale and retail"),
    "G": say("transport and post"),
    "H": say("hotels and catering"),
    "I": say("information and software"),
    "J": say("finance"),
    "K": say("real estate"),
    "L": say("leasing and business"),
    "M": say("research and technology"),
    "N": say("water and environment"),
    "O": say("household services"),
    "P": say("education"),
    "Q": say("health and social work"),
    "R": say("culture and sport"),
    "S": say("public administration"),
    "T": say("international bodies"),
}


def term(code: Worded) -> Term:
    """Return a code with its word in the language in use."""
    return Term(str(code), word(code.label.template))


def stated_term(code: Worded | None) -> Term | None:
    """Return the same for a code that may be unknown, and then has no word."""
    return None if code is None else term(code)


def section(letter: str | None) -> str:
    """Return a section of GB/T 4754-2017 with its name."""
    return word(NOT_STATED.template) if letter is None else f"{letter} {word(SECTIONS[letter].template)}"
