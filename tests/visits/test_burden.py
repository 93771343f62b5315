"""Who is visited too much, and who never: counted by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from tests.conftest import Esm
from tests.district import code

from esm.domain.visits.burden import Burden, BurdenRow

AS_OF, SINCE = date(2026, 11, 23), date(2026, 10, 25)


def row(number: int, days: int, last_on: date | None = AS_OF) -> BurdenRow:
    return BurdenRow(f"U{number}", f"江畔{number}", "C", None, days, days, 0, (), last_on, last_on is None)


def burden(*rows: BurdenRow, many: int = 3) -> Burden:
    return Burden(AS_OF, SINCE, many, rows)


def test_it_is_too_much_from_the_number_of_days_that_the_setting_names() -> None:
    found = burden(row(1, 2), row(2, 3), row(3, 4))
    assert [each.days for each in found.visited_too_often] == [4, 3]


def test_those_visited_too_much_stand_with_the_most_days_first_then_by_code() -> None:
    found = burden(row(3, 3), row(2, 5), row(1, 3))
    assert [each.uscc for each in found.visited_too_often] == ["U2", "U1", "U3"]


def test_never_visited_is_who_has_no_visit_at_all_and_not_who_had_none_of_late() -> None:
    long_ago = row(1, 0, date(2024, 1, 1))
    assert [each.uscc for each in burden(long_ago, row(2, 0, None)).never_visited_by_anybody] == ["U2"]


def test_the_days_are_counted_without_a_hole_and_add_up_to_all_in_scope() -> None:
    found = burden(row(1, 0), row(2, 3), row(3, 0), row(4, 1))
    assert found.by_days == ((0, 2), (1, 1), (2, 0), (3, 1))
    assert burden().by_days == ((0, 0),)


NAMES = ("Trade, Industry and Investment", "外资、外贸局", "Parks; Estates")
FIRM = code(1)


def answer(esm: Esm, *words: str) -> Any:
    return json.loads(esm(*words, "--format", "json").out)


def test_a_name_with_commas_is_one_visitor_wherever_visitors_are_told(esm: Esm) -> None:
    for words in (
        ["config", "set", "burden_visits", "2"],
        ["cadre", "add", "1001", "--name", "尹, 一", "--department", NAMES[0]],
        ["enterprise", "add", FIRM, "--name", "江畔, 一号", "--above-scale", "--enrolled-on", "2026-01-01"],
        ["visit", "log", FIRM, "--met", "Manager", "--on", "2026-11-20", "--cadre", "1001"],
        *(["visit", "log", FIRM, "--on", "2026-11-21", "--department", name] for name in NAMES[1:]),
    ):
        assert esm(*words).code == 0, words
    (found,) = answer(esm, "report", "burden")["enterprises"]
    assert (found["enterprise"], found["days"], found["own_days"], found["outside_days"]) == ("江畔, 一号", 2, 1, 1)
    assert sorted(found["visitors"]) == sorted(NAMES)
    assert {each["who"] for each in answer(esm, "brief", FIRM)["contacts"]} == {"尹, 一", *NAMES[1:]}


@pytest.mark.parametrize(("days", "first"), [(60, "2026-09-24"), (7, "2026-11-16")])
def test_the_window_of_the_brief_is_that_of_the_setting(esm: Esm, days: int, first: str) -> None:
    """So many days before the visit, and the day itself."""
    day_before = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    for words in (
        ["enterprise", "add", FIRM, "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-01-01"],
        *(["visit", "log", FIRM, "--on", on, "--department", "消防"] for on in (day_before, first)),
        ["config", "set", "burden_days", str(days)],
    ):  # fmt: skip
        assert esm(*words).code == 0, words
    assert f"Visits of the last {days} days" in esm("brief", FIRM).out
    assert f"近 {days} 天" in esm("brief", FIRM, lang="zh").out
    assert [each["on"] for each in answer(esm, "brief", FIRM)["contacts"]] == [first]
