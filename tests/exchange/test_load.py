"""Rosters into the database: keys decide what is new, blank cells keep what is stored, all or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm, Ran
from tests.database_content import business
from tests.rosters import CHINESE, ENGLISH, code, csv_file, told, workbook

from esm.storage.database import connection
from esm.storage.database.place import FilePlace

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a CSV roster: a name, then its lines."""
    return lambda name, *lines: csv_file(tmp_path, name, *lines)


def shown(esm: Esm, number: int) -> Any:
    """Return the file of one enterprise."""
    return told(esm, "enterprise", "show", code(number))


def faults(ran: Ran) -> list[tuple[str, str]]:
    """Return cell and reason of every fault of a refused import."""
    assert ran.code == 5
    return [(fault["cell"], fault["reason"]) for fault in json.loads(ran.out)["errors"]]


def stretches(path: Path) -> list[tuple[object, ...]]:
    """Return every pairing, every stretch in scope and every absence, by their keys."""
    with connection.reading(FilePlace(path)) as reading:
        return [
            *reading.rows(
                """SELECT uscc, staff_no, start_on, end_on, pinned FROM pairing
                   JOIN enterprise ON enterprise.id = enterprise_id JOIN cadre ON cadre.id = cadre_id
                   ORDER BY uscc, start_on"""
            ),
            *reading.rows(
                """SELECT uscc, start_on, end_on, basis FROM scope
                   JOIN enterprise ON enterprise.id = enterprise_id ORDER BY uscc, start_on"""
            ),
            *reading.rows(
                """SELECT staff_no, start_on, end_on FROM absence
                   JOIN cadre ON cadre.id = cadre_id ORDER BY staff_no, start_on"""
            ),
        ]


@pytest.fixture
def roster(esm: Esm, write: Write) -> None:
    """Store two cadres, two enterprises and one pairing."""
    cadres = write("cadres", "staff_no,name,department", "1001,尹志恒,统计局", "1002,龚雨霞,税务局")
    enterprises = write(
        "enterprises", "uscc,name,tier,subdistrict,above_scale,enrolled_on",
        f"{code(1)},江畔一号有限公司,B,听潮街道,是,2026-06-30", f"{code(2)},江畔二号有限公司,C,,是,2026-01-01",
    )  # fmt: skip
    pairings = write("pairings", "uscc,staff_no,start_on", f"{code(1)},1001,2026-07-01")
    assert esm("import", cadres, enterprises, pairings).code == 0


def test_a_second_import_of_the_same_file_changes_nothing(esm: Esm) -> None:
    first = told(esm, "import", *ENGLISH)
    again = told(esm, "import", *ENGLISH)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 0, first["added"])
    assert len(told(esm, "history")) == 1


def test_both_languages_of_the_example_tell_the_same(esm: Esm, path: Path, tmp_path: Path) -> None:
    chinese = tmp_path / "zh.db"
    assert esm("import", *ENGLISH).code == 0
    assert esm("import", CHINESE, db=chinese).code == 0
    keys = ("uscc", "tier", "staff_no", "last_visit_on", "due_on")
    english = [[row[key] for key in keys] for row in told(esm, "due", "--within", "400")]
    assert len(english) == 314
    assert [[row[key] for key in keys] for row in told(esm, "due", "--within", "400", db=chinese)] == english
    assert stretches(chinese) == stretches(path)


def test_undo_takes_an_import_back_whole(esm: Esm) -> None:
    assert esm("import", *ENGLISH).code == 0
    assert esm("undo").code == 0
    assert {row["rows"] for row in told(esm, "db", "info")["tables"]} == {0}
    assert esm("db", "check").code == 0


def test_undo_of_a_correction_brings_back_what_was_stored(esm: Esm, roster: None, write: Write, path: Path) -> None:
    before = business(path)
    cadres = write("cadres", "staff_no,name,department", "1001,尹志恒,财政局")
    enterprises = write("enterprises", "uscc,name,tier,exited_on", f"{code(1)},江畔一号有限公司,A,2026-10-01")
    assert esm("import", cadres, enterprises).code == 0
    assert esm("undo").code == 0
    assert business(path) == before


