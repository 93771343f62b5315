"""Taking the settings of a district in."""

from __future__ import annotations

from collections.abc import Sequence

from esm.domain.values import settings as domain
from esm.errors import Message
from esm.storage.database import settings
from esm.storage.database.connection import Writing
from esm.storage.exchange import tables
from esm.usecases.exchange.roster import Row
from esm.usecases.exchange.tally import Tally


def take(writing: Writing, rows: Sequence[Row]) -> Tally:
    """Store settings; a key or a value that esm does not know is refused."""
    tally = Tally()
    known = (
        {key: value for _, key, value in tables.rows(writing, "settings", ("key", "value"), ("key",))} if rows else {}
    )
    for row in rows:
        key = row.values["key"]
        value = domain.text_to_store(key, row.values["value"])
        if isinstance(value, Message):
            tally.refuse(row, "value", value)
        elif key in known:
            tally.update(row, {"value": (known[key], value)} if known[key] != value else {})
        else:
            tally.added += 1
        if not isinstance(value, Message) and known.get(key) != value:
            settings.store(writing, key, value)
    return tally
