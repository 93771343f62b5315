"""Enterprises and cadres at the command line: added, changed, listed, shown, and let go."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from tests import database_content, district_oracle
from tests import district as drawn
from tests.conftest import Esm
from tests.database_content import business
from tests.rosters import code, csv_file, told

from esm.storage.database.connection import Writing
from esm.storage.database.place import Place
from esm.usecases.register import cadres as register_cadres

ENTERPRISE = [
    "uscc", "name", "tier", "subdistrict", "industry_code", "address", "revenue", "employees", "qualified",
    "above_scale", "enrolled_on", "exited_on", "contact_name", "contact_title", "contact_phone",
]  # fmt: skip
CADRE = [
    "staff_no", "name", "department", "title", "rank", "subdistrict", "expertise", "phone", "capacity", "active_from",
    "left_on", "email",
]  # fmt: skip
PHONE = "19900001234"


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store one enterprise and one cadre, every field told, and a pairing since 1 July."""
    added = esm(
        "enterprise", "add", code(1), "--name", "江畔一号有限公司", "--industry", "3983", "--subdistrict", "听潮街道",
        "--address", "观澜路1号", "--revenue", "2500", "--employees", "80", "--qualified", "--tier", "B",
        "--above-scale", "--enrolled-on", "2026-06-30", "--contact-name", "尤小满", "--contact-title", "财务",
        "--contact-phone", PHONE,
    )  # fmt: skip
    assert added.code == 0
    added = esm(
        "cadre", "add", "1001", "--name", "尹志恒", "--department", "统计局", "--title", "科长", "--rank", "3",
        "--subdistrict", "听潮街道", "--expertise", "C39、F", "--phone", PHONE, "--capacity", "2",
        "--active-from", "2026-01-01",
    )  # fmt: skip
    assert added.code == 0
    assert esm("assign", today="2026-07-01").code == 0
    return place


def test_an_enterprise_is_stored_as_it_was_told(esm: Esm, district: Place) -> None:
    file = told(esm, "enterprise", "show", code(1), "--exact")
    assert {key: file[key] for key in ENTERPRISE} == {
        "uscc": code(1), "name": "江畔一号有限公司", "tier": "B", "subdistrict": "听潮街道", "industry_code": "C3983",
        "address": "观澜路1号", "revenue": 2500, "employees": 80, "qualified": True, "above_scale": True,
        "enrolled_on": "2026-06-30", "exited_on": None, "contact_name": "尤小满", "contact_title": "财务",
        "contact_phone": "199****1234",
    }  # fmt: skip
    assert file["scopes"] == [{"start_on": "2026-06-30", "end_on": None, "basis": "register"}]
    assert [pair["staff_no"] for pair in file["pairings"]] == ["1001"]
    assert (file["due_on"], file["visits"]) == ("2026-08-30", [])


def test_a_cadre_is_stored_as_told(esm: Esm, district: Place) -> None:
    file = told(esm, "cadre", "show", "1001")
    assert {key: file[key] for key in CADRE} == {
        "staff_no": "1001", "name": "尹志恒", "department": "统计局", "title": "科长", "rank": "3",
        "subdistrict": "听潮街道", "expertise": ["C39", "F"], "phone": "199****1234", "capacity": 2,
        "active_from": "2026-01-01", "left_on": None, "email": None,
    }  # fmt: skip
    assert [(pair["uscc"], pair["start_on"]) for pair in file["pairings"]] == [(code(1), "2026-07-01")]


def test_lists_carry_the_keys_of_the_roster_in_every_language(esm: Esm, district: Place) -> None:
    for lang in ("en", "zh"):
        assert list(told(esm, "enterprise", "list", lang=lang)[0]) == [*ENTERPRISE, "basis"]
        assert list(told(esm, "cadre", "list", lang=lang)[0]) == [*CADRE, "load"]
        header = esm("cadre", "list", "--format", "csv", lang=lang).out.splitlines()[0]
        assert header.split(",") == [*CADRE, "load"]