def test_the_summary_has_the_keys_of_the_contract(esm: Esm, write: Write) -> None:
    file = write("cadres", "staff_no,name", "1001,尹志恒")
    summary = told(esm, "import", file)
    assert {key: summary[key] for key in ("files", "added", "updated", "unchanged", "rejected", "errors")} == {
        "files": [file], "added": 1, "updated": 0, "unchanged": 0, "rejected": 0, "errors": [],
    }  # fmt: skip


def test_a_blank_cell_and_an_absent_column_keep_what_is_stored(esm: Esm, roster: None, write: Write) -> None:
    assert esm("import", write("enterprises", "uscc,name,tier", f"{code(1)},江畔一号有限公司,")).code == 0
    kept = shown(esm, 1)
    assert (kept["tier"], kept["subdistrict"], kept["enrolled_on"]) == ("B", "听潮街道", "2026-06-30")


def test_a_blank_enrolment_is_the_day_of_the_import_and_never_enrols_again(esm: Esm, write: Write) -> None:
    file = write("enterprises", "uscc,name,above_scale,enrolled_on", f"{code(3)},江畔三号有限公司,是,")
    assert esm("import", file, today="2026-05-04").code == 0
    assert esm("import", file, today="2026-08-01").code == 0
    assert shown(esm, 3)["enrolled_on"] == "2026-05-04"
    assert [scope["start_on"] for scope in shown(esm, 3)["scopes"]] == ["2026-05-04"]


def test_above_scale_takes_the_whole_file_as_the_register(esm: Esm, write: Write) -> None:
    file = write("enterprises", "uscc,name,above_scale", f"{code(3)},甲,", f"{code(4)},乙,否")
    assert esm("import", "--above-scale", file).code == 0
    assert [row["uscc"] for row in told(esm, "due", "--within", "90")] == [code(3)]


def test_where_the_roster_is_silent_the_thresholds_predict(esm: Esm, write: Write) -> None:
    lines = [f"{code(number)},{number}号,3983,{revenue}" for number, revenue in ((5, 2000), (6, 1999), (7, ""))]
    assert esm("import", write("enterprises", "uscc,name,industry_code,revenue", *lines)).code == 0
    assert [scope["basis"] for scope in shown(esm, 5)["scopes"]] == ["predicted"]
    assert shown(esm, 6)["scopes"] == shown(esm, 7)["scopes"] == []


def test_an_import_says_how_many_are_predicted_and_how_many_cannot_be_decided(esm: Esm, write: Write) -> None:
    lines = [
        f"{code(number)},{number}号,3983,{revenue}" for number, revenue in ((5, 2000), (6, 1999), (7, ""), (8, ""))
    ]
    ran = esm("import", write("enterprises", "uscc,name,industry_code,revenue", *lines))
    assert "In scope only by prediction, because the register does not state it: 1" in ran.out + ran.err
    assert "Not in scope, because a field needed to decide is missing: 2; see `esm check`" in ran.out + ran.err


def test_a_changed_group_is_dated_from_the_import_and_so_is_a_filled_blank(
    esm: Esm, roster: None, write: Write
) -> None:
    lines = (f"{code(1)},江畔一号有限公司,A,听潮街道", f"{code(2)},江畔二号有限公司,C,青枫镇")
    assert esm("import", write("enterprises", "uscc,name,tier,subdistrict", *lines), today="2026-12-01").code == 0
    report = told(esm, "report", "--as-of", "2026-11-30", today="2026-12-31")
    assert {row["key"]: row["in_scope"] for row in report["by_tier"]} == {"B": 1, "C": 1}
    assert {row["key"]: row["in_scope"] for row in report["by_subdistrict"]} == {"听潮街道": 1, None: 1}
    later = told(esm, "report", "--as-of", "2026-12-01", today="2026-12-31")
    assert {row["key"]: row["in_scope"] for row in later["by_tier"]} == {"A": 1, "C": 1}
    assert {row["key"]: row["in_scope"] for row in later["by_subdistrict"]} == {"听潮街道": 1, "青枫镇": 1}


