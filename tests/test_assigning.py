"""`esm assign` as the command line answers it (rules.md, Pairing and Pairing answer)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HEADER, Ran

from esm import storage
from esm.domain import uscc
from esm.storage import database

Esm = Callable[..., Ran]


def code(number: int) -> str:
    """Return a valid credit code in an area that does not exist."""
    first = f"91339907MA{number:07d}"
    return first + uscc.check_character(first)


@pytest.fixture
def district(esm: Esm, path: Path) -> Path:
    """Store three enterprises of tiers A, B and C, and two cadres: one of them knows machinery."""
    for number, tier in ((1, "C"), (2, "A"), (3, "B")):
        words = ["--name", f"江畔{number}号", "--tier", tier, "--industry", "3983", "--above-scale"]
        assert esm("enterprise", "add", code(number), *words, "--enrolled-on", "2026-01-01").code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒", "--rank", "4", "--expertise", "C39").code == 0
    assert esm("cadre", "add", "1002", "--name", "龚雨霞", "--rank", "3", "--expertise", "F").code == 0
    return path


def assigned(esm: Esm, *words: str, exit_code: int = 1, **given: Any) -> Any:
    """Return the JSON of `esm assign`, which must end with the exit code."""
    ran = esm("assign", *words, "--format", "json", **given)
    assert ran.code == exit_code, ran.err
    return json.loads(ran.out)


def pairs(told: Any) -> dict[str, tuple[str, str, int]]:
    """Return cadre, change and penalty of each pair."""
    return {pair["uscc"]: (pair["staff_no"], pair["change"], pair["penalty"]) for pair in told["pairs"]}


def test_the_tiers_go_first_and_the_penalty_is_that_of_the_rule(esm: Esm, district: Path) -> None:
    told = assigned(esm)
    # A to the cadre of rank 4 who knows the trade: 0; B to rank 3 without: 3.
    assert pairs(told) == {code(2): ("1001", "new", 0), code(3): ("1002", "new", 3)}
    assert (told["in_scope"], told["served"], told["unserved"], told["penalty"]) == (3, 2, 1, 3)
    (left,) = told["unserved_enterprises"]
    assert (left["uscc"], left["tier"], left["reason"]) == (code(1), "C", "no_cadre_left")


def test_assigning_twice_keeps_everybody_and_leaves_no_second_operation(esm: Esm, district: Path) -> None:
    assigned(esm)
    before = esm("history", "--format", "json").out
    told = assigned(esm)
    assert {change for _, change, _ in pairs(told).values()} == {"kept"}
    assert (told["kept"], told["new"], told["moved"], told["ended"]) == (2, 0, 0, 0)
    assert esm("history", "--format", "json").out == before


def test_a_dry_run_answers_the_same_and_writes_nothing(esm: Esm, district: Path) -> None:
    before = district.read_bytes()
    dry = assigned(esm, "--dry-run")
    assert district.read_bytes() == before
    assert assigned(esm) == dry


def test_a_larger_default_capacity_serves_all_at_the_price_of_the_load(esm: Esm, district: Path) -> None:
    told = assigned(esm, "--capacity", "2", exit_code=0)
    # 1001 takes A and one more (0 + 0, load 1), 1002 the third (3); nobody may take all three.
    assert (told["served"], told["unserved"], told["penalty"]) == (3, 0, 4)


def test_a_cadre_who_left_is_replaced_and_the_pair_is_moved(esm: Esm, district: Path) -> None:
    assigned(esm, today="2026-11-01")
    assert esm("cadre", "leave", "1001", "--on", "2026-11-20").code == 0
    told = assigned(esm)
    assert pairs(told) == {code(2): ("1002", "moved", 5)}  # trade 3, rank 3 for tier A: 2
    assert (told["moved"], told["ended"]) == (1, 1)


def test_a_recused_cadre_is_never_paired_and_the_reason_is_told(esm: Esm, district: Path) -> None:
    with database.writing(district, HEADER) as writing:
        both = [{"cadre_id": number, "enterprise_id": 2, "reason": "亲属"} for number in (1, 2)]
        writing.insert(storage.tables.RecusalRow, both)
    told = assigned(esm)
    # Either way round costs 3; by the tie rule the first code gets the first staff number.
    assert pairs(told) == {code(1): ("1001", "new", 0), code(3): ("1002", "new", 3)}
    assert [left["reason"] for left in told["unserved_enterprises"]] == ["all_recused"]


def test_every_pairing_stores_why(esm: Esm, district: Path) -> None:
    assigned(esm)
    with database.reading(district) as reading:
        why = json.loads(reading.value("SELECT why FROM pairing WHERE enterprise_id = 3"))
    assert why["penalty"] == {"subdistrict": 0, "expertise": 3, "rank": 0, "load": 0}
    assert why["skipped"] == [{"staff_no": "1001", "reason": "full"}]


def test_a_pairing_that_would_start_and_end_on_one_day_is_removed(esm: Esm, district: Path) -> None:
    assigned(esm)
    assert esm("enterprise", "exit", code(2), "--on", "2026-11-23").code == 0
    shown = json.loads(esm("enterprise", "show", code(2), "--format", "json").out)
    assert shown["pairings"] == []


def test_assigning_before_a_pairing_began_is_refused(esm: Esm, district: Path) -> None:
    assigned(esm)
    ran = esm("assign", today="2026-11-22")
    assert ran.code == 4
    assert "2026-11-23" in ran.err


def test_an_enterprise_that_exits_ends_its_pairing_on_the_same_day(esm: Esm, district: Path) -> None:
    assigned(esm, today="2026-11-01")
    assert esm("enterprise", "exit", code(2), "--on", "2026-11-23").code == 0
    (pairing,) = json.loads(esm("enterprise", "show", code(2), "--format", "json").out)["pairings"]
    assert (pairing["start_on"], pairing["end_on"]) == ("2026-11-01", "2026-11-23")


def test_a_cadre_who_leaves_is_found_by_the_checker_until_somebody_takes_over(esm: Esm, district: Path) -> None:
    assigned(esm, today="2026-11-01")
    assert esm("cadre", "leave", "1001", "--on", "2026-11-23").code == 0
    found = json.loads(esm("check", "--format", "json").out)
    assert [(row["kind"], row["uscc"]) for row in found if row["staff_no"] == "1001"] == [("cadre_left", code(2))]
    assert ("unserved", code(2)) in [(row["kind"], row["uscc"]) for row in found]


def test_a_changed_record_is_told_field_by_field(esm: Esm, district: Path) -> None:
    ran = esm("enterprise", "edit", code(1), "--tier", "B", "--contact-phone", "19900001234")
    assert ran.code == 0
    assert "199****1234" in ran.out
    assert "19900001234" not in ran.out
    assert json.loads(esm("enterprise", "show", code(1), "--format", "json").out)["tier"] == "B"


@pytest.mark.parametrize("words", [["cadre", "list"], ["cadre", "show", "尹志恒"], ["enterprise", "list"]])
@pytest.mark.parametrize("kind", ["table", "json", "csv", "md"])
def test_every_listing_has_every_format(esm: Esm, district: Path, words: list[str], kind: str) -> None:
    ran = esm(*words, "--format", kind)
    assert ran.code == 0
    assert "江畔" in ran.out or "尹志恒" in ran.out


def test_a_department_change_keeps_the_past_where_it_was(esm: Esm, district: Path) -> None:
    assert esm("cadre", "edit", "1001", "--department", "统计局", today="2026-10-01").code == 0
    assigned(esm, today="2026-10-01")
    assert esm("cadre", "edit", "1001", "--department", "税务局").code == 0
    for as_of, department in (("2026-11-22", "统计局"), ("2026-11-23", "税务局")):
        rows = json.loads(esm("report", "--as-of", as_of, "--format", "json").out)["by_department"]
        assert {row["key"]: row["served"] for row in rows}[department] == 1