def test_a_file_has_the_keys_of_the_list_and_what_hangs_on_it(esm: Esm, district: Place) -> None:
    hung = ["basis", "due_on", "scopes", "pairings", "recusals", "visits", "notes"]
    assert list(told(esm, "enterprise", "show", code(1))) == [*ENTERPRISE, *hung]
    assert list(told(esm, "cadre", "show", "1001")) == [
        *CADRE, "pairings", "deputy_in", "recusals", "absences", "visits", "notes",
    ]  # fmt: skip


def test_a_past_day_shows_the_groups_scope_pairings_and_visits_of_that_day(esm: Esm, district: Place) -> None:
    assert esm("visit", "log", code(1), "--met", "Manager", "--on", "2026-11-20").code == 0
    assert esm("enterprise", "edit", code(1), "--tier", "A", "--industry", "F5211").code == 0
    assert esm("cadre", "edit", "1001", "--department", "财政局").code == 0
    assert esm("enterprise", "exit", code(1)).code == 0
    keys = ("tier", "industry_code", "basis", "due_on", "pairings", "visits")
    then = told(esm, "enterprise", "show", code(1), today="2026-06-30")
    assert [then[key] for key in keys] == ["B", "C3983", "register", "2026-08-30", [], []]
    now = told(esm, "enterprise", "show", code(1))
    assert [now[key] for key in keys[:4]] == ["A", "F5211", None, None]
    assert [len(now[key]) for key in keys[4:]] == [1, 1]
    assert told(esm, "enterprise", "list", "--tier", "B", today="2026-11-22")[0]["basis"] == "register"
    assert told(esm, "cadre", "list", "--department", "统计局", today="2026-11-22")[0]["load"] == 1
    assert told(esm, "cadre", "list", "--department", "财政局")[0]["load"] == 0
    assert told(esm, "cadre", "show", "1001", today="2026-06-30")["pairings"] == []


@given(told_district=drawn.districts(), on=drawn.days)
def test_a_cadres_load_is_what_the_rules_say(writing: Writing, told_district: drawn.District, on: date) -> None:
    writing.connection.execute("SAVEPOINT drawn")
    drawn.store(writing, told_district)
    listed = register_cadres.list_cadres(writing, on)
    writing.connection.execute("ROLLBACK TO drawn")
    assert {cadre.staff_no: load for cadre, load in listed} == {
        staff_no: district_oracle.load(told_district, staff_no, on) for staff_no in drawn.STAFF
    }


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        (["--industry", "3983", "--revenue", "2000"], "predicted"),
        (["--industry", "3983", "--revenue", "1999"], None),
        (["--industry", "3983"], "undecidable"),
        (["--industry", "4710", "--revenue", "9000"], "undecidable"),
        (["--revenue", "9000"], "undecidable"),
        (["--industry", "0111", "--revenue", "9000"], None),
        (["--below-scale"], None),
    ],
)
def test_the_list_and_check_say_who_is_in_scope_by_prediction_or_cannot_be_decided(
    esm: Esm, district: Place, words: list[str], basis: str | None
) -> None:
    assert esm("enterprise", "add", code(2), "--name", "江畔二号有限公司", *words).code == 0
    listed = {row["uscc"]: row["basis"] for row in told(esm, "enterprise", "list")}
    assert listed[code(2)] == basis
    due = {row["uscc"]: row["basis"] for row in told(esm, "due", "--within", "99")}
    assert due.get(code(2)) == (basis if basis == "predicted" else None)
    ran = esm("check", "--format", "json")
    kinds = {found["kind"] for found in json.loads(ran.out) if found["uscc"] == code(2)}
    assert ("undecidable" in kinds, ran.code) == (basis == "undecidable", 1)


WORDS = [["enterprise", "list"], ["enterprise", "show", "一号"], ["cadre", "list"], ["cadre", "show", "尹志恒"]]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["table", "json", "csv", "md"])
def test_every_format_shows_the_name_and_no_telephone_number(
    esm: Esm, district: Place, words: list[str], kind: str
) -> None:
    ran = esm(*words, "--format", kind)
    assert ran.code == 0
    assert ("尹志恒" if "cadre" in words else "江畔一号有限公司") in ran.out
    assert PHONE not in ran.out


