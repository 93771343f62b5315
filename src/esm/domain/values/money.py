"""Amounts of money as people write them, in yuan or in units of 10 000 yuan; kept to the fen and never rounded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

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
FEN_A_UNIT = 1_000_000  # of 10 000 yuan
FEN_A_YUAN = 100
_FEN = Decimal("0.000001")
_FIRST_INEXACT = 10**15  # Excel keeps 15 digits
# What a calculation in Excel leaves behind the digits: so much of the number, and never more than a hundredth of a fen.
_NOISE, _MOST_NOISE = Decimal("1e-12"), Decimal("1e-8")
_WRITTEN = re.compile("[¥￥]? ?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?) ?(元|千元|万元?|百万元|亿元?)?")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of money, exact to the fen (docs/rules.md, Money)."""

    fen: int

    @property
    def yuan(self) -> Decimal:
        """Return the amount in yuan, with decimals only where there are fen."""
        whole, rest = divmod(self.fen, FEN_A_YUAN)
        return Decimal(self.fen).scaleb(-2) if rest else Decimal(whole)

    @property
    def ten_thousands(self) -> Decimal:
        """Return the amount in 10 000 yuan, rounded half up to two decimals, as reports for people have it."""
        return (Decimal(self.fen) / FEN_A_UNIT).quantize(Decimal("0.01"), ROUND_HALF_UP)

    def __bool__(self) -> bool:
        """Return whether it is any money at all."""
        return self.fen != 0

    def __str__(self) -> str:
        """Return the yuan as people read them: `1,234.56`, and `1,200` where there are no fen."""
        return f"{self.yuan:,}"


NO_MONEY = Money(0)


def money_sum(amounts: Iterable[Money]) -> Money:
    """Return the sum of amounts."""
    return Money(sum(amount.fen for amount in amounts))


def money_in(unit: Decimal) -> Parser:
    """Return a parser of amounts into units of 10 000 yuan; one that is not whole in fen is refused, never rounded.

    `unit` is how many of those a bare number counts; a unit written in the cell, as in `1.2亿元`, goes first.
    """

    def money(cell: RawCell) -> object:
        if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < _FIRST_INEXACT:
            return _amount(Decimal(f"{cell:.15g}"), unit, _NOISE)
        return written(cell)

    @parser_of_text
    def written(plain: str) -> Decimal | Message:
        found = _WRITTEN.fullmatch(plain)
        if found is None:
            return say("this is not an amount of money: write digits, such as 1200 or 1200.5")
        return _amount(Decimal(found[1].replace(",", "")), UNITS[found[2]] if found[2] else unit)

    return money


def _amount(number: Decimal, unit: Decimal, noise: Decimal = Decimal(0)) -> Decimal | Message:
    """Return `number` times `unit` in units of 10 000 yuan, or why it cannot be kept as it is.

    `noise` is which part of a calculated number its last digits may be wrong by; the nearest fen is meant then.
    """
    found = number * unit
    if found > LARGEST_NUMBER:
        return say("the amount exceeds {most} times 10 000 yuan", most=LARGEST_NUMBER)
    kept = found.quantize(_FEN)
    is_kept = kept == found or abs(kept - found) <= min(found * noise, _MOST_NOISE)
    if is_kept and found / unit == number:
        return kept
    return say(
        "amounts are stored to the fen: round this one to {count:decimal|decimals}", count=(unit / _FEN).adjusted()
    )


def yuan_in(unit: Decimal) -> Parser:
    """Return a parser of amounts of money; `12.5万` and `120,000.05` are ones, nothing and less are not.

    `unit` is how many times 10 000 yuan a bare number counts.
    """
    in_units = money_in(unit)

    def read(cell: RawCell) -> Money | Message | None:
        found = in_units(cell)
        if not isinstance(found, Decimal):
            return found if isinstance(found, Message) else None
        amount = Money(int(found * FEN_A_UNIT))
        if not amount:
            return say("the amount is zero")
        if amount.fen > LARGEST_AMOUNT * FEN_A_YUAN:
            return say("the amount exceeds {most}", most=Money(LARGEST_AMOUNT * FEN_A_YUAN))
        return amount

    return read


yuan = yuan_in(UNITS["元"])
