"""The district's settings: shown, and changed within their bounds."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import date

from esm.domain.values import settings
from esm.domain.values.settings import SettingInForce
from esm.errors import UsageRefused, say
from esm.storage.database import settings as stored
from esm.storage.database.connection import Reading, Writing
from esm.usecases.register import pin_limits
from esm.usecases.register.typed_values import setting_named, setting_value


def all_in_force(opened: Reading) -> list[SettingInForce]:
    """Return every setting with the value in force."""
    in_force = stored.load(opened)
    return [SettingInForce(setting, in_force.value_of(key), None) for key, setting in settings.all_settings().items()]


def in_force(opened: Reading, key: str) -> SettingInForce:
    """Return one setting with the value in force; an unknown name is refused with its likes."""
    setting = setting_named(key)
    return SettingInForce(setting, stored.load(opened).value_of(setting.key), None)


def change(writing: Writing, key: str, word: str, today: date) -> SettingInForce:
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
        raise UsageRefused(contradiction, say("Change the other setting first."))
    return SettingInForce(setting, value, str(setting.default) if before is None else before)
