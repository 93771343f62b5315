"""The district's settings: shown, and changed within their bounds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date

from esm.domain.schedule import cadence
from esm.domain.values import settings
from esm.domain.values.days.typed_day import typed_day
from esm.domain.values.settings import Setting, SettingInForce, Settings
from esm.errors import Message, UsageRefused, say
from esm.storage.database import settings as stored
from esm.storage.database.connection import Reading, Writing
from esm.usecases.register import pin_limits
from esm.usecases.register.typed_values import setting_named, setting_value


def all_in_force(opened: Reading, today: date) -> list[SettingInForce]:
    """Return every setting with the value in force on a day."""
    values, texts = stored.load(opened, today), stored.stored_texts(opened, today)
    return [
        SettingInForce(setting, values.value_of(key), _since(texts.get(key)))
        for key, setting in settings.all_settings().items()
    ]


def in_force(opened: Reading, key: str, today: date) -> SettingInForce:
    """Return one setting with the value in force on a day; an unknown name is refused with its likes."""
    setting = setting_named(key)
    return next(one for one in all_in_force(opened, today) if one.setting.key == setting.key)


def _since(text: tuple[str, date] | None) -> date | None:
    return None if text is None or text[1] == date.min else text[1]


def change(writing: Writing, key: str, word: str, today: date) -> SettingInForce:
    """Give a setting the value that the word names, from today until the next change on record.

    It is refused out of bounds, against other settings, and as a capacity below the pinned enterprises of a cadre.
    """
    setting = setting_named(key)
    value = setting_value(setting, _with_day(setting, word, today))
    before = stored.stored_texts(writing, today).get(setting.key)
    with pin_limits.within_capacity(writing, today) if setting.key == "default_capacity" else nullcontext():
        stored.store(writing, setting.key, value, stored.first_day(writing, setting, today))
    after = stored.load(writing, today)
    contradiction = settings.conflict(after)
    if contradiction is not None:
        raise UsageRefused(contradiction, say("Change the other setting first."))
    replaced = str(setting.default) if before is None else before[0]
    notes = (*_cadence_notes(setting.key, after), *_horizon_notes(setting.key, after))
    since = _since(stored.stored_texts(writing, today).get(setting.key))
    return SettingInForce(setting, value, since, replaced, notes)


def _with_day(setting: Setting, word: str, today: date) -> str:
    """Return the word for a setting; a day in any spelling as 2026-03-01."""
    day = typed_day(word, lambda: today) if setting.is_day or isinstance(setting.default, date) else None
    return day.isoformat() if isinstance(day, date) else word


def _cadence_notes(key: str, rules: Settings) -> Iterator[Message]:
    """Yield the tiers whose visits are due sooner than two visits should follow each other, if `key` decides that."""
    for tier in "ABC":
        months = rules.cadence_months(tier)
        days = cadence.shortest_days(months)
        if key in ("visit_gap_days", f"cadence_months_{tier.lower()}") and days < rules.visit_gap_days:
            yield say(
                "Tier {tier}: the next visit may be due after {days:day|days}, but visit_gap_days is {gap}. "
                "Visits will be planned closer together than that: the due date comes first.",
                tier=tier, days=days, gap=rules.visit_gap_days,
            )  # fmt: skip


def _horizon_notes(key: str, rules: Settings) -> Iterator[Message]:
    if key == "planned_until" and not rules.planned_until:
        yield say("Planned visits will not follow changes until `esm schedule` has run.")
