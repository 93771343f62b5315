"""The deputies of a pairing (B post): named by hand or in a sheet, kept, shown, and barred by a recusal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import database_content
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

from esm.storage.database import connection
from esm.storage.database.place import Place

FIRM = code(1)


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store two enterprises in scope and five cadres, the last of whom has left; 1001 serves the first enterprise."""
    for number in (1, 2):
        words = ["--name", f"江畔{number}号", "--above-scale", "--enrolled-on", "2026-01-01"]
        assert esm("enterprise", "add", code(number), *words).code == 0
    for staff_no, name in (
        ("1001", "尹志恒"), ("1002", "龚雨霞"), ("1003", "尤小满"), ("1004", "荀一虚"), ("1005", "卜二虚"),
    ):  # fmt: skip
        assert esm("cadre", "add", staff_no, "--name", name, "--active-from", "2020-01-01").code == 0
    assert esm("cadre", "leave", "1005", "--on", "2026-11-01").code == 0
    assert esm("pair", FIRM, "1001", "--deputy", "龚雨霞", "--deputy", "1003", today="2026-11-02").code == 0
    return place


def deputies(esm: Esm, uscc: str = FIRM) -> list[list[str]]:
    """Return the deputies of each pairing of an enterprise."""
    rows: list[dict[str, Any]] = told(esm, "enterprise", "show", uscc)["pairings"]
    return [row["deputy_nos"] for row in rows]


def refused(esm: Esm, place: Place, *words: str) -> str:
    """Return what a refused command says; it must change nothing."""
    before = database_content.digest(place)
    ran = esm(*words)
    assert (ran.code, database_content.digest(place)) == (4, before), ran.err
    return ran.err


def test_deputies_are_kept_in_the_order_in_which_they_were_named(esm: Esm, district: Place) -> None:
    assert deputies(esm) == [["1002", "1003"]]
    changed = told(esm, "pair", FIRM, "1001", "--deputy", "1003", "--deputy", "1002", "--deputy", "1003")
    assert (changed["deputy_nos"], changed["deputies"]) == (["1003", "1002"], ["尤小满", "龚雨霞"])
    assert esm("undo").code == 0
    assert deputies(esm) == [["1002", "1003"]]
    assert told(esm, "pair", FIRM, "1001", "--no-deputy")["deputy_nos"] == []
    assert esm("pair", FIRM, "1001", "--deputy", "1002", "--no-deputy").code == 2


def test_deputies_are_shown_with_the_enterprise_the_cadre_and_in_the_brief(esm: Esm, district: Place) -> None:
    assert "龚雨霞, 尤小满" in esm("enterprise", "show", FIRM).out
    (row,) = told(esm, "cadre", "show", "1003")["deputy_in"]
    assert (row["uscc"], row["staff_no"]) == (FIRM, "1001")
    assert told(esm, "cadre", "show", "1001")["deputy_in"] == []
    assert told(esm, "brief", FIRM)["deputies"] == ["龚雨霞", "尤小满"]


def test_who_serves_has_left_or_is_recused_cannot_be_a_deputy(esm: Esm, district: Place) -> None:
    assert "own deputy" in refused(esm, district, "pair", FIRM, "1001", "--deputy", "1001")
    assert "not in post" in refused(esm, district, "pair", FIRM, "1001", "--deputy", "1005")
    assert esm("recuse", "1004", FIRM, "--reason", "亲属").code == 0
    assert "recused from it: 亲属" in refused(esm, district, "pair", FIRM, "1001", "--deputy", "1004")


def test_a_recusal_ends_a_deputyship_and_says_so(esm: Esm, district: Place) -> None:
    ended = told(esm, "recuse", "1002", FIRM, "--reason", "亲属")
    assert (ended["was_deputy"], ended["pairing_ended"]) == (True, False)
    assert deputies(esm) == [["1003"]]
    assert esm("undo").code == 0
    assert deputies(esm) == [["1002", "1003"]]


