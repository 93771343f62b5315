"""Requests and policies in a workbook: what an export writes comes back, and what cannot be is refused cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests import database_content, request_oracle, small_district
from tests.conftest import HEADER, Esm
from tests.rosters import csv_file, told
from tests.small_district import CODES

from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.storage.requests import transitions

REQUESTS = "request_no,uscc,received_on,request_class,nature,subject"
EVENTS = "request_no,number,move,done_on,department,outcome,basis,note,satisfied,supporting,until_on,reason,days"
TABLES = ("request_class", "request", "request_event", "policy", "briefing", "application", "relief")


@pytest.fixture
def desk(esm: Esm, path: Path) -> Esm:
    """Return a district of three enterprises and two cadres of departments, with a policy."""
    for number in range(3):
        small_district.enrol(path, number, industry_code="C3983")
    for staff_no, department in (("1001", "财政局"), ("1002", "税务局"), ("1003", "水利局"), ("1004", "住建局")):
        assert esm("cadre", "add", staff_no, "--name", f"尹{staff_no}", "--department", department).code == 0
    assert esm("policy", "add", "R1", "--title", "稳岗补贴", "--industries", "C", "--tiers", "A,C").code == 0
    return esm


def fill(desk: Esm, path: Path) -> None:
    """Play forty requests, and put something into every other table of requests and policies."""
    entries = request_oracle.plan("trip", CODES[:3], ["财政局", "税务局", "水利局", "住建局"], year=2025, count=40)
    with connection.writing(FilePlace(path), HEADER) as writing:
        request_oracle.perform(writing, entries)
    for words in (
        ("visit", "log", CODES[0], "--met", "Manager", "--cadre", "1001", "--on", "2026-11-02", "--request", "退税",
         "--class", "税费", "--brief", "R1"),
        ("policy", "brief", "R1", CODES[1], "--cadre", "1002"),
        ("policy", "apply", "R1", CODES[0], "--note", "材料齐全"),
        ("policy", "decline", "R1", CODES[1]),
        ("policy", "relief", "R1", CODES[0], "--amount", "300", "--kind", "loan"),
        ("policy", "relief", "R1", CODES[0], "--amount", "12.5万", "--kind", "subsidy"),
        ("policy", "relief", "R1", CODES[0], "--amount", "12.5万", "--kind", "subsidy", "--again"),
        ("policy", "add", "R2", "--title", "一日政策", "--from", "2026-03-01", "--until", "2026-03-01"),
        ("policy", "edit", "R2", "--sizes", "small,large", "--worth", "20万", "--unasked"),
        ("request", "classes", "labour.training", "--name", "职业培训"),
        ("request", "classes", "tax.fees", "--retire"),
    ):  # fmt: skip
        ran = desk(*words, lang="zh")
        assert ran.code == 0, ran.err


def matters(path: Path) -> dict[str, Any]:
    dump = database_content.dump(path)
    return {name: dump[name] for name in TABLES}


@pytest.mark.parametrize("long_name", ["Science, Technology and Finance Bureau", "外事、港澳事务办公室"])
def test_a_department_with_a_comma_in_its_name_comes_back_as_one(
    desk: Esm, path: Path, tmp_path: Path, long_name: str
) -> None:
    names = (long_name, "税务局")
    assert desk("cadre", "add", "1005", "--name", "尹1005", "--department", names[0]).code == 0
    assert desk("request", "open", CODES[0], "缺人", "--class", "labour", "--cadre", "1001").code == 0
    assert desk("request", "accept", "1").code == 0
    support = ("--support", names[0], "--support", names[1])
    assert desk("request", "dispatch", "1", "--department", "财政局", *support).code == 0
    assert desk("export", str(tmp_path / "a.xlsx")).code == 0
    assert desk("import", str(tmp_path / "a.xlsx"), db=tmp_path / "copy.db").code == 0
    assert matters(tmp_path / "copy.db") == matters(path)
    for stored in (path, tmp_path / "copy.db"):
        with connection.reading(FilePlace(stored)) as reading:
            assert transitions.by_request(reading)[1][1][1].supporting == names
            assert long_name in transitions.departments(reading)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["a.xlsx", "folder"])
def test_what_an_export_writes_an_import_reads_back(
    desk: Esm, path: Path, tmp_path: Path, lang: str, name: str
) -> None:
    fill(desk, path)
    assert desk("export", str(tmp_path / name), lang=lang).code == 0
    files = [str(tmp_path / name)] if name == "a.xlsx" else sorted(map(str, (tmp_path / name).glob("*.csv")))
    copy = tmp_path / "copy.db"
    ran = desk("import", *files, db=copy, lang=lang)
    assert ran.code == 0, ran.err
    assert matters(copy) == matters(path)
    again = told(desk, "import", *files)
    assert (again["added"], again["updated"], again["errors"]) == (0, 0, [])


def test_a_clerks_list_without_numbers_is_taken_and_taken_once(desk: Esm, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path,
        "诉求",
        "统一社会信用代码,收到日期,诉求类别,诉求内容,诉求性质",
        f"{CODES[0]},2026.11.2,退税,退税未到账,投诉",
    )
    assert told(desk, "import", file, lang="zh")["added"] == 1
    assert told(desk, "import", file, lang="zh")["unchanged"] == 1
    (found,) = told(desk, "request", "list")
    assert (found["request_class"], found["nature"], found["received_on"]) == ("tax.refund", "complaint", "2026-11-02")


def imported(desk: Esm, tmp_path: Path, *events: str) -> Any:
    """Import one request received on Monday 9 November, with these moves."""
    request = csv_file(tmp_path, "requests", REQUESTS, f"7,{CODES[0]},2026-11-09,tax,help,退税")
    return told(desk, "import", request, csv_file(tmp_path, "request_events", EVENTS, *events))


def test_moves_come_in_their_order_and_further_ones_after_them(desk: Esm, tmp_path: Path) -> None:
    assert imported(desk, tmp_path, "7,1,accept,2026-11-09,,,,,", "7,2,dispatch,2026-11-09,财政局,,,,")["errors"] == []
    later = csv_file(
        tmp_path, "request_events", EVENTS, "7,,answer,2026-11-10,财政局,,,,", "7,,close,2026-11-11,,solved,,,"
    )
    assert told(desk, "import", later)["added"] == 2
    assert told(desk, "request", "show", "7")["state"] == "closed"


@pytest.mark.parametrize(
    ("events", "cell", "says"),
    [
        (["7,1,close,2026-11-09,,solved,,,"], "C2", "is received at that point; possible actions: accepted, "),
        (
            ["7,1,accept,2026-11-09,,,,,", "7,2,accept,2026-11-09,,,,,"],
            "C3",
            "is accepted at that point; possible actions: dispatched",
        ),
        (["7,1,accept,2026-11-09,,,,,", "7,2,close,2026-11-09,,,,,"], "F3", "outcome"),
        (["7,1,accept,2026-11-09,,,,,", "7,2,close,2026-11-09,,explained,,,"], "G3", "legal basis"),
        (["7,1,accept,2026-11-09,,,,,", "7,2,close,2026-11-09,,shelved,,,"], "H3", "reason"),
        (["7,1,reject,2026-11-09,,,,no,"], "G2", "legal basis"),
        (["7,1,reject,2026-11-09,,,article 5,,"], "H2", "reason"),
        (["7,1,accept,2026-11-09,,,,,,,,,9999"], "M2", "1 to 250"),
        (["7,1,elevate,2026-11-09,,,,,"], "L2", "why it was escalated"),
        (["7,1,elevate,2026-11-09,,,,,,,,by_hand"], "H2", "reason"),
        ([f"7,{step},elevate,2026-11-09,,,,,,,,overdue" for step in (1, 2, 3, 4)], "C5", "highest level"),
        (["7,1,accept,2026-11-09,,,,,", "7,2,dispatch,2026-11-09,财政局,,,,,财政局"], "E3", "cannot be both"),
        (
            ["7,1,accept,2026-11-09,,,,,", *(f"7,{step},extend,2026-11-09,,,,,,,2026-12-09" for step in (2, 3))],
            "C4",
            "once",
        ),
        (["7,1,accept,2026-11-08,,,,,"], "D2", "last action"),
        (["7,1,accept,2026-11-24,,,,,"], "D2", "future"),
        (["7,1,accept,2026-11-09,,,,,", "7,2,dispatch,2026-11-09,,,,,"], "E3", "department"),
        (["7,1,fly,2026-11-09,,,,,"], "C2", "not one of"),
        (["8,1,accept,2026-11-09,,,,,"], "A2", "no request has this number"),
    ],
)
def test_moves_that_cannot_be_are_refused_with_their_cell(
    desk: Esm, path: Path, tmp_path: Path, events: list[str], cell: str, says: str
) -> None:
    before = database_content.dump(path)
    (error,) = imported(desk, tmp_path, *events)["errors"]
    assert (error["cell"], says in error["reason"]) == (cell, True), error
    assert database_content.dump(path) == before


@pytest.mark.parametrize(
    ("sheet", "header", "row", "cell", "says"),
    [
        ("requests", REQUESTS, f"7,{CODES[0]},2026-11-09,taxx,help,退税", "D2", "did you mean tax"),
        ("requests", REQUESTS, f"7,{CODES[0]},2026-11-24,tax,help,退税", "C2", "future"),
        ("requests", REQUESTS, f"7,{CODES[0]},2026-11-09,tax,beg,退税", "E2", "not one of"),
        ("requests", REQUESTS, f"7,{CODES[0]},2026-11-09,tax,help,{'退' * 501}", "F2", "the maximum is 500"),
        *(
            ("requests", f"{REQUESTS},close_days", f"7,{CODES[0]},2026-11-09,tax,help,退税,{days}", "G2", "1 to 250")
            for days in (0, 251, 99999999)
        ),
        ("requests", f"{REQUESTS},close_days", f"7,{CODES[0]},2026-11-09,tax,help,退税,-3", "G2", "not a whole number"),
        ("requests", REQUESTS, f"7,{CODES[0]},2026-11-09,tax,help,", "F2", "is required"),
        ("policies", "code,title,start_on,until_on", "R3,x,2026-05-01,2026-04-30", "D2", "before the first"),
        ("policies", "code,title,worth", "R3,x,-5", "C2", "not an amount"),
        ("policies", "code,title,sizes", "R3,x,huge", "C2", "not one of"),
        ("briefings", "policy,uscc,done_on", f"R9,{CODES[0]},2026-11-09", "A2", "did you mean R1"),
        ("briefings", "policy,uscc,done_on,staff_no,on_visit", f"R1,{CODES[0]},2026-11-09,1001,yes", "E2", "no visit"),
        ("applications", "policy,uscc,done_on,kind", f"R1,{CODES[0]},2026-11-24,applied", "C2", "future"),
        ("reliefs", "policy,uscc,done_on,kind,amount", f"R1,{CODES[0]},2026-11-09,subsidy,0", "E2", "is zero"),
        ("reliefs", "policy,uscc,done_on,kind,amount", f"R1,{CODES[0]},2026-11-09,subsidy,5.005", "E2", "to 2 decimal"),
        ("减负", "政策编号,信用代码,日期,类别,金额(万元)", f"R1,{CODES[0]},2026-11-09,补贴,5.1234567", "E2", "to 6"),
    ],
)
def test_rows_that_cannot_be_are_refused_with_their_cell(
    desk: Esm, path: Path, tmp_path: Path, sheet: str, header: str, row: str, cell: str, says: str
) -> None:
    before = database_content.dump(path)
    (error,) = told(desk, "import", csv_file(tmp_path, sheet, header, row))["errors"]
    assert (error["cell"], says in error["reason"]) == (cell, True), error
    assert database_content.dump(path) == before


@pytest.mark.parametrize(
    ("lines", "yuan"),
    [
        (("政策编号,统一社会信用代码,到账日期,减负类别,金额(万元)", "5.123456"), 51_234.56),
        (("政策编号,信用代码,日期,类别,金额（元）", "50000.5"), 50_000.5),
        (("政策编号,信用代码,日期,类别,金额", "50000"), 50_000),
        (("兑付情况（单位：万元）,,,,", "政策编号,信用代码,日期,类别,金额", "5"), 50_000),
        (("兑付情况（单位：万元）,,,,", "政策编号,信用代码,日期,类别,金额(元)", "50000"), 50_000),
        (("兑付情况（单位：元）,,,,", "政策编号,信用代码,日期,类别,金额", "50000"), 50_000),
    ],
)
def test_money_is_read_in_the_unit_that_the_header_or_the_title_names(
    desk: Esm, path: Path, tmp_path: Path, lines: tuple[str, ...], yuan: float
) -> None:
    *head, amount = lines
    file = csv_file(tmp_path, "减负", *head, f"R1,{CODES[0]},2026-11-09,补贴,{amount}")
    assert told(desk, "import", file)["errors"] == []
    assert [row[-1] for row in database_content.dump(path)["relief"]] == [round(yuan * 100)]


def test_money_in_a_unit_that_nobody_knows_is_refused(desk: Esm, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path, "减负", "政策编号,统一社会信用代码,到账日期,减负类别,金额(美元)", f"R1,{CODES[0]},2026-11-09,补贴,5"
    )
    assert told(desk, "import", file)["errors"] != []


def test_an_answer_without_a_department_is_the_responsible_ones(desk: Esm, tmp_path: Path) -> None:
    moves = ("7,1,accept,2026-11-09,,,,,", "7,2,dispatch,2026-11-09,财政局,,,,", "7,3,answer,2026-11-10,,,,,")
    assert imported(desk, tmp_path, *moves)["errors"] == []
    assert told(desk, "request", "show", "7")["events"][-1]["department"] == "财政局"


def test_a_department_that_nobody_had_named_is_pointed_out(desk: Esm, tmp_path: Path) -> None:
    moves = ("7,1,accept,2026-11-09,,,,,", "7,2,dispatch,2026-11-09,财政句,,,,,税务局、气象局")
    notes = imported(desk, tmp_path, *moves)["notes"]
    assert [note for note in notes if "department" in note] == [
        "A department not known before: 财政句; did you mean 财政局?", "A department not known before: 气象局"
    ]  # fmt: skip


def test_moves_of_a_request_received_after_today_are_refused(desk: Esm, tmp_path: Path) -> None:
    assert imported(desk, tmp_path)["errors"] == []
    file = csv_file(tmp_path, "request_events", EVENTS, "7,1,close,2026-11-10,,solved,,,")
    ran = desk("import", file, "--format", "json", today="2026-11-01")
    assert (ran.code, "is in the future" in ran.out) == (5, True)


def test_a_correction_of_a_move_is_taken_over(desk: Esm, tmp_path: Path) -> None:
    imported(desk, tmp_path, "7,1,accept,2026-11-09,,,,,")
    (change,) = imported(desk, tmp_path, "7,1,accept,2026-11-10,,,,,")["changes"]
    assert (change["old"], change["new"]) == ("2026-11-09", "2026-11-10")
