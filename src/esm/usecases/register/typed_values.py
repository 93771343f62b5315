"""Words that were typed turned into the values that rosters carry, by the same rules."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from esm.domain import cell_text
from esm.domain.policy import LARGEST_AMOUNT
from esm.errors import Message, UsageRefused, say

if TYPE_CHECKING:
    from esm.domain.cell_text import Parser


def values(**options: Any) -> dict[str, Any]:
    """Return the options that were given, as values; a word that cannot be read is refused."""
    parsers, hints = _parsers(), {"worth": _in_yuan()}
    return {
        key: _value(word, parsers.get(key, cell_text.text), hints.get(key))
        for key, word in options.items()
        if word is not None
    }


def words(typed: str | None) -> str | None:
    """Return a text as rosters carry it, None when there is none; one that is empty or unfit is refused."""
    return None if typed is None else str(_value(typed, cell_text.text))


def amount(word: str) -> int:
    """Return an amount of money in whole yuan; one that cannot be meant is refused."""
    from esm.domain.amount import yuan  # noqa: PLC0415 - only relief and policies are told in money

    found: int = _value(word, yuan, _in_yuan())
    return found


def _in_yuan() -> Message:
    return say("Write yuan from 1 to {most}, such as 200000 or 20万.", most=LARGEST_AMOUNT)


def _value(word: Any, parse: Parser, hint: Message | None = None) -> Any:
    if not isinstance(word, str):
        return word
    value = parse(word)
    if isinstance(value, Message):
        raise UsageRefused(say("“{word}” cannot be taken ({reason}).", word=word, reason=value), hint)
    if value is None:
        raise UsageRefused(say("An empty word cannot be taken."), say("Leave the option out to keep what is stored."))
    return value


def _parsers() -> dict[str, Parser]:
    from esm.domain import matter_words, reading  # noqa: PLC0415 - plain words, as of a visit, need none of these
    from esm.domain.amount import yuan  # noqa: PLC0415
    from esm.domain.money import money_in  # noqa: PLC0415

    return {
        "uscc": reading.code,
        "staff_no": reading.staff_no,
        "name": cell_text.name,
        "industry_code": reading.industry_code,
        "expertise": reading.prefixes,
        "phone": reading.phone,
        "email": reading.email,
        "contact_phone": reading.phone,
        "revenue": money_in(Decimal(1)),
        "enrolled_on": reading.day,
        "exited_on": reading.day,
        "active_from": reading.day,
        "code": cell_text.name,
        "title": cell_text.name,
        "industries": reading.prefixes,
        "worth": yuan,
        "tiers": partial(matter_words.several, matter_words.TIER),
        "sizes": partial(matter_words.several, matter_words.SIZE),
    }
