"""The settings of the district: rows for what differs from the defaults of `domain.settings`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date

from esm.domain.settings import Settings, Weights
from esm.storage.database import Reading, Writing

READERS: Mapping[type, Callable[[str], object]] = {date: date.fromisoformat, int: int, str: str}


def load(reading: Reading) -> Settings:
    """Return the settings in force."""
    stored: dict[str, str] = dict(reading.rows("SELECT key, value FROM setting"))
    defaults = Settings()
    weights = {
        field.name: int(stored[f"weight_{field.name}"]) for field in fields(Weights) if f"weight_{field.name}" in stored
    }
    values: dict[str, object] = {"weights": Weights(**weights)}
    for field in fields(Settings):
        if field.name in stored:
            values[field.name] = READERS[type(getattr(defaults, field.name))](stored[field.name])
    return Settings(**values)  # type: ignore[arg-type]


def store(writing: Writing, key: str, value: str) -> None:
    """Keep one setting; it was validated by the caller."""
    from sqlmodel import select  # noqa: PLC0415 - the ORM is loaded only to write

    from esm.storage.tables import SettingRow  # noqa: PLC0415

    row = writing.session.exec(select(SettingRow).where(SettingRow.key == key)).first()
    if row is None:
        row = SettingRow(key=key, value=value)
    row.value = value
    writing.session.add(row)
    writing.session.flush()