def test_a_recusal_that_was_lifted_does_not_come_back_over_a_deputy(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1004", FIRM, "--reason", "亲属").code == 0
    assert esm("recuse", "1004", FIRM, "--end").code == 0
    lifted = told(esm, "history")[0]["id"]
    assert esm("pair", FIRM, "1001", "--deputy", "1004").code == 0
    assert "荀一虚 would be a deputy" in refused(esm, district, "undo", str(lifted))


def test_an_enterprise_keeps_its_deputies_when_it_changes_hands(esm: Esm, district: Place) -> None:
    """All but who serves it now; on the day itself the pairing that gave way is taken away with its deputies."""
    assert esm("pair", FIRM, "1002", today="2026-11-10").code == 0
    assert deputies(esm) == [["1002", "1003"], ["1003"]]
    assert esm("pair", FIRM, "1004", today="2026-11-10").code == 0
    assert deputies(esm) == [["1002", "1003"], ["1003"]]
    assert esm("pair", FIRM, "1003", "--deputy", "1001").code == 0
    assert deputies(esm)[-1] == ["1001"]


@pytest.mark.parametrize("words", [["assign"], ["handover", "1001"], ["handover", "1001", "--to", "1002"]])
def test_assign_and_handover_keep_the_deputies_who_still_may_be_any(
    esm: Esm, district: Place, words: list[str]
) -> None:
    if words == ["assign"]:
        assert esm("cadre", "leave", "1001").code == 0
    assert esm("cadre", "leave", "1003").code == 0
    assert esm(*words).code in (0, 1)
    rows = told(esm, "enterprise", "show", FIRM)["pairings"]
    assert rows[-1]["staff_no"] != "1001"
    assert rows[-1]["deputy_nos"] == [number for number in ["1002"] if number != rows[-1]["staff_no"]]


def test_the_handover_sheet_names_the_deputies_who_stay(esm: Esm, district: Place) -> None:
    handed = told(esm, "handover", "1001", "--to", "1003", "--dry-run")["takeovers"]
    assert [row["deputies"] for row in handed] == [["龚雨霞"]]
    assert "龚雨霞" in esm("handover", "1001", "--to", "1003", "--dry-run").out


def test_who_leaves_with_the_handover_is_no_deputy_of_what_moves_with_it(esm: Esm, district: Place) -> None:
    """1001 hands over to 1002, and what 1002 gives up for it goes on without 1001."""
    for number in ("1003", "1004"):
        assert esm("cadre", "edit", number, "--capacity", "0").code == 0
    assert esm("pair", code(2), "1002", "--deputy", "1001", today="2026-11-02").code == 0
    assert esm("cadre", "edit", "1003", "--capacity", "1").code == 0
    assert esm("recuse", "1003", FIRM, "--reason", "亲属").code == 0
    assert esm("handover", "1001").code == 0
    moved = told(esm, "enterprise", "show", code(2))["pairings"][-1]
    assert (moved["staff_no"], moved["deputy_nos"]) == ("1003", [])


def test_a_roster_names_deputies_and_a_blank_cell_keeps_them(esm: Esm, district: Place, tmp_path: Path) -> None:
    header = "统一社会信用代码,工号,开始日期,B角工号"
    sheet = csv_file(
        tmp_path, "pairings", header, f'{FIRM},1001,2026-11-02,"1003、1004"', f"{code(2)},1002,2026-11-02,1001"
    )
    assert told(esm, "import", sheet)["updated"] == 1
    assert (deputies(esm), deputies(esm, code(2))) == ([["1003", "1004"]], [["1001"]])
    again = told(esm, "import", sheet)
    assert (again["added"], again["updated"]) == (0, 0)
    blank = csv_file(tmp_path, "pairings", header, f"{FIRM},1001,2026-11-02,")
    assert told(esm, "import", blank)["updated"] == 0
    assert deputies(esm) == [["1003", "1004"]]


@pytest.mark.parametrize(
    ("staff_no", "deputy", "reason"),
    [
        ("1001", "9999", "not the staff number of another cadre"),
        ("1001", "1002、1001", "not the staff number of another cadre"),
        ("1001", "1004", "recused from this enterprise"),
        ("1002", "", "is a deputy of this pairing"),
    ],
)
def test_a_roster_with_a_deputy_who_cannot_be_one_is_refused(
    esm: Esm, district: Place, staff_no: str, deputy: str, reason: str, tmp_path: Path
) -> None:
    assert esm("recuse", "1004", FIRM, "--reason", "亲属").code == 0
    sheet = csv_file(tmp_path, "pairings", "uscc,staff_no,start_on,副岗", f"{FIRM},{staff_no},2026-11-02,{deputy}")
    ran = esm("import", sheet)
    assert ran.code == 5
    assert reason in ran.out + ran.err
    assert deputies(esm) == [["1002", "1003"]]


def test_a_roster_with_a_recusal_ends_the_deputyship_and_one_who_left_is_named(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    recusals = csv_file(tmp_path, "recusals", "staff_no,uscc,reason", f"1002,{FIRM},亲属")
    ran = esm("import", recusals)
    assert ran.code == 0
    assert "No longer deputies, because they are recused: 龚雨霞 – 江畔1号" in ran.out + ran.err
    assert deputies(esm) == [["1003"]]
    sheet = csv_file(tmp_path, "pairings", "uscc,staff_no,start_on,deputy", f"{FIRM},1001,2026-11-02,1005")
    ran = esm("import", sheet)
    assert "Deputies no longer in post, who will not visit: 1005 卜二虚" in ran.out + ran.err


def test_a_visit_of_a_deputy_is_no_visit_by_a_stranger(esm: Esm, district: Place, tmp_path: Path) -> None:
    note = "not paired with the enterprise"
    assert note not in esm("visit", "log", FIRM, "--met", "Manager", "--on", "2026-11-20", "--cadre", "1003").out
    assert note in esm("visit", "log", FIRM, "--met", "Manager", "--on", "2026-11-19", "--cadre", "1004").out
    for cadre, expected in (("1002", False), ("1004", True)):
        sheet = csv_file(tmp_path, "visits", "uscc,staff_no,done_on", f"{FIRM},{cadre},2026-11-12")
        ran = esm("import", sheet)
        assert ("by a cadre not paired" in ran.out + ran.err) is expected


def test_a_cadre_who_is_a_deputy_is_not_undone(esm: Esm, district: Place) -> None:
    assert esm("cadre", "add", "1006", "--name", "虚").code == 0
    added = told(esm, "history")[0]["id"]
    assert esm("pair", FIRM, "1001", "--deputy", "1006").code == 0
    refused(esm, district, "undo", str(added))


def test_a_pairing_that_is_taken_back_takes_its_deputies_along(esm: Esm, district: Place) -> None:
    assert esm("unpair", FIRM, today="2026-11-02").code == 0
    with connection.reading(district) as reading:
        assert reading.rows("SELECT * FROM pairing_deputy") == []


def test_a_leave_names_the_enterprises_whose_deputy_goes_with_it(esm: Esm, district: Place) -> None:
    note = "Deputy of 江畔1号, only until then"
    assert note in esm("cadre", "leave", "1002", "--dry-run").out
    assert esm("pair", code(2), "1002").code == 0
    assert note in esm("handover", "1002", "--dry-run").out
    assert note not in esm("handover", "1002", "--stay", "--dry-run").out


def test_an_absent_cadre_is_covered_by_the_deputies_of_the_pairing(esm: Esm, district: Place) -> None:
    assert esm("cadre", "absence", "1004", "--from", "2026-11-20", "--until", "2026-12-20").code == 0
    assert "the deputy is 龚雨霞, 尤小满" in esm("pair", FIRM, "1004", "--dry-run").out
    assert "the deputy is 龚雨霞, 尤小满" in esm("handover", "1001", "--to", "1004", "--dry-run").out
    assert "has no deputy" in esm("pair", FIRM, "1004", "--no-deputy", "--dry-run").out
