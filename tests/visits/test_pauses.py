"""Days without visits: a stretch holds its first day and not its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from esm.domain.visits.pauses import QuietInterval

START, END = date(2026, 3, 2), date(2026, 3, 9)
DAY = timedelta(days=1)
WEEK = QuietInterval("pause", 1, START, END, None)
OPEN = QuietInterval("pause", 2, START, None, None)


def test_the_last_day_is_the_one_before_the_end_and_an_open_pause_has_none() -> None:
    assert (WEEK.last_day, OPEN.last_day) == (date(2026, 3, 8), None)


@pytest.mark.parametrize(("on", "held"), [(START - DAY, False), (START, True), (END - DAY, True), (END, False)])
def test_a_stretch_holds_its_first_day_and_not_its_end(on: date, held: bool) -> None:
    assert WEEK.holds(on) == held
    assert OPEN.holds(on) == (on >= START)


@pytest.mark.parametrize(
    ("start_on", "end_on", "shared"),
    [
        (START - 2 * DAY, START, False),
        (START - DAY, START + DAY, True),
        (START + DAY, END - DAY, True),
        (END - DAY, END + DAY, True),
        (END, END + DAY, False),
        (END - DAY, None, True),
        (END, None, False),
        (START - DAY, None, True),
    ],
)
def test_two_stretches_touch_where_they_share_a_day(start_on: date, end_on: date | None, shared: bool) -> None:
    assert WEEK.overlaps(start_on, end_on) == shared


def test_an_open_pause_shares_a_day_with_all_that_ends_after_it_began() -> None:
    assert not OPEN.overlaps(START - DAY, START)
    assert OPEN.overlaps(START - DAY, START + DAY)
    assert OPEN.overlaps(END, None)
