"""The leader's page against the rules read naively, and its figures counted again from its own rows."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from tests import district, district_oracle
from tests.conftest import Esm
from tests.district import District

from esm.domain.reports.overview import Action, ActionKind, Overview, departments_of
from esm.storage.database.connection import Writing
from esm.usecases.reports.coverage import coverage
from esm.usecases.reports.overview import MOST_GAPS, overview
from esm.usecases.reports.trend import trend

IN_SCOPE, SERVED, OVERDUE, DUE, VISITED = 1, 2, 4, 8, 16  # the marks of an enterprise
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEF"


def found_in(writing: Writing, told: District, as_of: date) -> Overview:
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    found = overview(writing, as_of)
    assert found.trend == trend(writing, as_of, 12)
    total = coverage(writing, as_of).total  # the page lists the gaps and tells no longest one beside them
    assert found.total == replace(total, longest_gap_days=None, is_gap_since_records_began=False)
    writing.connection.execute("ROLLBACK TO drawn")
    return found


@given(told=district.districts(), as_of=district.days)
def test_who_must_act_is_whom_the_rules_name(writing: Writing, told: District, as_of: date) -> None:
    found = found_in(writing, told, as_of)
    lines = district_oracle.due_list(told, as_of, 0)
    overdue = {(line.uscc, line.days_overdue, line.staff_no) for line in lines if line.state == "overdue"}
    unserved = {(row.uscc, (as_of - row.since).days, None) for row in district_oracle.unserved(told, as_of)}
    named = Counter(action.kind for action in found.actions)
    assert {(one.uscc, one.days, one.staff_no) for one in found.actions if one.kind == ActionKind.OVERDUE} == overdue
    assert {(one.uscc, one.days, one.staff_no) for one in found.actions if one.kind == ActionKind.UNSERVED} == unserved
    assert named[ActionKind.OVERDUE] == found.total.overdue
    assert named[ActionKind.UNSERVED] == found.total.unserved
    assert found.keeps_service == (not unserved if found.total.in_scope else None)
    assert found.keeps_visits == (not overdue if found.total.in_scope else None)
    assert all(action.since == as_of - timedelta(days=action.days - 1) for action in found.actions if action.staff_no)


@given(told=district.districts(), as_of=district.days)
def test_the_longest_gaps_are_those_of_the_rules(writing: Writing, told: District, as_of: date) -> None:
    found = found_in(writing, told, as_of)
    expected = []
    for enterprise in told.enterprises:
        gaps = district_oracle.gaps(told, enterprise, as_of, found.period.start_on)
        if district_oracle.scope_on(enterprise, as_of) and gaps and max(gaps)[0] > 0:
            expected.append((-max(gaps)[0], enterprise.uscc, max(gaps)[1]))
    assert [(-gap.days, gap.uscc, gap.is_since_records_began) for gap in found.gaps] == sorted(expected)[:MOST_GAPS]


def action(department: str | None, staff_no: str | None, days: int, uscc: str) -> Action:
    return Action(department, staff_no, staff_no, uscc, uscc, ActionKind.OVERDUE, date(2026, 1, 1), days)


def test_the_department_with_the_most_to_do_comes_first_and_the_office_last_of_equals() -> None:
    found = departments_of(
        [action(None, None, 9, "1"), action("B", "2", 9, "2"), action("A", "3", 9, "3"), action("C", "4", 1, "4"),
         action("C", "4", 2, "5"), action("D", "5", 10, "6")]
    )  # fmt: skip
    assert [each.department for each in found] == ["C", "D", "A", "B", None]
    assert [(each.total, each.most_days) for each in found] == [(2, 2), (1, 10), (1, 9), (1, 9), (1, 9)]


@pytest.fixture(scope="module")
def told(districts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.conftest import TODAY

    from esm.__main__ import main

    file = tmp_path_factory.mktemp("overview") / "page.json"
    words = ["report", "overview", "-o", str(file)]
    assert main(["--db", str(districts["zh"]), "--today", TODAY, "--lang", "zh", *words]) == 0
    return json.loads(file.read_text(encoding="utf-8"))


def marks(row: Any, place: int, column: str = "marks") -> int:
    return LETTERS.index(row[column][place]) if row[column] else 0


def test_the_rows_add_up_to_every_figure_of_a_period(told: Any) -> None:
    for place, period in enumerate(told["trend"]):
        counted = Counter(marks(row, place) for row in told["enterprises"])
        for key, mark in {
            "in_scope": IN_SCOPE, "served": SERVED, "overdue": OVERDUE, "due_in_period": DUE, "visited_of_due": VISITED,
        }.items():  # fmt: skip
            assert sum(count for found, count in counted.items() if found & mark) == period[key]
    for figures in told["by_subdistrict"]:
        place = [period["period"] for period in told["trend"]].index(figures["period"])
        own = [
            marks(row, place)
            for row in told["enterprises"]
            if figures["subdistrict"] == (row["subdistricts"][place] if row["subdistricts"] else row["subdistrict"])
        ]
        assert sum(bool(mark & DUE) for mark in own) == figures["due_in_period"]
        assert sum(bool(mark & VISITED) for mark in own) == figures["visited_of_due"]
        assert sum(bool(mark & OVERDUE) for mark in own) == figures["overdue"]


def test_the_figures_are_those_of_the_other_reports(told: Any, districts: dict[str, Path], esm: Esm) -> None:
    def report(*words: str) -> Any:
        return json.loads(esm(*words, "--format", "json", db=districts["zh"], lang="zh").out)

    coverage_told, requests, policies = report("report"), report("report", "requests"), report("report", "policies")
    for key in ("in_scope", "served", "unserved", "due_in_period", "visited_of_due", "overdue", "never_visited"):
        assert told[key] == coverage_told[key]
    for key in ("received", "closed", "solved", "replied", "satisfied"):
        assert told[f"requests_{key}"] == requests[key]
    opened = report("request", "list")
    assert told["requests_open"] == len(opened)
    assert told["requests_overdue"] == sum(row["late"] for row in opened)
    assert told["requests_blocked"] == sum(row["rung"] is not None for row in opened)
    assert told["relief"] == policies["relief"]
    funnels = {row["code"]: row for row in policies["by_policy"]}
    assert [row["code"] for row in told["policies"]] == list(funnels)
    for place, row in enumerate(told["policies"]):
        for mark, key in {1: "eligible", 2: "explained", 4: "applied", 8: "received"}.items():
            assert row[key] == funnels[row["code"]][key]
            assert row[key] == sum(bool(marks(each, place, "policy_marks") & mark) for each in told["enterprises"])
        paid = [each["amount"] for each in told["payments"] if each["code"] == row["code"] and each["kind"] != "loan"]
        assert row["relief"] == sum(paid)
    assert sum(row["total"] for row in told["departments"]) == len(told["actions"])
    assert sum(row["requests"] for row in told["ladder"]) == told["requests_open"]
    made = {row["key"]: row["visits"] for row in report("report", "visits")["by_month"]}
    assert {row["month"]: row["visits"] for row in told["months"] if row["visits"]} == made
    assert sum(made.values()) > 1000
    by_month = {row["key"]: row for row in requests["by_month"]}  # those received this year
    assert len(by_month) > 6
    for month, row in by_month.items():
        (own,) = [each for each in told["months"] if each["month"] == month]
        assert all(own[f"requests_{key}"] == row[key] for key in ("received", "closed", "solved"))
    served = Counter(row["department"] for row in told["enterprises"] if marks(row, -1) & SERVED)
    assert {row["key"]: row["serves"] for row in told["loads"] if row["serves"]} == served


def test_the_worst_subdistrict_comes_first_and_the_unknown_last(told: Any) -> None:
    latest = [row for row in told["by_subdistrict"] if row["period"] == told["trend"][-1]["period"]]
    shares = [row["visited_of_due"] / row["due_in_period"] for row in latest if row["subdistrict"] is not None]
    assert shares == sorted(shares)
    assert None not in [row["subdistrict"] for row in latest][:-1]


def test_a_broken_promise_is_with_the_department_of_who_made_it(esm: Esm, settled: Path) -> None:
    firm = json.loads(esm("enterprise", "list", "--format", "json", db=settled).out)[0]["uscc"]
    for words in (
        ("cadre", "add", "9000", "--name", "虚构旧人", "--department", "经信局"),
        ("pair", firm, "9000", "--reason", "调整"),
        ("visit", "log", firm, "--minutes", "谈", "--promise", "送表", "--until", "2026-11-25"),
        ("cadre", "add", "9001", "--name", "虚构新人", "--department", "财政局"),
        ("pair", firm, "9001", "--reason", "调整"),
    ):
        assert esm(*words, db=settled).code == 0, words
    told = json.loads(esm("report", "overview", "--format", "json", db=settled, today="2026-12-01").out)
    (broken,) = [each for each in told["actions"] if each["kind"] == "promise_overdue"]
    assert (broken["department"], broken["staff_no"], broken["days"]) == ("经信局", "9000", 6)


def test_an_empty_database_has_a_page(esm: Esm, tmp_path: Path) -> None:
    assert esm("report", "overview", "-o", str(tmp_path / "page.html")).code == 0
    assert esm("report", "overview").code == 0
    assert json.loads(esm("report", "overview", "--format", "json").out)["trend"] == []
