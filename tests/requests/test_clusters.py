"""The same trouble of several enterprises of one industry in one place: which requests gather, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from esm.domain.requests import clusters
from esm.domain.requests.clusters import Cluster, ClusteredRequest

AS_OF = date(2026, 11, 23)
DAY = timedelta(days=1)
ONE = ClusteredRequest(1, "U1", "江畔一号", AS_OF, "labour.recruitment", "C", "听潮街道")


def asked(count: int, **values: object) -> list[ClusteredRequest]:
    """Return requests of as many enterprises."""
    return [replace(ONE, id=n, uscc=f"U{n}", enterprise=f"江畔{n}号", **values) for n in range(1, count + 1)]  # type: ignore[arg-type]


def found(given: list[ClusteredRequest], *, days: int = 90, enterprises: int = 3) -> list[Cluster]:
    return clusters.clusters(given, as_of=AS_OF, days=days, enterprises=enterprises)


def test_it_takes_as_many_enterprises_as_are_asked_for() -> None:
    assert (found(asked(2)), len(found(asked(3)))) == ([], 1)
    assert len(found(asked(2), enterprises=2)) == 1


def test_an_enterprise_that_asks_three_times_is_one() -> None:
    again = [replace(ONE, id=n, received_on=AS_OF - n * DAY) for n in (2, 3)]
    assert found([ONE, *again]) == []
    (gathered,) = found([*again, *asked(3)])
    assert (len(gathered.requests), gathered.usccs) == (5, ("U1", "U2", "U3"))
    assert gathered.enterprises == ("江畔1号", "江畔2号", "江畔3号")


@pytest.mark.parametrize(("back", "gathers"), [(0, True), (89, True), (90, False), (-1, False)])
def test_the_window_ends_today_and_holds_as_many_days_as_it_says(back: int, gathers: bool) -> None:
    third = replace(asked(3)[2], received_on=AS_OF - back * DAY)
    assert bool(found([*asked(2), third])) == gathers


@pytest.mark.parametrize("other", [{"request_class": "labour.talent"}, {"section": "F"}, {"subdistrict": "知鹭街道"}])
def test_another_class_industry_or_place_is_another_matter(other: dict[str, str]) -> None:
    assert found([*asked(2), replace(asked(3)[2], **other)]) == []  # type: ignore[arg-type]


def test_requests_stand_in_order_of_receipt_and_of_one_day_in_order_of_their_numbers() -> None:
    first, second, third = asked(3)
    (gathered,) = found([third, replace(second, received_on=AS_OF - DAY), first])
    assert [each.id for each in gathered.requests] == [2, 1, 3]


def test_the_largest_cluster_comes_first_and_equal_ones_stand_by_class_industry_and_place() -> None:
    groups = [("tax", "C", "知鹭街道"), ("tax", "C", "听潮街道"), ("tax", "B", "听潮街道"), ("land", "F", "听潮街道")]
    given = [
        each
        for request_class, section, place in groups
        for each in asked(3, request_class=request_class, section=section, subdistrict=place)
    ]
    largest = asked(4, request_class="utilities", section="C", subdistrict="听潮街道")
    shown = [(each.request_class, each.section, each.subdistrict) for each in found([*given, *largest])]
    assert shown == [("utilities", "C", "听潮街道"), groups[3], groups[2], *sorted(groups[:2])]
