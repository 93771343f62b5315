"""The words for coded values: the code goes to machines, the word to people."""

from __future__ import annotations

from esm.errors import say
from esm.sheets.sheet import Term
from esm.sheets.wording import word

NOT_STATED = say("(not stated)")
STATES = {"paused": say("paused"), "overdue": say("overdue"), "due_soon": say("due soon"), "upcoming": say("upcoming")}
CHANNELS = {"on_site": say("on site"), "phone": say("phone"), "online": say("online"), "meeting": say("meeting")}
OUTCOMES = {
    "met": say("met"),
    "not_reached": say("not reached"),
    "refused": say("refused"),
    "moved": say("moved away"),
    "closed": say("closed down"),
}
CHANGES = {"kept": say("kept"), "new": say("new"), "moved": say("moved"), "ended": say("ended")}
REASONS = {
    "no_cadre_left": say("no cadre with room is left"),
    "all_recused": say("every cadre with room is recused"),
    "tenure_reached": say("every cadre with room is recused or has served it as long as the rotation allows"),
}
MOVES = {
    "out_of_scope": say("not in scope on that day"),
    "unserved": say("nobody serves it"),
    "visited": say("visit logged meanwhile"),
    "missed": say("day passed without a visit"),
    "cadre_changed": say("cadre changed"),
    "cadre_leaves": say("cadre leaves before"),
    "absence": say("cadre absent"),
    "paused": say("visits paused"),
    "no_workday": say("no working day"),
    "beyond_horizon": say("due after the horizon"),
    "confirmed": say("another day confirmed"),
    "earlier_moved": say("follows an earlier visit"),
    "due_changed": say("due date changed"),
    "made_room": say("made room for another"),
}
KINDS = {
    "unserved": say("unserved"),
    "cadre_left": say("cadre left"),
    "over_capacity": say("over capacity"),
    "recused_pair": say("recused pair"),
    "never_visited": say("never visited"),
    "overdue": say("overdue"),
    "undecidable": say("undecidable"),
    "predicted_above_scale": say("predicted above-scale"),
    "below_line": say("below the line"),
    "duplicate_name": say("same name"),
    "stale_contact": say("stale contact"),
}
FLAWS = {
    "damaged": say("damaged"),
    "orphan": say("orphan"),
    "journal": say("journal broken"),
    "head": say("head missing"),
    "changed": say("changed outside esm"),
    "definitions": say("definitions"),
    "clock": say("clock off"),
}
RANKS = {
    1: say("staff"),
    2: say("deputy section head"),
    3: say("section head"),
    4: say("deputy division head"),
    5: say("division head"),
}
STANDINGS = {
    "register": say("register"),
    "predicted": say("predicted"),
    "undecidable": say("undecidable"),
}
RECUSALS = {
    "relative": say("relative's business"),
    "own_interest": say("own interest"),
    "former_employer": say("former employer"),
    "other": say("other"),
}
MATTERS = {"promise": say("promise"), "request": say("request")}
SECTIONS = {
    "A": say("farming"),
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


def state(code: str) -> Term:
    """Return the word for the state of a clock."""
    return Term(code, word(STATES[code].template))


def channel(code: str) -> Term:
    """Return the word for the way of a contact."""
    return Term(code, word(CHANNELS[code].template))


def outcome(code: str) -> Term:
    """Return the word for what came of a contact."""
    return Term(code, word(OUTCOMES[code].template))


def change(code: str) -> Term:
    """Return the word for what becomes of a pairing."""
    return Term(code, word(CHANGES[code].template))


def reason(code: str) -> Term:
    """Return the words for why nobody serves an enterprise."""
    return Term(code, word(REASONS[code].template))


def move(code: str) -> Term:
    """Return the words for why a planned visit moved."""
    return Term(code, word(MOVES[code].template))


def kind(code: str) -> Term:
    """Return the words for what the coverage checker found."""
    return Term(code, word(KINDS[code].template))


def flaw(code: str) -> Term:
    """Return the words for what is wrong with a database."""
    return Term(code, word(FLAWS[code].template))


def rank(number: int | None) -> Term | None:
    """Return the word for a cadre's rank."""
    return None if number is None else Term(str(number), word(RANKS[number].template))


def standing(code: str | None) -> Term | None:
    """Return the words for who says that an enterprise is above-scale, or that this cannot be decided."""
    return None if code is None else Term(code, word(STANDINGS[code].template))


def rank_word(number: int) -> str:
    """Return a cadre's rank with its number."""
    return f"{number} {word(RANKS[number].template)}"


def recusal(code: str) -> Term:
    """Return the words for the kind of a recusal."""
    return Term(code, word(RECUSALS[code].template))


def matter(code: str) -> Term:
    """Return the word for what is still open with an enterprise."""
    return Term(code, word(MATTERS[code].template))


def section(letter: str | None) -> str:
    """Return a section of GB/T 4754-2017 with its name."""
    return word(NOT_STATED.template) if letter is None else f"{letter} {word(SECTIONS[letter].template)}"
