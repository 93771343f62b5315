"""Groups keep the order in which things came; what has no name comes last."""

from __future__ import annotations

from operator import itemgetter

from esm.domain.values.grouping import grouped, grouped_by_name, none_last

THINGS = [("b", 1), (None, 2), ("a", 3), ("b", 4)]


def test_keys_and_things_stand_in_the_order_in_which_they_came() -> None:
    assert list(grouped(THINGS, itemgetter(0)).items()) == [
        ("b", [("b", 1), ("b", 4)]),
        (None, [(None, 2)]),
        ("a", [("a", 3)]),
    ]


def test_names_come_in_order_and_those_without_one_last() -> None:
    assert [name for name, _ in grouped_by_name(THINGS, itemgetter(0))] == ["a", "b", None]
    assert sorted([None, "", "a"], key=none_last) == ["", "a", None]
