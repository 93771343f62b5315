"""How the enterprises are shared out among the cadres: counted by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from esm.domain.pairing import load_balance
from esm.domain.pairing.load_balance import CadreLoad

DAY = date(2026, 11, 23)


def loads(*counts: int, capacity: int = 3) -> list[CadreLoad]:
    return [CadreLoad(f"G{n}", f"尹{n}", None, count, capacity) for n, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "middle"),
    [((), 0), ((4,), 4), ((1, 5), 1), ((5, 1), 1), ((0, 3, 4), 3), ((4, 0, 3, 1), 1), ((2, 2, 7, 8), 2)],
)
def test_the_median_is_the_lower_one_of_two(counts: tuple[int, ...], middle: int) -> None:
    assert load_balance.load_spread(loads(*counts)).middle == middle


def test_a_spread_counts_who_serves_none_the_least_the_most_and_the_mean() -> None:
    spread = load_balance.load_spread(loads(0, 0, 1, 4))
    assert (spread.cadres, spread.serves, spread.idle, spread.least, spread.most) == (4, 5, 2, 0, 4)
    assert spread.mean == Decimal("1.25")


def test_one_over_capacity_takes_no_room_from_the_others() -> None:
    spread = load_balance.load_spread(loads(5, 1, 3))
    assert (spread.capacity, spread.room) == (9, 2)


def test_nobody_in_post_has_no_mean() -> None:
    spread = load_balance.load_spread([])
    assert (spread.cadres, spread.serves, spread.room, spread.idle, spread.least, spread.most) == (0,) * 6
    assert spread.mean is None


def test_who_could_take_more_stands_with_the_most_room_first_then_the_least_load_then_by_number() -> None:
    people = [
        CadreLoad("G1", "一", None, 1, 2), CadreLoad("G2", "二", None, 0, 1), CadreLoad("G3", "三", None, 2, 2),
        CadreLoad("G5", "五", None, 0, 3), CadreLoad("G4", "四", None, 0, 1),
    ]  # fmt: skip
    assert [one.staff_no for one in load_balance.load_balance(DAY, people).free] == ["G5", "G2", "G4", "G1"]


def test_departments_stand_by_name_and_those_without_one_come_last() -> None:
    people = [
        CadreLoad("G3", "三", None, 1, 1), CadreLoad("G2", "二", "B", 2, 2), CadreLoad("G1", "一", "A", 0, 1),
        CadreLoad("G0", "零", "B", 1, 1),
    ]  # fmt: skip
    found = load_balance.load_balance(DAY, people)
    assert [(name, spread.serves) for name, spread in found.departments] == [("A", 0), ("B", 3), (None, 1)]
    assert (found.total.serves, [one.staff_no for one in found.cadres]) == (4, ["G0", "G1", "G2", "G3"])