def test_a_later_enrolment_enters_scope_again_and_restarts_the_clock(esm: Esm, roster: None, write: Write) -> None:
    assert esm("enterprise", "exit", code(1), "--on", "2026-08-01").code == 0
    file = write("enterprises", "uscc,name,enrolled_on", f"{code(1)},江畔一号有限公司,2026-12-31")
    assert esm("import", file, today="2027-01-05").code == 0
    again = told(esm, "enterprise", "show", code(1), today="2027-01-05")
    assert [(scope["start_on"], scope["end_on"]) for scope in again["scopes"]] == [
        ("2026-06-30", "2026-08-01"), ("2026-12-31", None),
    ]  # fmt: skip
    assert (again["exited_on"], again["due_on"]) == (None, "2027-02-28")


def test_every_fault_is_told_at_once_with_its_place_and_nothing_is_written(
    esm: Esm, roster: None, write: Write, path: Path
) -> None:
    before = path.read_bytes()
    visits = write(
        "visits", "uscc,staff_no,done_on", f"{code(1)},1001,2026-11-24", f"{code(9)},1001,2026-11-01",
        f"{code(1)},1003,2026-11-01", f"{code(1)},1001,2026-02-30", f"{code(1)},1001,2026-11-02",
    )  # fmt: skip
    cadres = write("cadres", "staff_no,name,rank", "1004,龚雨霞,9")
    ran = esm("import", visits, cadres, "--format", "json")
    assert ran.code == 5
    told_of = {
        (fault["file"], fault["sheet"], fault["cell"], fault["value"]): fault["reason"]
        for fault in json.loads(ran.out)["errors"]
    }
    assert {(visits, "visits", "C2", "2026-11-24"), (visits, "visits", "A3", code(9)), (visits, "visits", "B4", "1003"),
            (visits, "visits", "C5", "2026-02-30"), (cadres, "cadres", "C2", "9")} == told_of.keys()  # fmt: skip
    assert "future" in told_of[visits, "visits", "C2", "2026-11-24"]
    assert f"did you mean {code(1)[:16]}" in told_of[visits, "visits", "A3", code(9)]
    assert "did you mean 100" in told_of[visits, "visits", "B4", "1003"]
    assert json.loads(ran.out)["rejected"] == 5
    assert path.read_bytes() == before


def test_a_file_full_of_strangers_is_refused_without_a_guess_for_each(esm: Esm, roster: None, write: Write) -> None:
    lines = [f"{code(1)},{number},2026-11-02" for number in range(1100, 1130)]
    found = faults(esm("import", write("visits", "uscc,staff_no,done_on", *lines), "--format", "json"))
    assert len(found) == 30
    assert "did you mean" not in found[-1][1]


@pytest.mark.parametrize(
    ("sheet", "header", "line", "cell"),
    [
        ("pairings", "uscc,staff_no,start_on", f"{code(1)},1002,2026-10-01", "C2"),
        ("pairings", "uscc,staff_no,start_on,end_on", f"{code(1)},1002,2026-06-01,2026-07-02", "C2"),
        ("enterprises", "uscc,name,exited_on", f"{code(1)},江畔一号有限公司,2026-06-30", "C2"),
        ("cadres", "staff_no,name,active_from,left_on", "1001,尹志恒,2026-05-01,2026-04-30", "D2"),
        ("absences", "staff_no,start_on,end_on", "1001,2026-05-01,2026-05-01", "C2"),
        ("recusals", "staff_no,uscc,reason", f"1009,{code(1)},亲属", "A2"),
    ],
    ids=[
        "pairing after an open one",
        "pairing into the next",
        "exit before enrolment",
        "left before active",
        "empty absence",
        "unknown cadre",
    ],
)
def test_what_contradicts_the_record_is_refused_at_its_cell(
    esm: Esm, roster: None, write: Write, sheet: str, header: str, line: str, cell: str
) -> None:
    assert [place for place, _ in faults(esm("import", write(sheet, header, line), "--format", "json"))] == [cell]


