"""Turns messages into sentences of the user's language.

The language is gettext's: `cli.shell.language_choice.choose` installs the catalogue once, before anything is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from gettext import gettext

from esm.domain.values.money import FEN_A_UNIT, Money
from esm.domain.values.ratio import Ratio
from esm.errors import Day, Listed, Message, say

# The catalogue of each language translates this into its own code.
_CODE = say("en")
_BETWEEN = say(", ")
_DAY = say("{day}")
_RATIO = say("{part}/{whole} ({share})")
_YUAN, _TEN_THOUSANDS = say("{amount} yuan"), say("{amount} × 10 000 yuan")


@cache
def word(text: str) -> str:
    """Return a sentence without parameters in the language in use, remembered: gettext looks for its file each time."""
    return gettext(text)


def tell(message: Message) -> str:
    """Return the message in the language in use; parameters that are messages are told too."""
    parameters = {name: _told(value) for name, value in message.parameters.items()}
    return word(message.template).format(**parameters)


def _told(value: object) -> object:
    if isinstance(value, Message):
        return tell(value)
    if isinstance(value, Money):
        return money_in_words(value)
    return word(_BETWEEN.template).join(map(as_text, value)) if isinstance(value, Listed) else value


def money_in_words(money: Money) -> str:
    """Return an amount as a sentence has it, to the fen: in yuan; in Chinese from 10 000 yuan on in units of that."""
    if language() == "zh" and money.fen >= FEN_A_UNIT:
        amount, unit = Decimal(money.fen) / FEN_A_UNIT, _TEN_THOUSANDS
    else:
        amount, unit = money.yuan, _YUAN
    return word(unit.template).format(amount=f"{amount.normalize():,f}")


def day_text(day: date) -> str:
    """Return a date for a sentence or the head of a document: long in Chinese; in tables all dates are ISO."""
    return word(_DAY.template).format(day=Day(day.year, day.month, day.day))


def ratio_text(ratio: Ratio) -> str:
    """Return a share with its numbers in the language in use, whose brackets it has."""
    return word(_RATIO.template).format(part=ratio.part, whole=ratio.whole, share=ratio.share)


def as_text(words: str | Message) -> str:
    """Return words of the user as they are, a message in the language in use."""
    return tell(words) if isinstance(words, Message) else words


def language() -> str:
    """Return the language in use: `en` or `zh`."""
    return word(_CODE.template)


def sentences(told: Iterable[str]) -> str:
    """Return whole sentences one after the other; a full-width stop is followed by no blank."""
    joined = ""
    for sentence in told:
        joined += sentence if not joined or joined.endswith("。") else f" {sentence}"
    return joined
