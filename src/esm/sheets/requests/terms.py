"""The words for the coded values of requests and policies."""

from __future__ import annotations

from esm.domain.requests import escalation
from esm.domain.requests.classes import SHIPPED
from esm.domain.requests.transitions import STATE_WORDS
from esm.errors import say
from esm.sheets.sheet.sheet import Term
from esm.sheets.sheet.terms import stated_terms_of, terms_of
from esm.sheets.sheet.wording import word

NATURES = {
    "consult": say("question"),
    "help": say("help"),
    "complaint": say("complaint"),
    "suggestion": say("suggestion"),
}
OUTCOMES = {
    "solved": say("solved"),
    "partly_solved": say("partly solved"),
    "explained": say("explained, not allowed"),
    "withdrawn": say("withdrawn"),
    "shelved": say("shelved"),
}
MOVES = {
    "accept": say("accepted"),
    "reject": say("rejected"),
    "dispatch": say("dispatched"),
    "dispute": say("disputed"),
    "answer": say("answered"),
    "support": say("support answered"),
    "extend": say("extended"),
    "close": say("closed"),
    "confirm": say("confirmed"),
    "reopen": say("reopened"),
    "withdraw": say("withdrawn"),
    "elevate": say("elevated"),
}
RUNGS = {
    "department_head": say("department head"),
    "district_leader": say("district leader"),
    "joint_meeting": say("joint meeting"),
}
REASONS = {
    "dispatches": say("dispatched twice without closing"),
    "departments": say("needs several departments"),
    "overdue": say("long overdue"),
    "by_hand": say("elevated by hand"),
}
STAGES = {
    "eligible": say("not yet explained"),
    "explained": say("explained"),
    "applied": say("applied for"),
    "received": say("money arrived"),
    "declined": say("declined"),
    "not_applicable": say("does not apply"),
}
RELIEF_KINDS = {
    "tax_cut": say("tax cut"),
    "fee_cut": say("fee cut"),
    "subsidy": say("subsidy"),
    "loan": say("loan"),
}
SIZES = {"micro": say("micro"), "small": say("small"), "medium": say("medium"), "large": say("large")}
GAPS = {
    "never_explained": say("eligible, never explained"),
    "not_applied": say("explained, not applied"),
    "expiring": say("about to expire"),
}

state = terms_of(STATE_WORDS)
nature = terms_of(NATURES)
outcome = stated_terms_of(OUTCOMES)
move = terms_of(MOVES)
stage = terms_of(STAGES)
relief_kind = terms_of(RELIEF_KINDS)
gap = terms_of(GAPS)


def rung(number: int) -> Term | None:
    """Return the word for a rung of the ladder, None for a request that stands on none."""
    code = escalation.LEVELS[number]
    return Term(code, word(RUNGS[code].template)) if code else None


def elevation(code: str) -> str:
    """Return the words for why a request climbs."""
    return word(REASONS[code].template)


def request_class(code: str, name: str | None = None) -> Term:
    """Return a class with its first level before it; `name` is the district's own."""
    if name is not None:
        return Term(code, name)
    top, _dot, sub = code.partition(".")
    names = [word(SHIPPED[level].template) for level in (top, code if sub else "") if level in SHIPPED]
    return Term(code, " / ".join(names) or code)


def size(code: str) -> str:
    """Return the word for the size of an enterprise."""
    return word(SIZES[code].template)