def test_a_longer_stretch_must_not_reach_into_the_next_one(esm: Esm, roster: None, write: Write) -> None:
    header = "uscc,staff_no,start_on,end_on"
    first, second = f"{code(1)},1001,2026-07-01,2026-10-01", f"{code(1)},1002,2026-10-01,"
    assert esm("import", write("pairings", header, first, second)).code == 0
    longer = write("pairings", header, first.replace("10-01", "10-02"))
    assert [cell for cell, _ in faults(esm("import", longer, "--format", "json"))] == ["D2"]


def test_an_absence_must_not_overlap_one_on_record(esm: Esm, roster: None, write: Write) -> None:
    header = "staff_no,start_on,end_on"
    first = write("absences", header, "1001,2026-12-01,2026-12-05", "1001,2026-12-20,2026-12-25")
    assert esm("import", first).code == 0
    lines = ("1001,2026-11-28,2026-12-02", "1001,2026-12-01,2026-12-21", "1002,2026-12-01,2026-12-05")
    found = faults(esm("import", write("absences", header, *lines), "--format", "json"))
    assert sorted(cell for cell, _ in found) == ["B2", "C3"]


def test_an_end_told_in_the_file_makes_room_for_what_follows(esm: Esm, roster: None, write: Write) -> None:
    absences = write("absences", "staff_no,start_on,end_on", "1001,2026-12-01,2026-12-20")
    assert esm("import", absences).code == 0
    files = (
        write("absences", "staff_no,start_on,end_on", "1001,2026-12-10,2026-12-15", "1001,2026-12-01,2026-12-10"),
        write("pairings", "uscc,staff_no,start_on,end_on",
              f"{code(1)},1002,2026-10-01,", f"{code(1)},1001,2026-07-01,2026-10-01"),
    )  # fmt: skip
    told_of = told(esm, "import", *files)
    assert (told_of["added"], told_of["updated"], told_of["rejected"]) == (2, 2, 0)
    assert [(pair["staff_no"], pair["end_on"]) for pair in shown(esm, 1)["pairings"]] == [
        ("1001", "2026-10-01"), ("1002", None),
    ]  # fmt: skip


def test_a_pinned_pairing_is_not_handed_to_a_recused_cadre(esm: Esm, roster: None, write: Write) -> None:
    header = "uscc,staff_no,start_on"
    pinned = write("pairings", f"{header},pinned", f"{code(1)},1001,2026-07-01,yes")
    recusals = write("recusals", "staff_no,uscc,reason", f"1002,{code(1)},亲属")
    assert esm("import", pinned, recusals).code == 0
    other = write("pairings", header, f"{code(1)},1002,2026-07-01")
    assert [cell for cell, _ in faults(esm("import", other, "--format", "json"))] == ["B2"]


def test_a_pin_that_is_over_does_not_stand_against_a_recusal(esm: Esm, roster: None, write: Write) -> None:
    recusals = write("recusals", "staff_no,uscc,reason", f"1002,{code(2)},原任职单位")
    header = "uscc,staff_no,start_on,end_on,pinned"
    assert esm("import", recusals, write("pairings", header, f"{code(2)},1002,2026-02-01,2026-11-23,是")).code == 0
    still = write("pairings", header, f"{code(2)},1002,2026-02-01,2026-11-24,是")
    assert [cell for cell, _ in faults(esm("import", still, "--format", "json"))] == ["B2"]


