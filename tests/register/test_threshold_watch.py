"""The above-scale watch: which list an enterprise stands in, and what `esm scale` shows of it."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.conftest import HEADER, Esm
from tests.district import code

from esm.domain.register import above_scale_thresholds
from esm.domain.register.enterprise_record import Enterprise
from esm.domain.register.entry_window import Route
from esm.domain.register.threshold_watch import (
    LIST_KINDS,
    ListKind,
    RegisterEntry,
    WatchedEnterprise,
    list_kinds,
    watch_lists,
)
from esm.storage.database import connection, settings
from esm.storage.database.connection import Writing
from esm.storage.database.place import Place
from esm.storage.register import enterprises, threshold_watch
from esm.usecases.register import threshold_watch as watching

TODAY = date(2026, 11, 24)
JANUARY = date(2026, 1, 1)


def listed(
    word: RegisterEntry, industry: str | None, revenue: str | None = None, *, qualified: bool | None = None,
    employees: int | None = None, on: date = TODAY,
) -> set[ListKind]:  # fmt: skip
    amount = None if revenue is None else Decimal(revenue)
    watched = WatchedEnterprise(code(1), "江畔一号有限公司", None, industry, amount, employees, qualified, word, None)
    found = above_scale_thresholds.prediction(industry, revenue=amount, employees=employees, qualified=qualified, on=on)
    return set(list_kinds(watched, found, 10))


@pytest.mark.parametrize(
    ("word", "revenue", "expected"),
    [
        ("registered", "1999.99", {"below_line"}),
        ("registered", "2000", {"at_risk"}),
        ("registered", "2199.99", {"at_risk"}),
        ("registered", "2200", set()),
        ("not_registered", "2000", {"not_registered"}),
        ("silent", "90000", {"not_registered"}),
        ("not_registered", "1999.99", {"nursery"}),
        ("silent", "1800", {"nursery"}),
        ("not_registered", "1799.99", set()),
        ("registered", None, {"unchecked"}),
        ("not_registered", None, {"unchecked"}),
        ("silent", None, {"undecidable"}),
    ],
)
def test_the_register_is_held_against_the_line(
    word: RegisterEntry, revenue: str | None, expected: set[ListKind]
) -> None:
    assert listed(word, "C3983", revenue) == expected


@pytest.mark.parametrize(
    ("word", "industry", "qualified", "expected"),
    [
        ("registered", "4710", True, {"no_line"}),
        ("registered", "4710", False, {"no_line", "below_line"}),
        ("silent", "4710", True, {"no_line", "not_registered"}),
        ("silent", "4710", None, {"no_line", "undecidable"}),
        ("registered", "4710", None, {"no_line", "unchecked"}),
        ("registered", "7010", None, {"no_line"}),
        ("not_registered", "7010", None, {"no_line", "not_registered"}),
        ("registered", "6621", None, {"no_line"}),
    ],
)
def test_without_a_line_the_qualification_or_the_activity_decides_whatever_the_revenue(
    word: RegisterEntry, industry: str, qualified: bool | None, expected: set[ListKind]
) -> None:
    for revenue in (None, "1", "1990", "90000"):
        assert listed(word, industry, revenue, qualified=qualified) == expected


@pytest.mark.parametrize(
    ("entry", "industry", "revenue", "kind", "route"),
    [
        ("not_registered", "C3983", "2000", "not_registered", Route.ANNUAL),
        ("not_registered", "C3983", "1900", "nursery", Route.ANNUAL),
        ("not_registered", "7010", None, "not_registered", Route.ALL_YEAR),
        ("not_registered", "7010", None, "no_line", None),
        ("registered", "C3983", "1900", "below_line", None),
        ("registered", "C3983", "2100", "at_risk", None),
        ("registered", "C3983", None, "unchecked", None),
    ],
)
def test_only_who_may_enter_is_told_the_way_into_the_register(
    entry: str, industry: str, revenue: str | None, kind: ListKind, route: Route | None
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    watched = WatchedEnterprise(
        code(1), "江畔一号有限公司", None, industry, amount, None, None, RegisterEntry(entry), None
    )
    found = watch_lists([watched], TODAY, nursery_percent=10, windows={}).lists[kind]
    assert [position.route for position in found] == [route]


def test_who_is_above_by_its_people_is_not_at_risk_for_its_revenue() -> None:
    for revenue in ("10", None):
        assert listed(RegisterEntry.REGISTERED, "I6513", revenue, employees=50, on=date(2019, 6, 1)) == set()


@given(
    word=st.sampled_from(["registered", "not_registered", "silent"]),
    industry=st.sampled_from([None, "F", "C39", "4710", "5211", "6110", "7010", "0111"]),
    revenue=st.none() | st.sampled_from(["0", "180", "450", "500", "549", "1800", "2000", "2199", "9000"]),
    qualified=st.sampled_from([None, True, False]),
)
def test_nobody_stands_in_two_lists_that_contradict_each_other(
    word: RegisterEntry, industry: str | None, revenue: str | None, qualified: bool | None
) -> None:
    found = listed(word, industry, revenue, qualified=qualified)
    assert len(found - {"no_line"}) <= 1
    assert not found & {"below_line", "at_risk"} or word == "registered"
    assert not found & {"not_registered", "nursery"} or word != "registered"


def add(writing: Writing, number: int, **values: Any) -> None:
    words: dict[str, Any] = {"uscc": code(number), "name": f"江畔{number}号有限公司", "industry_code": "C3983"}
    enterprises.add(writing, [Enterprise(**(words | values))], JANUARY)


def words_of(writing: Writing, on: date) -> dict[str, tuple[str, date | None]]:
    return {each.uscc: (each.register, each.enters_on) for each in threshold_watch.watched_enterprises(writing, on)}


def test_the_register_speaks_for_the_day_asked_about(writing: Writing) -> None:
    entered, left = date(2026, 5, 1), date(2026, 9, 1)
    add(writing, 1, above_scale=True, enrolled_on=entered, exited_on=left)
    assert words_of(writing, date(2026, 4, 30)) == {code(1): ("not_registered", entered)}
    assert words_of(writing, entered) == {code(1): ("registered", None)}
    assert words_of(writing, left) == {}


def test_a_predicted_enterprise_is_in_scope_but_not_on_the_register(writing: Writing) -> None:
    add(writing, 1, revenue=Decimal(2000))
    add(writing, 2, above_scale=False, revenue=Decimal(2000))
    assert words_of(writing, TODAY) == {code(1): ("silent", None), code(2): ("not_registered", None)}


def test_the_percent_of_the_nursery_is_a_setting(writing: Writing) -> None:
    add(writing, 1, revenue=Decimal(1000))
    assert watching.current_watch(writing, TODAY).lists[ListKind.NURSERY] == ()
    settings.store(writing, "nursery_percent", "50", TODAY)
    assert [each.watched.uscc for each in watching.current_watch(writing, TODAY).lists[ListKind.NURSERY]] == [code(1)]


@pytest.fixture
def watched(place: Place) -> None:
    """Fill the database with one enterprise of each kind."""
    with connection.writing(place, HEADER) as writing:
        add(writing, 1, above_scale=False, revenue=Decimal("2345.67"), subdistrict="城东")
        add(writing, 2, above_scale=True, revenue=Decimal(7), subdistrict="城东")
        add(writing, 3, revenue=Decimal(1900), subdistrict="城西")
        add(writing, 4, above_scale=True, revenue=Decimal(2100), subdistrict="城西")
        add(writing, 5)
        add(writing, 6, industry_code="4710", qualified=True, above_scale=False)
        add(writing, 7, above_scale=True)


@pytest.mark.usefixtures("watched")
def test_scripts_find_each_list_under_its_key(esm: Esm) -> None:
    found = json.loads(esm("scale", "--format", "json", today=str(TODAY)).out)
    assert (found["enterprises"], found["registered"], found["in_order"]) == (7, 3, 0)
    assert {kind: [row["uscc"] for row in found[kind]] for kind in LIST_KINDS} == {
        "not_registered": [code(1), code(6)], "below_line": [code(2)], "nursery": [code(3)], "at_risk": [code(4)],
        "undecidable": [code(5)], "unchecked": [code(7)], "no_line": [code(6)],
    }  # fmt: skip
    assert found["undecidable"][0]["missing"] == "revenue"
    assert [(row["route"], row["open"], row["days_left"]) for row in found["windows"]] == [
        ("annual", True, 36), ("monthly", False, None), ("all_year", False, None),
    ]  # fmt: skip
    routes = [(row["route"], row["closes_on"], row["days_left"]) for row in found["not_registered"]]
    assert routes == [("annual", "2026-12-30", 36), ("all_year", "2026-12-07", None)]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
def test_no_figure_is_shown_unless_it_is_asked_for(esm: Esm, format: str) -> None:
    for words in ([], ["--list", "not_registered"]):
        shown = esm("scale", *words, "--format", format)
        assert shown.code == 0
        assert "2345" not in shown.out
        assert "2345.67" in esm("scale", *words, "--exact", "--format", format).out


@pytest.mark.usefixtures("watched")
def test_a_workbook_holds_the_band_and_the_figure_only_when_it_is_asked_for(esm: Esm, tmp_path: Path) -> None:
    for name, words in {"bands": [], "figures": ["--exact"]}.items():
        assert esm("scale", "--list", "not_registered", *words, "-o", str(tmp_path / f"{name}.xlsx")).code == 0
    bands, figures = (load_workbook(tmp_path / f"{name}.xlsx").worksheets[0] for name in ("bands", "figures"))
    shown = [{cell for row in sheet.iter_rows(values_only=True) for cell in row} for sheet in (bands, figures)]
    assert ["2000–5000" in each for each in shown] == [True, True]
    assert [2345.67 in each for each in shown] == [False, True]


@pytest.mark.usefixtures("watched")
def test_one_list_is_an_array_with_the_band_and_without_the_figure(esm: Esm) -> None:
    (row,) = json.loads(esm("scale", "--list", "below_line", "--format", "json").out)
    assert (row["uscc"], row["register"], row["line"], row["measure"]) == (
        code(2), "registered", 2000, "main_business_revenue",
    )  # fmt: skip
    assert (row["revenue_band"], "revenue" in row) == ("<200", False)


@pytest.mark.usefixtures("watched")
def test_a_subdistrict_narrows_the_lists_and_the_counts(esm: Esm) -> None:
    found = json.loads(esm("scale", "--subdistrict", "城西", "--format", "json").out)
    assert (found["enterprises"], found["registered"]) == (2, 1)
    assert [row["uscc"] for row in found["nursery"]] == [code(3)]
    assert found["not_registered"] == []


@pytest.mark.usefixtures("watched")
def test_a_subdistrict_that_no_roster_knows_is_not_found(esm: Esm) -> None:
    assert esm("scale", "--subdistrict", "城北").code == 3


def test_a_long_list_is_cut_in_the_table_and_whole_where_it_is_asked_for(esm: Esm, place: Place) -> None:
    with connection.writing(place, HEADER) as writing:
        for number in range(25):
            add(writing, number, above_scale=True)
    assert "5 more: `esm scale --list unchecked`." in esm("scale").out
    assert esm("scale").out.count("有限公司") == 20
    assert esm("scale", "--list", "unchecked").out.count("有限公司") == 25


def test_an_empty_database_has_windows_and_no_lists(esm: Esm) -> None:
    shown = esm("scale")
    assert shown.code == 0
    assert "Enterprises watched                            0" in shown.out
    assert "There was nothing to look at: no enterprise is on record." in esm("scale", "--list", "nursery").out


def test_an_unknown_list_is_wrong_usage(esm: Esm) -> None:
    assert esm("scale", "--list", "below").code == 2
