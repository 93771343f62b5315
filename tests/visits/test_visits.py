"""The record of a visit: who went along, the promise made, forms, plans by hand, and visits of others."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests import database_content
from tests.conftest import TODAY, Esm, Ran
from tests.district import code

from esm.storage.database.place import Place

FIRM = code(1)
ENROLLED = "2026-09-01"


@pytest.fixture
def desk(esm: Esm, tmp_path: Path) -> Esm:
    """Return the command line on a district of two enterprises and three cadres; 1001 serves the first."""
    tables = {
        "cadres": "staff_no,name,department\n1001,尹虚一,经信局\n1002,尹虚二,商务局\n1003,尹虚三,经信局\n",
        "enterprises": "uscc,name,above_scale,enrolled_on,subdistrict\n"
        f"{FIRM},江畔一号有限公司,是,{ENROLLED},城东\n{code(2)},江畔二号有限公司,是,{ENROLLED},城西\n",
        "pairings": f"uscc,staff_no,start_on\n{FIRM},1001,{ENROLLED}\n{code(2)},1002,{ENROLLED}\n",
        "recusals": f"staff_no,uscc,reason\n1003,{FIRM},亲属任职\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    assert esm("import", *(str(tmp_path / f"{name}.csv") for name in tables)).code == 0
    return esm


def data(ran: Ran) -> Any:
    assert ran.code in {0, 1}, ran.err
    return json.loads(ran.out)


def logged(desk: Esm, *words: str) -> Any:
    return data(desk("visit", "log", FIRM, "--met", "Manager", *words, "--format", "json"))


def test_a_visit_keeps_whom_they_met_and_how_business_is(desk: Esm) -> None:
    logged(desk, "--met", "虚构甲 总经理", "--business", "shrinking", "--satisfaction", "partly")
    (visit,) = data(desk("visit", "list", "--format", "json"))
    assert (visit["met_with"], visit["business"], visit["satisfaction"]) == ("虚构甲 总经理", "shrinking", "partly")


def test_who_went_along_is_kept_and_finds_the_visit(desk: Esm) -> None:
    logged(desk, "--with", "1002", "--with-department", "税务局")
    (visit,) = data(desk("visit", "list", "--cadre", "1002", "--format", "json"))
    assert (visit["staff_no"], visit["companions"]) == ("1001", ["尹虚二", "税务局"])
    assert data(desk("visit", "list", "--cadre", "1003", "--format", "json")) == []


def test_a_joint_visit_moves_the_clock_once_and_is_one_entry(desk: Esm) -> None:
    assert logged(desk, "--with", "1002", "--with-department", "税务局")["due_on"] == "2027-01-23"
    burdened = data(desk("report", "burden", "--format", "json"))
    assert [row["days"] for row in burdened["enterprises"] if row["uscc"] == FIRM] == [1]


def test_a_late_entry_is_taken_and_shown_as_late(desk: Esm) -> None:
    assert logged(desk, "--on", "2026-11-10")["days_late"] == 13
    desk("visit", "log", code(2), "--met", "Manager", "--on", "2026-11-20")
    (late,) = data(desk("visit", "list", "--late", "--format", "json"))
    assert late["uscc"] == FIRM


def test_a_list_is_asked_for_alone_and_only_with_filters_that_it_has(desk: Esm) -> None:
    for line, one, other in [
        ("--called-off --channel phone", "--called-off", "--channel"),
        ("--planned --late", "--planned", "--late"),
        ("--planned --subdistrict 城西 --cadre 1001", "--planned", "--subdistrict"),
        ("--outside --cadre 1001", "--outside", "--cadre"),
        ("--outside --planned", "--planned", "--outside"),
    ]:
        ran = desk("visit", "list", *line.split())
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.splitlines()[0] == f"error: {one} and {other} cannot be used together."


def test_visits_are_filtered_by_channel_outcome_and_subdistrict(desk: Esm) -> None:
    logged(desk, "--on", "2026-11-10", "--outcome", "not_reached")
    desk("visit", "log", code(2), "--met", "Manager", "--channel", "phone")
    for words, expected in [(["--channel", "phone"], code(2)), (["--outcome", "not_reached"], FIRM),
                            (["--subdistrict", "城西"], code(2))]:  # fmt: skip
        (found,) = data(desk("visit", "list", *words, "--format", "json"))
        assert found["uscc"] == expected


def test_a_promise_is_open_until_it_is_kept(desk: Esm) -> None:
    logged(desk, "--promise", "回复用电", "--until", "2026-12-01", "--promise", "送汇编", "--until", "2026-11-25")
    opened = data(desk("visit", "promise", "list", "--format", "json"))
    assert [(each["words"], each["due_on"]) for each in opened] == [
        ("送汇编", "2026-11-25"),
        ("回复用电", "2026-12-01"),
    ]
    desk("visit", "promise", "done", str(opened[0]["id"]))
    assert [each["words"] for each in data(desk("visit", "promise", "list", "--format", "json"))] == ["回复用电"]
    assert desk("visit", "promise", "done", str(opened[0]["id"])).code == 4


def test_a_promise_not_kept_in_time_is_found(desk: Esm) -> None:
    logged(desk, "--promise", "回复用电", "--until", "2026-12-01")
    kinds = [each["kind"] for each in data(desk("check", "--format", "json", today="2026-12-01"))]
    assert "promise_overdue" not in kinds
    kinds = [each["kind"] for each in data(desk("check", "--format", "json", today="2026-12-02"))]
    assert "promise_overdue" in kinds


def test_a_promise_falls_with_its_visit(desk: Esm) -> None:
    visit = logged(desk, "--promise", "回复用电", "--until", "2026-12-01")
    desk("visit", "cancel", str(visit["id"]))
    assert data(desk("visit", "promise", "list", "--format", "json")) == []


def test_the_due_list_tells_how_many_promises_are_open(desk: Esm) -> None:
    logged(desk, "--promise", "回复用电", "--until", "2026-12-01")
    due = data(desk("due", "--within", "99", "--format", "json"))
    assert {each["uscc"]: each["promises"] for each in due} == {FIRM: 1, code(2): 0}


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        (["--promise", "x"], 2, "needs its --until"),
        (["--promise", "x", "--until", "2026-11-01"], 4, "before the visit"),
        (["--promise", "x", "--until", "2026-02-30"], 2, "not a date"),
        (["--with", "8888"], 3, "8888"),
        (["--department", " "], 2, "must not be empty"),
        (["--met", "a\0b"], 2, "cannot be stored"),
        (["--minutes", "a\0b"], 2, "cannot be stored"),
        (["--from", "x.xlsx"], 2, "everything is read from the form"),
    ],
)
def test_a_refused_visit_leaves_nothing(desk: Esm, place: Place, words: list[str], exit_code: int, told: str) -> None:
    before = database_content.digest(place)
    ran = desk("visit", "log", FIRM, "--met", "Manager", *words)
    assert (ran.code, database_content.digest(place)) == (exit_code, before)
    assert told in ran.err


@pytest.mark.parametrize("outcome", ["not_reached", "refused", "moved", "closed"])
def test_who_was_not_met_is_followed_up_until_somebody_is(desk: Esm, outcome: str) -> None:
    def kinds() -> list[str]:
        return [each["kind"] for each in data(desk("check", "--format", "json")) if each["uscc"] == FIRM]

    logged(desk, "--on", "2026-11-20", "--outcome", outcome)
    assert outcome in kinds()
    logged(desk, "--on", "2026-11-21", "--channel", "phone")
    assert outcome not in kinds()


def test_a_visit_of_another_department_moves_no_clock(desk: Esm) -> None:
    before = data(desk("due", "--within", "99", "--format", "json"))
    assert desk("visit", "log", FIRM, "--department", "消防").code == 0
    assert data(desk("due", "--within", "99", "--format", "json")) == before
    assert desk("visit", "log", FIRM, "--department", "消防").code == 4
    assert desk("visit", "log", FIRM, "--department", "消防", "--on", "2026-11-24").code == 4


def test_the_fourth_visit_in_sixty_days_is_warned_of(desk: Esm) -> None:
    for day in (1, 2, 3):
        assert "visited on" not in desk("visit", "log", FIRM, "--department", "消防", "--on", f"2026-11-0{day}").out
    warned = desk("visit", "plan", FIRM, "--on", "2026-11-30").out
    assert "visited on 3 of the 60 days before" in warned
    assert "消防" in warned
    assert "visited on" not in desk("visit", "plan", FIRM, "--on", "2027-01-01").out


def test_several_visitors_on_one_day_are_one_burden(desk: Esm) -> None:
    for name in ("消防", "税务局", "应急局"):
        desk("visit", "log", FIRM, "--department", name)
    logged(desk)
    report = data(desk("report", "burden", "--format", "json"))
    (row,) = [row for row in report["enterprises"] if row["uscc"] == FIRM]
    assert (row["days"], row["own_days"], row["outside_days"]) == (1, 1, 1)
    assert (report["too_much"], report["never"]) == (0, 1)


def test_a_department_with_a_comma_in_its_name_is_one_visitor(desk: Esm) -> None:
    bureaus = ["Science, Technology and Finance Bureau", "经信局"]
    desk("visit", "log", FIRM, "--department", bureaus[0], "--on", "2026-11-20")
    logged(desk, "--with-department", "Food, Drugs and Safety", "--with", "1002")
    report = data(desk("report", "burden", "--format", "json"))
    assert [row["visitors"] for row in report["enterprises"] if row["uscc"] == FIRM] == [bureaus]
    (visit,) = data(desk("visit", "list", "--format", "json"))
    assert visit["companions"] == ["尹虚二", "Food, Drugs and Safety"]


def test_a_plan_made_by_hand_stands_in_the_due_list(desk: Esm) -> None:
    plan = data(desk("visit", "plan", FIRM, "--on", "2026-12-09", "--format", "json"))
    assert (plan["staff_no"], plan["confirmed"]) == ("1001", False)
    assert data(desk("due", "--within", "99", "--format", "json"))[0]["planned_on"] == "2026-12-09"


def test_a_plan_that_is_not_agreed_moves_and_an_agreed_one_stays(desk: Esm) -> None:
    desk("visit", "plan", FIRM, "--on", "2026-12-09")
    assert "planned on 2026-12-09" in desk("visit", "plan", FIRM, "--on", "2026-12-10").out
    desk("visit", "confirm", FIRM, "--on", "2026-12-11")
    desk("schedule")
    planned = data(desk("visit", "list", "--planned", "--enterprise", FIRM, "--format", "json"))
    assert next((each["planned_on"], each["confirmed"]) for each in planned) == ("2026-12-11", True)


@pytest.mark.parametrize(
    ("words", "exit_code", "told"),
    [
        (["plan", FIRM, "--on", "2026-11-22"], 4, "is in the past"),
        (["plan", FIRM, "--on", "2026-12-09", "--cadre", "1003"], 4, "亲属任职"),
        (["confirm", FIRM], 3, "No visit to 江畔一号有限公司"),
        (["cancel", "P7"], 3, "no planned visit P7"),
        (["cancel", "D7"], 3, "no visit D7"),
        (["cancel", "X7"], 2, "not a visit number"),
        (["cancel", "P"], 2, "not a visit number"),
        (["show", "7"], 3, "no visit 7"),
        (["promise", "done", "7"], 3, "no promise 7"),
        (["log"], 2, "Which enterprise"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    desk: Esm, place: Place, words: list[str], exit_code: int, told: str
) -> None:
    before = database_content.digest(place)
    ran = desk("visit", *words)
    assert (ran.code, database_content.digest(place)) == (exit_code, before)
    assert told in ran.err


def planned(desk: Esm) -> list[tuple[str, str, bool]]:
    found = data(desk("visit", "list", "--planned", "--enterprise", FIRM, "--format", "json"))
    return [(each["id"], each["planned_on"], each["confirmed"]) for each in found]


def test_the_planned_visit_that_is_named_is_the_one_agreed(desk: Esm) -> None:
    desk("schedule", "--until", "2027-06-30")
    (first, first_on, _), (second, second_on, _), *_rest = planned(desk)
    assert desk("visit", "confirm", second.lower()).code == 0
    assert planned(desk)[:2] == [(first, first_on, False), (second, second_on, True)]
    assert desk("visit", "confirm", second).code == 4
    assert desk("visit", "confirm", "P99999").code == 3


def test_the_planned_visit_that_is_named_moves_to_the_day_agreed(desk: Esm) -> None:
    desk("schedule", "--until", "2027-06-30")
    before = planned(desk)
    second = before[1][0]
    on = date.fromisoformat(before[1][1]) + timedelta(days=1)
    assert desk("visit", "confirm", second, "--on", on.isoformat()).code == 0
    assert planned(desk)[:2] == [before[0], (second, on.isoformat(), True)]


def test_a_day_that_is_planned_already_is_said_and_nothing_is_doubled(desk: Esm) -> None:
    desk("visit", "plan", FIRM, "--on", "2026-12-09")
    ran = desk("visit", "plan", FIRM, "--on", "2026-12-09")
    assert (ran.code, "already planned: P1" in ran.err) == (4, True)
    assert data(desk("visit", "confirm", FIRM, "--on", "2026-12-09", "--format", "json"))["confirmed"] is True
    assert len(data(desk("visit", "list", "--planned", "--format", "json"))) == 1


def test_a_plan_soon_after_a_visit_is_warned_of(desk: Esm) -> None:
    logged(desk, "--on", "2026-11-20")
    assert "only 29 days after" in desk("visit", "plan", FIRM, "--on", "2026-12-19").out
    assert "days after" not in desk("visit", "plan", FIRM, "--on", "2026-12-20").out


def test_a_plan_near_an_agreed_visit_is_made_with_a_word_about_it(desk: Esm) -> None:
    assert desk("visit", "plan", FIRM, "--on", "2027-02-01").code == 0
    assert desk("visit", "confirm", FIRM).code == 0
    assert "agreed for 2027-02-01, 4 days" in desk("visit", "plan", FIRM, "--on", "2027-02-05").out
    assert "agreed for" not in desk("visit", "plan", FIRM, "--on", "2027-03-03").out


def test_a_plan_called_off_is_gone_and_can_be_undone(desk: Esm) -> None:
    plan = data(desk("visit", "plan", FIRM, "--on", "2026-12-09", "--format", "json"))
    assert desk("visit", "cancel", plan["id"], "--reason", "企业要求").code == 0
    assert data(desk("visit", "list", "--planned", "--format", "json")) == []
    desk("undo")
    assert len(data(desk("visit", "list", "--planned", "--format", "json"))) == 1


def test_no_visit_is_planned_in_a_pause_or_a_blackout(desk: Esm) -> None:
    desk("enterprise", "pause", FIRM, "--until", "2026-12-10", "--reason", "搬迁")
    desk("enterprise", "blackout", code(2), "--from", "2026-12-01", "--until", "2026-12-10")
    for firm in (FIRM, code(2)):
        assert desk("visit", "plan", firm, "--on", "2026-12-10").code == 4
        assert desk("visit", "plan", firm, "--on", "2026-12-11").code == 0


def filled(file: Path, values: Mapping[str, object]) -> Path:
    """Write entries beside their labels, as a person does in Excel."""
    book = load_workbook(file)
    sheet = book.active
    for row in sheet.iter_rows():
        if row[0].value in values:
            row[1].value = values[row[0].value]
    book.save(file)
    return file


@pytest.fixture
def form(desk: Esm, tmp_path: Path) -> Path:
    file = tmp_path / "form.xlsx"
    assert desk("visit", "form", FIRM, "-o", str(file), lang="zh").code == 0
    return file


def test_a_filled_workbook_is_a_visit(desk: Esm, form: Path) -> None:
    told = {"接待人": "虚构甲 总经理", "走访纪要": "订单饱满", "经营情况": "向好", "满意度": "基本满意",
            "同行经理人": "1002、尹虚三", "承诺 1": "回复用电", "时限 1": date(2026, 12, 1)}  # fmt: skip
    ran = desk("visit", "log", "--from", str(filled(form, told)))
    assert ran.code == 0, ran.err
    (visit,) = data(desk("visit", "list", "--format", "json"))
    assert (visit["uscc"], visit["staff_no"], visit["done_on"]) == (FIRM, "1001", TODAY)
    assert (visit["minutes"], visit["business"], visit["companions"]) == ("订单饱满", "growing", ["尹虚二", "尹虚三"])
    assert data(desk("visit", "promise", "list", "--format", "json"))[0]["due_on"] == "2026-12-01"


def test_a_filled_workbook_opens_its_requests_and_records_its_briefings_with_the_visit(desk: Esm, form: Path) -> None:
    assert desk("policy", "add", "J01", "--title", "用工补贴").code == 0
    told = {"接待人": "虚构甲", "走访纪要": "缺工", "诉求 1": "缺十名电工", "诉求类别 1": "labour.recruitment",
            "宣讲的政策": "J01"}  # fmt: skip
    ran = desk("visit", "log", "--from", str(filled(form, told)), "--request", "宿舍不够", "--class", "schooling")
    assert ran.code == 0, ran.err
    opened = data(desk("request", "list", "--format", "json"))
    assert {(each["subject"], each["request_class"]) for each in opened} == {
        ("缺十名电工", "labour.recruitment"), ("宿舍不够", "schooling")
    }  # fmt: skip
    assert data(desk("policy", "list", "--format", "json"))[0]["explained"] == 1
    assert desk("undo").code == 0
    assert data(desk("request", "list", "--format", "json")) == data(desk("visit", "list", "--format", "json")) == []


def test_a_request_in_a_form_needs_its_class(desk: Esm, form: Path, place: Place) -> None:
    before = database_content.digest(place)
    told = {"接待人": "虚构甲", "走访纪要": "缺工", "诉求 2": "缺十名电工"}
    ran = desk("visit", "log", "--from", str(filled(form, told)))
    assert (ran.code, database_content.digest(place)) == (5, before)
    assert "Class 2 is missing" in ran.err


def test_a_form_left_half_empty_names_what_is_missing_and_stores_nothing(desk: Esm, form: Path, place: Place) -> None:
    before = database_content.digest(place)
    ran = desk("visit", "log", "--from", str(filled(form, {"接待人": "虚构甲", "承诺 1": "回复"})))
    assert (ran.code, database_content.digest(place)) == (5, before)
    assert "Minutes is missing" in ran.err
    assert "Until 1 is missing" in ran.err


def test_a_form_with_a_word_that_cannot_be_names_its_cell(desk: Esm, form: Path, place: Place) -> None:
    before = database_content.digest(place)
    ran = desk("visit", "log", "--from", str(filled(form, {"经营情况": "马马虎虎"})))
    assert (ran.code, database_content.digest(place)) == (5, before)
    assert "B10: “马马虎虎”" in ran.err


def test_of_two_filled_forms_one_that_is_refused_is_named_and_refuses_both_and_a_blank_one_does_not_count(
    desk: Esm, form: Path, place: Place
) -> None:
    filled(form, {"接待人": "虚构甲", "走访纪要": "订单饱满"})
    before = database_content.digest(place)
    book = load_workbook(form)
    copied = book.copy_worksheet(book.active)
    copied.title = "第二户"
    book.save(form)
    ran = desk("visit", "log", "--from", str(form))
    assert (ran.code, database_content.digest(place)) == (4, before)
    assert ran.err.splitlines()[0] == f"error: 第二户: The visit of 尹虚一 on {TODAY} is already recorded."
    for row in copied.iter_rows():
        row[1].value = None
    book.move_sheet(copied, -1)
    book.save(form)
    assert desk("visit", "log", "--from", str(form)).code == 0


def test_a_file_that_is_no_form_is_refused(desk: Esm, tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Dear all", encoding="utf-8")
    assert desk("visit", "log", "--from", str(file)).code == 5


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that makes $EDITOR a program which runs a line of sed over the form."""

    def make(script: str) -> None:
        program = tmp_path / "editor"
        program.write_text(f"#!/bin/sh\nsed -i -e '{script}' \"$1\"\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("EDITOR", str(program))
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        monkeypatch.setattr("tempfile.tempdir", None)

    return make


def test_a_form_filled_in_an_editor_is_a_visit_with_all_its_lines(desk: Esm, editor: Callable[[str], None]) -> None:
    editor("s/^Met with: .*/Met with: 虚构甲/; s/^Minutes: .*/Minutes: one\\nDate: two\\n\\nthree/")
    assert desk("visit", "log", FIRM, "--edit", "--on", "2026-11-20").code == 0
    (visit,) = data(desk("visit", "list", "--format", "json"))
    assert (visit["done_on"], visit["met_with"]) == ("2026-11-20", "虚构甲")
    assert visit["minutes"] == "one\nDate: two\nthree"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [("en", ("Channel: phone", "Outcome: not reached", "Business: stopped")),
     ("zh", ("方式：电话", "结果：未联系上", "经营情况：停产"))],
)  # fmt: skip
def test_a_form_begins_with_the_words_that_it_offers(
    desk: Esm, editor: Callable[[str], None], tmp_path: Path, lang: str, wanted: tuple[str, ...]
) -> None:
    editor(f"w {tmp_path}/seen")
    options = ("--channel", "phone", "--outcome", "not_reached", "--business", "stopped")
    assert desk("visit", "log", FIRM, "--edit", *options, lang=lang).code == 2
    seen = (tmp_path / "seen").read_text(encoding="utf-8").splitlines()
    assert [line for line in wanted if line not in seen] == []