def test_a_recusal_of_a_pinned_pairing_is_refused_and_assign_goes_on(esm: Esm, roster: None, write: Write) -> None:
    header = "uscc,staff_no,start_on,end_on,pinned"
    pinned = write("pairings", header, f"{code(2)},1002,2026-02-01,,是")
    recusals = write("recusals", "staff_no,uscc,reason", f"1002,{code(2)},原任职单位")
    assert esm("import", pinned).code == 0
    ran = esm("import", recusals, "--format", "json")
    assert (ran.code, [place for place, _ in faults(ran)]) == (5, ["A2"])
    assert esm("import", recusals, "--skip-bad").code == 1
    assert esm("assign", "--dry-run").code in {0, 1}
    over = write("pairings", header, f"{code(2)},1002,2026-02-01,2026-11-23,是")
    assert esm("import", over, recusals).code == 0


def test_a_pin_on_a_recused_cadre_is_refused(esm: Esm, roster: None, write: Write) -> None:
    recusals = write("recusals", "staff_no,uscc,reason", f"1002,{code(2)},原任职单位")
    pins = write("pairings", "uscc,staff_no,start_on,pinned", f"{code(2)},1002,2026-11-01,yes")
    assert [place for place, _ in faults(esm("import", recusals, pins, "--format", "json"))] == ["B2"]


def test_skip_bad_takes_the_good_rows_and_says_so_by_its_exit_code(esm: Esm, roster: None, write: Write) -> None:
    visits = write("visits", "uscc,staff_no,done_on", f"{code(1)},1001,2026-11-24", f"{code(1)},1001,2026-11-02")
    ran = esm("import", visits, "--skip-bad", "--format", "json")
    assert ran.code == 1
    assert (json.loads(ran.out)["added"], json.loads(ran.out)["rejected"]) == (1, 1)
    assert [row["done_on"] for row in told(esm, "visit", "list")] == ["2026-11-02"]


def test_a_dry_run_prints_the_real_summary_and_writes_nothing(esm: Esm, path: Path) -> None:
    before = path.read_bytes()
    dry = esm("import", *ENGLISH, "--dry-run")
    assert path.read_bytes() == before
    assert esm("import", *ENGLISH).out == dry.out


@pytest.mark.parametrize("words", [[*ENGLISH, "--dry-run"], [__file__]])
def test_an_import_that_keeps_nothing_makes_no_database(esm: Esm, tmp_path: Path, words: list[str]) -> None:
    esm("import", *words, db=tmp_path / "none.db")
    assert not list(tmp_path.glob("none*"))


def test_a_faulty_roster_makes_no_database(esm: Esm, write: Write, tmp_path: Path) -> None:
    faulty = write("cadres", "staff_no,name,rank", "1001,尹志恒,9")
    assert esm("import", faulty, db=tmp_path / "none.db").code == 5
    assert not list(tmp_path.glob("none*"))


def test_a_dry_run_finds_the_same_faults(esm: Esm, roster: None, write: Write) -> None:
    visits = write("visits", "uscc,staff_no,done_on", f"{code(1)},1001,2026-11-24", f"{code(1)},1001,2026-11-02")
    dry = esm("import", visits, "--dry-run", "--format", "json")
    assert (dry.code, dry.out) == (5, esm("import", visits, "--format", "json").out)
    assert esm("import", visits, "--dry-run", "--skip-bad").code == 1
    assert told(esm, "visit", "list") == []


def test_an_exit_in_the_roster_ends_the_time_in_scope(esm: Esm, roster: None, write: Write) -> None:
    assert esm("import", write("enterprises", "uscc,name,exited_on", f"{code(1)},甲,2026-10-01")).code == 0
    assert [scope["end_on"] for scope in shown(esm, 1)["scopes"]] == ["2026-10-01"]
    assert [row["uscc"] for row in told(esm, "due", "--within", "400")] == [code(2)]


def test_a_changed_department_is_dated_from_the_import(esm: Esm, roster: None, write: Write) -> None:
    cadres = write("cadres", "staff_no,name,department", "1001,尹志恒,财政局")
    assert esm("import", cadres, today="2026-12-01").code == 0
    for as_of, department in (("2026-11-30", "统计局"), ("2026-12-01", "财政局")):
        rows = told(esm, "report", "--as-of", as_of, today="2026-12-31")["by_department"]
        assert {row["key"]: row["served"] for row in rows if row["served"]} == {department: 1}


