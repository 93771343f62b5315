"""`esm assign` asked in other ways: a part, frozen, rotated, explained, supposed; interrupted; on another computer."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HEADER, Esm
from tests.rosters import code, csv_file, told

from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.storage.register import cadres

DAY = "2026-11-23"
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("ESM_")}


@pytest.fixture
def district(esm: Esm, path: Path) -> Path:
    """Store three enterprises and three cadres; the first two pairs cross the subdistricts."""
    for number, place in ((1, "甲街道"), (2, "乙街道"), (3, "乙街道")):
        words = ["--name", f"江畔{number}号", "--subdistrict", place, "--industry", "3983", "--above-scale"]
        assert esm("enterprise", "add", code(number), *words, "--enrolled-on", "2026-01-01").code == 0
    for staff_no, place, department in (("1001", "甲街道", "财政局"), ("1002", "乙街道", "统计局")):
        words = ["--name", f"干部{staff_no}", "--subdistrict", place, "--department", department, "--expertise", "C39"]
        assert esm("cadre", "add", staff_no, *words).code == 0
    for number, staff_no in ((1, "1002"), (2, "1001")):
        assert esm("pair", code(number), staff_no, today="2024-11-23").code == 4  # not yet in scope
        assert esm("pair", code(number), staff_no, today="2026-01-01").code == 0
    return path


def answered(esm: Esm, *words: str, exit_code: int = 0) -> Any:
    ran = esm("assign", *words, "--format", "json")
    assert ran.code == exit_code, ran.err
    return json.loads(ran.out)


def pairs(answer: Any) -> dict[str, tuple[str, str]]:
    return {pair["uscc"]: (pair["staff_no"], pair["change"]) for pair in answer["pairs"]}


def test_rotation_is_off_until_it_is_set_and_then_moves_whom_it_must(esm: Esm, district: Path) -> None:
    assert set(pairs(answered(esm, "--dry-run", exit_code=1)).values()) == {("1002", "kept"), ("1001", "kept")}
    assert esm("config", "set", "maximum_tenure_months", "11").code == 0  # not eleven months on 30 November
    assert set(pairs(answered(esm, "--dry-run", exit_code=1)).values()) == {("1002", "kept"), ("1001", "kept")}
    assert esm("config", "set", "maximum_tenure_months", "10").code == 0
    answer = answered(esm, exit_code=1)
    assert pairs(answer) == {code(1): ("1001", "moved"), code(2): ("1002", "moved")}
    assert set(pairs(answered(esm, exit_code=1)).values()) == {("1001", "kept"), ("1002", "kept")}


def test_who_has_served_too_long_is_not_offered_again_and_a_pin_outranks_the_rotation(esm: Esm, district: Path) -> None:
    assert esm("config", "set", "maximum_tenure_months", "10").code == 0
    assert esm("cadre", "leave", "1001").code == 0
    answer = answered(esm, exit_code=1)
    assert code(1) not in pairs(answer)
    assert [row["reason"] for row in answer["unserved_enterprises"]] == ["tenure_reached", "no_cadre_left"]
    assert pairs(answered(esm, exit_code=1)) == {code(2): ("1002", "kept")}
    assert esm("unpair", code(2)).code == 0
    assert esm("pair", code(1), "1002", "--pin").code == 0
    assert pairs(answered(esm, exit_code=1)) == {code(1): ("1002", "kept")}


def test_frozen_nobody_moves_and_only_the_unserved_get_a_cadre(esm: Esm, district: Path) -> None:
    assert esm("cadre", "add", "1003", "--name", "干部1003").code == 0
    assert esm("recuse", "1003", code(3), "--reason", "亲属").code == 0
    assert pairs(answered(esm, "--dry-run"))[code(3)][1] == "new"  # somebody else moves to make room
    answer = answered(esm, "--freeze", exit_code=1)
    assert pairs(answer) == {code(1): ("1002", "kept"), code(2): ("1001", "kept")}
    assert [row["reason"] for row in answer["unserved_enterprises"]] == ["all_recused"]


def test_frozen_a_cadre_over_capacity_keeps_all_and_a_recused_pair_ends(esm: Esm, district: Path) -> None:
    assert esm("cadre", "edit", "1001", "--capacity", "0").code == 0
    assert pairs(answered(esm, "--freeze", "--dry-run", exit_code=1))[code(2)] == ("1001", "kept")
    recusal = csv_file(district.parent, "recusals", "staff_no,uscc,reason", f"1002,{code(1)},亲属")
    assert esm("import", recusal).code == 0
    assert code(1) not in pairs(answered(esm, "--freeze", "--dry-run", exit_code=1))


def test_only_a_subdistrict_is_paired_with_the_room_that_is_left(esm: Esm, district: Path) -> None:
    assert esm("cadre", "add", "1003", "--name", "干部1003", "--subdistrict", "乙街道").code == 0
    answer = answered(esm, "--only", "乙街道")
    assert (answer["in_scope"], pairs(answer)) == (2, {code(2): ("1001", "kept"), code(3): ("1003", "new")})
    assert told(esm, "enterprise", "show", code(1))["pairings"][0]["end_on"] is None


def test_only_a_department_is_given_the_unserved(esm: Esm, district: Path) -> None:
    assert esm("cadre", "add", "1003", "--name", "干部1003", "--department", "税务局").code == 0
    assert esm("cadre", "edit", "1001", "--capacity", "2").code == 0
    answer = answered(esm, "--only", "财政局")
    assert pairs(answer) == {code(2): ("1001", "kept"), code(3): ("1001", "new")}


def test_a_part_that_is_unknown_is_not_found_with_its_likes(esm: Esm, district: Path) -> None:
    ran = esm("assign", "--only", "乙街")
    assert ran.code == 3
    assert "乙街道" in ran.err


def test_an_explanation_says_every_reason_and_writes_nothing(esm: Esm, district: Path) -> None:
    before = district.read_bytes()
    told_of = answered(esm, "--explain", code(1))
    assert (told_of["staff_no"], told_of["change"], told_of["since"]) == ("1002", "kept", "2026-01-01")
    reasons = {row["part"]: (row["penalty"], row["detail"]) for row in told_of["reasons"]}
    assert reasons["place"] == (4, "The cadre is in 乙街道, the enterprise in 甲街道.")
    assert reasons["industry"] == (0, "The expertise C39 covers C3983.")
    assert reasons["load"][0] == 0
    in_chinese = told(esm, "assign", "--explain", code(1), lang="zh")
    assert [row["part"] for row in in_chinese["reasons"]] == list(reasons)
    (other,) = told_of["alternatives"]
    # They could change places: two fewer kept, and eight of penalty saved.
    assert (other["staff_no"], other["reason"], other["kept_fewer"], other["penalty_more"]) == ("1001", "full", 2, -8)
    assert "江畔2号" in other["detail"]
    assert district.read_bytes() == before


def test_an_explanation_of_an_unserved_one_names_the_smallest_change(esm: Esm, district: Path) -> None:
    assert esm("recuse", "1002", code(3), "--reason", "配偶任职").code == 0
    told_of = answered(esm, "--explain", code(3))
    assert told_of["reason"] == "no_cadre_left"
    changes = {row["kind"]: (row["count"], row["staff_no"]) for row in told_of["remedies"]}
    assert changes == {"capacity": (2, "1001"), "cadres": (1, None)}
    reasons = {row["staff_no"]: (row["reason"], row["detail"]) for row in told_of["alternatives"]}
    assert reasons["1002"] == ("recused", "Recused: 配偶任职.")


def test_an_explanation_says_which_of_the_cadres_enterprises_it_is(esm: Esm, district: Path) -> None:
    told_of = answered(esm, "--explain", code(3), "--capacity", "2")
    reasons = {row["part"]: (row["penalty"], row["detail"]) for row in told_of["reasons"]}
    said = "This cadre serves 2 of 2; in the order of credit codes, this is number 2."
    assert (told_of["staff_no"], reasons["load"]) == ("1002", (1, said))


def test_an_explanation_says_what_the_roster_does_not_tell(esm: Esm, district: Path) -> None:
    assert esm("cadre", "add", "1003", "--name", "干部1003").code == 0
    told_of = answered(esm, "--explain", code(3))
    details = [row["detail"] for row in told_of["reasons"]]
    assert told_of["staff_no"] == "1003"
    assert "No preference: the roster gives no subdistrict for the cadre." in details
    assert "No preference: the roster gives no expertise for the cadre." in details


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_explanation_is_a_page_in_either_language(esm: Esm, district: Path, lang: str) -> None:
    for number in (1, 3):
        printed = esm("assign", "--explain", code(number), lang=lang).out
        assert "。 " not in printed
        assert ("同属" in printed or "经理人属" in printed or "最小调整" in printed) == (lang == "zh")


def test_out_of_scope_there_is_nothing_to_explain(esm: Esm, district: Path) -> None:
    assert esm("enterprise", "exit", code(1)).code == 0
    assert esm("assign", "--explain", code(1)).code == 4


def test_scenarios_stand_beside_today_and_nothing_is_written(esm: Esm, district: Path) -> None:
    before = district.read_bytes()
    scenarios = ["cadres+1", "capacity=2 weight_subdistrict=0", "freeze"]
    answer = answered(esm, *(word for one in scenarios for word in ("--what-if", one)))
    rows = {row["scenario"]: row for row in answer["scenarios"]}
    assert list(rows) == ["today", "assign", *scenarios]
    assert [row["served"] for row in rows.values()] == [2, 2, 3, 3, 2]
    assert [row["penalty"] for row in rows.values()] == [8, 8, 8, 1, 8]
    assert (rows["today"]["load_1"], rows["capacity=2 weight_subdistrict=0"]["load_2"]) == (2, 1)
    assert (answer["least_capacity"], answer["more_cadres"]) == (2, 1)
    assert district.read_bytes() == before


@pytest.mark.parametrize(
    "words", ["cadre+20", "cadres=20", "cadres+1000001", "capacity=2.5", "weight_loud=1", "人手+1"]
)
def test_a_scenario_word_that_is_unknown_is_refused_by_name_with_the_known_ones(
    esm: Esm, district: Path, words: str
) -> None:
    ran = esm("assign", "--what-if", f"capacity=2 {words}")
    assert ran.code == 2
    assert words in ran.err
    assert "cadres+N" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("weight_load=99999", "weight_load cannot be “99999” (from 0 to 10000)"),
        ("capacity=-1", "default_capacity cannot be “-1” (from 0 to 100000)"),
        ("cadres+1000000000", "“cadres+1000000000” is out of range: a scenario can add 0 to 1000000 cadres"),
        ("capacity=1 freeze capacity=2", "contains capacity twice"),
        (" , ", "The scenario is empty"),
    ],
)
def test_a_scenario_out_of_bounds_or_that_contradicts_itself_is_refused(
    esm: Esm, district: Path, words: str, said: str
) -> None:
    ran = esm("assign", "--what-if", words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_scenarios_are_answered_where_the_pins_of_today_contradict(esm: Esm, district: Path) -> None:
    assert esm("cadre", "edit", "1001", "--capacity", "3").code == 0
    for number in (1, 3):
        assert esm("pair", code(number), "1001", "--pin").code == 0
    with connection.writing(FilePlace(district), HEADER) as writing:  # as a database of an earlier release may be
        cadres.edit(writing, cadres.load(writing)["1001"], {"capacity": None}, date(2026, 11, 23))
    said = esm("assign").err
    assert all(word in said for word in (code(1), code(3), "esm cadre edit 1001 --capacity 2", "--no-pin"))
    answer = answered(esm, "--what-if", "cadres+1", "--what-if", "capacity=2")
    rows = {row["scenario"]: (row["served"], row["refused"]) for row in answer["scenarios"]}
    assert (rows["today"], rows["capacity=2"]) == ((3, None), (3, None))
    assert all(rows[words][0] is None and "1001" in rows[words][1] for words in ("assign", "cadres+1"))
    assert (answer["least_capacity"], answer["more_cadres"]) == (2, None)


@pytest.mark.parametrize(
    "words", [["--what-if", "freeze", "--freeze"], ["--explain", "江畔1号", "--only", "甲街道"]], ids=" ".join
)
def test_what_cannot_be_asked_together_is_refused(esm: Esm, district: Path, words: list[str]) -> None:
    assert esm("assign", *words).code == 2


def test_the_report_of_loads_reconciles_and_says_who_could_take_more(esm: Esm, district: Path) -> None:
    assert esm("cadre", "add", "1003", "--name", "干部1003", "--department", "财政局", "--capacity", "3").code == 0
    report = told(esm, "report", "cadres")
    assert (report["cadres"], report["serves"], report["room"], report["idle"]) == (3, 2, 3, 1)
    departments = {row["key"]: (row["cadres"], row["serves"], row["most"]) for row in report["by_department"]}
    assert departments == {"统计局": (1, 1, 1), "财政局": (2, 1, 1)}
    assert {row["staff_no"]: row["room"] for row in report["cadres_listed"]} == {"1001": 0, "1002": 0, "1003": 3}
    assert "干部1003" in esm("report", "cadres").out
    assert esm("report", "cadres", "--as-of", "2025-12-31").code == 4  # before the first record
    assert esm("report", "cadres", "--period", "2026-11").code == 2
    assert "cadres" in esm("report", "cadre").err


def pairings_of(path: Path) -> list[tuple[Any, ...]]:

    with connection.reading(FilePlace(path)) as reading:
        return reading.rows(
            """SELECT uscc, staff_no, pinned, start_on, pairing.end_on FROM pairing
               JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
               ORDER BY uscc, start_on"""
        )


def roster(folder: Path, seed: int) -> list[str]:
    """Write 120 enterprises, 45 cadres, 40 pairings and 59 recusals, in an order that depends on the seed."""
    firms = [f"{code(n)},江畔{n}号,{'ABCCC'[n % 5]},C{13 + n * 5 % 7}11,{n % 5}街道,是" for n in range(120)]
    staff = [f"{1000 + n},干部{n},{n % 5 + 1},{n % 5}街道,C{13 + n % 7},{n % 3 + 1}" for n in range(45)]
    held = [f"{code(n)},{1000 + n % 45},2026-01-01,{'是' if n % 20 == 0 else '否'}" for n in range(40)]
    barred = [f"{1000 + n * 7 % 45},{code(n * 3 % 120)},亲属" for n in range(41, 100)]
    for lines in (firms, staff, held, barred):
        lines.sort(key=lambda line: blake2b(f"{seed}{line}".encode()).digest())
    return [
        csv_file(folder, "enterprises", "uscc,name,tier,industry_code,subdistrict,above_scale", *firms),
        csv_file(folder, "cadres", "staff_no,name,rank,subdistrict,expertise,capacity", *staff),
        csv_file(folder, "pairings", "uscc,staff_no,start_on,pinned", *held),
        csv_file(folder, "recusals", "staff_no,uscc,reason", *barred),
    ]


def test_neither_the_order_of_the_rows_nor_the_hash_seed_changes_what_is_written(
    empty_database: Path, tmp_path: Path
) -> None:
    answers = []
    for seed in (1, 2, 3):
        path = Path(shutil.copy(empty_database, tmp_path / f"{seed}.db"))
        for words in (["import", *roster(tmp_path, seed)], ["assign"]):
            subprocess.run(
                [sys.executable, "-m", "esm", "--db", str(path), "--today", DAY, *words],
                env=ENVIRONMENT | {"PYTHONHASHSEED": str(seed)}, capture_output=True, check=False,
            )  # fmt: skip
        answers.append(pairings_of(path))
    assert len(answers[0]) > 80
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.slow
def test_an_interrupt_at_any_time_leaves_all_as_it_was_or_as_it_should_be(esm: Esm, path: Path, tmp_path: Path) -> None:
    assert esm("import", *roster(tmp_path, 1)).code == 0
    command = [sys.executable, "-m", "esm", "--db", str(path), "--today", DAY, "assign"]
    before, wait, codes = path.read_bytes(), 0.1, set()
    while path.read_bytes() == before or 130 not in codes:
        if path.read_bytes() != before:  # a busy machine let it end before it was interrupted
            path.write_bytes(before)
            wait = 0.1
        with subprocess.Popen(
            command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as running:
            try:
                running.wait(timeout=wait)
            except subprocess.TimeoutExpired:
                running.send_signal(signal.SIGINT)
        codes.add(running.returncode)
        wait *= 1.15
    assert codes <= {130, -signal.SIGINT, 0, 1}  # the signal itself while Python has not begun
    assert esm("db", "check").code == 0
    assert json.loads(esm("assign", "--dry-run", "--format", "json").out)["new"] == 0