def test_a_refused_form_is_kept_for_another_try(desk: Esm, editor: Callable[[str], None], tmp_path: Path) -> None:
    editor("s/^Met with: .*/Met with: 虚构甲/")
    ran = desk("visit", "log", FIRM, "--edit")
    (kept,) = tmp_path.glob("esm-visit-*.txt")
    assert (ran.code, str(kept) in ran.err) == (5, True)
    kept.write_text(kept.read_text(encoding="utf-8") + "订单饱满\n", encoding="utf-8")
    assert desk("visit", "log", "--from", str(kept)).code == 0


def test_a_form_left_as_it_was_records_nothing(desk: Esm, editor: Callable[[str], None], place: Place) -> None:
    editor("")
    before = database_content.digest(place)
    assert (desk("visit", "log", FIRM, "--edit").code, database_content.digest(place)) == (2, before)
    os.environ["EDITOR"] = "/nonexistent/editor"
    assert desk("visit", "log", FIRM, "--edit").code == 2
    os.environ["EDITOR"] = "vi 'unbalanced"
    ran = desk("visit", "log", FIRM, "--edit")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: The editor “vi 'unbalanced” cannot be started.")


@pytest.mark.parametrize("script", [': > "$1"', 'rm "$1"', 'printf " \n" > "$1"'])
def test_a_form_emptied_in_the_editor_records_and_keeps_nothing(
    desk: Esm, editor: Callable[[str], None], tmp_path: Path, place: Place, script: str
) -> None:
    editor("")
    (tmp_path / "editor").write_text(f"#!/bin/sh\n{script}\n")
    before = database_content.digest(place)
    ran = desk("visit", "log", FIRM, "--edit")
    assert (ran.code, database_content.digest(place), list(tmp_path.glob("esm-visit-*"))) == (2, before, [])
    assert "form is empty" in ran.err


