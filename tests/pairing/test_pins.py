"""Pins against capacities: whatever leads to more pins than places is refused by name and changes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import database_content
from tests.conftest import HEADER, TODAY, Esm
from tests.rosters import code, csv_file, told

from esm.domain.pairing import pin_excess as pin
from esm.domain.pairing.pin_excess import Pin
from esm.storage.database import connection
from esm.storage.database.place import Place
from esm.storage.register import cadres

BEGUN = date(2026, 1, 1)


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store three enterprises in scope and two cadres of the default capacity, one; nobody is paired."""
    for number in (1, 2, 3):
        words = ["--name", f"江畔{number}号", "--above-scale", "--enrolled-on", "2026-01-01"]
        assert esm("enterprise", "add", code(number), *words).code == 0
    for staff_no, name in (("1001", "尹志恒"), ("1002", "龚雨霞")):
        assert esm("cadre", "add", staff_no, "--name", name).code == 0
    return place


@pytest.fixture
def two_pins(esm: Esm, district: Place) -> Place:
    """Let 1001 have two places and two pins."""
    assert esm("cadre", "edit", "1001", "--capacity", "2").code == 0
    for number in (1, 2):
        assert esm("pair", code(number), "1001", "--pin").code == 0
    return district


def pinned(*pairs: tuple[int, str], start: str = "2026-11-01") -> list[str]:
    """Return the lines of a roster of pinned pairings."""
    return ["uscc,staff_no,start_on,pinned", *(f"{code(number)},{staff_no},{start},yes" for number, staff_no in pairs)]


def refused(esm: Esm, place: Place, *words: str, exit_code: int = 4) -> str:
    """Return what a refused command says; it must change nothing."""
    before = database_content.digest(place)
    ran = esm(*words)
    assert (ran.code, database_content.digest(place)) == (exit_code, before), ran.err
    return ran.err


stretch = st.tuples(st.integers(0, 12), st.integers(1, 12)).map(lambda days: (days[0], sum(days)))


@given(st.lists(stretch, max_size=7), st.integers(0, 4))
def test_the_excess_is_that_of_the_day_with_the_most_pins(stretches: list[tuple[int, int]], capacity: int) -> None:
    days = [BEGUN + timedelta(number) for number in range(25)]
    pins = [
        Pin(number, "1001", "尹志恒", capacity, code(number), "", days[first], days[first], days[last])
        for number, (first, last) in enumerate(stretches)
    ]
    most = max(sum(first <= day < last for first, last in stretches) for day in range(25))
    found = pin.excesses(pins)
    assert {staff_no: excess.beyond for staff_no, excess in found.items()} == (
        {"1001": most - capacity} if most > capacity else {}
    )


