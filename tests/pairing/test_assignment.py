"""`esm assign` as the command line answers it (docs/rules.md, Pairing answer)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests import database_content
from tests.conftest import TODAY, Esm
from tests.rosters import code, csv_file, told

from esm.storage.database import connection
from esm.storage.database.place import Place


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store three enterprises of tiers A, B and C, and two cadres: one of them knows machinery."""
    for number, tier in ((1, "C"), (2, "A"), (3, "B")):
        words = ["--name", f"江畔{number}号", "--tier", tier, "--industry", "3983", "--above-scale"]
        assert esm("enterprise", "add", code(number), *words, "--enrolled-on", "2026-01-01").code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒", "--rank", "4", "--expertise", "C39").code == 0
    assert esm("cadre", "add", "1002", "--name", "龚雨霞", "--rank", "3", "--expertise", "F").code == 0
    return place


def assigned(esm: Esm, *words: str, exit_code: int = 1, **given: Any) -> Any:
    """Return the JSON of `esm assign`, which must end with the exit code."""
    ran = esm("assign", *words, "--format", "json", **given)
    assert ran.code == exit_code, ran.err
    return json.loads(ran.out)


def pairs(answer: Any) -> dict[str, tuple[str, str, int]]:
    """Return cadre, change and penalty of each pair."""
    return {pair["uscc"]: (pair["staff_no"], pair["change"], pair["penalty"]) for pair in answer["pairs"]}


def recuse(esm: Esm, folder: Path, *lines: str, today: str = TODAY) -> None:
    """Record recusals, each `staff_no,uscc`."""
    recusals = csv_file(folder, "recusals", "staff_no,uscc,reason", *(f"{line},亲属" for line in lines))
    assert esm("import", recusals, today=today).code == 0


def why(place: Place, uscc: str) -> Any:
    """Return what is stored as the reason of the enterprise's pairing."""
    with connection.reading(place) as reading:
        return json.loads(
            reading.value(
                """SELECT why FROM pairing JOIN enterprise ON enterprise.id = enterprise_id
                   WHERE uscc = :uscc ORDER BY start_on DESC""",
                uscc=uscc,
            )
        )


def test_the_tiers_go_first_and_the_penalty_is_that_of_the_rule(esm: Esm, district: Place) -> None:
    answer = assigned(esm)
    # A to the cadre of rank 4 who knows the trade: 0; B to rank 3 without: 3.
    assert pairs(answer) == {code(2): ("1001", "new", 0), code(3): ("1002", "new", 3)}
    assert (answer["in_scope"], answer["served"], answer["unserved"], answer["penalty"]) == (3, 2, 1, 3)
    (left,) = answer["unserved_enterprises"]
    assert (left["uscc"], left["tier"], left["reason"]) == (code(1), "C", "no_cadre_left")


def test_assigning_twice_keeps_everybody_and_leaves_no_second_operation(esm: Esm, district: Place) -> None:
    assigned(esm)
    before = esm("history", "--format", "json").out
    answer = assigned(esm)
    assert {change for _, change, _ in pairs(answer).values()} == {"kept"}
    assert (answer["kept"], answer["new"], answer["moved"], answer["ended"]) == (2, 0, 0, 0)
    assert esm("history", "--format", "json").out == before


def test_a_dry_run_answers_the_same_and_writes_nothing(esm: Esm, district: Place) -> None:
    before = database_content.digest(district)
    dry = assigned(esm, "--dry-run")
    assert database_content.digest(district) == before
    assert assigned(esm) == dry


def test_a_larger_default_capacity_serves_all_at_the_price_of_the_load(esm: Esm, district: Place) -> None:
    answer = assigned(esm, "--capacity", "2", exit_code=0)
    # 1001 takes A and one more (0 + 0, load 1), 1002 the third (3); nobody may take all three.
    assert (answer["served"], answer["unserved"], answer["penalty"]) == (3, 0, 4)


