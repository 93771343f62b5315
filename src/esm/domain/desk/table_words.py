"""What people call the tables of the database: their own names in English, the words of offices in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from esm.errors import Message, say

_WORDS: Mapping[str, Message] = {
    "cadre": say("cadre"), "posting": say("posting"), "enterprise": say("enterprise"), "profile": say("profile"),
    "scope": say("scope"), "pause": say("pause"), "pairing": say("pairing"), "visit": say("visit"),
    "plan": say("plan"), "absence": say("absence"), "holiday": say("holiday"), "blackout": say("blackout"),
    "companion": say("companion"), "promise": say("promise"), "outside_visit": say("outside_visit"),
    "cancelled_plan": say("cancelled_plan"), "request_class": say("request_class"), "request": say("request"),
    "request_event": say("request_event"), "briefing": say("briefing"), "application": say("policy application"),
    "policy": say("policy"), "relief": say("relief"), "pairing_deputy": say("pairing_deputy"),
    "setting": say("setting"), "recusal": say("recusal"),
}  # fmt: skip
# What people enter, in the order in which a day's changes are told; what follows from it comes after.
_TOLD_FIRST = (
    "visit", "promise", "request", "request_event", "briefing", "application", "relief", "outside_visit", "enterprise",
    "scope", "cadre", "pairing", "absence", "pause", "blackout", "recusal", "policy", "setting", "holiday",
)  # fmt: skip


def place_in_summary(table: str) -> tuple[int, str]:
    """Return what orders tables in a summary of changes."""
    return (_TOLD_FIRST.index(table) if table in _TOLD_FIRST else len(_TOLD_FIRST)), table


def table_words(table: str) -> Message | str:
    """Return what people call a table; the name itself where it is none of those that the journal covers."""
    return _WORDS.get(table, table)
