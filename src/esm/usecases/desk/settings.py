"""The district's settings: shown, and changed within their bounds."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

from esm.domain.values import settings
from esm.domain.values.settings import Configured
from esm.errors import UsageRefused, say
from esm.storage.database import settings as stored
from esm.storage.database.connection import Reading, Writing
from esm.usecases.register import pin_limits
from esm.usecases.register.typed_values import setting_named, setting_value


def listed(opened: Reading) -> list[Configured]:
    """Return every setting with the value in force."""
    in_force = stored.load(opened)
    return [Configured(setting, in_force.of(key), None) for key, setting in settings.known().items()]


def get(opened: Reading, key: str) -> Configured:
    """Return one setting with the value in force; an unknown name is refused with its likes."""
    setting = setting_named(key)
    return Configured(setting, stored.load(opened).of(setting.key), None)


def put(writing: Writing, key: str, word: str, today: date) -> Configured:
    """Give a setting the value that the word names.

    It is refused out of bounds, against other settings, and as a capacity below the pinned enterprises of a cadre.
    """
    setting = setting_named(key)
    value = setting_value(setting, word)
    before = stored.stored_text(writing, setting.key)
    with pin_limits.within_capacity(writing, today) if setting.key == "default_capacity" else nullcontext():
        stored.store(writing, setting.key, None if value == setting.default else value)
    contradiction = settings.conflict(stored.load(writing))
    if contradiction is not None:
        raise UsageRefused(contradiction, say("Change the other one first."))
    return Configured(setting, value, str(setting.default) if before is None else before)
