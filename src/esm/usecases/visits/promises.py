"""What was promised to enterprises, until when, and whether it was kept."""

from __future__ import annotations

from datetime import date

from esm.domain.visits.records import PromiseRecord
from esm.errors import NotFound, RuleRefused, say
from esm.storage.database.connection import Reading, Writing
from esm.storage.visits import promises
from esm.usecases.register import lookup


def open_promises(
    reading: Reading, today: date, *, enterprise: str | None = None, cadre: str | None = None
) -> list[PromiseRecord]:
    """Return the promises not kept yet, the earliest day first; of one enterprise, or of those a cadre serves."""
    return promises.open_promises(reading, today, **_whose(reading, enterprise, cadre))


def promises_made(reading: Reading, today: date, *, enterprise: str | None = None, cadre: str | None = None) -> int:
    """Return how many promises, kept or not, are on record of those that could still be open."""
    return promises.promises_made(reading, today, **_whose(reading, enterprise, cadre))


def _whose(reading: Reading, enterprise: str | None, cadre: str | None) -> dict[str, str | None]:
    return {
        "uscc": None if enterprise is None else lookup.enterprise(reading, enterprise),
        "staff_no": None if cadre is None else lookup.cadre(reading, cadre),
    }


def keep(writing: Writing, promise_id: int, *, on: date, today: date) -> PromiseRecord:
    """Note that a promise was kept on a day; refuse one that is unknown, kept already, or a day that cannot be."""
    stored = _promise_record(writing, promise_id)
    if stored.kept_on is not None:
        raise RuleRefused(say("Promise {id} was already kept on {on}.", id=promise_id, on=stored.kept_on))
    if not stored.promised_on <= on <= today:
        raise RuleRefused(
            say("{on} is in the future, or before the promise of {promised}.", on=on, promised=stored.promised_on),
            say("Give the date on which it was kept with --on."),
        )
    promises.mark_kept(writing, promise_id, on)
    return _promise_record(writing, promise_id)


def _promise_record(reading: Reading, promise_id: int) -> PromiseRecord:
    stored = promises.get(reading, promise_id)
    if stored is None:
        raise NotFound(
            say("There is no promise {id}.", id=promise_id), say("See `esm visit promise list` for the numbers.")
        )
    return stored
