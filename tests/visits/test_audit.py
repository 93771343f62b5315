"""Prompts for a phone call: each rule on both sides of its border, and the sample."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.conftest import Esm
from tests.district import code

from esm.domain.visits import audit
from esm.domain.visits.audit import EnteredVisit
from esm.storage.database.connection import Writing
from esm.usecases.visits import audit as auditing

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
ONE = EnteredVisit(1, code(1), "江畔一号", "1001", "尹虚一", date(2026, 11, 3), date(2026, 11, 3), None, "虚构甲", NOON,
              is_typed=True)  # fmt: skip


def many(count: int, step: timedelta = timedelta(hours=1)) -> list[EnteredVisit]:
    return [replace(ONE, id=number + 1, entered_at=NOON + number * step) for number in range(count)]


def kinds(visits: list[EnteredVisit], late_days: int = 7) -> list[str]:
    return [finding.kind for finding in audit.prompts(visits, late_days)]


def test_an_ordinary_record_prompts_nothing() -> None:
    assert kinds(many(10)) == []


@pytest.mark.parametrize(("count", "seconds", "found"), [(5, 150, ["burst"]), (5, 151, []), (4, 1, [])])
def test_five_entries_within_ten_minutes_are_many_at_once(count: int, seconds: int, found: list[str]) -> None:
    assert kinds(many(count, timedelta(seconds=seconds))) == found


def test_what_was_imported_together_was_not_typed_at_once() -> None:
    assert kinds([replace(visit, is_typed=False) for visit in many(9, timedelta(0))]) == []


def test_entries_of_several_cadres_are_not_added_up() -> None:
    assert kinds([replace(visit, staff_no=str(visit.id % 2)) for visit in many(8, timedelta(seconds=1))]) == []


@pytest.mark.parametrize(("count", "found"), [(2, []), (3, ["nobody_named"])])
def test_three_visits_that_name_nobody_prompt(count: int, found: list[str]) -> None:
    assert kinds([replace(visit, met_with=None) for visit in many(count)]) == found


@pytest.mark.parametrize(("days", "found"), [(7, []), (8, ["late_entry"])])
def test_three_entries_later_than_the_setting_prompt(days: int, found: list[str]) -> None:
    assert kinds([replace(visit, recorded_on=visit.done_on + timedelta(days=days)) for visit in many(3)]) == found


@pytest.mark.parametrize(("day", "count", "found"), [(25, 3, ["rush"]), (24, 3, []), (25, 2, [])])
def test_more_than_half_in_the_last_week_of_a_period_is_a_rush(day: int, count: int, found: list[str]) -> None:
    last_week = [replace(visit, done_on=date(2026, 12, day)) for visit in many(count)]
    assert [kind for kind in kinds(last_week, 99) if kind == "rush"] == found
    balanced = [*last_week, *(replace(visit, id=visit.id + 100) for visit in many(count))]
    assert "rush" not in kinds(balanced, 99)


FIRST = "企业订单饱满，计划明年扩建二号厂房，希望解决用电增容问题"


@pytest.mark.parametrize(
    ("second", "is_copied"),
    [
        (FIRST, True),
        ("企业订单饱满，计划明年扩建三号厂房，希望解决用电增容问题。", True),
        ("企业订单饱满, 2027 计划明年扩建二号厂房 希望解决用电增容问题", True),
        ("企业订单下滑，春节后可能停产，担心货款拖欠，想了解法律援助", False),
        ("情况正常", False),
    ],
)
@pytest.mark.parametrize("staff_no", ["1001", "1002"])
def test_minutes_nearly_those_of_another_visit_prompt(second: str, is_copied: bool, staff_no: str) -> None:
    visits = [replace(ONE, minutes=FIRST), replace(ONE, id=2, minutes=second, staff_no=staff_no)]
    assert kinds(visits) == (["copied_minutes"] if is_copied else [])


@pytest.mark.parametrize(
    ("minutes", "found"), [("一切正常", []), ("企业一切正常订单饱", []), ("企业一切正常订单饱满", ["copied_minutes"])]
)
def test_minutes_of_less_than_ten_characters_may_be_alike(minutes: str, found: list[str]) -> None:
    assert kinds([replace(visit, minutes=minutes) for visit in many(2)]) == found


def test_minutes_that_end_alike_are_compared_across_cadres() -> None:
    first, second = "甲" + "子丑寅卯" * 10 + FIRST, "乙" + "子丑寅卯" * 9 + "子丑寅丁" + FIRST
    visits = [replace(ONE, minutes=first), replace(ONE, id=2, minutes=second, staff_no="1002")]
    assert kinds(visits) == ["copied_minutes"]


def test_copied_minutes_stand_cadre_by_cadre() -> None:
    other = "企业订单下滑，春节后可能停产，担心货款拖欠，想了解法律援助"
    told = [(1, "1001", FIRST), (2, "1002", FIRST), (3, "1003", other), (4, "1003", other)]
    visits = [replace(ONE, id=number, staff_no=staff_no, minutes=minutes) for number, staff_no, minutes in told]
    assert [finding.staff_no for finding in audit.prompts(visits, 7)] == ["1002", "1003"]


@pytest.fixture
def desk(esm: Esm) -> Esm:
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一"],
        *(["enterprise", "add", code(n), "--name", f"江畔{n}号", "--above-scale", "--enrolled-on", "2026-06-01"]
          for n in range(6)),
        *(["visit", "log", code(n), "--minutes", f"纪要 {n}", "--cadre", "1001", "--on", "2026-11-02"]
          for n in range(6)),
    ):  # fmt: skip
        assert esm(*words).code == 0
    return esm


def test_prompts_are_listed_and_are_no_verdict(desk: Esm) -> None:
    ran = desk("check", "--visits", "--format", "json")
    found = {each["kind"]: each for each in json.loads(ran.out)}
    assert (ran.code, set(found)) == (0, {"burst", "nobody_named", "late_entry"})
    assert "6 of 6 visits" in found["nobody_named"]["detail"]


def test_the_same_seed_draws_the_same_visits(desk: Esm) -> None:
    def drawn(seed: str) -> list[str]:
        ran = desk("check", "--visits", "--sample", "3", "--seed", seed, "--format", "json")
        return [each["uscc"] for each in json.loads(ran.out) if each["kind"] == "call_back"]

    assert drawn("a") == drawn("a")
    assert len(set(drawn("a"))) == 3
    assert len({tuple(drawn(seed)) for seed in "abcdefgh"}) > 1


def test_a_sample_is_no_larger_than_what_there_is(desk: Esm) -> None:
    ran = desk("check", "--visits", "--sample", "99", "--since", "2026-11-02", "--format", "json")
    assert sum(each["kind"] == "call_back" for each in json.loads(ran.out)) == 6


def test_without_visits_nothing_is_prompted(writing: Writing) -> None:
    assert auditing.prompts(writing, TODAY) == []
    assert auditing.sample(writing, TODAY, size=3, seed="a") == []


def test_a_sample_needs_the_visits(desk: Esm) -> None:
    assert desk("check", "--sample", "3").code == 2