@pytest.mark.parametrize("ending", ["json", "csv", "md", "xlsx"])
def test_the_ending_of_the_file_picks_the_format(esm: Esm, district: Place, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"list.{ending}"
    ran = esm("enterprise", "list", "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    begins = {"json": b"[", "csv": b"\xef\xbb\xbfuscc,", "md": b"#", "xlsx": b"PK"}[ending]
    assert target.read_bytes().startswith(begins)


def test_a_list_can_be_narrowed(esm: Esm, district: Place) -> None:
    assert esm("enterprise", "add", code(2), "--name", "江畔二号有限公司", "--subdistrict", "青枫镇").code == 0
    assert esm("cadre", "add", "1002", "--name", "龚雨霞", "--department", "税务局").code == 0
    assert [row["uscc"] for row in told(esm, "enterprise", "list")] == [code(1), code(2)]
    assert [row["uscc"] for row in told(esm, "enterprise", "list", "--tier", "C")] == [code(2)]
    assert [row["uscc"] for row in told(esm, "enterprise", "list", "--subdistrict", "听潮街道")] == [code(1)]
    assert [(row["staff_no"], row["load"]) for row in told(esm, "cadre", "list")] == [("1001", 1), ("1002", 0)]
    assert [row["staff_no"] for row in told(esm, "cadre", "list", "--department", "税务局")] == ["1002"]


@pytest.mark.parametrize("words", [code(1), code(1).lower(), "1", "一号", "江畔一号有限公司"])
def test_an_enterprise_goes_by_code_id_or_part_of_its_name(esm: Esm, district: Place, words: str) -> None:
    assert told(esm, "enterprise", "show", words)["uscc"] == code(1)


def test_a_code_is_taken_in_any_width_and_a_day_in_any_spelling(esm: Esm, place: Place) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code(3))
    added = esm("enterprise", "add", wide, "--name", "甲", "--above-scale", "--enrolled-on", "2026年3月1日")
    assert added.code == 0
    assert told(esm, "enterprise", "show", code(3))["enrolled_on"] == "2026-03-01"


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        (["--above-scale"], ["register"]),
        (["--below-scale", "--industry", "3983", "--revenue", "9000"], []),
        (["--industry", "3983", "--revenue", "2000"], ["predicted"]),
        (["--industry", "3983", "--revenue", "1999"], []),
        ([], []),
    ],
    ids=["register", "register says no", "on the line", "below the threshold", "cannot be decided"],
)
def test_the_register_decides_on_scope_and_else_the_line(
    esm: Esm, place: Place, words: list[str], basis: object
) -> None:
    assert esm("enterprise", "add", code(3), "--name", "甲", *words).code == 0
    assert [scope["basis"] for scope in told(esm, "enterprise", "show", code(3))["scopes"]] == basis


def test_an_enterprise_without_a_day_is_enrolled_on_the_day_it_is_added(esm: Esm, place: Place) -> None:
    assert esm("enterprise", "add", code(3), "--name", "甲", "--above-scale", today="2026-05-04").code == 0
    file = told(esm, "enterprise", "show", code(3))
    assert (file["enrolled_on"], file["tier"], file["due_on"]) == ("2026-05-04", "C", "2026-07-04")


@pytest.mark.parametrize(
    ("words", "word"),
    [
        (["cadre", "add", "1009", "--name", "甲", "--rank", "6"], "6"),
        (["cadre", "add", "1009", "--name", "甲", "--expertise", "C39,ZZ"], "ZZ"),
        (["cadre", "edit", "1001", "--phone", "none"], "none"),
        (["enterprise", "edit", "一号", "--tier", "D"], "D"),
        (["enterprise", "edit", "一号", "--industry", "0000"], "0000"),
        (["enterprise", "edit", "一号", "--revenue", "much"], "much"),
        (["enterprise", "edit", "一号", "--enrolled-on", "2026-02-30"], "2026-02-30"),
        (["enterprise", "edit", "一号", "--name", " "], "empty"),
    ],
    ids=["rank", "expertise", "phone", "tier", "industry", "revenue", "day", "blank"],
)
def test_a_word_that_cannot_be_read_is_wrong_usage(esm: Esm, district: Place, words: list[str], word: str) -> None:
    before = database_content.digest(district)
    ran = esm(*words)
    assert (ran.code, ran.out) == (2, "")
    assert word in ran.err
    assert database_content.digest(district) == before


