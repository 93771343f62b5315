"""Finding the enterprise or the cadre that the user's words mean."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from esm.errors import Message, NotFound, say
from esm.storage import cadres, enterprises
from esm.storage.database import Reading

SHOWN = 10


def enterprise(reading: Reading, words: str) -> str:
    """Return the code of the one enterprise that a code, an id or a part of a name means."""
    found = enterprises.find(reading, words.strip()) if words.strip() else []
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” may mean several enterprises: {candidates}.", words=words, candidates=_listed(found)),
            say("Name one of them by its code."),
        )
    raise NotFound(
        say("No enterprise is called “{words}”.", words=words), _suggestion(words, enterprises.names(reading))
    )


def cadre(reading: Reading, words: str) -> str:
    """Return the staff number of the one cadre that a staff number, an id or a name means."""
    found = cadres.find(reading, words.strip()) if words.strip() else []
    if len(found) == 1:
        return found[0][0]
    if found:
        raise NotFound(
            say("“{words}” may mean several cadres: {candidates}.", words=words, candidates=_listed(found)),
            say("Name one of them by the staff number."),
        )
    raise NotFound(say("No cadre is called “{words}”.", words=words), _suggestion(words, cadres.names(reading)))


def _listed(found: Sequence[tuple[str, str]]) -> str:
    more = " …" if len(found) > SHOWN else ""
    return ", ".join(f"{key} {name}" for key, name in found[:SHOWN]) + more


def _suggestion(words: str, known: Sequence[tuple[str, str]]) -> Message:
    """Suggest names that are like the words, or that begin like them: people type the part they remember."""
    near: dict[str, list[tuple[str, str]]] = {}
    for key, name in known:
        for spelling in {key, name, name[: len(words)]}:
            near.setdefault(spelling, []).append((key, name))
    close = [found for spelling in get_close_matches(words, near, n=3, cutoff=0.6) for found in near[spelling]]
    if not close:
        return say("See `esm enterprise list` and `esm cadre list` for the names.")
    return say("Did you mean {candidates}?", candidates=_listed(list(dict.fromkeys(close))))
