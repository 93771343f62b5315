"""`esm pair`, `esm unpair` and `esm recuse`: the hard rules bind people too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import database_content
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

from esm.storage.database import connection
from esm.storage.database.place import Place

DAY = "2026-11-23"


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store two enterprises in scope, one that is not, and three cadres: the last one has left."""
    for number in (1, 2):
        words = ["--name", f"江畔{number}号", "--above-scale", "--enrolled-on", "2026-01-01"]
        assert esm("enterprise", "add", code(number), *words).code == 0
    assert esm("enterprise", "add", code(3), "--name", "江畔3号", "--below-scale").code == 0
    for staff_no, name in (("1001", "尹志恒"), ("1002", "龚雨霞"), ("1003", "尤小满")):
        assert esm("cadre", "add", staff_no, "--name", name).code == 0
    assert esm("cadre", "leave", "1003", "--on", "2026-11-01").code == 0
    return place


def pairings(esm: Esm, number: int) -> list[tuple[str, str, str | None, bool]]:
    """Return cadre, first day, end and pin of an enterprise's pairings."""
    rows: list[dict[str, Any]] = told(esm, "enterprise", "show", code(number))["pairings"]
    return [(row["staff_no"], row["start_on"], row["end_on"], row["pinned"]) for row in rows]


def refused(esm: Esm, place: Place, *words: str) -> str:
    """Return what a refused command says; it must change nothing."""
    before = database_content.digest(place)
    ran = esm(*words)
    assert (ran.code, database_content.digest(place)) == (4, before), ran.err
    return ran.err