def test_a_department_that_was_blank_is_known_from_the_day_of_the_import(esm: Esm, write: Write) -> None:
    enterprises = write("enterprises", "uscc,name,above_scale,enrolled_on", f"{code(1)},甲,是,2026-01-01")
    pairings = write("pairings", "uscc,staff_no,start_on", f"{code(1)},1001,2026-07-01")
    assert esm("import", write("cadres", "staff_no,name", "1001,尹志恒"), enterprises, pairings).code == 0
    assert esm("import", write("cadres", "staff_no,name,department", "1001,尹志恒,统计局")).code == 0
    for on, department in (("2026-10-31", "no_department"), ("2026-11-23", "统计局")):
        rows = told(esm, "report", "--as-of", on)["by_department"]
        assert {row["key"]: row["served"] for row in rows} == {department: 1}


def test_a_cancelled_visit_is_not_brought_back(esm: Esm, roster: None, write: Write) -> None:
    visits = write("visits", "uscc,staff_no,done_on", f"{code(1)},1001,2026-11-02")
    assert esm("import", visits).code == 0
    assert esm("visit", "cancel", "1").code == 0
    assert told(esm, "import", visits)["unchanged"] == 1
    assert shown(esm, 1)["due_on"] == "2026-08-30"


def test_known_rows_are_corrected_by_what_the_file_says(esm: Esm, roster: None, write: Write) -> None:
    files = [
        write("recusals", "staff_no,uscc,reason", f"1002,{code(1)},亲属"),
        write("absences", "staff_no,start_on,end_on,reason", "1001,2026-12-01,2026-12-05,休假"),
        write("visits", "uscc,staff_no,done_on,minutes", f"{code(1)},1001,2026-11-02,订单饱满"),
        write("pairings", "uscc,staff_no,start_on,end_on", f"{code(1)},1001,2026-07-01,2026-12-31"),
        write("cadres", "staff_no,name,department", "1001,尹志恒,财政局"),
    ]
    assert esm("import", *files).code == 0
    changed = [Path(file).read_text().replace("亲属", "本人持股").replace("12-05", "12-06") for file in files]
    for file, text in zip(files, changed, strict=True):
        Path(file).write_text(text.replace("订单饱满", "订单下滑").replace("2026-12-31", "2027-01-31"))
    again = told(esm, "import", *files)
    assert (again["added"], again["updated"], again["unchanged"]) == (0, 4, 1)
    assert told(esm, "visit", "list")[0]["minutes"] == "订单下滑"


def test_a_visit_by_a_cadre_who_was_not_paired_counts_and_is_said(esm: Esm, roster: None, write: Write) -> None:
    ran = esm("import", write("visits", "uscc,staff_no,done_on", f"{code(1)},1002,2026-11-02"))
    assert "not paired" in ran.out
    assert shown(esm, 1)["due_on"] == "2027-01-02"


def test_a_workbook_in_chinese_is_read_below_its_title(esm: Esm, tmp_path: Path) -> None:
    header = ["统一社会信用代码", "企业名称", "是否规上", "入库日期", "备注栏"]
    firm = [code(8), "[/red]甲\n乙", "是", "２０２６年３月１日", "x"]
    book = workbook(
        tmp_path / "名册.xlsx",
        {
            "走访": [["统一社会信用代码", "工号", "走访日期"], [code(8), 1001, "2026.11.2"]],
            "企业": [["江畔区规上企业名册"], header, firm],
            "干部": [["工号", "姓名"], [1001, "尹志恒"]],
        },
    )
    ran = esm("import", book)
    assert ran.code == 0
    assert "备注栏" in ran.out
    assert (shown(esm, 8)["name"], shown(esm, 8)["enrolled_on"]) == ("[/red]甲乙", "2026-03-01")
    assert [(visit["staff_no"], visit["done_on"]) for visit in shown(esm, 8)["visits"]] == [("1001", "2026-11-02")]
