"""Taking published holiday lists and local rules in, and what becomes of the plans."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content
from tests.conftest import Esm

from esm.domain.values.workdays import NamedDay, Notice, WorkCalendar, statutory_days_off
from esm.errors import InputRefused
from esm.formats.read import holiday_list as read_calendar
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.place import Place
from esm.storage.schedule import workdays as holidays
from esm.usecases.schedule import workdays

NEW_YEAR = date(2027, 1, 1)
HEAD = "日期,类型,名称\n"


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


STATUTORY = """2027-01-01,休,元旦
2027-02-05至2027-02-08,休,春节
2027-04-05,休,清明节
2027-05-01至2027-05-02,休,劳动节
2027-06-09,休,端午节
2027-09-15,休,中秋节
2027-10-01至2027-10-03,休,国庆节
"""


ALL_BUT_NEW_YEAR = ("Spring Festival", "Tomb-sweeping Day", "Dragon Boat Festival", "Mid-autumn Festival", "Labour Day",
                    "National Day")  # fmt: skip


def published(year: int, *named: NamedDay) -> Notice:
    """Return a list that holds the statutory days and some more."""
    days = {on: NamedDay(on, is_worked=False, name="") for on in statutory_days_off(year)}
    return Notice(year, "list", tuple((days | {each.on: each for each in named}).values()))


def csv(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "days.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def faults(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(InputRefused) as refused:
        workdays.parse_notice(read_calendar.read(path))
    return [(problem.cell, str(problem.reason)) for problem in refused.value.problems]


@given(st.integers(2005, 2026))
def test_a_year_given_as_a_list_is_worked_as_the_library_says(reading: Reading, year: int) -> None:
    """Start from a calendar that knows nothing and lay the library's days of one year over it."""
    bare = WorkCalendar(frozenset(), frozenset(), date(year - 1, 12, 31))
    named = [
        NamedDay(on, is_worked=chinese_calendar.is_workday(on), name="")
        for on in days_of(year)
        if on in chinese_calendar.constants.holidays or on in chinese_calendar.constants.workdays
    ]
    laid = bare.with_exceptions(named, {year})
    assert [laid.is_workday(on) for on in days_of(year)] == [chinese_calendar.is_workday(on) for on in days_of(year)]
    assert not laid.is_provisional(date(year, 12, 31))
    assert laid.is_provisional(date(year + 1, 1, 1))


def test_without_days_of_its_own_a_database_has_the_official_calendar(reading: Reading) -> None:
    assert holidays.calendar_in_force(reading) == holidays.official_calendar()


def test_a_list_that_names_new_year_publishes_its_year(writing: Writing) -> None:
    holidays.replace_notice(writing, published(2027))
    calendar = holidays.calendar_in_force(writing)
    assert not calendar.is_workday(NEW_YEAR)
    assert [calendar.is_provisional(date(year, 12, 31)) for year in (2026, 2027, 2028)] == [False, False, True]


def test_a_year_beyond_a_gap_stays_provisional(writing: Writing) -> None:
    holidays.replace_notice(writing, published(2028))
    assert holidays.calendar_in_force(writing).is_provisional(date(2028, 6, 1))
    holidays.replace_notice(writing, published(2027))
    assert not holidays.calendar_in_force(writing).is_provisional(date(2028, 6, 1))


def test_a_local_rule_changes_a_day_and_publishes_no_year(writing: Writing) -> None:
    fair = date(2026, 11, 30)
    holidays.replace_notice(writing, Notice(None, "fair", (NamedDay(fair, is_worked=False, name="展会"),)))
    calendar = holidays.calendar_in_force(writing)
    assert not calendar.is_workday(fair)
    assert calendar.is_provisional(NEW_YEAR)


def test_a_local_rule_outranks_the_list_of_a_year(writing: Writing) -> None:
    day = date(2027, 3, 3)
    holidays.replace_notice(writing, Notice(None, "here", (NamedDay(day, is_worked=True, name="加班"),)))
    holidays.replace_notice(writing, published(2027, NamedDay(day, is_worked=False, name="假")))
    assert holidays.calendar_in_force(writing).is_workday(day)


def test_a_list_replaces_the_earlier_one_of_its_year(writing: Writing) -> None:
    first, second = date(2027, 2, 9), date(2027, 2, 10)
    holidays.replace_notice(writing, published(2027, NamedDay(first, is_worked=False, name="春节")))
    changed = holidays.replace_notice(writing, published(2027, NamedDay(second, is_worked=False, name="春节")))
    assert changed == 2
    calendar = holidays.calendar_in_force(writing)
    assert (calendar.is_workday(first), calendar.is_workday(second)) == (True, False)


def test_the_same_list_twice_changes_nothing(esm: Esm, tmp_path: Path) -> None:
    path = csv(tmp_path, "2027-01-01,休,元旦\n")
    assert esm("calendar", "import", str(path)).code == 0
    assert esm("calendar", "import", str(path)).code == 0
    assert len(json.loads(esm("history", "--format", "json").out)) == 1