def test_a_form_saved_in_the_encoding_of_an_older_editor_is_read_as_any_file(
    desk: Esm, editor: Callable[[str], None], tmp_path: Path
) -> None:
    editor("s/^Met with: .*/Met with: 虚构甲/; s/^Minutes: .*/Minutes: 订单饱满/")
    with (tmp_path / "editor").open("a") as program:
        program.write('iconv -f UTF-8 -t GB18030 "$1" > "$1.gb" && mv "$1.gb" "$1"\n')
    assert desk("visit", "log", FIRM, "--edit").code == 0
    assert data(desk("visit", "list", "--format", "json"))[0]["met_with"] == "虚构甲"


def test_a_pause_ends_and_the_enterprise_is_due_again(desk: Esm) -> None:
    assert desk("enterprise", "pause", FIRM, "--until", "2026-12-10", "--reason", "搬迁").code == 0
    for day, state in [("2026-12-10", "paused"), ("2026-12-11", "overdue")]:
        due = data(desk("due", "--format", "json", today=day))
        assert {each["uscc"]: each["state"] for each in due}[FIRM] == state
    desk("enterprise", "resume", FIRM)
    assert {each["state"] for each in data(desk("due", "--format", "json"))} == {"overdue"}


def test_paused_enterprises_stand_apart_and_last(desk: Esm) -> None:
    desk("enterprise", "pause", FIRM, "--until", "2026-12-10", "--reason", "搬迁")
    assert [each["uscc"] for each in data(desk("due", "--format", "json"))] == [code(2), FIRM]


