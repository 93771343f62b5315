"""A percentage stands with its numerator and denominator, and 0 of 0 has none (docs/rules.md, Percentages)."""

from __future__ import annotations

import pytest

from esm.domain.values.ratio import Ratio


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [
        (0, 0, None), (0, 7, 0), (7, 7, 1000), (1, 1, 1000), (1, 3, 333), (2, 3, 667), (1, 8, 125), (3, 2, 1500),
        (1, 2000, 1), (1, 2001, 0), (3, 2000, 2), (1, 16, 63),
    ],
)  # fmt: skip
def test_a_share_is_rounded_to_a_tenth_of_a_percent_and_halves_go_up(part: int, whole: int, tenths: int | None) -> None:
    assert Ratio(part, whole).tenths == tenths


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (Ratio(0, 0), "0/0 (–)"),
        (Ratio(0, 7), "0/7 (0.0%)"),
        (Ratio(1, 3), "1/3 (33.3%)"),
        (Ratio(9, 9), "9/9 (100.0%)"),
    ],
)
def test_a_share_is_shown_with_what_it_is_of(ratio: Ratio, words: str) -> None:
    assert str(ratio) == words
