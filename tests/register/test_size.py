"""The size of an enterprise by the statistics office's measure of 2017, without total assets: every limit it names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from esm.domain.register.size import size_of

# Lower limits for small, medium and large: employees and revenue in 10 000 yuan, 0 where the measure asks for none.
TRANSPORT = [(20, 200), (300, 3_000), (1_000, 30_000)]
MEASURE = {
    "A0111": [(0, 50), (0, 500), (0, 20_000)],
    "B0610": [(20, 300), (300, 2_000), (1_000, 40_000)],
    "C3983": [(20, 300), (300, 2_000), (1_000, 40_000)],
    "D4411": [(20, 300), (300, 2_000), (1_000, 40_000)],
    "E4710": [(0, 300), (0, 6_000), (0, 80_000)],
    "F5131": [(5, 1_000), (20, 5_000), (200, 40_000)],
    "F5211": [(10, 100), (50, 500), (300, 20_000)],
    "G5430": TRANSPORT,
    "G5810": TRANSPORT,
    "G5910": [(20, 100), (100, 1_000), (200, 30_000)],
    "G6010": [(20, 100), (300, 2_000), (1_000, 30_000)],
    "H6110": [(10, 100), (100, 2_000), (300, 10_000)],
    "H6210": [(10, 100), (100, 2_000), (300, 10_000)],
    "I6311": [(10, 100), (100, 1_000), (2_000, 100_000)],
    "I6410": [(10, 100), (100, 1_000), (2_000, 100_000)],
    "I6510": [(10, 50), (100, 1_000), (300, 10_000)],
    "K7010": [(0, 100), (0, 1_000), (0, 200_000)],
    "K7020": [(100, 500), (300, 1_000), (1_000, 5_000)],
    "L7211": [(10, 0), (100, 0), (300, 0)],
    "M7310": [(10, 0), (100, 0), (300, 0)],
    "R8810": [(10, 0), (100, 0), (300, 0)],
}
SIZES = ["micro", "small", "medium", "large"]
LIMITS = [
    (code, place, staff, money)
    for code, limits in MEASURE.items()
    for place, (staff, money) in enumerate(limits, start=1)
]


@pytest.mark.parametrize(("code", "place", "staff", "money"), LIMITS)
def test_who_reaches_both_limits_has_the_size_and_who_misses_one_has_the_smaller(
    code: str, place: int, staff: int, money: int
) -> None:
    assert size_of(code, staff, Decimal(money)) == SIZES[place]
    if staff:
        assert size_of(code, staff - 1, Decimal(money)) == SIZES[place - 1]
    if money:
        assert size_of(code, staff, Decimal(money - 1)) == SIZES[place - 1]


@pytest.mark.parametrize(("code", "place", "staff", "money"), LIMITS)
def test_a_figure_that_decides_and_is_missing_leaves_the_size_open(
    code: str, place: int, staff: int, money: int
) -> None:
    assert size_of(code, None, Decimal(money)) == (None if staff else SIZES[place])
    assert size_of(code, staff, None) == (None if money else SIZES[place])