def test_a_cadre_who_left_is_replaced_and_the_pair_is_moved(esm: Esm, district: Place) -> None:
    assigned(esm, today="2026-11-01")
    assert esm("cadre", "leave", "1001", "--on", "2026-11-20").code == 0
    answer = assigned(esm)
    assert pairs(answer) == {code(2): ("1002", "moved", 5)}  # trade 3, rank 3 for tier A: 2
    assert (answer["moved"], answer["ended"]) == (1, 1)


def test_a_recused_cadre_is_never_paired_and_the_reason_is_told(esm: Esm, district: Place, tmp_path: Path) -> None:
    recuse(esm, tmp_path, f"1001,{code(2)}", f"1002,{code(2)}")
    answer = assigned(esm)
    # Either way round costs 3; by the tie rule the first code gets the first staff number.
    assert pairs(answer) == {code(1): ("1001", "new", 0), code(3): ("1002", "new", 3)}
    assert [left["reason"] for left in answer["unserved_enterprises"]] == ["all_recused"]


def test_a_recused_pairing_is_ended_and_its_cadre_serves_another(esm: Esm, district: Place, tmp_path: Path) -> None:
    assigned(esm, today="2026-11-01")
    recuse(esm, tmp_path, f"1001,{code(2)}", f"1002,{code(2)}")
    answer = assigned(esm)
    assert pairs(answer) == {code(1): ("1001", "new", 0), code(3): ("1002", "kept", 3)}
    assert (answer["kept"], answer["new"], answer["moved"], answer["ended"]) == (1, 1, 0, 1)
    (ended,) = told(esm, "enterprise", "show", code(2))["pairings"]
    assert (ended["start_on"], ended["end_on"]) == ("2026-11-01", "2026-11-23")


def test_the_answer_has_the_keys_of_the_contract(esm: Esm, district: Place) -> None:
    answer = assigned(esm)
    wanted = {"in_scope", "served", "unserved", "kept", "new", "moved", "ended", "penalty", "pairs"}
    assert wanted | {"unserved_enterprises"} <= answer.keys()
    assert all({"uscc", "staff_no", "change", "penalty"} <= pair.keys() for pair in answer["pairs"])
    assert all({"uscc", "enterprise", "tier", "reason"} <= left.keys() for left in answer["unserved_enterprises"])


def test_the_answer_is_in_order_of_the_code(esm: Esm, district: Place) -> None:
    assert esm("cadre", "add", "0999", "--name", "尤小满").code == 0
    answer = assigned(esm, exit_code=0)
    assert [pair["uscc"] for pair in answer["pairs"]] == sorted([code(1), code(2), code(3)])
    assert esm("cadre", "leave", "1001").code == 0
    assert esm("cadre", "leave", "0999").code == 0
    left = [row["uscc"] for row in assigned(esm)["unserved_enterprises"]]
    assert left == sorted(left)
    assert len(left) == 2


