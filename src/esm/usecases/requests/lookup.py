"""Finding the department, the policy or the visit that the user's words mean."""

from __future__ import annotations

from esm.domain.values import spelling
from esm.domain.visits.records import VisitRecord
from esm.errors import NotFound, RuleRefused, UsageRefused, say
from esm.storage.database.connection import Reading
from esm.storage.policies import policies
from esm.storage.requests import requests
from esm.storage.visits import visits
from esm.usecases.register.lookup import SHOWN, joined, near

LONGEST_DEPARTMENT = 60
SEPARATORS = frozenset("、，,;；\n")


def department(reading: Reading, words: str, *, is_new: bool = False) -> str:
    """Return the department of this name, known from cadres and requests; `is_new` lets a new one in."""
    name = words.strip()
    known = requests.departments(reading)
    if name in known:
        return name
    if is_new:
        return _new_department(name)
    close = spelling.near(name, known, share=0.4) or [each for each in known if name and name in each]
    hint = say("Known are: {names}. A new one needs --new-department.", names=", ".join(known[:SHOWN]) or "–")
    if close:
        hint = say("Did you mean {candidates}? A new one needs --new-department.", candidates=", ".join(close[:3]))
    raise NotFound(say("No department is called “{words}”.", words=words), hint)


def policy(reading: Reading, words: str) -> str:
    """Return the code of the one policy that a code or a part of a title means."""
    name = words.strip()
    known = policies.names(reading)
    found = [entry for entry in known if name in entry] or [entry for entry in known if name and name in entry[1]]
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” may mean several policies: {candidates}.", words=words, candidates=joined(found)),
            say("Name one of them by its code."),
        )
    close = near(words, known)
    hint = say("See `esm policy list` for the codes.")
    if close:
        hint = say("Did you mean {candidates}?", candidates=joined(close))
    raise NotFound(say("No policy is called “{words}”.", words=words), hint)


def visit(reading: Reading, visit_id: int, uscc: str) -> VisitRecord:
    """Return the visit of this number, which was to this enterprise; any other is refused."""
    found = visits.get(reading, visit_id)
    if found is None:
        raise NotFound(say("There is no visit {id}.", id=visit_id), say("See `esm visit list` for the numbers."))
    if found.visit.uscc != uscc:
        raise RuleRefused(
            say("Visit {id} was to {name}.", id=visit_id, name=found.enterprise),
            say("Name that enterprise, or another visit."),
        )
    return found


def _new_department(name: str) -> str:
    if not name or SEPARATORS & set(name) or len(name) > LONGEST_DEPARTMENT:
        raise UsageRefused(
            say("“{words}” is no name of a department.", words=name[:LONGEST_DEPARTMENT]),
            say("Name one department, without a comma; further ones with --support."),
        )
    return name
