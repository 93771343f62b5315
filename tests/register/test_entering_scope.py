"""An enterprise that enters scope in mid-year is unserved from that day on, and `esm check` says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HEADER, Esm
from tests.rosters import code, csv_file, told

from esm.domain.register.cadres import Cadre
from esm.domain.register.enterprise_record import Enterprise
from esm.storage.database import connection
from esm.storage.database.connection import Writing
from esm.storage.database.place import Place
from esm.storage.pairing import pairings
from esm.storage.register import cadres, enterprises
from esm.usecases.reports import check

JANUARY, MAY, JULY, SEPTEMBER = (date(2026, month, 1) for month in (1, 5, 7, 9))
DAY = timedelta(days=1)


@contextmanager
def on(place: Place, day: date) -> Iterator[Writing]:
    """Open one day's writing transaction."""
    with connection.writing(place, replace(HEADER, today=day.isoformat())) as writing:
        yield writing


def add(place: Place, **values: Any) -> None:
    words: dict[str, Any] = {"uscc": code(1), "name": "江畔一号有限公司", "industry_code": "C3983"}
    with on(place, JANUARY) as writing:
        enterprises.add(writing, [Enterprise(**words | values)], JANUARY)


def edit(place: Place, day: date, **values: Any) -> None:
    with on(place, day) as writing:
        enterprises.edit(writing, enterprises.load(writing, [code(1)])[code(1)], values, day)


def serve(place: Place, day: date) -> None:
    with on(place, day) as writing:
        cadres.add(writing, [Cadre(staff_no="1001", name="虚构甲")])
        pairings.begin(writing, [pairings.NewPairing(enterprise_id=1, cadre_id=1, start_on=day)])


def unserved(place: Place, day: date) -> bool:
    with connection.reading(place) as reading:
        return "unserved" in {finding.kind for finding in check.findings(reading, day)}


def unserved_from(place: Place, day: date) -> bool:
    """Return whether the enterprise is unserved on this day and the next year, and was not the day before."""
    days = (day - DAY, day, day + DAY, day + timedelta(days=365))
    return [unserved(place, each) for each in days] == [False, True, True, True]


@pytest.mark.parametrize(
    ("before", "news"),
    [
        ({"above_scale": False}, {"above_scale": True}),
        ({"above_scale": None, "revenue": Decimal(1999)}, {"revenue": Decimal(2000)}),
        ({"above_scale": None, "revenue": None}, {"revenue": Decimal(2000)}),
        ({"above_scale": None, "industry_code": None, "revenue": Decimal(600)}, {"industry_code": "5211"}),
        ({"above_scale": None, "industry_code": "4710"}, {"qualified": True}),
    ],
    ids=["register", "revenue", "revenue told", "industry told", "qualification"],
)
def test_whatever_brings_it_over_the_line_it_is_unserved_from_that_day(
    place: Place, before: dict[str, Any], news: dict[str, Any]
) -> None:
    add(place, **before)
    assert not unserved(place, MAY)
    edit(place, MAY, **news)
    assert unserved_from(place, MAY)


def test_the_day_of_entry_that_the_register_tells_goes_before_the_day_of_the_news(place: Place) -> None:
    add(place, above_scale=False)
    edit(place, JULY, above_scale=True, enrolled_on=MAY)
    assert unserved_from(place, MAY)


def test_a_cadre_ends_it_from_the_day_of_the_pairing(place: Place) -> None:
    add(place, above_scale=True, enrolled_on=MAY)
    serve(place, JULY)
    assert [unserved(place, day) for day in (MAY - DAY, MAY, JULY - DAY, JULY)] == [False, True, True, False]


def test_after_a_reentry_it_is_unserved_anew_though_it_had_a_cadre_before(esm: Esm, place: Place) -> None:
    add(place, above_scale=True)
    serve(place, JANUARY)
    assert esm("enterprise", "exit", code(1), "--on", str(MAY), today=str(MAY)).code == 0
    assert [unserved(place, day) for day in (MAY - DAY, MAY, JULY)] == [False, False, False]
    assert esm("enterprise", "edit", code(1), "--enrolled-on", str(JULY), today=str(SEPTEMBER)).code == 0
    assert unserved_from(place, JULY)


def test_a_roster_that_brings_it_over_the_line_makes_check_say_so(esm: Esm, tmp_path: Path) -> None:
    def roster(revenue: int) -> str:
        return csv_file(
            tmp_path, "enterprises", "uscc,name,industry_code,revenue", f"{code(1)},江畔一号有限公司,C3983,{revenue}"
        )

    assert esm("import", roster(1999), today=str(JANUARY)).code == 0
    assert told(esm, "check", today=str(MAY)) == []
    assert esm("import", roster(2001), today=str(MAY)).code == 0
    found = {each["kind"] for each in told(esm, "check", today=str(MAY))}
    assert found == {"unserved", "never_visited", "predicted_above_scale"}
    assert "unserved" not in {each["kind"] for each in told(esm, "check", today=str(MAY - DAY))}
