"""Settings, capacities and recusals hold from the day of a change on: none moves a figure of an earlier day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import desk_at_work
from tests.conftest import Esm, budget
from tests.desk_at_work import FIRMS, STAFF, on
from tests.rosters import csv_file, told

from esm.__main__ import main
from esm.domain.values.settings import all_settings
from esm.storage.database.place import Place

DATED = {key: setting for key, setting in all_settings().items() if setting.is_dated}
UNDATED = {"alarm_days", "issuing_office", "mail_host", "mail_port", "mail_sender", "mail_tls", "planned_until",
           "records_began_on", "scheme_start_on"}  # fmt: skip
LAST = 40  # days after the first Monday on which facts are entered
QUESTIONS = (
    ("report", "coverage"), ("report", "cadres"), ("report", "visits"), ("report", "requests"), ("report", "policies"),
    ("report", "burden"), ("due", "--within", "400"), ("check",), ("cadre", "list"), ("enterprise", "list"), ("scale",),
    ("request", "list"), ("request", "clusters"), ("policy", "gaps"), ("assign", "--what-if", "cadres+1"),
    ("assign", "--explain", FIRMS[0]), ("visit", "list", "--late"), ("config", "list"), ("cadre", "show", STAFF[0]),
    ("enterprise", "show", FIRMS[0]), ("brief", FIRMS[1]),
)  # fmt: skip
FACTS = (
    (0, "cadre", "add", "1004", "--name", "尹虚1004"),  # of the default capacity
    (0, "recuse", "1001", FIRMS[3], "--reason", "亲属"),
    (0, "policy", "add", "Z1", "--title", "稳岗补贴", "--newly-entered", "--until", on(60)),
    (0, "request", "open", FIRMS[0], "退税", "--class", "tax"),
    (3, "visit", "log", FIRMS[1], "--minutes", "走访"),
    (5, "request", "open", FIRMS[2], "开票", "--class", "tax"),
    (9, "visit", "log", FIRMS[1], "--minutes", "再访"),
    (9, "pair", FIRMS[4], "1001"),
    (20, "visit", "log", FIRMS[2], "--on", on(2), "--minutes", "补登"),
    (25, "cadre", "edit", "1002", "--capacity", "1"),
    (30, "config", "set", "cadence_months_a", "1"),
    (LAST, "recuse", "1001", FIRMS[3], "--end"),
)


def run(path: Path, today: str, *words: str) -> int:
    return main(["--db", str(path), "--today", today, "--actor", "clerk", "--quiet", *words])


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a district without plans in which something has happened in every report."""
    path = desk_at_work.make(tmp_path_factory.mktemp("dated"), empty_database, is_planned=False)
    for days, *words in FACTS:
        assert run(path, on(days), *words) == 0, words
    return path


def answers(esm: Esm, today: str, questions: Sequence[tuple[str, ...]] = QUESTIONS) -> dict[str, Any]:
    return {" ".join(words): json.loads(esm(*words, "--format", "json", today=today).out) for words in questions}


def numbers(key: str) -> st.SearchStrategy[int]:
    setting = DATED[key]
    least, most = int(str(setting.least)), min(int(str(setting.most)), int(str(setting.default)) * 3 + 2)
    return st.integers(least, max(least, most))


EDITS = st.one_of(
    st.sampled_from(sorted(DATED)).flatmap(
        lambda key: numbers(key).map(lambda value: ("config", "set", key, str(value)))
    ),
    st.builds(lambda c, n: ("cadre", "edit", c, "--capacity", str(n)), st.sampled_from(STAFF), st.integers(0, 4)),
    st.builds(lambda c, f: ("recuse", c, f, "--reason", "持股"), st.sampled_from(STAFF), st.sampled_from(FIRMS)),
    st.builds(lambda c, f: ("recuse", c, f, "--end"), st.sampled_from(STAFF), st.sampled_from(FIRMS)),
)


@given(st.integers(-20, LAST + 30), st.lists(st.tuples(st.integers(1, 20), EDITS), min_size=1, max_size=8))
@budget(8)
def test_no_later_edit_of_a_rule_changes_what_is_said_of_a_past_day(
    esm: Esm, path: Path, template: Path, past: int, edits: Sequence[tuple[int, tuple[str, ...]]]
) -> None:
    shutil.copy(template, path)
    before, day = answers(esm, on(past)), max(past, LAST)
    for days, words in edits:
        day += days
        esm(*words, today=on(day))
    assert answers(esm, on(past)) == before
    assert esm("db", "check").code == 0


def test_every_setting_that_enters_a_figure_is_dated() -> None:
    assert all_settings().keys() - DATED.keys() == UNDATED


@pytest.fixture
def working(esm: Esm, path: Path, template: Path) -> Esm:
    shutil.copy(template, path)
    return esm


def test_a_cadence_holds_from_its_day_on_and_dates_every_promise_anew(working: Esm) -> None:
    def due_on(day: int) -> list[str]:
        return sorted(row["due_on"] for row in told(working, "due", "--within", "400", today=on(day)))

    before = due_on(45)
    for tier in "abc":
        assert working("config", "set", f"cadence_months_{tier}", "6", today=on(50)).code == 0
    assert due_on(45) == due_on(49) == before
    assert all(later > earlier for earlier, later in zip(before, due_on(50), strict=True))
    assert working("undo", today=on(50)).code == 0
    assert due_on(45) == before


