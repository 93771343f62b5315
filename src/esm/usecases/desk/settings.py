"""The district's settings: shown, and changed within their bounds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import date

from esm.domain.values import cells, settings, spelling
from esm.domain.values.settings import Configured, Setting, Value
from esm.errors import Message, NotFound, UsageRefused, say
from esm.storage.database import settings as stored
from esm.storage.database.connection import Reading, Writing
from esm.usecases.pairing import pin_limits


def listed(opened: Reading) -> list[Configured]:
    """Return every setting with the value in force."""
    in_force = stored.load(opened)
    return [Configured(setting, in_force.of(key), None) for key, setting in settings.known().items()]


def get(opened: Reading, key: str) -> Configured:
    """Return one setting with the value in force; an unknown name is refused with its likes."""
    setting = named(key)
    return Configured(setting, stored.load(opened).of(setting.key), None)


def put(writing: Writing, key: str, word: str, today: date) -> Configured:
    """Give a setting the value that the word names.

    It is refused out of bounds, against other settings, and as a capacity below the pinned enterprises of a cadre.
    """
    setting = named(key)
    value = value_of(setting, word)
    before = stored.text(writing, setting.key)
    with pin_limits.within_capacity(writing, today) if setting.key == "default_capacity" else nullcontext():
        stored.store(writing, setting.key, None if value == setting.default else value)
    contradiction = settings.conflict(stored.load(writing))
    if contradiction is not None:
        raise UsageRefused(contradiction, say("Change the other one first."))
    return Configured(setting, value, str(setting.default) if before is None else before)


def named(key: str, among: Sequence[str] | None = None) -> Setting:
    """Return the setting of this name, one of `among` if that is given."""
    known = settings.known()
    allowed = list(known) if among is None else among
    plain = key.strip().lower().replace("-", "_")
    if plain in allowed:
        return known[plain]
    close = spelling.near(plain, allowed, share=0.6)
    hint = say("Did you mean {candidates}?", candidates=", ".join(close)) if close else None
    raise NotFound(say("No setting is called “{key}”.", key=key), hint or say("See `esm config list` for the names."))


def value_of(setting: Setting, word: str) -> Value:
    """Return the value that the word names for a setting, or refuse it with the bounds."""
    day = cells.day(word) if isinstance(setting.default, date) else None
    value = settings.parse(setting, day.isoformat() if isinstance(day, date) else word.strip())
    if isinstance(value, Message):
        raise UsageRefused(
            say("{key} cannot be “{word}” ({reason}).", key=setting.key, word=word, reason=value),
            say("`esm config get {key}` explains it.", key=setting.key),
        )
    return value
