"""`esm handover`, absences and deputies: enterprises change hands, their clocks go on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import assume, given
from openpyxl import load_workbook
from tests import database_content
from tests.conftest import Esm, budget
from tests.pairing_oracle import District, best_by_loads, districts, given_by
from tests.rosters import code, told

from esm.storage.database.place import Place
from esm.usecases.pairing.handover import fewest_moves

DAY = "2026-11-23"


@pytest.fixture
def district(esm: Esm, place: Place) -> Place:
    """Store three enterprises, one each for 1001, 1002 and nobody; 1003 is free."""
    for number in (1, 2, 3):
        words = ["--name", f"江畔{number}号", "--above-scale", "--enrolled-on", "2026-01-01"]
        words += ["--contact-name", "陆秋峰", "--contact-phone", "19900005210"]
        assert esm("enterprise", "add", code(number), *words).code == 0
    for staff_no, name in (("1001", "尹志恒"), ("1002", "龚雨霞"), ("1003", "尤小满")):
        assert esm("cadre", "add", staff_no, "--name", name).code == 0
    for number, staff_no in ((1, "1001"), (2, "1002")):
        assert esm("pair", code(number), staff_no, today="2026-06-01").code == 0
    return place


def handed(esm: Esm, *words: str, exit_code: int = 0) -> Any:
    import json

    ran = esm("handover", *words, "--format", "json")
    assert ran.code == exit_code, ran.err
    return json.loads(ran.out)


def refused(esm: Esm, place: Place, *words: str) -> str:
    before = database_content.digest(place)
    ran = esm(*words)
    assert (ran.code, database_content.digest(place)) == (4, before), ran.err
    return ran.err


@given(districts(most=6, fewest=2))
@budget(150)
def test_as_many_as_can_be_are_served_and_then_the_fewest_move(question: District) -> None:
    served = question.served()
    leaver = next(iter(served.values()), None)
    assume(leaver is not None)
    stay = {
        uscc: staff_no
        for uscc, staff_no in served.items()
        if staff_no != leaver and (staff_no, uscc) in question.recusals
    }
    others = {(staff_no, uscc) for uscc, staff_no in served.items() if staff_no != leaver}
    asked = replace(
        question,
        demands=tuple(one for one in question.demands if one.uscc in served),
        offers=tuple(one for one in question.offers if one.staff_no != leaver),
        rotated=question.rotated - others,
    )
    held = {one.uscc for one in question.holdings if one.staff_no == leaver}
    found = fewest_moves(question.situation(), str(leaver), held)
    assert given_by(found) == best_by_loads(asked, fixed=stay)[1]


def test_the_successor_takes_over_on_the_day_and_the_cadre_leaves(esm: Esm, district: Place) -> None:
    answer = handed(esm, "1001")
    assert (answer["handed_over"], answer["unserved"], answer["other_moves"]) == (1, 0, 0)
    assert answer["takeovers"][0]["staff_no"] == "1003"
    rows = told(esm, "enterprise", "show", code(1))["pairings"]
    assert [(row["staff_no"], row["end_on"]) for row in rows] == [("1001", DAY), ("1003", None)]
    assert told(esm, "cadre", "show", "1001")["left_on"] == DAY
    assert told(esm, "enterprise", "show", code(3))["pairings"] == []


def test_the_clock_goes_on_and_the_sheet_says_when_the_next_visit_is_due(esm: Esm, district: Place) -> None:
    assert esm("visit", "log", code(1), "--on", "2026-11-03", "--minutes", "订单饱满").code == 0
    (taken,) = handed(esm, "1001")["takeovers"]
    assert (taken["last_visit_on"], taken["due_on"]) == ("2026-11-03", "2027-01-03")
    assert told(esm, "enterprise", "show", code(1))["due_on"] == "2027-01-03"


def test_the_sheet_has_contacts_and_the_last_three_minutes_newest_first(esm: Esm, district: Place) -> None:
    for day in ("2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01", "2026-11-01"):
        minutes = ["--met", "陆秋峰"] if day == "2026-10-01" else ["--minutes", f"纪要{day}"]
        assert esm("visit", "log", code(1), "--on", day, *minutes).code == 0
    answer = handed(esm, "1001", "--dry-run")
    assert [row["done_on"] for row in answer["minutes"]] == ["2026-11-01", "2026-09-01", "2026-08-01"]
    assert answer["takeovers"][0]["contact_phone"] == "199****5210"
    for kind in ("table", "md"):
        printed = esm("handover", "1001", "--dry-run", "--format", kind).out
        assert all(word in printed for word in ("尤小满", "5210", "纪要2026-09-01"))
        assert "19900005210" not in printed


def test_phones_are_whole_only_when_asked_for_and_the_journal_says_so(esm: Esm, district: Place) -> None:
    assert esm("handover", "1001", "--dry-run", "--with-phones").code == 2
    assert handed(esm, "1001", "--with-phones")["takeovers"][0]["contact_phone"] == "19900005210"
    assert "--with-phones" in esm("history", "--limit", "1").out


def test_the_sheet_is_written_as_a_workbook(esm: Esm, district: Place, tmp_path: Path) -> None:
    file = tmp_path / "handover.xlsx"
    assert esm("handover", "1001", "-o", str(file)).code == 0
    assert file.stat().st_size > 1000


def shared_out(esm: Esm) -> None:
    """Let the leaver have two enterprises, which no single successor has room for."""
    assert esm("cadre", "add", "1004", "--name", "齐安").code == 0
    assert esm("cadre", "edit", "1001", "--capacity", "2", today="2026-06-01").code == 0
    assert esm("pair", code(3), "1001", today="2026-06-01").code == 0
    assert esm("visit", "log", code(1), "--minutes", "订单饱满").code == 0


def cell_texts(file: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(file)).tables]


@pytest.mark.parametrize(
    ("lang", "title", "parts"),
    [
        ("zh", "交接单", ["移交人", "承接人", "监交人"]),
        ("en", "Handover sheet", ["Handed over by", "Taken over by", "Witnessed by"]),
    ],
)  # fmt: skip
def test_the_sheet_to_sign_is_a_word_document_with_one_page_for_each_successor(
    esm: Esm, district: Place, tmp_path: Path, lang: str, title: str, parts: list[str]
) -> None:
    shared_out(esm)
    file = tmp_path / "handover.docx"
    assert esm("handover", "1001", "--on", "2026-12-01", "-o", str(file), lang=lang).code == 0
    texts = [paragraph.text for paragraph in Document(str(file)).paragraphs]
    assert texts.count(title) == 2
    assert sum("1001 尹志恒" in text and ("2026年12月1日" in text or "1 December 2026" in text) for text in texts) == 2
    tables = cell_texts(file)
    signed = [table for table in tables if table[1][0] == parts[0]]
    assert [[row[0] for row in table[1:]] for table in signed] == [parts, parts]
    assert {table[2][1] for table in signed} == {"尤小满", "齐安"}
    assert all(table[1][1] == "尹志恒" for table in signed)
    taken = [row for table in tables for row in table if row[0] in {"江畔1号", "江畔3号"} and "199****5210" in row]
    assert sorted(row[0] for row in taken) == ["江畔1号", "江畔3号"]
    assert sum("订单饱满" in row for table in tables for row in table) == 1
    ran = esm("verify", str(file))
    assert (ran.code, "All figures of the file agree with the database." in ran.out) == (0, True)


def test_the_template_of_the_sheet_can_be_changed_and_a_fault_leaves_everything_as_it_was(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    ours, file = tmp_path / "ours.docx", tmp_path / "handover.docx"
    before = database_content.digest(district)
    assert esm("handover", "1001", "--write-template", str(ours)).code == 0
    assert database_content.digest(district) == before, "writing the template hands nothing over"
    document = Document(str(ours))
    document.add_paragraph(
        "{% for each in successors %}{{ each.who }}：{{ each.takeovers.rows[0].enterprise }}{% endfor %}"
    )
    document.save(str(ours))
    faulty = tmp_path / "faulty.docx"
    document.add_paragraph("{% for each in successors %}{{ each.takeovers.rows[0].nobody }}{% endfor %}")
    document.save(str(faulty))
    ran = esm("handover", "1001", "--template", str(faulty), "-o", str(file))
    assert (ran.code, "nobody" in ran.err, file.exists()) == (5, True, False)
    assert database_content.digest(district) == before
    assert esm("handover", "1001", "--template", str(ours), "-o", str(tmp_path / "a.xlsx")).code == 2
    assert database_content.digest(district) == before
    assert esm("handover", "1001", "--template", str(ours), "-o", str(file)).code == 0
    assert any("江畔1号" in row for table in cell_texts(file) for row in table)
    assert any(paragraph.text.startswith("1003 尤小满：") for paragraph in Document(str(file)).paragraphs)


def test_the_workbook_has_one_page_for_each_successor_with_all_that_is_open(
    esm: Esm, district: Place, tmp_path: Path
) -> None:
    shared_out(esm)
    assert esm("request", "open", code(3), "缺两名钳工", "--class", "labour").code == 0
    file = tmp_path / "handover.xlsx"
    assert esm("handover", "1001", "-o", str(file)).code == 0
    pages = {}
    for sheet in load_workbook(file).worksheets:
        pages[sheet.title] = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    own = {title: text for title, text in pages.items() if title[:4] in {"1003", "1004"}}
    assert sorted(own) == ["1003 尤小满", "1004 齐安"]
    assert [("江畔1号" in text, "订单饱满" in text) for text in own.values()].count((True, True)) == 1
    assert [("江畔3号" in text, "缺两名钳工" in text) for text in own.values()].count((True, True)) == 1
    assert all(("江畔1号" in text) != ("江畔3号" in text) and "199****5210" in text for text in own.values())
    signed = {title: text.partition("Signatures")[2] for title, text in own.items()}
    assert all(
        text.index("Handed over by") < text.index("Taken over by") < text.rindex(title[5:]) < text.index("Witnessed by")
        for title, text in signed.items()
    )


def test_a_named_successor_gets_everything_or_it_is_refused_with_the_way_out(esm: Esm, district: Place) -> None:
    said = refused(esm, district, "handover", "1001", "--to", "1002")
    assert "esm cadre edit 1002 --capacity 2" in said
    assert esm("cadre", "edit", "1002", "--capacity", "2").code == 0
    (taken,) = handed(esm, "1001", "--to", "1002")["takeovers"]
    assert (taken["staff_no"], taken["penalty"]) == ("1002", 1)


def test_a_named_successor_who_is_recused_out_of_post_or_the_cadre_is_refused(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1003", code(1), "--reason", "亲属").code == 0
    assert "江畔1号" in refused(esm, district, "handover", "1001", "--to", "1003")
    assert esm("cadre", "leave", "1003").code == 0
    assert "not in post" in refused(esm, district, "handover", "1001", "--to", "1003")
    refused(esm, district, "handover", "1001", "--to", "1001")


def test_who_serves_nobody_has_nothing_to_hand_over(esm: Esm, district: Place) -> None:
    assert "esm cadre leave 1003" in refused(esm, district, "handover", "1003")


def test_a_cadre_may_stay_in_post_and_on_a_day_to_come(esm: Esm, district: Place) -> None:
    handed(esm, "1001", "--on", "2026-12-01", "--stay")
    assert told(esm, "cadre", "show", "1001")["left_on"] is None
    rows = told(esm, "enterprise", "show", code(1), today="2026-12-01")["pairings"]
    assert [(row["staff_no"], row["start_on"], row["end_on"]) for row in rows] == [
        ("1001", "2026-06-01", "2026-12-01"), ("1003", "2026-12-01", None),
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["handover", "cadre leave"])
def test_who_visited_after_a_day_cannot_have_left_on_it(esm: Esm, district: Place, command: str) -> None:
    assert esm("visit", "log", code(3), "--met", "Manager", "--on", "2026-11-10", "--cadre", "1001").code == 0
    assert esm("visit", "log", code(1), "--met", "Manager", "--on", "2026-11-12", "--channel", "phone").code == 0
    said = refused(esm, district, *command.split(), "1001", "--on", "2026-11-11")
    assert all(word in said for word in ("江畔1号", "2026-11-12", "esm visit cancel 2"))
    assert esm("visit", "cancel", "2", "--reason", "记错").code == 0
    assert "江畔3号" in refused(esm, district, *command.split(), "1001", "--on", "2026-11-09")
    assert esm(*command.split(), "1001", "--on", "2026-11-10").code == 0


def test_a_successor_who_is_away_is_told(esm: Esm, district: Place) -> None:
    absent = ["cadre", "absence", "1003", "--from", "2026-11-20", "--until", "2026-12-20"]
    assert esm(*absent).code == 0
    assert "尤小满 is absent until 2026-12-20 and has no deputy" in esm("handover", "1001", "--dry-run").out
    assert esm(*absent, "--deputy", "1002").code == 0
    assert "尤小满 is absent until 2026-12-20; the deputy is 龚雨霞." in esm("pair", code(3), "1003").out


def test_who_stays_in_post_and_visited_after_the_day_is_told(esm: Esm, district: Place) -> None:
    assert esm("visit", "log", code(1), "--met", "Manager", "--on", "2026-11-12").code == 0
    told_of = handed(esm, "1001", "--on", "2026-11-10", "--stay")
    assert "Visited by this cadre after 2026-11-10; the visits count: 江畔1号." in told_of["notes"]


def test_an_enterprise_that_nobody_can_take_is_unserved_and_said(esm: Esm, district: Place) -> None:
    assert esm("cadre", "leave", "1003").code == 0
    answer = handed(esm, "1001", exit_code=1)
    assert (answer["handed_over"], answer["unserved"]) == (0, 1)
    assert answer["takeovers"][0]["staff_no"] is None


def test_others_move_only_to_make_room_and_are_listed(esm: Esm, district: Place) -> None:
    assert esm("recuse", "1003", code(1), "--reason", "亲属").code == 0
    answer = handed(esm, "1001")
    assert answer["takeovers"][0]["staff_no"] == "1002"
    assert [(row["previous_no"], row["staff_no"]) for row in answer["moves"]] == [("1002", "1003")]


def test_appointments_to_come_go_to_the_successor(esm: Esm, district: Place) -> None:
    assert esm("schedule").code == 0
    handed(esm, "1001")
    from esm.storage.database import connection
    from esm.storage.schedule import plans

    with connection.reading(district) as reading:
        assert {plan.staff_no for plan in plans.open_plans(reading) if plan.uscc == code(1)} == {"1003"}


def test_a_dry_run_hands_nothing_over(esm: Esm, district: Place) -> None:
    before = database_content.digest(district)
    dry = handed(esm, "1001", "--dry-run")
    assert database_content.digest(district) == before
    assert handed(esm, "1001") == dry


def test_undo_takes_a_handover_back(esm: Esm, district: Place) -> None:
    before = told(esm, "cadre", "show", "1001")
    handed(esm, "1001")
    assert esm("undo").code == 0
    assert told(esm, "cadre", "show", "1001") == before


def due(esm: Esm, *words: str, today: str = DAY) -> dict[str, str | None]:
    """Return the deputy of each enterprise on the due list."""
    return {row["uscc"]: row["deputy_no"] for row in told(esm, "due", "--within", "400", *words, today=today)}


def test_the_due_list_names_the_deputy_in_an_absence_longer_than_the_setting(esm: Esm, district: Place) -> None:
    absent = ["cadre", "absence", "1001", "--from", "2026-11-20", "--deputy", "1002", "--until"]
    assert esm(*absent, "2026-11-26").code == 0  # seven days
    assert due(esm)[code(1)] is None
    assert esm(*absent, "2026-11-27").code == 0  # eight
    assert due(esm)[code(1)] == "1002"
    assert due(esm, "--cadre", "1002") == {code(1): "1002", code(2): None}
    assert due(esm, today="2026-11-28")[code(1)] is None
    assert esm("config", "set", "deputy_after_days", "8").code == 0
    assert due(esm)[code(1)] is None


def test_a_deputy_who_is_recused_or_has_left_is_not_named(esm: Esm, district: Place) -> None:
    words = ["--from", "2026-11-20", "--until", "2026-12-20", "--deputy", "1002"]
    assert esm("cadre", "absence", "1001", *words).code == 0
    assert esm("recuse", "1002", code(1), "--reason", "亲属").code == 0
    assert due(esm)[code(1)] is None
    assert esm("recuse", "1002", code(1), "--end").code == 0
    assert due(esm)[code(1)] == "1002"
    assert esm("cadre", "leave", "1002").code == 0
    assert due(esm)[code(1)] is None


def test_a_deputy_is_not_named_on_the_days_of_an_own_absence(esm: Esm, district: Place) -> None:
    words = ["--from", "2026-11-20", "--until", "2026-12-20", "--deputy", "1002"]
    assert esm("cadre", "absence", "1001", *words).code == 0
    assert esm("cadre", "absence", "1002", "--from", "2026-11-24", "--until", "2026-11-24").code == 0
    assert esm("cadre", "absence", "1002", "--from", "2026-11-24", "--cancel").code == 0
    said = esm("cadre", "absence", "1002", "--from", "2026-11-24", "--until", "2026-11-24").out
    assert "is deputy for 1001 尹志恒" in said
    named = [due(esm, today=f"2026-11-{day}")[code(1)] for day in (23, 24, 25)]
    assert named == ["1002", None, "1002"]


@pytest.mark.parametrize(
    "words",
    [
        ["--from", "2026-11-20", "--until", "2026-12-20", "--deputy", "1001"],
        ["--from", "2026-12-01", "--until", "2026-12-31", "--deputy", "1003"],
        ["--from", "2026-12-20", "--until", "2027-01-05"],
    ],
)
def test_an_absence_that_cannot_be_is_refused(esm: Esm, district: Place, words: list[str]) -> None:
    assert esm("cadre", "absence", "1003", "--from", "2026-12-31", "--until", "2026-12-31").code == 0
    assert esm("cadre", "absence", "1001", "--from", "2027-01-05", "--until", "2027-01-06").code == 0
    refused(esm, district, "cadre", "absence", "1001", *words)


def test_the_absence_of_the_same_first_day_is_corrected_or_cancelled(esm: Esm, district: Place) -> None:
    for last in ("2026-12-10", "2026-12-05"):
        assert esm("cadre", "absence", "1001", "--from", "2026-12-01", "--until", last).code == 0
    (absence,) = told(esm, "cadre", "show", "1001")["absences"]
    assert (absence["start_on"], absence["end_on"]) == ("2026-12-01", "2026-12-06")
    assert esm("cadre", "absence", "1001", "--from", "2026-12-01", "--cancel").code == 0
    assert told(esm, "cadre", "show", "1001")["absences"] == []
    assert esm("cadre", "absence", "1001", "--from", "2026-12-01", "--cancel").code == 3
    assert esm("cadre", "absence", "1001", "--from", "2026-12-01").code == 2
    assert esm("cadre", "absence", "1001", "--from", "2026-12-02", "--until", "2026-12-01").code == 2