def test_the_december_before_may_stand_in_a_list(tmp_path: Path) -> None:
    notice = workdays.parse_notice(read_calendar.read(csv(tmp_path, "2026-12-31,休,元旦\n2027-01-01,休,元旦\n")))
    assert (notice.year, len(notice.days)) == (2027, 2)


def test_json_is_read_as_published(tmp_path: Path) -> None:
    path = tmp_path / "2027.json"
    day = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
    path.write_text(json.dumps({"year": 2027, "papers": [], "days": [day, {**day, "date": "2027-01-09",
                                                                          "isOffDay": False}]}))  # fmt: skip
    notice = workdays.parse_notice(read_calendar.read(path))
    assert [(each.on, each.is_worked) for each in notice.days] == [(NEW_YEAR, False), (date(2027, 1, 9), True)]


def test_a_range_is_all_its_days(tmp_path: Path) -> None:
    notice = workdays.parse_notice(read_calendar.read(csv(tmp_path, "2027-02-05至2027-02-11,休,春节\n")))
    assert (notice.year, len(notice.days), notice.days[-1].on) == (None, 7, date(2027, 2, 11))


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ("2027-02-30,休,春节\n", "2", "date does not exist"),
        ("2027-01-01,休,元旦\n2027-01-01,班,元旦\n", "3", "listed twice"),
        ("2027-02-05至2027-02-11,休,春节\n2027-02-11,班,补\n", "3", "listed twice"),
        ("2027-01-01,调休,元旦\n", "2", "neither off"),
        ("2027-02-11至2027-02-05,休,春节\n", "2", "ends before"),
        (",休,元旦\n", "2", "missing"),
        ("2027-01-01,休,元旦\n2029-05-01,休,劳动节\n", "", "outside the year 2027"),
    ],
)
def test_an_impossible_day_is_refused_with_its_line(tmp_path: Path, lines: str, line: str, reason: str) -> None:
    ((place, why),) = faults(csv(tmp_path, lines))
    assert place == line
    assert reason in why


@pytest.mark.parametrize("text", ["", "[]", '{"year": 2027}', '{"year": "x", "days": []}', '{"days": [1]}', "{" * 9999])
def test_what_is_no_calendar_is_refused(esm: Esm, tmp_path: Path, place: Place, text: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(text)
    before = database_content.digest(place)
    assert esm("calendar", "import", str(file)).code == 5
    assert database_content.digest(place) == before


def test_a_refused_list_changes_nothing(esm: Esm, tmp_path: Path, place: Place) -> None:
    before = database_content.digest(place)
    ran = esm("calendar", "import", str(csv(tmp_path, "2027-01-01,休,元旦\n2027-02-30,休,春节\n")))
    assert (ran.code, database_content.digest(place)) == (5, before)
    assert "3: “2027-02-30”" in ran.err


def test_provisional_plans_are_made_anew_and_the_moved_ones_listed(esm: Esm, tmp_path: Path) -> None:
    roster = tmp_path / "r.csv"
    roster.write_text(
        "uscc,name,above_scale,enrolled_on\n91350100M000100Y43,江畔一号,是,2026-11-11\n", encoding="utf-8"
    )
    people = tmp_path / "c.csv"
    people.write_text("staff_no,name\n1001,尹虚一\n", encoding="utf-8")
    esm("import", str(roster), str(people))
    esm("assign")
    planned = json.loads(esm("schedule", "--format", "json").out)
    assert (planned["visits"][0]["planned_on"], planned["provisional"] > 0) == ("2027-01-04", True)
    taken = esm("calendar", "import", str(csv(tmp_path, f"{STATUTORY}2027-01-04,休,元旦\n")), "--format", "json")
    move, *_later = json.loads(taken.out)["moves"]
    assert (move["planned_on_before"], move["planned_on"], move["reason"]) == ("2027-01-04", "2027-01-05", "no_workday")
    again = json.loads(esm("schedule", "--format", "json").out)
    assert (again["moved"], again["visits"][0]["planned_on"]) == (0, "2027-01-05")
    esm("undo")
    assert json.loads(esm("due", "--within", "90", "--format", "json").out)[0]["planned_on"] == "2027-01-04"


def test_plans_leave_a_published_day_that_a_later_list_or_a_local_rule_takes_off(esm: Esm, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("staff_no,name\n1001,尹虚一\n", encoding="utf-8")
    roster = "uscc,name,above_scale,enrolled_on\n91350100M000100Y43,江畔一号,是,2026-11-01\n"
    (tmp_path / "r.csv").write_text(roster, encoding="utf-8")
    esm("import", str(tmp_path / "r.csv"), str(tmp_path / "c.csv"))
    esm("assign")
    esm("calendar", "import", str(csv(tmp_path, "2027-01-01,休,元旦\n")))
    planned = json.loads(esm("schedule", "--until", "2027-01-31", "--format", "json").out)
    assert (planned["visits"][0]["planned_on"], planned["provisional"]) == ("2026-12-25", 0)
    for listed, day in (("2026-12-25,休,地方\n", "2026-12-24"), ("2026-12-24,休,地方\n", "2026-12-23")):
        taken = esm("calendar", "import", "--local", str(csv(tmp_path, listed)), "--format", "json")
        assert [move["planned_on"] for move in json.loads(taken.out)["moves"]] == [day]
    same = esm("calendar", "import", "--local", str(csv(tmp_path, listed)))
    assert "depends on these days" in same.out + same.err


def test_a_year_is_shown_with_its_working_days(esm: Esm) -> None:
    shown = json.loads(esm("calendar", "show", "2026", "--format", "json").out)
    assert (shown["workdays"], shown["provisional"]) == (248, False)
    assert json.loads(esm("calendar", "show", "2027", "--format", "json").out)["provisional"] is True


def taken(esm: Esm, tmp_path: Path, lines: str, *words: str) -> dict[str, object]:
    """Return what `esm calendar import` answers to a list."""
    answer: dict[str, object] = json.loads(
        esm("calendar", "import", str(csv(tmp_path, lines)), "--format", "json", *words).out
    )
    return answer


def is_shown_as_published(esm: Esm, year: int) -> bool:
    return not json.loads(esm("calendar", "show", str(year), "--format", "json").out)["provisional"]


def test_a_list_of_the_statutory_days_publishes_its_year(esm: Esm, tmp_path: Path) -> None:
    answer = taken(esm, tmp_path, STATUTORY)
    assert (answer["year"], answer["published"]) == (2027, True)
    assert is_shown_as_published(esm, 2027)


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        ("2027-01-01,休,元旦\n", ", ".join(ALL_BUT_NEW_YEAR)),
        (STATUTORY.replace("2027-05-01至2027-05-02", "2027-05-01"), "Labour Day"),
        (STATUTORY.replace("2027-09-15,休", "2027-09-15,班"), "Mid-autumn Festival"),
    ],
)  # fmt: skip
def test_a_list_that_lacks_a_statutory_day_publishes_nothing_and_names_it(
    esm: Esm, tmp_path: Path, lines: str, missing: str
) -> None:
    answer = taken(esm, tmp_path, lines)
    told = f"Provisional: the list is not complete. Statutory holidays missing in whole or in part: {missing}."
    assert (answer["published"], answer["notes"][0]) == (False, told)  # type: ignore[index]
    shown = json.loads(esm("calendar", "show", "2027", "--format", "json").out)
    assert (shown["provisional"], shown["notes"]) == (True, [told])


