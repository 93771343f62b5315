"""`esm week`: whom a cadre visits in a week, what to bring, and the page for a phone."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from tests import browser
from tests.conftest import Esm
from tests.rosters import code, told

from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.usecases.reports.week import monday_in_view

PHONE, READABLE = 360, 15  # pixels
MONDAY, SUNDAY = "2026-11-23", "2026-11-29"


@pytest.fixture
def example(districts: dict[str, Path], tmp_path: Path) -> Path:
    """Return a copy of the example district to write in."""
    return Path(shutil.copy(districts["en"], tmp_path / "district.db"))


@pytest.fixture
def overdue(esm: Esm) -> Esm:
    """Return commands on a district with one enterprise, overdue since October, and the cadre 1001 to go there."""
    esm("cadre", "add", "1001", "--name", "尹虚一", today="2026-11-16")
    firm = ("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-08-01")
    assert esm(*firm, today="2026-11-16").code == 0
    assert esm("pair", code(1), "1001", today="2026-11-16").code == 0
    return esm


def visited(esm: Esm, staff_no: str, *words: str) -> list[str]:
    """Return the codes in a cadre's week."""
    return [row["uscc"] for row in told(esm, "week", "--cadre", staff_no, *words)["visits"]]


def first_server(esm: Esm, db: Path) -> tuple[str, str]:
    """Return who goes to the first planned visit of the week, and where."""
    plan = told(esm, "visit", "list", "--planned", "--limit", "1", db=db)[0]
    return plan["staff_no"], plan["uscc"]


def recounted(esm: Esm, db: Path, staff_no: str) -> set[str]:
    """Return the codes that plans and due list have for the cadre's week."""
    planned = told(
        esm, "visit", "list", "--planned", "--cadre", staff_no, "--since", MONDAY, "--until", SUNDAY, db=db
    )  # fmt: skip
    due = told(esm, "due", "--cadre", staff_no, "--within", "6", db=db)
    return {row["uscc"] for row in planned} | {row["uscc"] for row in due if row["state"] != "paused"}


def test_a_week_holds_what_is_planned_due_and_overdue(esm: Esm, districts: dict[str, Path]) -> None:
    db = districts["en"]
    served = {row["staff_no"] for row in told(esm, "due", "--within", "6", db=db) if row["staff_no"]}
    for staff_no in sorted(served)[:12]:
        found = told(esm, "week", "--cadre", staff_no, db=db)
        assert (found["start_on"], found["last_day"], found["staff_no"]) == (MONDAY, SUNDAY, staff_no)
        assert {row["uscc"] for row in found["visits"]} == recounted(esm, db, staff_no) != set()


def test_what_to_bring_is_what_the_brief_says(esm: Esm, example: Path) -> None:
    staff_no, uscc = first_server(esm, example)
    log = ("visit", "log", uscc, "Full", "--channel", "phone", "--promise", "the list", "--until", "2026-12-01")
    assert esm(*log, "--request", "Fitters", "--class", "labour.recruitment", db=example).code == 0
    brief = told(esm, "brief", uscc, db=example)
    expected = [
        (kind, row["on"], row["what"]) for kind in ("promises", "requests", "news", "policies") for row in brief[kind]
    ]  # fmt: skip
    matters = told(esm, "week", "--cadre", staff_no, db=example)["matters"]
    assert [(row["kind"], row["on"], row["what"]) for row in matters if row["uscc"] == uscc] == expected
    assert {"promises", "requests"} <= {kind for kind, _on, _what in expected}


def test_an_agreed_day_and_time_come_first_and_a_deputy_goes_for_another(esm: Esm, example: Path) -> None:
    staff_no, uscc = first_server(esm, example)
    assert esm("visit", "confirm", uscc, "--on", "2026-11-25", "--at", "14:30", db=example).code == 0
    (row, *_others) = [
        row for row in told(esm, "week", "--cadre", staff_no, db=example)["visits"] if row["uscc"] == uscc
    ]
    assert (row["planned_on"], row["starts_at"], row["confirmed"]) == ("2026-11-25", "14:30", True)
    deputy = next(
        each["staff_no"] for each in told(esm, "cadre", "list", db=example)
        if each["staff_no"] != staff_no and each["left_on"] is None
    )  # fmt: skip
    away = ("cadre", "absence", staff_no, "--from", MONDAY, "--until", "2026-12-31", "--deputy", deputy)
    assert esm(*away, db=example).code == 0
    found = [row for row in told(esm, "week", "--cadre", deputy, db=example)["visits"] if row["uscc"] == uscc]
    absent = told(esm, "week", "--cadre", staff_no, db=example)
    folder = example.parent / "weeks"
    assert esm("week", "--all", "-o", str(folder), db=example).code == 0
    assert uscc in (folder / f"{deputy}.html").read_text(encoding="utf-8")
    assert [row["cadre"] for row in found] == [absent["cadre"]]
    assert uscc not in {row["uscc"] for row in absent["visits"]}