def test_a_day_of_blackout_gets_no_planned_visit(desk: Esm) -> None:
    first = data(desk("schedule", "--format", "json"))["visits"][0]
    start = date.fromisoformat(first["planned_on"])
    end = start + timedelta(days=9)
    desk("enterprise", "blackout", first["uscc"], "--from", str(start), "--until", str(end), "--reason", "审计")
    moved = [each for each in data(desk("schedule", "--format", "json"))["visits"] if each["uscc"] == first["uscc"]]
    assert date.fromisoformat(moved[0]["planned_on"]) > end


def test_the_due_list_of_the_actor(desk: Esm) -> None:
    assert [each["staff_no"] for each in data(desk("--actor", "尹虚二", "due", "--mine", "--format", "json"))] == [
        "1002"
    ]
    ran = desk("--actor", "clerk", "due", "--mine")
    assert ran.code == 3
    assert "esm --actor NUMBER" in ran.err


@pytest.mark.parametrize("words", [("visit", "promise", "list"), ("policy", "gaps")])
def test_promises_and_gaps_of_the_actor(desk: Esm, words: tuple[str, ...]) -> None:
    served = data(desk("due", "--within", "3000", "--format", "json"))[:2]
    for each in served:
        promised = ("--met", "甲", "--promise", "回复", "--until", "2027-01-01")
        assert desk("visit", "log", each["uscc"], *promised).code == 0
    assert desk("policy", "add", "P9", "--title", "减免", "--unasked").code == 0
    whole, own = data(desk(*words, "--format", "json")), data(desk(*words, "--cadre", "1002", "--format", "json"))
    assert len(whole) > len(own) > 0
    assert data(desk("--actor", "尹虚二", *words, "--mine", "--format", "json")) == own
    assert desk("--actor", "clerk", *words, "--mine").code == 3
    assert desk("--actor", "1002", *words, "--mine", "--cadre", "1002").code == 2
