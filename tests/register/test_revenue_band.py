"""Revenue as a band: it shows the side of every line, and never the figure (统计法: business secrets)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm.cli.shell import language_choice
from esm.domain.register.above_scale_thresholds import all_thresholds
from esm.domain.register.revenue_band import RevenueBand, band_of, edges
from esm.sheets.register.enterprises import revenue_band

amounts = st.decimals(-10, 300_000, places=2) | st.sampled_from([Decimal(each) for each in (200, 500, 1000, 2000)])


@given(amounts)
def test_a_band_holds_its_revenue_and_shows_on_which_side_of_every_line_it_lies(revenue: Decimal) -> None:
    found = band_of(revenue)
    assert found.low is None or found.low <= revenue
    assert found.high is None or revenue < found.high
    for line in {each.line for each in all_thresholds() if each.line is not None}:
        is_above = found.low is not None and found.low >= line
        is_below = found.high is not None and found.high <= line
        assert (is_above, is_below) == (revenue >= line, revenue < line)


@given(amounts)
def test_no_band_is_so_narrow_that_it_gives_the_figure(revenue: Decimal) -> None:
    found = band_of(revenue)
    assert found.low is None or found.high is None or found.high - found.low >= 300


@pytest.mark.parametrize(
    ("revenue", "expected", "code", "label"),
    [
        ("0", RevenueBand(None, 200), "<200", "under 200"),
        ("199.9999", RevenueBand(None, 200), "<200", "under 200"),
        ("2000", RevenueBand(2000, 5000), "2000-5000", "2000–5000"),
        ("100000", RevenueBand(100_000, None), ">=100000", "100000 or more"),
    ],
)
def test_a_band_has_a_code_for_scripts_and_words_for_people(
    revenue: str, expected: RevenueBand, code: str, label: str
) -> None:
    language_choice.choose("en")  # an earlier test may have spoken Chinese
    term = revenue_band(Decimal(revenue))
    assert band_of(Decimal(revenue)) == expected
    assert term is not None
    assert (term.code, term.label) == (code, label)


def test_unknown_revenue_has_no_band() -> None:
    assert revenue_band(None) is None


def test_the_lines_of_earlier_years_are_edges_too() -> None:
    old = {each.line for each in all_thresholds() if each.line is not None and each.effective_from < date(2011, 1, 1)}
    assert old == {500}
    assert band_of(Decimal(499)) != band_of(Decimal(500))


def test_the_edges_are_all_lines_and_four_amounts_above_them() -> None:
    every = (200, 500, 1_000, 2_000, 5_000, 10_000, 40_000, 100_000)
    assert edges() == every
    assert tuple(band_of(Decimal(edge)).low for edge in every) == every