def test_capacity_and_recusal_of_a_past_day_are_those_of_that_day(working: Esm) -> None:
    def seen(day: int) -> tuple[int, int, set[str]]:
        report = told(working, "report", "cadres", "--as-of", on(day), today=on(60))
        found = {row["kind"] for row in told(working, "check", today=on(day)) if row["staff_no"] == "1003"}
        return report["capacity"], report["room"], found & {"over_capacity", "recused_pair"}

    before = seen(45)
    assert working("cadre", "edit", "1003", "--capacity", "1", today=on(50)).code == 0
    assert working("recuse", "1003", FIRMS[2], "--reason", "亲属", today=on(52)).code == 0
    assert working("config", "set", "default_capacity", "9", today=on(53)).code == 0
    assert [seen(day) for day in (45, 49)] == [before, before]
    assert seen(50)[0] == before[0] - 5
    assert "over_capacity" in seen(50)[2]


def test_a_request_of_a_past_day_is_stuck_by_the_settings_of_that_day(working: Esm) -> None:
    before = answers(working, on(45), [("request", "list"), ("report", "requests")])
    assert working("config", "set", "stuck_overdue_days", "250", today=on(50)).code == 0
    assert answers(working, on(45), [("request", "list"), ("report", "requests")]) == before
    assert answers(working, on(50), [("request", "list")])["request list"] != before["request list"]


def test_a_recusal_holds_between_its_days_and_its_reason_from_the_day_it_was_told(working: Esm) -> None:
    def reasons(day: int) -> list[str]:
        return [each["reason"] for each in told(working, "cadre", "show", "1003", today=on(day))["recusals"]]

    for day, words in ((50, ("--reason", "亲属")), (53, ("--reason", "持股")), (56, ("--end",))):
        assert working("recuse", "1003", FIRMS[0], *words, today=on(day)).code == 0
    expected = {49: [], 50: ["亲属"], 52: ["亲属"], 53: ["持股"], 55: ["持股"], 56: [], 70: []}
    assert {day: reasons(day) for day in expected} == expected
    assert working("recuse", "1003", FIRMS[0], "--reason", "曾任职", today=on(58)).code == 0
    assert working("recuse", "1003", FIRMS[0], "--end", today=on(58)).code == 0
    assert [reasons(day) for day in (55, 58)] == [["持股"], []]
    # One that is told of an earlier day holds until the next that is on record.
    assert working("recuse", "1003", FIRMS[0], "--reason", "股东", today=on(45)).code == 0
    assert [reasons(day) for day in (44, 45, 49, 50)] == [[], ["股东"], ["股东"], ["亲属"]]


def test_what_is_dated_goes_into_a_workbook_and_comes_back(working: Esm, place: Place, tmp_path: Path) -> None:
    for day, words in (
        (50, ("config", "set", "cadence_months_b", "3")), (55, ("config", "set", "cadence_months_b", "4")),
        (52, ("cadre", "edit", "1003", "--capacity", "1")), (53, ("recuse", "1003", FIRMS[0], "--reason", "亲属")),
        (54, ("recuse", "1003", FIRMS[0], "--end")), (54, ("config", "set", "mail_port", "25")),
    ):  # fmt: skip
        assert working(*words, today=on(day)).code == 0
    book, copy = str(tmp_path / "book.xlsx"), tmp_path / "copy.db"
    assert working("export", book, "--with-phones", today=on(60)).code == 0
    again = told(working, "import", book, today=on(60))
    assert (again["added"], again["updated"], again["errors"]) == (0, 0, [])
    assert working("import", book, db=copy, today=on(60)).code == 0
    questions = (*QUESTIONS[:2], ("config", "list"), ("cadre", "list"), ("cadre", "show", "1003"))
    for day in (44, 50, 51, 52, 53, 54, 55, 60):
        there = {" ".join(words): told(working, *words, db=copy, today=on(day)) for words in questions}
        assert there == answers(working, on(day), questions), day


def test_a_row_of_a_file_without_days_holds_from_the_day_of_the_import_on(working: Esm, tmp_path: Path) -> None:
    settings = csv_file(tmp_path, "settings", "key,value", "cadence_months_c,5", "mail_port,25")
    recusals = csv_file(tmp_path, "recusals", "staff_no,uscc,reason", f"1003,{FIRMS[0]},亲属")
    before = answers(working, on(49))
    first = told(working, "import", settings, recusals, today=on(50))
    assert (first["added"], first["errors"]) == (3, [])
    after = {key: answer for key, answer in answers(working, on(49)).items() if key != "config list"}
    assert after == {key: before[key] for key in after}
    again = told(working, "import", settings, recusals, today=on(51))
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, 3)
    values = [told(working, "config", "get", "cadence_months_c", today=on(day))["value"] for day in (49, 50)]
    assert values == [2, 5]
    dated = csv_file(tmp_path, "settings", "key,value,start_on", "mail_port,26,2026-12-01")
    assert told(working, "import", dated, today=on(52))["errors"][0]["cell"] == "C2"
