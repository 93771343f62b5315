"""The settings of the district: rows for what differs from the defaults of `domain.values.settings`."""

from __future__ import annotations

from esm.domain.values.settings import Settings, Value, all_settings, parse
from esm.errors import Message, StorageRefused, say
from esm.storage.database.connection import Reading, Writing


def load(reading: Reading) -> Settings:
    """Return the settings in force; rows that this version does not know are left alone."""
    stored: dict[str, str] = dict(reading.rows("SELECT key, value FROM setting"))
    if not stored:
        return Settings()
    values: dict[str, Value] = {}
    for key, setting in all_settings().items():
        if key in stored:
            value = parse(setting, stored[key])
            if isinstance(value, Message):
                raise StorageRefused(
                    say(
                        "The setting {key} is stored as “{value}” ({reason}).", key=key, value=stored[key], reason=value
                    ),
                    say("Set it again with `esm config set`."),
                )
            values[key] = value
    return Settings().with_values(values)


def stored_text(reading: Reading, key: str) -> str | None:
    """Return what is stored of one setting, unread; None where the default stands."""
    found: str | None = reading.value("SELECT value FROM setting WHERE key = :key", key=key)
    return found


def store(writing: Writing, key: str, value: Value | None) -> None:
    """Keep one setting, which the caller has validated; None lets the default stand."""
    stored = writing.row("SELECT id, value FROM setting WHERE key = :key", key=key)
    if stored is None:
        writing.insert("setting", [] if value is None else [{"key": key, "value": str(value)}])
    elif value is None:
        writing.delete("setting", [stored[0]])
    elif str(value) != stored[1]:
        writing.update("setting", [{"id": stored[0], "value": str(value)}])