def test_a_change_is_told_field_by_field_with_the_telephone_masked(esm: Esm, district: Place) -> None:
    ran = esm("enterprise", "edit", code(1), "--tier", "A", "--contact-phone", "19900005678")
    assert ran.code == 0
    changed = ran.out.split("Changed")[1]
    assert ["Tier", "B", "A"] in [line.split() for line in changed.splitlines()]
    assert "199****1234" in changed
    assert "199****5678" in changed
    assert "19900005678" not in ran.out


def test_an_option_left_out_keeps_what_is_stored(esm: Esm, district: Place) -> None:
    before = told(esm, "cadre", "show", "1001")
    assert esm("cadre", "edit", "尹志恒", "--capacity", "0").code == 0
    assert told(esm, "cadre", "show", "1001") == {**before, "capacity": 0}


@pytest.mark.parametrize(
    "words",
    [["enterprise", "edit", "一号", "--tier", "B"], ["cadre", "edit", "1001", "--rank", "3", "--expertise", "C39,F"]],
    ids=["enterprise", "cadre"],
)
def test_a_change_to_what_is_stored_already_leaves_no_operation(esm: Esm, district: Place, words: list[str]) -> None:
    before = database_content.digest(district)
    assert esm(*words).code == 0
    assert database_content.digest(district) == before


