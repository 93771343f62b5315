"""The settings of the district over time: rows for what was set, defaults of `domain.values.settings` for the rest.

The rows of one setting follow each other without a gap: what held before it was first set is a row too.
"""

from __future__ import annotations

from datetime import date

from esm.domain.values.settings import Setting, Settings, Value, all_settings, parse
from esm.errors import Message, StorageRefused, say
from esm.storage.database import successive_records
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day

# The day on which the first enterprise was recorded.
_BEGAN_ON = """SELECT today FROM operation
               WHERE id = (SELECT operation_id FROM change WHERE subject = 'enterprise' ORDER BY seq LIMIT 1)"""


def load(reading: Reading, on: date) -> Settings:
    """Return the settings in force on a day; rows that this version does not know are left alone."""
    stored: dict[str, str] = dict(reading.rows("SELECT key, value FROM setting WHERE holds(setting, :on)", on=on))
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


def stored_texts(reading: Reading, on: date) -> dict[str, tuple[str, date]]:
    """Return by key what is stored of the settings on a day, unread, and since when it holds; no defaults."""
    rows = reading.rows("SELECT key, value, start_on FROM setting WHERE holds(setting, :on)", on=on)
    return {key: (value, day(start_on)) for key, value, start_on in rows}


def first_day(reading: Reading, setting: Setting, today: date) -> date:
    """Return from when on a value holds that is entered on a day (docs/rules.md, Settings); `date.min`: always."""
    if not setting.is_dated:
        return date.min
    began_on = day(reading.value(_BEGAN_ON))
    return date.min if began_on is None or today <= began_on else today


def store(writing: Writing, key: str, value: Value, since: date) -> bool:
    """Let a value, which the caller has validated, hold from a day on until the next change on record.

    Return whether that changes anything.
    """
    held, default = stored_texts(writing, since).get(key), str(all_settings()[key].default)
    before = None if held is None and since == date.min else default if held is None else held[0]
    if str(value) == before:
        return False
    if held is None:
        if since > date.min:
            writing.insert("setting", [{"key": key, "value": default, "start_on": date.min, "end_on": since}])
        writing.insert("setting", [{"key": key, "value": str(value), "start_on": since}])
    else:
        values = {"value": str(value)}
        successive_records.change_from(writing, "setting", {"key": key}, ["value"], values, since, until_next=True)
    return True
