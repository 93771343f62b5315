"""Half-open intervals of days: the first day belongs to one, the last does not (docs/rules.md, Days)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esm.domain.values.intervals import FOREVER, first_overlap, holds, is_unbroken

A, B, C = date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("on", "is_held"), [(A - DAY, False), (A, True), (B - DAY, True), (B, False)])
def test_an_interval_holds_its_first_day_and_not_its_last(on: date, is_held: bool) -> None:
    assert holds(A, B, on) is is_held
    assert holds(None, B, on) is (on < B)
    assert holds(A, None, on) is (on >= A)
    assert holds(None, None, on)


@pytest.mark.parametrize(
    ("start_on", "end_on", "other"),
    [(C, FOREVER, None), (B, C, None), (A - DAY, A, None), (A - DAY, A + DAY, A), (B - DAY, C, A), (A + DAY, B, A)],
)
def test_intervals_overlap_where_they_share_a_day(start_on: date, end_on: date, other: date | None) -> None:
    assert first_overlap({A: B}, start_on, end_on) == other


def test_an_interval_told_anew_is_no_other_than_the_one_that_begins_on_its_day() -> None:
    assert first_overlap({A: B}, A, C) is None
    assert first_overlap({A: B, B: FOREVER}, A, C) == B


@pytest.mark.parametrize(
    ("held", "answer"),
    [({A: FOREVER}, True), ({A: B, B: FOREVER}, True), ({B: FOREVER, A: B}, True), ({A: B}, False),
     ({A: B, C: FOREVER}, False), ({A: C, B: FOREVER}, False), ({}, False)],
)  # fmt: skip
def test_unbroken_is_what_follows_without_a_gap_and_never_ends(held: dict[date, date], answer: bool) -> None:
    assert is_unbroken(held) is answer
