"""Amounts of money as people write them, in units of 10 000 yuan or in yuan; kept to the yuan and never rounded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from esm.domain.values.raw_text import Parser, RawCell, parser_of_text
from esm.errors import Message, say

LARGEST_NUMBER = 1_000_000_000  # of anything: beyond it is a slip of the finger
LARGEST_AMOUNT = 10_000_000_000  # yuan; more at once for one enterprise is a slip of the pen
UNITS: Mapping[str, Decimal] = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万": Decimal(1),
    "万元": Decimal(1),
    "百万元": Decimal(100),
    "亿": Decimal(10_000),
    "亿元": Decimal(10_000),
}
YUAN_A_UNIT = 10_000
_WHOLE_YUAN = Decimal("0.0001")
_FIRST_INEXACT = 10**15  # Excel keeps 15 digits
_WRITTEN = re.compile("[¥￥]? ?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?) ?(元|千元|万元?|百万元|亿元?)?")


def money_in(unit: Decimal) -> Parser:
    """Return a parser of amounts into units of 10 000 yuan; one that is not whole in yuan is refused, never rounded.

    `unit` is how many of those a bare number counts; a unit written in the cell, as in `1.2亿元`, goes first.
    """

    def money(cell: RawCell) -> object:
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < _FIRST_INEXACT:
            return _amount(Decimal(f"{cell:.15g}"), unit)
        return written(cell)

    @parser_of_text
    def written(plain: str) -> Decimal | Message:
        found = _WRITTEN.fullmatch(plain)
        if found is None:
            return say("this is not an amount of money: write digits, such as 1200 or 1200.5")
        return _amount(Decimal(found[1].replace(",", "")), UNITS[found[2]] if found[2] else unit)

    return money


def _amount(number: Decimal, unit: Decimal) -> Decimal | Message:
    """Return `number` times `unit` in units of 10 000 yuan, or why it cannot be kept as it is."""
    found = number * unit
    if found > LARGEST_NUMBER:
        return say("the amount exceeds {most} times 10 000 yuan", most=LARGEST_NUMBER)
    yuan = found.quantize(_WHOLE_YUAN)
    if yuan == found and found / unit == number:
        return yuan
    decimals = (unit / _WHOLE_YUAN).adjusted()
    if decimals == 0:
        return say("amounts are stored in whole yuan: round this one to no decimals")
    return say("amounts are stored in whole yuan: round this one to {count} decimals", count=decimals)


def yuan_in(unit: Decimal) -> Parser:
    """Return a parser of amounts into whole yuan; `12.5万` and `120,000` are ones, nothing and less are not.

    `unit` is how many times 10 000 yuan a bare number counts.
    """
    in_units = money_in(unit)

    def read(cell: RawCell) -> int | Message | None:
        found = in_units(cell)
        if not isinstance(found, Decimal):
            return found if isinstance(found, Message) else None
        amount = int(found * YUAN_A_UNIT)
        if amount == 0:
            return say("the amount is zero")
        if amount > LARGEST_AMOUNT:
            return say("the amount exceeds {most} yuan", most=LARGEST_AMOUNT)
        return amount

    return read


yuan = yuan_in(UNITS["元"])
