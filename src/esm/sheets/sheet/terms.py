"""The words for coded values: the code goes to machines, the word to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from esm.domain.values.codes import Worded
from esm.errors import Message, say
from esm.sheets.sheet.sheet import Term
from esm.sheets.sheet.wording import word

NOT_STATED = say("(not stated)")
STATES = {"paused": say("paused"), "overdue": say("overdue"), "due_soon": say("due soon"), "upcoming": say("upcoming")}
CHANGES = {"kept": say("kept"), "new": say("new"), "moved": say("moved"), "ended": say("ended")}
REASONS = {
    "no_cadre_left": say("no cadre with room is left"),
    "all_recused": say("every cadre with room is recused"),
    "tenure_reached": say("every cadre with room is recused or has served it as long as the rotation allows"),
}
PLAN_CHANGE_REASONS = {
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
    "not_reached": say("not reached"),
    "refused": say("refused"),
    "moved": say("moved away"),
    "closed": say("closed down"),
    "promise_overdue": say("promise overdue"),
    "undecidable": say("undecidable"),
    "predicted_above_scale": say("predicted above-scale"),
    "below_line": say("below the line"),
    "duplicate_name": say("same name"),
    "stale_contact": say("stale contact"),
    "burst": say("many at once"),
    "copied_minutes": say("minutes alike"),
    "nobody_named": say("nobody named"),
    "rush": say("end-of-period rush"),
    "late_entry": say("entered late"),
    "call_back": say("call back"),
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
REGISTERS = {
    "registered": say("on the register"),
    "not_registered": say("not on the register"),
    "silent": say("roster silent"),
}
MEASURES = {
    "main_business_revenue": say("main-business revenue"),
    "operating_revenue": say("operating revenue"),
    "qualification": say("building qualification"),
    "activity": say("development activity"),
}
MISSING = {
    "industry_code": say("industry code, to its division or class"),
    "revenue": say("revenue"),
    "employees": say("employees"),
    "qualified": say("building qualification"),
    "rule": say("a threshold for this industry"),
}
SCALE_GROUPS = {
    "industry": say("industry"),
    "construction": say("construction"),
    "wholesale": say("wholesale"),
    "retail": say("retail"),
    "accommodation_catering": say("accommodation and catering"),
    "property_development": say("property development"),
    "services_1": say("services, first group"),
    "services_2": say("services, second group"),
    "services_3": say("services, third group"),
}
ROUTES = {
    "annual": say("annual"),
    "monthly": say("monthly"),
    "all_year": say("all year, monthly"),
}
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


def term(code: Worded) -> Term:
    """Return a code with its word in the language in use."""
    return Term(str(code), word(code.label.template))


def stated_term(code: Worded | None) -> Term | None:
    """Return the same for a code that may be unknown, and then has no word."""
    return None if code is None else term(code)


def terms_of(words: Mapping[str, Message]) -> Callable[[str], Term]:
    """Return the function that puts the word for a code beside it."""
    return lambda code: Term(code, word(words[code].template))


def stated_terms_of(words: Mapping[str, Message]) -> Callable[[str | None], Term | None]:
    """Return the same function for a code that may be unknown, and then has no word."""
    return lambda code: None if code is None else Term(code, word(words[code].template))


state = terms_of(STATES)
change = terms_of(CHANGES)
reason = terms_of(REASONS)
plan_change_reason = terms_of(PLAN_CHANGE_REASONS)
kind = terms_of(KINDS)
flaw = terms_of(FLAWS)
register = terms_of(REGISTERS)
measure = terms_of(MEASURES)
missing = terms_of(MISSING)
scale_group = terms_of(SCALE_GROUPS)
route = terms_of(ROUTES)


def section(letter: str | None) -> str:
    """Return a section of GB/T 4754-2017 with its name."""
    return word(NOT_STATED.template) if letter is None else f"{letter} {word(SECTIONS[letter].template)}"
