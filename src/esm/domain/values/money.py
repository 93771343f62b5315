"""Amounts of money in whole yuan, as people write them."""

from __future__ import annotations

from decimal import Decimal

from esm.domain.policies.policy import LARGEST_AMOUNT
from esm.domain.values.ten_thousand_yuan import UNITS, money_in
from esm.domain.values.text import Parser, RawCell
from esm.errors import Message, say

YUAN_A_UNIT = 10_000


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
            return say("the amount is nothing")
        if amount > LARGEST_AMOUNT:
            return say("the amount is larger than {most} yuan", most=LARGEST_AMOUNT)
        return amount

    return read


yuan = yuan_in(UNITS["元"])
