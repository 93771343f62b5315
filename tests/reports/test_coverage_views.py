"""What people see of the coverage report: the answer first, the worst first, a part of it on the screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests import district, district_oracle
from tests.conftest import Esm
from tests.district import District

from esm.domain.reports.coverage import CoverageCounters, CoverageGroup, worst_first
from esm.storage.database.connection import Writing
from esm.usecases.reports import coverage

ASKED = [(CoverageGroup.CADRE,), *permutations(CoverageGroup, 2)]


@given(told=district.districts(), when=district.as_of_and_month, by=st.sampled_from(ASKED))
def test_a_breakdown_by_two_groups_or_by_cadre_is_what_the_rules_say(
    writing: Writing, told: District, when: tuple[date, date], by: tuple[CoverageGroup, ...]
) -> None:
    as_of, month = when
    writing.connection.execute("SAVEPOINT drawn")
    district.store(writing, told)
    found = coverage.coverage(writing, as_of, month.isoformat()[:7], by)
    writing.connection.execute("ROLLBACK TO drawn")
    assert found.cross is not None
    expected = district_oracle.cross_breakdown(told, tuple(map(str, by)), as_of, *district_oracle.period_bounds(month))
    assert dict(found.cross.rows) == expected
    assert len(found.cross.rows) == len(expected)
    assert [keys for keys, _counters in found.cross.rows] == sorted(
        expected, key=lambda keys: [(key is None, key) for key in keys]
    )


def counters(in_scope: int, unserved: int, overdue: int) -> CoverageCounters:
    return CoverageCounters(in_scope=in_scope, unserved=unserved, overdue=overdue)


def test_the_worst_group_is_the_one_with_most_promises_broken_for_its_size() -> None:
    rows = [(("甲",), counters(10, 0, 1)), (("乙",), counters(0, 0, 0)), (("丙",), counters(4, 1, 1)),
            (("丁",), counters(8, 2, 2)), ((None,), counters(2, 0, 0))]  # fmt: skip
    assert [rows[number][0][0] for number in worst_first(rows)] == ["丁", "丙", "甲", "乙", None]


def test_the_rows_of_a_group_stay_together_the_worst_group_first() -> None:
    rows = [(("甲", "A"), counters(10, 0, 9)), (("甲", "B"), counters(90, 0, 0)), (("乙", "A"), counters(10, 0, 1)),
            (("乙", "B"), counters(10, 0, 2))]  # fmt: skip
    assert [rows[number][0] for number in worst_first(rows)] == [("乙", "B"), ("乙", "A"), ("甲", "A"), ("甲", "B")]


def told(esm: Esm, db: Path, *words: str) -> Any:
    return json.loads(esm("report", *words, "--format", "json", db=db, today="2026-11-23").out)


def test_files_json_and_csv_are_complete_whatever_the_screen_shows(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    db = districts["en"]
    plain = told(esm, db)
    assert told(esm, db, "--full") == plain == told(esm, db, "--by", "tier")
    crossed = told(esm, db, "--by", "subdistrict,tier")
    rows = crossed.pop("by_subdistrict_and_tier")
    assert crossed == plain
    assert sum(row["overdue"] for row in rows) == plain["overdue"]
    for ending in ("txt", "md", "html"):
        file = tmp_path / f"coverage.{ending}"
        assert esm("report", "-o", str(file), db=db, today="2026-11-23").code == 0
        content = file.read_text(encoding="utf-8")
        assert all(group in content for group in ("By industry", "By tier", "By department"))
        assert all(row["enterprise"] in content for row in plain["unserved_enterprises"])
    full, short = (esm("report", *words, db=db, today="2026-11-23").out for words in (("--full",), ()))
    assert "\nBy department\n" in full
    assert "\nBy department\n" not in short
    assert f"{plain['unserved']} in all, the first 10 shown." in short


@pytest.mark.parametrize("words", [(), ("--against", "2026-09")])
def test_the_summary_of_a_workbook_says_everything_once_and_its_sheets_begin_with_the_worst(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "coverage.xlsx"
    assert esm("report", *words, "-o", str(file), db=districts["en"], today="2026-11-23").code == 0
    book = load_workbook(file)
    labels = [row[0] for row in book["summary"].iter_rows(values_only=True) if row[1] is not None]
    assert len(labels) == len(set(labels)) > 15
    first = [row[0] for row in book["By subdistrict"].iter_rows(values_only=True)][3]
    assert first == "Liuxiqiao Subdistrict"


def test_people_read_the_worst_first_and_machines_by_key(esm: Esm, districts: dict[str, Path]) -> None:
    rows = told(esm, districts["en"])["by_subdistrict"]
    assert [row["key"] for row in rows] == sorted(row["key"] for row in rows)
    worst = sorted(rows, key=lambda row: -(row["unserved"] + row["overdue"]) / row["in_scope"])
    shown = esm("report", db=districts["en"], today="2026-11-23").out
    places = [shown.index(row["key"] + " ") for row in worst]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["coverage", "visits", "requests"])
def test_a_past_period_is_of_its_last_day(esm: Esm, districts: dict[str, Path], name: str) -> None:
    db = districts["en"]
    found = told(esm, db, name, "--period", "2026-09")
    assert found["as_of"] == "2026-10-31"
    assert found == told(esm, db, name, "--period", "2026-10", "--as-of", "2026-10-31")
    assert told(esm, db, name, "--period", "2026-11")["as_of"] == "2026-11-23"


def test_a_later_day_than_the_period_is_said_so(esm: Esm, districts: dict[str, Path]) -> None:
    words = ("--period", "2026-09", "--as-of", "2026-11-20")
    overdue = told(esm, districts["en"], "--as-of", "2026-11-20")["overdue"]
    assert told(esm, districts["en"], *words)["overdue"] == overdue
    assert "everything else is as of 2026-11-20" in esm("report", *words, db=districts["en"]).out
    assert "everything else" not in esm("report", "--period", "2026-09", db=districts["en"]).out


@pytest.mark.parametrize(
    ("change", "served", "visited"),
    [
        ((), "Not kept: 1 of 1 unserved.", "Not kept: 1 of 1 overdue."),
        (("pair",), "Kept: all 1 served.", "Not kept: 1 of 1 overdue."),
        (("pair", "visit"), "Kept: all 1 served.", "Kept: none of 1 overdue."),
        (("pair", "pause"), "Kept: all 1 served.", "No enterprise is to be visited."),
    ],
)
def test_the_answer_says_whether_each_promise_is_kept(
    esm: Esm, change: tuple[str, ...], served: str, visited: str
) -> None:
    firm, today = district.code(1), "2026-11-23"
    steps: dict[str, Callable[[], Any]] = {
        "pair": lambda: esm("pair", firm, "1001", today=today),
        "visit": lambda: esm("visit", "log", firm, "--cadre", "1001", "--minutes", "订单饱满", today=today),
        "pause": lambda: esm("enterprise", "pause", firm, "--reason", "moving", today=today),
    }
    assert "No enterprise is in scope." in esm("report", today=today).out
    assert esm("cadre", "add", "1001", "--name", "尹一", today=today).code == 0
    assert esm("enterprise", "add", firm, "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-01-05",
               today=today).code == 0  # fmt: skip
    for step in change:
        ran = steps[step]()
        assert ran.code == 0, ran.err
    shown = esm("report", today=today).out
    assert served in shown
    assert visited in shown


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--by", "colour"), 2, "is not a group"), (("--by", "tier,tier"), 2, "two different"),
        (("--by", "tier,cadre,department"), 2, "two different"), (("--by", ","), 2, "two different"),
        (("visits", "--by", "tier"), 2, "coverage"), (("--month", "2026-10"), 2, "visits, requests"),
        (("--as-of", "2024-01-01"), 4, "records begin on 2025-09-01"), (("--period", "2027-01"), 4, "begins after"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_the_way_out(
    esm: Esm, districts: dict[str, Path], words: tuple[str, ...], code: int, said: str
) -> None:
    ran = esm("report", *words, db=districts["en"], today="2026-11-23")
    assert (ran.code, said in ran.err) == (code, True), ran.err
