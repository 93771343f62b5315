"""The size of an enterprise: large, medium, small or micro.

After the Measures for classifying large, medium, small and micro enterprises in statistics (统计上大中小微型企业
划分办法, NBS 2017). A band asks for all its lower limits. The total assets, which no roster states, are left
out, so that construction and property are judged by revenue and the leasing and business services by staff.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from esm.domain.values.codes import Code
from esm.domain.values.industry import full_code, section
from esm.errors import say


class Size(Code):
    """The four sizes, the smallest first."""

    MICRO = "micro", say("micro"), "微型", "微型企业"
    SMALL = "small", say("small"), "小型", "小型企业"
    MEDIUM = "medium", say("medium"), "中型", "中型企业"
    LARGE = "large", say("large"), "大型", "大型企业"


_LETTERS_OF_INDUSTRY = "BCD"
Limits = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]

# Lower limits of (employees, revenue in 10 000 yuan) for small, medium and large; 0: not asked.
_INDUSTRY: Limits = ((20, 300), (300, 2_000), (1_000, 40_000))
_OTHERS: Limits = ((10, 0), (100, 0), (300, 0))
_BY_DIVISION: Mapping[str, Limits] = {
    "51": ((5, 1_000), (20, 5_000), (200, 40_000)),
    "52": ((10, 100), (50, 500), (300, 20_000)),
    "59": ((20, 100), (100, 1_000), (200, 30_000)),
    "60": ((20, 100), (300, 2_000), (1_000, 30_000)),
    "63": ((10, 100), (100, 1_000), (2_000, 100_000)),
    "64": ((10, 100), (100, 1_000), (2_000, 100_000)),
    "65": ((10, 50), (100, 1_000), (300, 10_000)),
}
_BY_GROUP: Mapping[str, Limits] = {
    "701": ((0, 100), (0, 1_000), (0, 200_000)),
    "702": ((100, 500), (300, 1_000), (1_000, 5_000)),
}
_BY_SECTION: Mapping[str, Limits] = {
    "A": ((0, 50), (0, 500), (0, 20_000)),
    "E": ((0, 300), (0, 6_000), (0, 80_000)),
    "G": ((20, 200), (300, 3_000), (1_000, 30_000)),
    "H": ((10, 100), (100, 2_000), (300, 10_000)),
    **dict.fromkeys(_LETTERS_OF_INDUSTRY, _INDUSTRY),
}


def size_of(industry_code: str | None, employees: int | None, revenue: Decimal | None) -> Size | None:
    """Return the size, or None when a figure that decides it is missing; `revenue` is in 10 000 yuan."""
    letter = section(industry_code or "")
    if industry_code is None or letter is None:
        return None
    reached = Size.MICRO
    for name, (staff, money) in zip(tuple(Size)[1:], _limits(full_code(industry_code), letter), strict=True):
        if _misses(employees, staff) or _misses(revenue, money):
            return reached
        if (staff and employees is None) or (money and revenue is None):
            return None
        reached = name
    return reached


def _limits(code: str, letter: str) -> Limits:
    digits = code[1:]
    return _BY_GROUP.get(digits[:3]) or _BY_DIVISION.get(digits[:2]) or _BY_SECTION.get(letter, _OTHERS)


def _misses(figure: int | Decimal | None, limit: int) -> bool:
    return figure is not None and figure < limit
