"""The words for coded values: the code goes to machines, the word to people."""

from __future__ import annotations

from gettext import gettext as _

from esm.sheets.sheet import Term


def state(code: str) -> Term:
    """Return the word for the state of a clock."""
    words = {"paused": _("paused"), "overdue": _("overdue"), "due_soon": _("due soon"), "upcoming": _("upcoming")}
    return Term(code, words[code])


def channel(code: str) -> Term:
    """Return the word for the way of a contact."""
    words = {"on_site": _("on site"), "phone": _("phone"), "online": _("online"), "meeting": _("meeting")}
    return Term(code, words[code])


def outcome(code: str) -> Term:
    """Return the word for what came of a contact."""
    words = {"met": _("met"), "not_reached": _("not reached"), "refused": _("refused"), "moved": _("moved away"),
             "closed": _("closed down")}  # fmt: skip
    return Term(code, words[code])


def change(code: str) -> Term:
    """Return the word for what becomes of a pairing."""
    words = {"kept": _("kept"), "new": _("new"), "moved": _("moved"), "ended": _("ended")}
    return Term(code, words[code])


def reason(code: str) -> Term:
    """Return the words for why nobody serves an enterprise."""
    words = {
        "no_cadre_left": _("no cadre with room is left"),
        "all_recused": _("every cadre with room is recused"),
    }
    return Term(code, words[code])


def kind(code: str) -> Term:
    """Return the words for what the coverage checker found."""
    words = {
        "unserved": _("unserved"), "cadre_left": _("cadre left"), "over_capacity": _("over capacity"),
        "recused_pair": _("recused pair"), "never_visited": _("never visited"), "overdue": _("overdue"),
        "predicted_above_scale": _("predicted above-scale"), "below_line": _("below the line"),
        "duplicate_name": _("same name"), "stale_contact": _("stale contact"),
    }  # fmt: skip
    return Term(code, words[code])


def flaw(code: str) -> Term:
    """Return the words for what is wrong with a database."""
    words = {
        "damaged": _("damaged"), "orphan": _("orphan"), "journal": _("journal broken"), "head": _("head missing"),
        "changed": _("changed outside esm"), "definitions": _("definitions"), "clock": _("clock off"),
    }  # fmt: skip
    return Term(code, words[code])


def rank(number: int | None) -> Term | None:
    """Return the word for a cadre's rank."""
    words = {1: _("staff"), 2: _("deputy section head"), 3: _("section head"), 4: _("deputy division head"),
             5: _("division head")}  # fmt: skip
    return None if number is None else Term(str(number), words[number])


def basis(code: str) -> Term:
    """Return the words for who says that an enterprise is above-scale."""
    words = {"register": _("register"), "predicted": _("predicted")}
    return Term(code, words[code])


def section(letter: str | None) -> str:
    """Return a section of GB/T 4754-2017 with its name."""
    words = {
        "A": _("farming"), "B": _("mining"), "C": _("manufacturing"), "D": _("power and water"), "E": _("construction"),
        "F": _("wholesale and retail"), "G": _("transport and post"), "H": _("hotels and catering"),
        "I": _("information and software"), "J": _("finance"), "K": _("real estate"), "L": _("leasing and business"),
        "M": _("research and technology"), "N": _("water and environment"), "O": _("household services"),
        "P": _("education"), "Q": _("health and social work"), "R": _("culture and sport"),
        "S": _("public administration"), "T": _("international bodies"),
    }  # fmt: skip
    return _("(not stated)") if letter is None else f"{letter} {words[letter]}"
