"""What an import tells: what changed, who is missing, what to ask, and every fault counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

ENTERPRISES = "uscc,name,tier,above_scale,enrolled_on,contact_phone"


@pytest.fixture
def register(esm: Esm, tmp_path: Path) -> str:
    rows = [f"{code(n)},虚构{n}号,C,是,2026-01-01,1990000123{n}" for n in (1, 2, 3)]
    esm("import", csv_file(tmp_path, "enterprises", ENTERPRISES, *rows))
    esm("import", csv_file(tmp_path, "cadres", "staff_no,name", "1001,虚构甲", "1002,虚构乙"))
    esm("assign")
    return csv_file(
        tmp_path, "next", ENTERPRISES, f"{code(1)},虚构一号新名,A,是,,19900001239", f"{code(2)},虚构2号,C,,,"
    )


def test_a_dry_run_shows_each_field_before_and_now_and_masks_phones(esm: Esm, register: str) -> None:
    summary = told(esm, "import", register, "--dry-run")
    changes = {change["field"]: (change["key"], change["old"], change["new"]) for change in summary["changes"]}
    assert changes == {
        "name": (code(1), "虚构1号", "虚构一号新名"),
        "tier": (code(1), "C", "A"),
        "contact_phone": (code(1), "199****1231", "199****1239"),
    }
    assert (summary["updated"], summary["unchanged"]) == (1, 1)


def test_sheets_and_fields_are_codes_for_machines_and_words_for_people(esm: Esm, register: str) -> None:
    summary = told(esm, "import", register, "--dry-run", lang="zh")
    assert {(change["sheet"], change["field"]) for change in summary["changes"]} >= {("enterprises", "tier")}
    assert {entry["sheet"] for entry in summary["missing"]} == {"enterprises"}
    assert "联系电话" in esm("import", register, "--dry-run", lang="zh").out


def test_who_is_on_record_and_not_in_the_file_is_told_and_stays(esm: Esm, register: str) -> None:
    summary = told(esm, "import", register)
    assert [(entry["key"], entry["exited"]) for entry in summary["missing"]] == [(code(3), False)]
    assert told(esm, "enterprise", "show", code(3))["exited_on"] is None


def test_exit_missing_ends_their_time_and_their_pairing_and_is_undone_with_the_import(esm: Esm, register: str) -> None:
    before = told(esm, "enterprise", "show", code(3))
    summary = told(esm, "import", register, "--exit-missing", "--exit-on", "2026-11-20")
    assert (summary["exited"], summary["missing"][0]["exited"]) == (1, True)
    assert told(esm, "enterprise", "show", code(3))["exited_on"] == "2026-11-20"
    assert told(esm, "enterprise", "show", code(3))["scopes"][0]["end_on"] == "2026-11-20"
    esm("undo")
    assert told(esm, "enterprise", "show", code(3)) == before


def test_exit_missing_lets_nobody_exit_before_the_enrolment(esm: Esm, register: str) -> None:
    ran = esm("import", register, "--exit-missing", "--exit-on", "2025-12-31")
    assert ran.code == 5
    assert code(3) in ran.err
    assert told(esm, "enterprise", "show", code(1))["tier"] == "C"


def test_without_a_sheet_of_enterprises_nobody_exits(esm: Esm, register: str, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "cadres2", "staff_no,name", "1001,虚构甲")
    summary = told(esm, "import", roster, "--exit-missing")
    assert (summary["exited"], [entry["key"] for entry in summary["missing"]]) == (0, ["1002"])


@pytest.mark.parametrize("words", [["--exit-on", "2026-11-20"], ["--exit-missing", "--skip-bad"]])
def test_options_that_make_no_sense_together_are_refused(esm: Esm, register: str, words: list[str]) -> None:
    assert esm("import", register, *words).code == 2


def test_many_faults_are_counted_by_kind_and_listed_up_to_200(esm: Esm, tmp_path: Path) -> None:
    rows = [f"{code(n)},虚构{n}号,X,是,3月5日," for n in range(150)]
    roster = csv_file(tmp_path, "e", ENTERPRISES, *rows)
    ran = esm("import", roster)
    assert "150 × the year is missing" in ran.err
    assert ran.err.count("“3月5日”") + ran.err.count("“X”") == 200
    assert "100" in ran.err.splitlines()[-1]
    summary = told(esm, "import", roster, "--skip-bad")
    assert (len(summary["errors"]), {entry["count"] for entry in summary["reasons"]}) == (300, {150})


def test_the_faults_of_a_sheet_are_told_row_by_row_and_from_left_to_right(esm: Esm, tmp_path: Path) -> None:
    rows = [
        f"{code(1)},虚构1号,C,是,2026-01-01,199****0000", f"{code(2)},虚构2号,X,是,3月5日,", f"{code(1)},虚构3号,,,,",
        f"{code(4)},虚构4号,C,是,3月5日,",
    ]  # fmt: skip
    errors = told(esm, "import", csv_file(tmp_path, "e", ENTERPRISES, *rows))["errors"]
    assert [error["cell"] for error in errors] == ["F2", "C3", "E3", "A4", "E5"]


def test_people_see_200_rows_of_a_listing_and_how_many_more_there_are(esm: Esm, tmp_path: Path) -> None:
    esm("import", csv_file(tmp_path, "e", "uscc,name", *(f"{code(n)},虚构{n}号" for n in range(230))))
    changed = csv_file(tmp_path, "f", "uscc,name", *(f"{code(n)},虚构{n}户" for n in range(230)))
    assert "Further rows not listed: 30." in esm("import", changed, "--dry-run").out
    assert len(told(esm, "import", changed, "--dry-run")["changes"]) == 230


def test_a_fault_of_a_master_row_is_not_told_as_an_unknown_key_elsewhere(esm: Esm, tmp_path: Path) -> None:
    files = [
        csv_file(tmp_path, "cadres", "staff_no,name,phone", "1,虚构伟,123"),
        csv_file(tmp_path, "enterprises", "uscc,name", f"{code(1)},"),
        csv_file(tmp_path, "pairings", "uscc,staff_no,start_on", f"{code(1)},1,2026-03-01"),
    ]
    reasons = {error["cell"]: error["reason"] for error in told(esm, "import", *files)["errors"][2:]}
    assert reasons == {
        "A2": "the row of this enterprise has an error: correct it first",
        "B2": "the row of this cadre has an error: correct it first",
    }


def test_a_file_that_is_named_twice_is_read_once(esm: Esm, tmp_path: Path) -> None:
    roster = Path(csv_file(tmp_path, "e", "uscc,name", f"{code(1)},虚构1号"))
    ran = esm("import", str(roster), str(roster.parent / "." / ".." / roster.parent.name / roster.name))
    assert (ran.code, len(told(esm, "enterprise", "list"))) == (0, 1)
    assert "more than once" in ran.err


def test_the_answer_and_the_marked_workbook_cannot_be_one_file(esm: Esm, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "e", "uscc,name", f"{code(1)},虚构1号", "x,虚构2号")
    target = str(tmp_path / "answer.xlsx")
    assert esm("import", roster, "--skip-bad", "--errors", target, "-o", target).code == 2
    assert (Path(target).exists(), told(esm, "enterprise", "list")) == (False, [])


@pytest.mark.parametrize(("typed", "shown"), [("4321.50", "4321.5"), ("1000", "1000"), ("0.0001", "0.0001")])
def test_a_changed_amount_is_told_without_idle_digits(esm: Esm, tmp_path: Path, typed: str, shown: str) -> None:
    esm("import", csv_file(tmp_path, "e", "uscc,name,revenue", f"{code(1)},虚构1号,3694.4"))
    ran = esm("import", csv_file(tmp_path, "e", "uscc,name,revenue", f"{code(1)},虚构1号,{typed}"), "--format", "csv")
    assert f",3694.4,{shown}" in ran.out