def test_a_year_after_one_that_is_not_published_waits_for_it(esm: Esm, tmp_path: Path) -> None:
    days = "".join(f"{on},休,x\n" for on in sorted(statutory_days_off(2028)))
    answer = taken(esm, tmp_path, days)
    told = "Provisional: the year counts as published once 2027 is."
    assert (answer["year"], answer["published"], answer["notes"][0]) == (2028, False, told)  # type: ignore[index]
    assert json.loads(esm("calendar", "show", "2028", "--format", "json").out)["notes"] == [told]
    assert taken(esm, tmp_path, STATUTORY)["published"] is True
    assert is_shown_as_published(esm, 2028)


def test_a_year_that_is_not_published_shows_the_statutory_days(esm: Esm) -> None:
    shown = json.loads(esm("calendar", "show", "2027", "--format", "json").out)
    assert (shown["workdays"], len(shown["days"])) == (254, 13)
    assert "795" in shown["days"][0]["source"]
    assert "the statutory days are off" in shown["notes"][0]


def test_a_year_before_the_records_is_not_certain_either(esm: Esm) -> None:
    shown = json.loads(esm("calendar", "show", "1999", "--format", "json").out)
    assert (shown["workdays"], shown["provisional"]) == (261, True)
    assert shown["notes"] == ["No holidays of that year are on record; Monday to Friday is assumed."]


def test_no_visit_is_planned_on_a_statutory_day_of_an_unpublished_year(esm: Esm, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("staff_no,name\n1001,尹虚一\n", encoding="utf-8")
    roster = "uscc,name,above_scale,enrolled_on\n91350100M000100Y43,江畔一号,是,2026-11-08\n"  # ideal: 1 January
    (tmp_path / "r.csv").write_text(roster, encoding="utf-8")
    esm("import", str(tmp_path / "r.csv"), str(tmp_path / "c.csv"))
    esm("assign")
    planned = json.loads(esm("schedule", "--until", "2029-12-31", "--format", "json").out)
    off = {str(on) for year in range(2027, 2031) for on in statutory_days_off(year)}
    days = [visit["planned_on"] for visit in planned["visits"]]
    assert (days[0], off & set(days)) == ("2026-12-31", set())
    assert len(days) > 15
