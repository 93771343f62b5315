"""Finding the enterprise, the cadre, the department, the policy or the visit that the user's words mean."""

from __future__ import annotations

from collections.abc import Sequence

from esm.domain.requests.department_parsing import SEPARATORS
from esm.domain.values import nearest_spellings
from esm.domain.visits.records import VisitRecord
from esm.errors import Listed, Message, NotFound, RuleRefused, UsageRefused, say
from esm.storage.database.connection import Reading
from esm.storage.policies import policies
from esm.storage.register import cadres, enterprises
from esm.storage.requests import transitions
from esm.storage.visits import visits

SHOWN = 10
LONGEST_DEPARTMENT = 60


def enterprise(reading: Reading, words: str) -> str:
    """Return the code of the one enterprise that a code, an id or a part of a name means."""
    _require_a_name(words.strip())
    found = enterprises.find(reading, words.strip())
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” matches several enterprises: {candidates}.", words=words, candidates=candidate_list(found)),
            say("Give the code of one of them."),
        )
    raise NotFound(say("No enterprise matches “{words}”.", words=words), _hint(words, enterprises.names(reading)))


def cadre(reading: Reading, words: str) -> str:
    """Return the staff number of the one cadre that a staff number, an id or a name means."""
    _require_a_name(words.strip())
    found = cadres.find(reading, words.strip())
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” matches several cadres: {candidates}.", words=words, candidates=candidate_list(found)),
            say("Give the staff number of one of them."),
        )
    raise NotFound(say("No cadre matches “{words}”.", words=words), _hint(words, cadres.names(reading)))


def own_staff_no(reading: Reading, actor: str) -> str:
    """Return the staff number of the cadre who acts."""
    try:
        return cadre(reading, actor)
    except NotFound as unknown:
        raise NotFound(
            say("No cadre matches the actor “{actor}”.", actor=actor),
            say("Set ESM_ACTOR to your staff number, use `esm --actor NUMBER …`, or give a cadre with --cadre."),
        ) from unknown


def subdistrict(reading: Reading, words: str) -> str:
    """Return the name of a subdistrict in which an enterprise lies or lay."""
    name = words.strip()
    _require_a_name(name)
    if enterprises.is_subdistrict(reading, name):
        return name
    known = enterprises.subdistricts(reading)
    raise NotFound(say("No subdistrict matches “{words}”.", words=words), _hint_among(name, known))


def department(reading: Reading, words: str) -> str:
    """Return the name of a department to which a cadre belongs or belonged."""
    name = words.strip()
    _require_a_name(name)
    known = cadres.departments(reading)
    if name in known:
        return name
    raise NotFound(say("No department matches “{words}”.", words=words), _hint_among(name, known))


def _require_a_name(name: str) -> None:
    if not name:
        raise NotFound(say("The name is empty."), say("Give a code, a number or a part of the name."))


def _hint_among(name: str, known: Sequence[str]) -> Message | None:
    """Suggest the names that are like this one, else all of them while they are few."""
    close = nearest_spellings.nearest(name, known, share=0.5) or [other for other in known if name in other]
    if close:
        return say("Did you mean {candidates}?", candidates=Listed(close[:SHOWN]))
    if not known:
        return None
    if len(known) <= SHOWN:
        return say("Known names: {names}.", names=Listed(known))
    return say("Known names include: {names}.", names=Listed(known[:SHOWN]))


def candidate_list(found: Sequence[tuple[str, str]]) -> Listed:
    """Return the first of the keys with their names, as a list to read."""
    return Listed.first((f"{key} {name}" for key, name in found), SHOWN)


def _hint(words: str, known: Sequence[tuple[str, str]]) -> Message:
    close = similar_names(words, known)
    if not close:
        return say("See `esm enterprise list` and `esm cadre list` for the names.")
    return say("Did you mean {candidates}?", candidates=candidate_list(close))


def similar_names(words: str, known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return names that are like the words, begin like them or hold a part like them: what people remember."""
    meant: dict[str, list[tuple[str, str]]] = {}
    for key, name in known:
        for spelled in dict.fromkeys((key, name, name[: len(words)])):
            meant.setdefault(spelled, []).append((key, name))
    close = nearest_spellings.nearest(words, list(meant), share=0.6) or nearest_spellings.nearest_by_part(
        words, list(meant)
    )
    return list(dict.fromkeys(found for spelled in close for found in meant[spelled]))


def handling_department(reading: Reading, words: str, *, is_new: bool = False) -> str:
    """Return the department of this name that may handle a request, known from cadres and requests.

    `is_new` lets a new one in.
    """
    name = words.strip()
    known = transitions.departments(reading)
    if name in known:
        return name
    if is_new:
        return _new_department(name)
    close = nearest_spellings.nearest(name, known, share=0.4) or [each for each in known if name and name in each]
    hint = say("Known departments: {names}. A new one requires --new-department.", names=Listed(known[:SHOWN]) or "–")
    if close:
        hint = say("Did you mean {candidates}? A new one requires --new-department.", candidates=Listed(close[:3]))
    raise NotFound(say("No department matches “{words}”.", words=words), hint)


def policy(reading: Reading, words: str) -> str:
    """Return the code of the one policy that a code or a part of a title means."""
    name = words.strip()
    known = policies.names(reading)
    found = [entry for entry in known if name in entry] or [entry for entry in known if name and name in entry[1]]
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” matches several policies: {candidates}.", words=words, candidates=candidate_list(found)),
            say("Give the policy code of one of them."),
        )
    close = similar_names(words, known)
    hint = say("See `esm policy list` for the codes.")
    if close:
        hint = say("Did you mean {candidates}?", candidates=candidate_list(close))
    raise NotFound(say("No policy matches “{words}”.", words=words), hint)


def visit(reading: Reading, visit_id: int, uscc: str) -> VisitRecord:
    """Return the visit of this number, which was to this enterprise; any other is refused."""
    found = visits.get(reading, visit_id)
    if found is None:
        raise NotFound(say("There is no visit {id}.", id=visit_id), say("See `esm visit list` for the numbers."))
    if found.visit.uscc != uscc:
        raise RuleRefused(
            say("Visit {id} was to {name}.", id=visit_id, name=found.enterprise),
            say("Give that enterprise, or another visit."),
        )
    return found


def _new_department(name: str) -> str:
    if not name or set(SEPARATORS) & set(name) or len(name) > LONGEST_DEPARTMENT:
        raise UsageRefused(
            say("“{words}” is not the name of a department.", words=name[:LONGEST_DEPARTMENT]),
            say("Give one department, without a comma; further ones with --support."),
        )
    return name