def test_what_is_kept_new_moved_and_ended_reconciles_with_those_in_scope(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    assigned(esm, today="2026-11-01")
    assert esm("enterprise", "exit", code(2)).code == 0
    recuse(esm, tmp_path, f"1002,{code(3)}")
    answer = assigned(esm, exit_code=0)
    # A has left the register; B moves to the one who is not recused, C is new to the other.
    assert pairs(answer) == {code(1): ("1002", "new", 3), code(3): ("1001", "moved", 0)}
    assert (answer["in_scope"], answer["served"], answer["unserved"]) == (2, 2, 0)
    assert (answer["kept"], answer["new"], answer["moved"], answer["ended"]) == (0, 1, 1, 0)


def test_an_enterprise_that_left_the_register_by_a_roster_is_ended(esm: Esm, district: Place, tmp_path: Path) -> None:
    assigned(esm, today="2026-11-01")
    gone = csv_file(tmp_path, "enterprises", "uscc,name,exited_on", f"{code(2)},江畔2号,2026-11-20")
    assert esm("import", gone).code == 0
    answer = assigned(esm, exit_code=0)
    assert pairs(answer) == {code(1): ("1001", "new", 0), code(3): ("1002", "kept", 3)}
    assert (answer["in_scope"], answer["ended"]) == (2, 1)


def test_a_district_without_enterprises_leaves_nobody_unserved(esm: Esm) -> None:
    answer = assigned(esm, exit_code=0)
    assert (answer["in_scope"], answer["pairs"], answer["unserved_enterprises"]) == (0, [], [])


def test_a_capacity_in_the_roster_is_not_replaced_by_that_of_the_run(esm: Esm, district: Place) -> None:
    for staff_no in ("1001", "1002"):
        assert esm("cadre", "edit", staff_no, "--capacity", "1").code == 0
    assert assigned(esm, "--capacity", "5")["served"] == 2


def test_a_pinned_pairing_stays_where_another_would_be_better(esm: Esm, district: Place, tmp_path: Path) -> None:
    pin = csv_file(tmp_path, "pairings", "uscc,staff_no,start_on,pinned", f"{code(1)},1001,2026-11-01,yes")
    assert esm("import", pin).code == 0
    # The one left goes to tier A: trade 3, and one rank below the wanted 4: 2.
    assert pairs(assigned(esm)) == {code(1): ("1001", "kept", 0), code(2): ("1002", "new", 5)}


def test_every_pairing_stores_why_and_who_was_passed_over(esm: Esm, district: Place) -> None:
    assigned(esm)
    assert why(district, code(3)) == {
        "change": "new",
        "previous": None,
        "penalty": {"subdistrict": 0, "expertise": 3, "rank": 0, "load": 0},
        "skipped": [{"staff_no": "1001", "reason": "full"}],
    }


def test_the_reason_names_who_was_recused_and_who_left(esm: Esm, district: Place, tmp_path: Path) -> None:
    recuse(esm, tmp_path, f"1001,{code(2)}", today="2026-11-01")
    assigned(esm, today="2026-11-01")
    assert why(district, code(2))["skipped"] == [{"staff_no": "1001", "reason": "recused"}]
    assert esm("cadre", "leave", "1001").code == 0
    assert esm("cadre", "add", "1003", "--name", "尤小满", "--rank", "3", "--expertise", "C39").code == 0
    assigned(esm)
    moved = why(district, code(3))
    assert (moved["change"], moved["previous"]) == ("moved", "1001")
    assert moved["skipped"] == [{"staff_no": "1001", "reason": "left"}]


def test_a_pairing_replaced_on_its_first_day_is_removed(esm: Esm, district: Place, tmp_path: Path) -> None:
    assigned(esm)
    recuse(esm, tmp_path, f"1001,{code(2)}")
    assert pairs(assigned(esm))[code(2)] == ("1002", "moved", 5)
    (pairing,) = told(esm, "enterprise", "show", code(2))["pairings"]
    assert (pairing["staff_no"], pairing["start_on"], pairing["end_on"]) == ("1002", "2026-11-23", None)


def test_an_enterprise_that_exits_on_the_day_of_its_pairing_was_never_paired(esm: Esm, district: Place) -> None:
    assigned(esm)
    assert esm("enterprise", "exit", code(2), "--on", "2026-11-23").code == 0
    assert told(esm, "enterprise", "show", code(2))["pairings"] == []


def test_assigning_before_a_pairing_began_is_refused(esm: Esm, district: Place) -> None:
    assigned(esm)
    before = database_content.digest(district)
    ran = esm("assign", today="2026-11-22")
    assert ran.code == 4
    assert "2026-11-23" in ran.err
    assert database_content.digest(district) == before


def test_undo_takes_a_pairing_run_back(esm: Esm, district: Place) -> None:
    before = told(esm, "cadre", "list")
    assigned(esm)
    assert esm("undo").code == 0
    assert told(esm, "cadre", "list") == before
    assert told(esm, "cadre", "show", "1001")["pairings"] == []
