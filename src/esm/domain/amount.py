"""Amounts of money in whole yuan, as people write them."""

from __future__ import annotations

from decimal import Decimal

from esm.domain.cell_text import RawCell
from esm.domain.money import money_in
from esm.domain.policy import LARGEST_AMOUNT
from esm.errors import Message, say

YUAN_A_UNIT = 10_000
_in_units = money_in(Decimal(1) / YUAN_A_UNIT)


def yuan(cell: RawCell) -> int | Message | None:
    """Return an amount in whole yuan; `12.5万` and `120,000` are ones, nothing and less are not."""
    found = _in_units(cell)
    if not isinstance(found, Decimal):
        return found if isinstance(found, Message) else None
    amount = int(found * YUAN_A_UNIT)
    if amount == 0:
        return say("the amount is nothing")
    if amount > LARGEST_AMOUNT:
        return say("the amount is larger than {most} yuan", most=LARGEST_AMOUNT)
    return amount