def test_who_goes_for_somebody_away_has_the_visit_alone(overdue: Esm) -> None:
    overdue("cadre", "add", "1002", "--name", "尤小满")
    assert visited(overdue, "1001") == [code(1)]
    assert overdue("cadre", "absence", "1001", "--from", MONDAY, "--until", "2026-12-31", "--deputy", "1002").code == 0
    assert (visited(overdue, "1001"), visited(overdue, "1002")) == ([], [code(1)])
    assert "1 visit is made by 尤小满." in overdue("week", "--cadre", "1001").out


@pytest.mark.parametrize("planned_on", ["2026-11-20", "2026-11-27"])
def test_a_plan_that_lapsed_leaves_nobody_out_of_the_week(overdue: Esm, planned_on: str) -> None:
    assert overdue("visit", "plan", code(1), "--on", planned_on, today="2026-11-17").code == 0
    (row,) = told(overdue, "due")
    assert row["planned_on"] == planned_on
    assert visited(overdue, "1001") == [code(1)]
    assert visited(overdue, "1001", "--next") == [code(1)][: planned_on < MONDAY]


def test_next_week_leaves_out_who_is_visited_before_it(esm: Esm, districts: dict[str, Path]) -> None:
    db = districts["en"]
    staff_no, uscc = first_server(esm, db)
    found = told(esm, "week", "--next", "--cadre", staff_no, db=db)
    assert found["start_on"] == "2026-11-30"
    assert uscc not in {row["uscc"] for row in found["visits"]}


@pytest.mark.parametrize(
    ("today", "monday", "after"),
    [("2026-11-23", MONDAY, "2026-11-30"), ("2026-11-27", MONDAY, "2026-11-30"),
     ("2026-11-28", "2026-11-30", "2026-12-07"), ("2026-11-29", "2026-11-30", "2026-12-07"),
     ("2026-10-01", "2026-10-05", "2026-10-12"), ("2026-10-09", "2026-10-05", "2026-10-12")],
)  # fmt: skip
def test_the_week_after_begins_when_no_working_day_is_left(settled: Path, today: str, monday: str, after: str) -> None:
    """Friday is this week, Saturday the next; on National Day the holidays fill the week, and a Saturday is worked."""
    with connection.reading(FilePlace(settled)) as reading:
        day = date.fromisoformat(today)
        assert monday_in_view(reading, day, is_next=False) == date.fromisoformat(monday)
        assert monday_in_view(reading, day, is_next=True) == date.fromisoformat(after)


def test_ones_own_week_is_the_usual_one(esm: Esm, districts: dict[str, Path]) -> None:
    staff_no, _uscc = first_server(esm, districts["en"])
    own = told(esm, "--actor", staff_no, "week", db=districts["en"])
    assert own == told(esm, "--actor", staff_no, "week", "--mine", db=districts["en"])
    assert own["staff_no"] == staff_no
    assert esm("week", db=districts["en"]).code == 3


@pytest.mark.parametrize(
    "words",
    [["--mine", "--cadre", "JP024"], ["--all"], ["--all", "-o", "w.html"], ["--cadre", "JP024", "-o", "folder"],
     ["--all", "--format", "json", "-o", "weeks"]],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert esm("week", *words, db=districts["en"]).code == 2
    assert not (tmp_path / "weeks").exists()


def test_all_weeks_are_a_page_each_or_none(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    db, folder = districts["zh"], tmp_path / "weeks"
    assert esm("week", "--all", "-o", str(folder), db=db).code == 0
    going = {row["staff_no"] for row in told(esm, "due", "--within", "6", db=db) if row["staff_no"]} | {
        row["staff_no"] for row in told(esm, "visit", "list", "--planned", "--until", SUNDAY, db=db)
    }
    assert {file.stem for file in folder.iterdir()} >= going
    one = sorted(folder.iterdir())[0]
    again = tmp_path / "again"
    again.mkdir()
    (again / one.name).write_text("kept", encoding="utf-8")
    assert esm("week", "--all", "-o", str(again), db=db).code == 4
    assert [file.name for file in again.iterdir()] == [one.name]
    assert not re.search(r"1[3-9]\d{9}", one.read_text(encoding="utf-8"))


def test_the_page_is_read_on_a_phone_without_a_network(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    staff_no, uscc = first_server(esm, districts["zh"])
    file = tmp_path / "week.html"
    assert esm("week", "--cadre", staff_no, "-o", str(file), db=districts["zh"], lang="zh").code == 0
    with (
        browser.chromium() as chromium,
        browser.opened(chromium, file, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True) as shown,
    ):
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE
        assert shown.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= READABLE
        assert [card.get_attribute("id") for card in shown.page.query_selector_all("article")][:1] == [uscc]
        assert shown.complaints == []
        assert shown.addresses == [file.as_uri()]
