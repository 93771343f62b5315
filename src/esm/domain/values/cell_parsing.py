"""Turns one raw cell into a value of its column's kind.

Every parser returns the value, None for a cell that is blank after all, or a `Message` that says what is
wrong. Codes, numbers and dates are read in half-width characters (NFKC); names keep their characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

from esm.domain.values import credit_code, phones
from esm.domain.values.codes import ListOf, Worded
from esm.domain.values.days import day_parsing, period_parsing
from esm.domain.values.industry import industry_code, prefixes
from esm.domain.values.money import LARGEST_NUMBER, money_in, yuan
from esm.domain.values.person_list import people
from esm.domain.values.raw_text import Parser, RawCell, fold, name, parser_of_text, text, tidy, too_long
from esm.errors import Message, say

PlainKind = Literal[
    "code", "staff_no", "name", "text", "phone", "integer", "money",
    "yes_no", "date", "time", "industry", "prefixes", "email", "yuan", "people", "phones", "staff_nos",
    "period",
]  # fmt: skip
# What a column or a line holds: a kind of text or number, or one or several of the codes of a class.
Kind = PlainKind | type[Worded] | ListOf

_LOST_DIGITS = re.compile("[0-9]{1,2}(?:[.][0-9]*)?e[+]?[0-9]{1,3}", re.IGNORECASE)
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:[.][A-Za-z0-9-]{1,63}){0,8}")
_TIME = re.compile("([0-9]{1,2}):([0-9]{2})(?::00)?")
_WHOLE = re.compile("[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")


def day(cell: RawCell) -> date | Message | None:
    """Return the day of a date, an Excel serial or one of the usual texts."""
    if isinstance(cell, date):
        return day_parsing.in_range(cell)
    if isinstance(cell, str):
        plain = too_long(cell) or tidy(cell)
        return day_parsing.from_text(plain) if isinstance(plain, str) and plain else plain or None
    if cell is None or isinstance(cell, bool):
        return None if cell is None else say("a yes or no (TRUE or FALSE) is not allowed here")
    return day_parsing.from_number(cell)


@parser_of_text
def time_of_day(plain: str) -> str | Message:
    """Return a time of day as HH:MM; seconds are allowed if they are zero, as spreadsheets write them."""
    found = _TIME.fullmatch(plain)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return say("this is not a time of day: write it like 14:30")
    return f"{int(found[1]):02}:{found[2]}"


def integer(cell: RawCell) -> object:
    """Return a whole number from 0; `1,200` is one, `1.5`, `-3` and `约50` are not."""
    if isinstance(cell, int) and not isinstance(cell, bool) and 0 <= cell <= LARGEST_NUMBER:
        return cell
    return _written_integer(cell)


@parser_of_text
def _written_integer(plain: str) -> int | Message:
    if not _WHOLE.fullmatch(plain):
        return say("this is not a whole number: write digits only")
    number = int(plain.replace(",", "")) if len(plain) < 20 else LARGEST_NUMBER + 1
    return number if number <= LARGEST_NUMBER else say("the number is larger than {most}", most=LARGEST_NUMBER)


def code(cell: RawCell) -> str | Message | None:
    """Return a unified social credit code whose check character fits."""
    if isinstance(cell, str):
        return too_long(cell) or _code(cell)
    if cell is None:
        return None
    if isinstance(cell, date | bool):
        return say("this is not a credit code")
    return _AS_NUMBER


_AS_NUMBER = say(
    "the code is stored as a number and has lost its last digits: format the column as text and enter it again"
)


@lru_cache(maxsize=65536)
def _code(written: str) -> str | Message | None:
    if _LOST_DIGITS.fullmatch(tidy(written)):
        return _AS_NUMBER
    is_plain = written.isascii() and written.isalnum() and written.isupper()
    plain = written if is_plain else credit_code.normalise(written.strip().removeprefix("'"))
    reason = credit_code.fault(plain) if plain else None
    if reason is None:
        return plain or None
    meant = credit_code.suggestion(plain)
    return reason if meant is None else say("{reason}; is it {suggestion}?", reason=reason, suggestion=meant)


def staff_no(cell: RawCell) -> str | Message | None:
    """Return a staff number as text: the number 1001.0 is `1001`."""
    if isinstance(cell, float) and not cell.is_integer():
        return say("a staff number cannot have decimals")
    return name(tidy(cell).removeprefix("'") if isinstance(cell, str) else cell)


def staff_nos(cell: RawCell) -> tuple[str, ...] | Message | None:
    """Return the staff numbers of a list separated by commas, semicolons or `、`, each once, in order."""
    parts = re.split("[,，、;；\n]", cell) if isinstance(cell, str) else [cell]
    found = [staff_no(part) for part in parts]
    fault = next((each for each in found if isinstance(each, Message)), None)
    return fault or tuple(dict.fromkeys(each for each in found if isinstance(each, str))) or None


@parser_of_text
def email(plain: str) -> str | Message:
    """Return an address for mail: one person, no name around it."""
    return plain if _EMAIL.fullmatch(plain) else say("this is not an e-mail address, such as name@example.cn")


@parser_of_text
def phone(plain: str) -> str | Message:
    """Return a phone number in its one spelling."""
    return phones.from_text(plain.removeprefix("'"))


@parser_of_text
def several_phones(plain: str) -> object:
    """Return the phone numbers of a list separated by commas, semicolons, `、` or lines; a masked one says nothing."""
    read = [
        phones.from_text(part) for part in re.split("[,、;\n]", plain) if part.strip() and not phones.is_masked(part)
    ]
    return next((each for each in read if isinstance(each, Message)), tuple(read) or None)


@parser_of_text
def phone_or_mask(plain: str) -> str | Message:
    """Return a phone number, or a masked one as it stands: it means the number on record."""
    return plain if phones.is_masked(plain) else phones.from_text(plain.removeprefix("'"))


YES_NO: Mapping[str, bool] = {
    **dict.fromkeys(("是", "有", "√", "✓", "✔", "☑", "y", "yes", "t", "true", "1"), True),
    **dict.fromkeys(("否", "无", "×", "✗", "✘", "☐", "n", "no", "f", "false", "0"), False),
}


def yes_no(cell: RawCell) -> object:
    """Return whether the cell says yes; a tick says it, too."""
    return cell if isinstance(cell, bool) else _written_yes_no(cell)


@parser_of_text
def _written_yes_no(plain: str) -> bool | Message:
    found = YES_NO.get(plain.casefold(), YES_NO.get(fold(plain)))
    return say("this is not one of {allowed}", allowed="是, 否, yes, no") if found is None else found


@cache
def code_of(kind: type[Worded]) -> Parser:
    """Return the parser of a code, or of a word for it."""

    @parser_of_text
    def member(plain: str) -> object:
        found = kind.parse(plain)
        return say("this is not one of {allowed}", allowed=kind.choices()) if found is None else found

    return member


@cache
def codes_of(kind: type[Worded]) -> Parser:
    """Return the parser of codes, or words for them, separated by commas, semicolons or `、`: each once, in order."""

    @parser_of_text
    def members(plain: str) -> object:
        found = [kind.parse(part) for part in re.split("[,、;]", plain) if part.strip()]
        if None in found:
            return say("this is not one of {allowed}", allowed=kind.choices())
        return tuple(member for member in kind if member in found) or None

    return members


PARSERS: Mapping[PlainKind, Parser] = {
    "code": code,
    "staff_no": staff_no,
    "name": name,
    "text": text,
    "phone": phone_or_mask,
    "integer": integer,
    "money": money_in(Decimal(1)),
    "yuan": yuan,
    "staff_nos": staff_nos,
    "people": people,
    "period": period_parsing.period,
    "phones": several_phones,
    "yes_no": yes_no,
    "date": day,
    "time": time_of_day,
    "industry": industry_code,
    "prefixes": prefixes,
    "email": email,
}


def parser(kind: Kind) -> Parser:
    """Return the parser of a kind of cells."""
    if isinstance(kind, str):
        return PARSERS[kind]
    return codes_of(kind.kind) if isinstance(kind, ListOf) else code_of(kind)