def test_a_roster_with_more_pins_than_places_is_refused_at_the_pin_beyond(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    roster = csv_file(tmp_path, "pairings", *pinned((1, "1001"), (3, "1002"), (2, "1001")))
    said = refused(esm, district, "import", roster, exit_code=5)
    assert all(word in said for word in ("B4", "尹志恒", "2", "江畔1号", "江畔2号", "raise the capacity of 1001 to 2"))
    assert "B2" not in said
    assert "B3" not in said


def test_the_pins_that_have_places_are_taken_when_the_bad_rows_are_skipped(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    roster = csv_file(tmp_path, "pairings", *pinned((1, "1001"), (3, "1002"), (2, "1001")))
    answer = told(esm, "import", roster, "--skip-bad")
    assert (answer["added"], answer["rejected"]) == (2, 1)
    assert told(esm, "enterprise", "show", code(2))["pairings"] == []
    assert told(esm, "assign", "--dry-run")["kept"] == 2


def test_a_capacity_that_the_same_roster_raises_makes_the_room(esm: Esm, district: Place, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "pairings", *pinned((1, "1001"), (2, "1001")))
    people = csv_file(tmp_path, "cadres", "staff_no,name,capacity", "1001,尹志恒,2")
    assert esm("import", people, roster).code == 0


def test_pins_one_after_the_other_take_one_place(esm: Esm, district: Place, tmp_path: Path) -> None:
    lines = ["uscc,staff_no,start_on,end_on,pinned", f"{code(1)},1001,2026-11-01,2026-12-01,yes"]
    first = csv_file(tmp_path, "first", *lines, f"{code(2)},1001,2026-12-01,,yes")
    assert esm("import", first).code == 0
    second = csv_file(tmp_path, "second", *lines[:1], f"{code(3)},1001,2027-01-01,,yes")
    assert "江畔2号, 江畔3号" in refused(esm, district, "import", second, exit_code=5)


@pytest.mark.parametrize(
    ("name", "lines", "cell"),
    [
        ("cadres", ["staff_no,name,capacity", "1001,尹志恒,1"], "C2"),
        ("pairings", [*pinned((3, "1001"), start=TODAY)], "B2"),
        ("settings", ["key,value", "default_capacity,0"], "B2"),
    ],
)
def test_a_roster_that_leaves_pins_on_record_without_a_place_is_refused(
    esm: Esm, two_pins: Place, name: str, lines: list[str], cell: str, tmp_path: Path
) -> None:
    if name == "settings":
        assert esm("pair", code(3), "1002", "--pin").code == 0
    roster = csv_file(tmp_path, name, *lines)
    assert cell in refused(esm, two_pins, "import", roster, exit_code=5)


def test_an_import_of_which_every_new_row_is_refused_leaves_no_operation(
    esm: Esm, two_pins: Place, tmp_path: Path
) -> None:
    roster = csv_file(tmp_path, "pairings", *pinned((3, "1001"), start=TODAY))
    before = told(esm, "history")
    assert esm("import", roster, "--skip-bad").code == 1
    assert told(esm, "history") == before


def test_a_fault_that_no_row_can_be_left_out_for_is_not_skipped(esm: Esm, two_pins: Place, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "cadres", "staff_no,name,capacity", "1001,尹志恒,1", "1009,席宁,1")
    assert "江畔1号" in refused(esm, two_pins, "import", roster, "--skip-bad", exit_code=5)


def test_two_pins_of_one_enterprise_are_refused_as_such(esm: Esm, district: Place, tmp_path: Path) -> None:
    at_once = csv_file(tmp_path, "once", *pinned((1, "1001"), (1, "1002")))
    later = csv_file(tmp_path, "later", *pinned((1, "1001")), f"{code(1)},1002,2026-11-09,yes")
    for roster in (at_once, later):
        said = refused(esm, district, "import", roster, exit_code=5)
        assert "is pinned to 1002 here and to 1001 in row 2" in said
    assert esm("pair", code(1), "1001", "--pin", today="2026-10-01").code == 0
    roster = csv_file(tmp_path, "new", *pinned((1, "1002")))
    assert "overlaps the pinned pairing that started on 2026-10-01" in refused(
        esm, district, "import", roster, exit_code=5
    )


def test_a_capacity_below_the_pins_is_refused_with_their_names(esm: Esm, two_pins: Place) -> None:
    said = refused(esm, two_pins, "cadre", "edit", "1001", "--capacity", "1")
    assert all(word in said for word in ("1001 尹志恒", "江畔1号, 江畔2号", f"esm pair {code(2)} 1001 --no-pin"))
    assert esm("pair", code(2), "1001", "--no-pin").code == 0
    assert esm("cadre", "edit", "1001", "--capacity", "1").code == 0


def test_a_default_capacity_below_the_pins_is_refused_with_their_names(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", "--pin").code == 0
    assert esm("pair", code(2), "1002", "--pin").code == 0
    said = refused(esm, district, "config", "set", "default_capacity", "0")
    assert all(word in said for word in ("1001 尹志恒", "江畔1号", "1002 龚雨霞"))


def test_an_undo_that_takes_the_place_of_a_pin_is_refused_with_their_names(esm: Esm, two_pins: Place) -> None:
    (raised,) = [row for row in told(esm, "history") if "--capacity" in row["command"]]
    said = refused(esm, two_pins, "undo", str(raised["id"]))
    assert all(word in said for word in ("1001 尹志恒", "江畔1号, 江畔2号"))
    for _ in range(3):  # the last first: each leaves what was there before
        assert esm("undo").code == 0


def test_an_undo_that_brings_a_recusal_back_under_a_pin_is_refused(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1001", code(1), "--reason", "亲属").code == 0
    assert esm("recuse", "1001", code(1), "--end").code == 0
    ended = told(esm, "history")[0]["id"]
    assert esm("pair", code(1), "1001", "--pin").code == 0
    assert f"esm unpair {code(1)}" in refused(esm, district, "undo", str(ended))
    assert esm("unpair", code(1)).code == 0
    assert esm("undo", str(ended)).code == 0


def test_an_excess_from_before_hinders_nothing_else_and_may_only_get_less(esm: Esm, two_pins: Place) -> None:
    assert esm("cadre", "edit", "1001", "--capacity", "3").code == 0
    assert esm("pair", code(3), "1001", "--pin").code == 0
    with connection.writing(two_pins, HEADER) as writing:  # as a database of an earlier release may be
        cadres.edit(writing, cadres.load(writing)["1001"], {"capacity": 1}, date.fromisoformat(TODAY))
    assert esm("cadre", "edit", "1001", "--rank", "2").code == 0
    assert esm("undo").code == 0
    assert esm("cadre", "edit", "1001", "--capacity", "2").code == 0
    assert "3 pinned enterprises" in refused(esm, two_pins, "cadre", "edit", "1001", "--capacity", "1")


def test_a_pairing_beyond_the_capacity_cannot_be_pinned(esm: Esm, two_pins: Place) -> None:
    assert esm("pair", code(2), "1001", "--no-pin").code == 0
    assert esm("cadre", "edit", "1001", "--capacity", "1").code == 0
    assert "江畔1号, 江畔2号" in refused(esm, two_pins, "pair", code(2), "1001", "--pin")


def test_an_enterprise_does_not_enter_scope_on_a_pin_without_a_place(esm: Esm, district: Place, tmp_path: Path) -> None:
    assert esm("enterprise", "edit", code(2), "--below-scale").code == 0
    assert esm("import", csv_file(tmp_path, "pins", *pinned((1, "1001"), (2, "1001")))).code == 0
    assert "江畔1号, 江畔2号" in refused(esm, district, "enterprise", "edit", code(2), "--above-scale")


def test_a_roster_that_pairs_with_a_cadre_out_of_post_is_told_by_name(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    assert esm("cadre", "leave", "1002", "--on", "2026-11-02").code == 0
    roster = csv_file(tmp_path, "pairings", *pinned((1, "1001"), (2, "1002"), start="2026-11-02"))
    assert "1002 龚雨霞" in str(told(esm, "import", roster)["notes"])
