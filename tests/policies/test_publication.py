"""Policies from the command line: added, explained on a visit, applied for, paid, and what nobody was told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests import database_content, small_district
from tests.conftest import Esm
from tests.small_district import CODES

from esm.storage.database.place import Place
from esm.storage.pairing import pairings


@pytest.fixture
def desk(esm: Esm, place: Place) -> Esm:
    """Return three enterprises, of which 1001 serves the first, and two policies."""
    for number, code in enumerate(("C3983", "C1711", "I6511")):
        small_district.enrol(place, number, industry_code=code, subdistrict="城东街道")
    small_district.employ(place, "1001")
    served = pairings.NewPairing(enterprise_id=1, cadre_id=1, start_on=small_district.TODAY.replace(month=6))
    small_district.write(place, lambda writing: pairings.begin(writing, [served]))
    add = ("policy", "add", "R1", "--title", "稳岗补贴", "--industries", "C", "--worth", "20万", "--from", "2026-03-01")
    assert esm(*add, "--until", "2026-12-10").code == 0
    assert esm("policy", "add", "R2", "--title", "研发补助", "--worth", "500000").code == 0
    return esm


def policy(desk: Esm, *words: str, today: str = "2026-11-23") -> Any:
    """Run one `esm policy` command and return what it says as JSON."""
    ran = desk("policy", *words, "--format", "json", today=today)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_policy_goes_from_the_briefing_to_the_money(desk: Esm) -> None:
    steps = (
        ("brief", "R1", CODES[0]),
        ("apply", "稳岗", CODES[0]),
        ("relief", "R1", CODES[0], "--amount", "12.5万", "--kind", "subsidy"),
    )
    stages = [policy(desk, *step)["enterprises"][0]["stage"] for step in steps]
    assert stages == ["explained", "applied", "received"]
    first, second = policy(desk, "list")
    assert (first["code"], first["eligible"], first["explained"], first["applied"]) == ("R1", 2, 1, 1)
    assert (first["received"], first["relief"], second["eligible"], second["relief"]) == (1, 125_000, 3, 0)


def test_a_briefing_on_a_visit_takes_its_day_and_goes_when_the_visit_is_cancelled(desk: Esm) -> None:
    assert desk("visit", "log", CODES[0], "--met", "Manager", "--on", "2026-11-16").code == 0
    policy(desk, "brief", "R1", CODES[0], "--visit", "1")
    assert policy(desk, "show", "R1")["enterprises"][0]["explained_on"] == "2026-11-16"
    assert desk("visit", "cancel", "1").code == 0
    assert policy(desk, "show", "R1")["enterprises"] == []


def test_several_enterprises_are_told_at_once_and_nobody_twice_a_day(desk: Esm) -> None:
    assert len(policy(desk, "brief", "R2", *CODES[:3])["enterprises"]) == 3
    again = desk("policy", "brief", "R2", CODES[0])
    assert "already on record" in again.out
    assert policy(desk, "list")[1]["explained"] == 3


def test_a_briefing_of_somebody_for_whom_it_is_not_is_said(desk: Esm) -> None:
    assert "is not eligible for R1" in desk("policy", "brief", "R1", CODES[2]).out


def test_the_gaps_name_who_was_never_told_and_who_has_not_applied(desk: Esm) -> None:
    policy(desk, "brief", "R2", CODES[0])
    policy(desk, "decline", "R2", CODES[1], "--reason", "no research")
    policy(desk, "decline", "R2", CODES[2], "--not-applicable")
    found = [(gap["staff_no"], gap["policy"], gap["uscc"], gap["gap"]) for gap in policy(desk, "gaps")]
    assert found == [
        ("1001", "R2", CODES[0], "not_applied"),
        ("1001", "R1", CODES[0], "never_explained"),
        (None, "R1", CODES[1], "never_explained"),
    ]
    assert [gap["policy"] for gap in policy(desk, "gaps", "--cadre", "1001")] == ["R2", "R1"]
    assert {gap["policy"] for gap in policy(desk, "gaps", "--expiring", "17")} == {"R1"}
    assert policy(desk, "gaps", "--expiring", "16") == []


def test_a_policy_that_is_over_leaves_the_gaps_and_the_list(desk: Esm) -> None:
    assert [found["code"] for found in policy(desk, "list", today="2026-12-11")] == ["R2"]
    assert {gap["policy"] for gap in policy(desk, "gaps", today="2026-12-11")} == {"R2"}
    assert [found["code"] for found in policy(desk, "list", "--all", today="2026-12-11")] == ["R1", "R2"]


def test_relief_is_summed_by_policy_kind_industry_subdistrict_and_year(desk: Esm) -> None:
    for name, number, money, kind, on in (
        ("R1", 0, "100", "subsidy", "2026-05-01"),
        ("R1", 1, "20", "tax_cut", "2026-06-01"),
        ("R2", 2, "3", "fee_cut", "2025-06-01"),
        ("R2", 2, "4000", "loan", "2026-06-01"),
    ):
        policy(desk, "relief", name, CODES[number], "--amount", money, "--kind", kind, "--on", on)
    found = policy(desk, "relief")
    assert (found["amount"], found["loans"], found["enterprises"], found["cases"]) == (123, 4000, 3, 4)
    sums = {name: {row["key"]: (row["amount"], row["loans"]) for row in found[f"by_{name}"]}
            for name in ("policy", "kind", "industry", "subdistrict", "year")}  # fmt: skip
    assert sums == {
        "policy": {"R1": (120, 0), "R2": (3, 4000)},
        "kind": {"subsidy": (100, 0), "tax_cut": (20, 0), "fee_cut": (3, 0), "loan": (0, 4000)},
        "industry": {"C": (120, 0), "I": (3, 4000)},
        "subdistrict": {"城东街道": (123, 4000)},
        "year": {"2025": (3, 0), "2026": (120, 4000)},
    }
    assert policy(desk, "relief", "--year", "2025")["amount"] == 3
    assert policy(desk, "relief", today="2026-05-31")["amount"] == 103


def test_the_report_of_policies_prints_each_share_with_its_numbers(desk: Esm) -> None:
    policy(desk, "brief", "R1", CODES[0])
    printed = desk("report", "policies").out
    assert "1/5 (20.0%)" in printed  # two enterprises for R1, three for R2; one was told of one
    found = json.loads(desk("report", "policies", "--format", "json").out)
    assert (found["policies"], found["eligible"], found["explained"], found["applied"]) == (2, 5, 1, 0)
    assert [(row["key"], row["eligible"]) for row in found["by_industry"]] == [("C", 4), ("I", 1)]
    assert [(row["key"], row["eligible"]) for row in found["by_department"]] == [(None, 5)]


def test_editing_a_policy_changes_for_whom_it_is(desk: Esm) -> None:
    policy(desk, "edit", "R1", "--industries", "6511")
    assert (policy(desk, "show", "R1")["industries"], policy(desk, "show", "R1")["eligible"]) == (["I6511"], 1)


def test_what_restricts_a_policy_can_be_dropped_again(desk: Esm) -> None:
    policy(desk, "edit", "R1", "--tiers", "A", "--sizes", "micro", "--source", "x", "--gives", "y", "--unasked")
    assert (policy(desk, "show", "R1")["paid_unasked"], policy(desk, "show", "R1")["unasked"]) == (True, 0)
    dropped = ("industries", "tiers", "sizes", "source", "gives", "worth", "from", "until")
    bare = policy(desk, "edit", "R1", *(word for name in dropped for word in ("--drop", name)), "--on-application")
    fields = ("industries", "tiers", "sizes", "source", "gives", "worth", "start_on", "until_on", "paid_unasked")
    assert [bare[field] for field in fields] == [[], [], [], None, None, None, None, None, False]
    assert bare["eligible"] == 3


def test_more_money_of_one_day_is_taken_when_it_is_said_to_be_more(desk: Esm) -> None:
    for amount, *again in (("7",), ("7", "--again"), ("9", "--again")):
        policy(desk, *RELIEF, amount, "--on", "2026-05-05", *again)
    found = policy(desk, "relief")
    assert (found["amount"], found["cases"], found["enterprises"]) == (23, 3, 1)


def test_money_that_reaches_one_that_left_the_register_is_seen_though_no_policy_is_for_it(desk: Esm) -> None:
    assert desk("enterprise", "exit", CODES[1], "--on", "2026-10-01").code == 0
    (shown,) = policy(desk, "relief", "R1", CODES[1], "--kind", "subsidy", "--amount", "7")["enterprises"]
    assert (shown["stage"], shown["eligible"], shown["amount"]) == ("received", False, 7)
    found = policy(desk, "show", "R1")
    assert (found["eligible"], found["outside"], found["relief"]) == (1, 1, 7)


def test_loans_are_no_relief_in_any_report(desk: Esm) -> None:
    policy(desk, "relief", "R2", CODES[0], "--kind", "loan", "--amount", "4000")
    (shown,) = policy(desk, "show", "R2")["enterprises"]
    assert (shown["stage"], shown["amount"], shown["loans"]) == ("received", None, 4000)
    found = json.loads(desk("report", "policies", "--format", "json").out)
    assert (found["relief"], found["loans"], found["by_industry"][0]["amount"]) == (0, 4000, 0)


def test_the_page_before_a_visit_and_the_handover_show_what_to_explain_and_what_was_paid(desk: Esm) -> None:
    policy(desk, "relief", "R1", CODES[0], "--kind", "subsidy", "--amount", "7", "--on", "2026-11-02")
    policy(desk, "relief", "R1", CODES[0], "--kind", "subsidy", "--amount", "9")
    brief = json.loads(desk("brief", CODES[0], "--format", "json").out)
    assert [(row["on"], row["what"]) for row in brief["money"]] == [
        ("2026-11-23", "R1 稳岗补贴: 9 yuan"),
        ("2026-11-02", "R1 稳岗补贴: 7 yuan"),
    ]
    handed = json.loads(desk("handover", "1001", "--dry-run", "--format", "json").out)
    assert [(row["kind"], row["text"]) for row in handed["matters"]] == [
        ("policy", "R2 研发补助: not yet briefed; worth 500,000 yuan"),
        ("money", "R1 稳岗补贴: 9 yuan, received on 2026-11-23"),
        ("money", "R1 稳岗补贴: 7 yuan, received on 2026-11-02"),
    ]


def test_of_a_past_day_it_is_said_that_sizes_are_those_of_now(desk: Esm) -> None:
    assert "Sizes are based" not in desk("policy", "list", today="2026-11-22").out
    policy(desk, "edit", "R1", "--sizes", "small")
    for words in (("policy", "list"), ("policy", "show", "R1"), ("policy", "gaps"), ("report", "policies")):
        assert "Sizes are based" in desk(*words, today="2026-11-22").out, words
        assert "Sizes are based" not in desk(*words).out, words


@pytest.mark.parametrize(
    "words",
    [
        ("policy", "add", "R3", "--title", "x", "--unasked", "--newly-entered"),
        ("policy", "edit", "R1", "--drop", "industries", "--title", "y"),
        ("policy", "brief", "R1", CODES[0], CODES[1]),
        ("policy", "apply", "R1", CODES[0], "--note", "n"),
        ("policy", "apply", "R1", CODES[1], "--note", "another word of that day"),
        ("policy", "decline", "R1", CODES[0], "--not-applicable"),
        ("policy", "relief", "R1", CODES[0], "--amount", "5", "--kind", "subsidy"),
        ("policy", "relief", "R1", CODES[1], "--amount", "7", "--kind", "subsidy", "--again"),
        ("visit", "log", CODES[0], "--met", "Manager", "--brief", "R1", "--brief", "R2"),
    ],
    ids=" ".join,
)
def test_undo_takes_back_what_any_command_did_with_policies(desk: Esm, place: Place, words: tuple[str, ...]) -> None:
    policy(desk, "apply", "R1", CODES[1])
    policy(desk, "relief", "R1", CODES[1], "--amount", "7", "--kind", "subsidy")
    before = database_content.business(place)
    assert desk(*words, "--dry-run").code == 0
    assert database_content.business(place) == before
    assert desk(*words).code == 0
    assert database_content.business(place) != before
    assert desk("undo").code == 0
    assert database_content.business(place) == before


def test_money_is_given_out_to_the_fen_in_every_format(desk: Esm, tmp_path: Path) -> None:
    policy(desk, *RELIEF, "1234.56")
    policy(desk, *RELIEF, "9999999999.99", "--again")
    policy(desk, *RELIEF, "0.45", "--again")
    found = policy(desk, "relief")
    assert (found["amount"], found["loans"], found["by_policy"][0]["amount"]) == (10_000_001_235, 0, 10_000_001_235)
    policy(desk, "relief", "R1", CODES[1], "--kind", "subsidy", "--amount", "12.345678万")
    text = desk("policy", "relief", "--format", "json").out
    assert '"amount": 10000124691.78,' in text
    assert '"loans": 0,' in text
    assert ",10000124691.78,0," in desk("policy", "relief", "--format", "csv").out
    assert "10,000,124,691.78" in desk("policy", "relief").out
    assert desk("policy", "relief", "-o", str(tmp_path / "relief.xlsx")).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "relief.xlsx").worksheets[0]
    assert 10000124691.78 in {row[1].value for row in sheet.iter_rows()}


def test_a_worth_may_have_fen_and_gaps_are_sorted_by_them(desk: Esm) -> None:
    assert policy(desk, "edit", "R1", "--worth", "500000.01")["worth"] == 500_000.01
    (first, *_) = policy(desk, "gaps")
    assert (first["policy"], first["worth"]) == ("R1", 500_000.01)


RELIEF = ("relief", "R1", CODES[0], "--kind", "subsidy", "--amount")
BAD = [
    (("add", "R1", "--title", "again"), 4, "already"),
    (("add", "R3", "--title", "x", "--from", "2026-05-01", "--until", "2026-04-30"), 4, "before the first"),
    (("add", "R3", "--title", "x", "--worth", "-3"), 2, "not an amount"),
    (("add", "R3", "--title", "x", "--tiers", "A,D"), 2, "not one of A, B, C"),
    (("add", "R3", "--title", "x", "--sizes", "huge"), 2, "not one of micro"),
    (("add", "R3", "--title", "x", "--industries", "Z9"), 2, "not an industry code"),
    (("edit", "R1", "--until", "2026-02-28"), 4, "before the first"),
    (("edit", "R1", "--industries", ""), 2, "--drop FIELD"),
    (("add", " ", "--title", "x"), 2, "must not be empty"),
    (("relief", "--year", "2027"), 2, "has not begun"),
    (("show", "R9"), 3, "No policy matches"),
    (("show", "补"), 3, "matches several policies"),
    (("brief", "R1", "X"), 3, "No enterprise matches"),
    (("brief", "R1", CODES[0], "--on", "2026-11-24"), 4, "in the future"),
    (("brief", "R1", CODES[0], "--visit", "9"), 3, "no visit 9"),
    (("apply", "R1", CODES[0], "--on", "2026-11-24"), 4, "in the future"),
    (("apply", "R1", CODES[0], "--on", "2026-02-28"), 4, "starts on 2026-03-01"),
    (("edit", "R1", "--drop", "title"), 2, "industries, tiers, sizes, source, gives, worth, from, until"),
    (("edit", "R1", "--drop", "worth", "--worth", "5"), 2, "cannot be both"),
    (("edit", "R1", "--drop", "from", "--until", "2026-02-28", "--from", "2026-03-01"), 2, "cannot be both"),
    ((*RELIEF, "-5"), 2, "not an amount"),
    ((*RELIEF, "-5"), 2, "Write yuan from 0.01 to 10000000000"),
    ((*RELIEF, "0"), 2, "is zero"),
    ((*RELIEF, "200亿"), 2, "exceeds"),
    ((*RELIEF, "5", "--on", "2026-11-24"), 4, "in the future"),
    ((*RELIEF, "5", "--on", "2026-02-28"), 4, "starts on 2026-03-01"),
    ((*RELIEF, "7", "--on", "2026-05-05"), 4, "already on record"),
    ((*RELIEF, "8", "--on", "2026-05-05"), 4, "add --again"),
    (("relief", "--again"), 2, "--amount and --kind"),
    (("relief", "R1", CODES[0], "--kind", "subsidy"), 2, "--amount and --kind"),
    (("relief", "--amount", "5"), 2, "--amount and --kind"),
]


@pytest.mark.parametrize(("words", "code", "says"), BAD, ids=[" ".join(words) for words, *_ in BAD])
def test_bad_input_is_refused_and_changes_nothing(
    desk: Esm, place: Place, words: tuple[str, ...], code: int, says: str
) -> None:
    policy(desk, *RELIEF, "7", "--on", "2026-05-05")
    before = database_content.dump(place)
    ran = desk("policy", *words)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert database_content.dump(place) == before


@pytest.mark.parametrize("step", [("brief", "R1", CODES[0]), ("apply", "R1", CODES[0])])
def test_nobody_is_told_of_a_policy_or_applies_after_its_end(desk: Esm, step: tuple[str, ...]) -> None:
    ran = desk("policy", *step, today="2026-12-11")
    assert (ran.code, "ended on 2026-12-10" in ran.err) == (4, True)