def test_a_pairing_by_hand_replaces_the_one_of_today_on_the_same_day(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", today="2026-11-01").code == 0
    made = told(esm, "pair", code(1), "1002", "--pin", "--reason", "熟悉情况")
    assert (made["staff_no"], made["previous"], made["pinned"], made["start_on"]) == ("1002", "1001 尹志恒", True, DAY)
    assert pairings(esm, 1) == [("1001", "2026-11-01", DAY, False), ("1002", DAY, None, True)]


def test_the_reason_of_a_pairing_by_hand_is_kept_with_it(esm: Esm, district: Place) -> None:
    import json

    assert esm("pair", code(1), "1001", "--reason", "熟悉情况").code == 0
    with connection.reading(district) as reading:
        why = json.loads(reading.value("SELECT why FROM pairing"))
    assert (why["by_hand"], why["reason"], why["change"]) == (True, "熟悉情况", "new")


def test_assign_keeps_what_was_pinned_by_hand(esm: Esm, district: Place) -> None:
    assert esm("cadre", "edit", "1002", "--rank", "5", "--subdistrict", "甲街道").code == 0
    assert esm("pair", code(2), "1001", "--pin").code == 0
    assert esm("assign").code == 0
    assert [row[0] for row in pairings(esm, 2)] == ["1001"]
    assert [row[0] for row in pairings(esm, 1)] == ["1002"]


def test_only_the_pin_changes_where_the_two_are_paired_already(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", today="2026-11-01").code == 0
    assert "since 2026-11-01" in refused(esm, district, "pair", code(1), "1001")
    assert esm("pair", code(1), "1001", "--pin").code == 0
    assert pairings(esm, 1) == [("1001", "2026-11-01", None, True)]
    assert esm("pair", code(1), "1001", "--no-pin").code == 0
    assert pairings(esm, 1) == [("1001", "2026-11-01", None, False)]


def test_a_full_cadre_is_refused_with_the_way_out(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001").code == 0
    assert "esm cadre edit 1001 --capacity 2" in refused(esm, district, "pair", code(2), "1001")
    assert esm("cadre", "edit", "1001", "--capacity", "2").code == 0
    assert esm("pair", code(2), "1001").code == 0


@pytest.mark.parametrize(
    ("enterprise", "cadre", "said"), [(3, "1001", "not in scope"), (1, "1003", "not in post on 2026-11-23")]
)
def test_out_of_scope_and_out_of_post_is_refused(
    esm: Esm, district: Place, enterprise: int, cadre: str, said: str
) -> None:
    assert said in refused(esm, district, "pair", code(enterprise), cadre)


def test_an_enterprise_pinned_to_one_cadre_is_not_pinned_to_another(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", "--pin").code == 0
    assert f"esm unpair {code(1)}" in refused(esm, district, "pair", code(1), "1002", "--pin")


def test_a_recused_cadre_is_refused_until_the_recusal_ends(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1001", code(1), "--reason", "配偶持股", "--kind", "relative").code == 0
    assert f"esm recuse 1001 {code(1)} --end" in refused(esm, district, "pair", code(1), "1001", "--pin")
    assert esm("recuse", "1001", code(1), "--end").code == 0
    assert esm("pair", code(1), "1001").code == 0
    assert told(esm, "cadre", "show", "1001")["recusals"] == []


def test_a_pairing_before_a_later_one_began_is_refused(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001").code == 0
    ran = esm("pair", code(1), "1002", today="2026-11-20")
    assert ran.code == 4
    assert "2026-11-23" in ran.err


def test_unpairing_ends_the_pairing_today_pinned_or_not(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", "--pin", today="2026-11-01").code == 0
    assert told(esm, "unpair", code(1))["end_on"] == DAY
    assert pairings(esm, 1) == [("1001", "2026-11-01", DAY, True)]
    assert "has no cadre" in refused(esm, district, "unpair", code(1))


def test_a_dry_run_says_the_same_and_writes_nothing(esm: Esm, district: Place) -> None:
    before = database_content.digest(district)
    dry = told(esm, "pair", code(1), "1001", "--dry-run")
    assert database_content.digest(district) == before
    assert told(esm, "pair", code(1), "1001") == dry


def test_a_recusal_ends_the_pairing_at_once_and_proposes_who_has_room(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001", "--pin", today="2026-11-01").code == 0
    told_of = told(esm, "recuse", "1001", code(1), "--reason", "曾任职", "--kind", "former_employer")
    assert (told_of["pairing_ended"], told_of["successor_no"]) == (True, "1002")
    assert pairings(esm, 1) == [("1001", "2026-11-01", DAY, True)]
    (recusal,) = told(esm, "enterprise", "show", code(1))["recusals"]
    assert (recusal["kind"], recusal["reason"]) == ("former_employer", "曾任职")


def test_a_recusal_takes_a_pairing_to_come_away(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001").code == 0
    assert esm("handover", "1001", "--on", "2026-12-01", "--to", "1002").code == 0
    said = esm("recuse", "1002", code(1), "--reason", "亲属").out
    assert "was to start on 2026-12-01" in said
    assert told(esm, "enterprise", "show", code(1), today="2026-12-01")["pairings"][1:] == []


def test_a_pairing_to_come_takes_a_place_already(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001").code == 0
    assert esm("handover", "1001", "--on", "2026-12-01", "--to", "1002").code == 0
    assert "esm cadre edit 1002 --capacity 2" in refused(esm, district, "pair", code(2), "1002")


def test_a_recusal_and_a_question_are_answered_while_a_handover_is_to_come(esm: Esm, district: Place) -> None:
    for number in (1, 2):
        assert esm("pair", code(number), f"100{number}", today="2026-11-01").code == 0
    assert esm("cadre", "add", "1004", "--name", "齐安").code == 0
    assert esm("handover", "1002", "--on", "2026-12-01", "--to", "1004").code == 0
    assert f"esm --today 2026-12-01 unpair {code(2)}" in refused(esm, district, "assign")
    assert told(esm, "recuse", "1001", code(1), "--reason", "亲属")["successor_no"] == "1004"
    assert esm("assign", "--explain", code(2)).code == 0
    assert esm("assign", "--what-if", "capacity=2").code == 0


def test_where_nobody_has_room_no_successor_is_proposed(esm: Esm, district: Place) -> None:
    assert esm("pair", code(1), "1001").code == 0
    assert esm("pair", code(2), "1002").code == 0
    told_of = told(esm, "recuse", "1001", code(1), "--reason", "亲属")
    assert (told_of["pairing_ended"], told_of["successor_no"]) == (True, None)


def test_a_recusal_needs_a_reason_and_can_be_corrected(esm: Esm, district: Place) -> None:
    assert "requires a reason" in refused(esm, district, "recuse", "1001", code(1))
    assert esm("recuse", "1001", code(1), "--reason", "亲属").code == 0
    corrected = told(esm, "recuse", "1001", code(1), "--kind", "own_interest")
    assert (corrected["kind"], corrected["reason"]) == ("own_interest", "亲属")


def test_ending_a_recusal_that_is_none_is_not_found(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1001", code(1), "--end").code == 3
    assert esm("recuse", "1001", code(1), "--end", "--reason", "x").code == 2


def test_kinds_and_deputies_come_in_with_a_roster(esm: Esm, district: Place, tmp_path: Path) -> None:
    recusals = csv_file(tmp_path, "recusals", "staff_no,uscc,reason,回避类型", f"1001,{code(1)},持股,本人利益")
    absences = csv_file(tmp_path, "absences", "工号,开始日期,结束日期,B岗", "1001,2026-12-01,2026-12-20,1002")
    assert esm("import", recusals, absences).code == 0
    file = told(esm, "cadre", "show", "1001")
    assert file["recusals"][0]["kind"] == "own_interest"
    assert file["absences"][0]["deputy_no"] == "1002"
    again = told(esm, "import", recusals, absences)
    assert (again["added"], again["updated"]) == (0, 0)


def test_a_deputy_who_is_unknown_or_the_cadre_is_refused_in_a_roster(esm: Esm, district: Place, tmp_path: Path) -> None:
    for deputy in ("1001", "9999"):
        absences = csv_file(tmp_path, "absences", "工号,开始日期,结束日期,B岗", f"1001,2026-12-01,2026-12-20,{deputy}")
        assert esm("import", absences).code == 5
