"""Amounts of money: read and shown to the fen, never rounded, and summed exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.values.money import LARGEST_AMOUNT, UNITS, Money, money_sum, yuan, yuan_in
from esm.domain.values.raw_text import RawCell
from esm.errors import Message, say


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("200000", 200_000_00), ("20万", 200_000_00), ("1.2亿元", 120_000_000_00), ("1,234元", 1_234_00),
        ("1.2345万", 12_345_00), ("12.345678万元", 123_456_78), ("1", 1_00), ("0.01", 1), ("0.3", 30),
        ("12345.67", 12_345_67), ("1234.5", 1_234_50), ("1234.560", 1_234_56), ("100亿", 10_000_000_000_00),
        ("9999999999.99", 9_999_999_999_99), (5, 5_00), (1234.56, 1_234_56), (9999999999.99, 9_999_999_999_99),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_fen(written: str | float, fen: int) -> None:
    assert yuan(written) == Money(fen)


@pytest.mark.parametrize(
    ("cell", "fen"), [(1234.5600000001, 123_456), (0.1 + 0.2, 30), (1.1 * 1.1, 121), (4.35 * 100, 43_500)]
)
def test_what_a_calculation_left_behind_the_digits_is_no_part_of_an_amount(cell: float, fen: int) -> None:
    assert yuan(cell) == Money(fen)


@pytest.mark.parametrize("cell", [1234.561, 1234.56001, 0.001, 1e-9, 9999999.9949, 99999999.994, "1234.5600000001"])
def test_more_than_two_decimals_are_refused_with_the_remedy_and_never_rounded(cell: RawCell) -> None:
    found = yuan(cell)
    assert isinstance(found, Message)
    assert found == say("amounts are stored to the fen: round this one to {count:decimal|decimals}", count=2)


@budget(300)
@given(st.integers(1, LARGEST_AMOUNT * 100))
def test_an_amount_is_read_as_it_was_written_in_text_and_as_a_number_of_excel(fen: int) -> None:
    written = Money(fen)
    assert yuan(str(written)) == yuan(float(written.yuan)) == yuan(f"{written.yuan}元") == written
    assert yuan_in(UNITS["万元"])(f"{written.yuan / 10_000:f}") == written


@budget(200)
@given(st.lists(st.integers(0, 10**14).map(Money)))
def test_a_sum_is_that_of_its_fen_in_any_order_and_reads_as_one(parts: list[Money]) -> None:
    found = money_sum(parts)
    assert found == money_sum(reversed(parts)) == Money(sum(part.fen for part in parts))
    assert sum(part.yuan for part in parts) == found.yuan == Decimal(str(found).replace(",", ""))


@pytest.mark.parametrize(
    ("fen", "read"), [(0, "0"), (1, "0.01"), (120_000, "1,200"), (123_450, "1,234.50"), (10**12, "10,000,000,000")]
)
def test_fen_are_shown_where_there_are_any(fen: int, read: str) -> None:
    assert str(Money(fen)) == read


@pytest.mark.parametrize(
    "written", ["-5", "0", "0.003", "12345.678", "1.2345678万", "多", "10000000000.01", "1e9", "200亿", "NaN"]
)
def test_an_amount_that_cannot_be_meant_is_refused(written: str) -> None:
    assert isinstance(yuan(written), Message)


@pytest.mark.parametrize(("fen", "shown"), [(0, "0.00"), (4_999, "0.00"), (5_000, "0.01"), (1_628_638_850, "1628.64")])
def test_a_report_shows_ten_thousands_of_yuan_rounded_half_up(fen: int, shown: str) -> None:
    assert str(Money(fen).ten_thousands) == shown