@pytest.mark.parametrize(
    "words",
    [
        ["enterprise", "add", code(2), "--name", "江畔二号有限公司", "--above-scale"],
        ["enterprise", "edit", "一号", "--tier", "A"],
        ["enterprise", "exit", "一号"],
        ["cadre", "add", "1002", "--name", "龚雨霞"],
        ["cadre", "edit", "1001", "--department", "税务局"],
        ["cadre", "leave", "1001"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_a_dry_run_prints_what_the_real_one_does_and_undo_takes_it_back(
    esm: Esm, district: Place, words: list[str]
) -> None:
    before, stored = database_content.digest(district), business(district)
    dry = esm(*words, "--dry-run")
    assert database_content.digest(district) == before
    assert "nothing was saved" in dry.err
    assert esm(*words) == replace(dry, err="")
    assert business(district) != stored
    assert esm("undo").code == 0
    assert business(district) == stored


def test_an_enterprise_that_exits_ends_its_pairing_on_the_same_day(esm: Esm, district: Place) -> None:
    assert esm("enterprise", "exit", code(1), "--on", "2026-11-23").code == 0
    file = told(esm, "enterprise", "show", code(1))
    assert file["exited_on"] == "2026-11-23"
    assert [scope["end_on"] for scope in file["scopes"]] == ["2026-11-23"]
    assert [(pair["start_on"], pair["end_on"]) for pair in file["pairings"]] == [("2026-07-01", "2026-11-23")]
    assert told(esm, "due", "--within", "400") == []


def test_an_exit_to_come_leaves_the_enterprise_in_scope_until_then(esm: Esm, district: Place) -> None:
    assert esm("enterprise", "exit", code(1), "--on", "2026-12-31").code == 0
    served = {day: told(esm, "report", today=day)["served"] for day in ("2026-11-23", "2026-12-30", "2026-12-31")}
    assert served == {"2026-11-23": 1, "2026-12-30": 1, "2026-12-31": 0}


def test_an_enterprise_exits_once(esm: Esm, district: Place) -> None:
    assert esm("enterprise", "exit", code(1), "--on", "2026-11-01").code == 0
    ran = esm("enterprise", "exit", code(1))
    assert ran.code == 4
    assert "2026-11-01" in ran.err


def test_a_later_enrolment_takes_an_enterprise_in_again(esm: Esm, district: Place) -> None:
    assert esm("enterprise", "exit", code(1), "--on", "2026-08-01").code == 0
    assert esm("enterprise", "edit", code(1), "--enrolled-on", "2026-11-01").code == 0
    file = told(esm, "enterprise", "show", code(1))
    assert [scope["start_on"] for scope in file["scopes"]] == ["2026-06-30", "2026-11-01"]
    assert (file["exited_on"], file["due_on"]) == (None, "2027-01-01")


def test_a_cadre_who_leaves_leaves_the_enterprise_unserved_and_the_checker_says_so(esm: Esm, district: Place) -> None:
    assert esm("cadre", "leave", "1001", "--on", "2026-11-23").code == 0
    found = esm("check", "--format", "json")
    assert found.code == 1
    kinds = {(row["kind"], row["uscc"], row["staff_no"]) for row in json.loads(found.out)}
    assert {("unserved", code(1), None), ("cadre_left", code(1), "1001")} <= kinds
    report = told(esm, "report")
    assert (report["served"], report["unserved"]) == (0, 1)
    assert told(esm, "report", "--as-of", "2026-11-22")["served"] == 1


def test_a_cadre_leaves_once_and_not_before_the_post_began(esm: Esm, district: Place) -> None:
    assert esm("cadre", "leave", "1001", "--on", "2026-01-01").code == 4
    assert esm("cadre", "leave", "1001", "--on", "2026-11-01").code == 0
    assert esm("cadre", "leave", "1001").code == 4
    assert told(esm, "cadre", "show", "1001")["left_on"] == "2026-11-01"


def test_a_cadre_who_left_is_given_nobody(esm: Esm, district: Place) -> None:
    assert esm("cadre", "leave", "1001", "--on", "2026-11-23").code == 0
    answer = told(esm, "assign")
    assert (answer["pairs"], answer["ended"]) == ([], 1)
    assert answer["unserved_enterprises"][0]["reason"] == "no_cadre_left"


@pytest.mark.parametrize(
    ("words", "breakdown", "old", "new"),
    [
        (["enterprise", "edit", "一号", "--tier", "A"], "by_tier", "B", "A"),
        (["enterprise", "edit", "一号", "--subdistrict", "青枫镇"], "by_subdistrict", "听潮街道", "青枫镇"),
        (["cadre", "edit", "1001", "--department", "税务局"], "by_department", "统计局", "税务局"),
    ],
    ids=["tier", "subdistrict", "department"],
)
def test_a_changed_group_keeps_the_past_where_it_was(
    esm: Esm, district: Place, words: list[str], breakdown: str, old: str, new: str
) -> None:
    assert esm(*words).code == 0
    for as_of, key in (("2026-11-22", old), ("2026-11-23", new)):
        rows = told(esm, "report", "--as-of", as_of)[breakdown]
        assert {row["key"]: row["served"] for row in rows if row["served"]} == {key: 1}


def test_what_was_added_by_hand_is_known_to_the_next_roster(esm: Esm, district: Place, tmp_path: Path) -> None:
    cadres = csv_file(tmp_path, "cadres", "staff_no,name,department", "1001,尹志恒,统计局", "1002,龚雨霞,税务局")
    summary = told(esm, "import", cadres)
    assert (summary["added"], summary["updated"], summary["unchanged"]) == (1, 0, 1)


def test_revenue_is_a_band_unless_the_figure_is_asked_for(esm: Esm, district: Place) -> None:
    assert told(esm, "enterprise", "show", code(1))["revenue"] == "2000-5000"
    assert {row["revenue"] for row in told(esm, "enterprise", "list")} == {"2000-5000"}
    assert {row["revenue"] for row in told(esm, "enterprise", "list", "--exact")} == {2500}
    assert "2500" not in esm("enterprise", "show", code(1)).out


def test_phones_are_shown_in_full_only_when_asked_for_and_then_the_journal_tells(esm: Esm, district: Place) -> None:
    before = len(told(esm, "history"))
    assert PHONE not in esm("enterprise", "list", "--format", "csv").out + esm("cadre", "show", "1001").out
    assert len(told(esm, "history")) == before
    assert PHONE in esm("enterprise", "list", "--format", "csv", "--with-phones").out
    assert PHONE in esm("cadre", "show", "1001", "--with-phones").out
    assert len(told(esm, "history")) == before + 2
