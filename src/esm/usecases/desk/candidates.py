"""What a half-typed word of the command line may become: names and numbers on record, with what each is about."""

from __future__ import annotations

from collections.abc import Iterable

from esm.domain.desk.history import Operation
from esm.domain.requests.class_tree import RequestClass
from esm.storage.database import journal
from esm.storage.database.connection import Reading
from esm.storage.desk import candidates
from esm.usecases.requests import classes

MOST = 50  # more than anybody reads
_LATEST = 200  # operations; who takes back an older one looks into `esm history`
# What else is meant where nothing of a kind begins with or has what was typed, or by the first letter alone.
_BY_LETTER = {"P": "planned_visit", "D": "outside_visit"}


def records(reading: Reading, kind: str, typed: str) -> list[tuple[str, str]]:
    """Return at most MOST records of a kind that fit what was typed: what to type, and what it is about.

    Enterprises and cadres are called by their names, or by key where that was begun.
    """
    if kind == "visit":
        kind = _BY_LETTER.get(typed[:1].upper(), kind)
    if kind in {"enterprise", "cadre"}:
        coded = candidates.candidates(reading, f"{kind}_code", typed, MOST) if typed else []
        return coded or candidates.candidates(reading, kind, typed, MOST)
    return candidates.candidates(reading, kind, typed, MOST)


def operations(reading: Reading, typed: str) -> list[Operation]:
    """Return the latest operations whose number begins with what was typed."""
    latest = journal.operations(reading.connection, _LATEST)
    return [each for each in latest if str(each.id).startswith(typed)][:MOST]


def request_classes(reading: Reading) -> list[RequestClass]:
    """Return the classes in use."""
    return [each for each in classes.class_list(reading) if not each.is_retired]


def fitting(words: Iterable[tuple[str, str]], typed: str) -> list[tuple[str, str]]:
    """Return the words that begin with what was typed, else those about which it is said."""
    known = list(words)
    begun = [each for each in known if each[0].casefold().startswith(typed.casefold())]
    return begun or [each for each in known if typed.casefold() in each[1].casefold()]
