"""Words that were typed turned into the values that rosters carry, by the same rules."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from esm.domain.policies.policy import LARGEST_AMOUNT
from esm.domain.values import text
from esm.errors import Message, UsageRefused, say

if TYPE_CHECKING:
    from esm.domain.values.text import Parser


def values(**options: Any) -> dict[str, Any]:
    """Return the options that were given, as values; a word that cannot be read is refused."""
    parsers, hints = _parsers(), {"worth": _in_yuan()}
    return {
        key: _value(word, parsers.get(key, text.text), hints.get(key))
        for key, word in options.items()
        if word is not None
    }


def words(typed: str | None) -> str | None:
    """Return a text as rosters carry it, None when there is none; one that is empty or unfit is refused."""
    return None if typed is None else str(_value(typed, text.text))


def amount(word: str) -> int:
    """Return an amount of money in whole yuan; one that cannot be meant is refused."""
    from esm.domain.values.money import yuan  # noqa: PLC0415 - only relief and policies are told in money

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
    from esm.domain.requests import word_tables  # noqa: PLC0415 - plain words, as of a visit, need none of these
    from esm.domain.values import cells  # noqa: PLC0415 - plain words, as of a visit, need none of these
    from esm.domain.values.money import yuan  # noqa: PLC0415
    from esm.domain.values.ten_thousand_yuan import money_in  # noqa: PLC0415

    return {
        "uscc": cells.code,
        "staff_no": cells.staff_no,
        "name": text.name,
        "industry_code": cells.industry_code,
        "expertise": cells.prefixes,
        "phone": cells.phone,
        "email": cells.email,
        "contact_phone": cells.phone,
        "revenue": money_in(Decimal(1)),
        "enrolled_on": cells.day,
        "exited_on": cells.day,
        "active_from": cells.day,
        "code": text.name,
        "title": text.name,
        "industries": cells.prefixes,
        "worth": yuan,
        "tiers": partial(word_tables.several, word_tables.TIER),
        "sizes": partial(word_tables.several, word_tables.SIZE),
    }
