"""Requests from the command line: from the opening to the enterprise's word, and what is refused on the way."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests import catalogue, database_content, small_district
from tests.conftest import HEADER, Esm
from tests.small_district import CODES

from esm.domain.requests.class_tree import CODES_BY_CHINESE, SHIPPED
from esm.domain.values.workdays import statutory_days_off
from esm.storage.database import connection
from esm.storage.database.place import Place
from esm.storage.pairing import pairings
from esm.usecases.register import cadres

MONDAY = "2026-11-09"


def employ(place: Place, staff_no: str, department: str) -> None:
    values = {"staff_no": staff_no, "name": f"尹{staff_no}", "department": department}
    small_district.write(place, lambda writing: cadres.add_cadre(writing, values))


@pytest.fixture
def desk(esm: Esm, place: Place) -> Esm:
    """Return a district of five enterprises and two departments; 1001 serves the first."""
    for number in range(5):
        small_district.enrol(place, number, industry_code="C3983", subdistrict="城东街道")
    for staff_no, department in (("1001", "财政局"), ("1002", "税务局")):
        employ(place, staff_no, department)
    served = pairings.NewPairing(enterprise_id=1, cadre_id=1, start_on=date(2026, 6, 1))
    small_district.write(place, lambda writing: pairings.begin(writing, [served]))
    return esm


def request(desk: Esm, *words: str, today: str = MONDAY) -> Any:
    """Run one `esm request` command and return what it says as JSON."""
    ran = desk("request", *words, "--format", "json", today=today)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def opened(desk: Esm, *words: str, code: str = CODES[0], today: str = MONDAY) -> Any:
    return request(desk, "open", code, "退税未到账", "--class", "tax.refund", *words, today=today)


def test_a_request_goes_from_the_opening_to_the_word_of_the_enterprise(desk: Esm) -> None:
    opened(desk)
    steps = (
        ("accept", "1"),
        ("dispatch", "1", "--department", "财政局", "--support", "税务局"),
        ("answer", "1", "--department", "税务局"),
        ("answer", "1"),
        ("close", "1", "--outcome", "solved"),
        ("confirm", "1", "--satisfied"),
    )
    states = [request(desk, *step)["state"] for step in steps]
    assert states == ["accepted", "dispatched", "dispatched", "answered", "closed", "confirmed"]
    found = request(desk, "show", "1")
    moves = ["accept", "dispatch", "support", "answer", "close", "confirm"]
    assert [event["move"] for event in found["events"]] == moves
    assert {event["who"] for event in found["events"]} == {"clerk"}
    assert (found["outcome"], found["satisfied"], found["staff_no"]) == ("solved", True, "1001")


def test_a_department_named_at_the_opening_gets_the_request_at_once(desk: Esm) -> None:
    found = opened(desk, "--department", "财政局")
    assert (found["state"], found["department"]) == ("dispatched", "财政局")


def test_a_request_raised_on_a_visit_takes_its_day_and_its_cadre(desk: Esm) -> None:
    ran = desk("visit", "log", CODES[0], "--met", "Manager", "--on", "2026-11-05", "--cadre", "1002", today=MONDAY)
    assert ran.code == 0, ran.err
    found = opened(desk, "--visit", "1")
    assert (found["received_on"], found["visited_on"], found["staff_no"]) == ("2026-11-05", "2026-11-05", "1002")


def test_closing_tells_who_brings_the_news(desk: Esm) -> None:
    opened(desk)
    request(desk, "accept", "1")
    said = desk("request", "close", "1", "--outcome", "solved", today=MONDAY).out
    assert "尹1001 informs 江畔0号机电有限公司" in said


def test_the_list_says_what_is_late_how_late_and_on_which_rung(desk: Esm) -> None:
    opened(desk, "--department", "财政局")
    opened(desk, "--department", "税务局", code=CODES[1], today="2026-11-20")
    request(desk, "elevate", "1", "--reason", "the head of the office asks", today="2026-11-20")
    first, second = request(desk, "list", today="2026-11-23")
    assert (first["due_on"], first["late"], first["days_late"], first["rung"]) == (
        "2026-11-18",
        True,
        3,
        "department_head",
    )
    assert (second["due_on"], second["late"], second["days_late"], second["rung"]) == ("2026-12-01", False, -6, None)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ((), [1, 2]),
        (("--all",), [1, 2, 3]),
        (("--state", "withdrawn"), [3]),
        (("--department", "税务局"), [1, 2]),
        (("--department", "财政局"), [1]),
        (("--enterprise", CODES[1]), [2]),
        (("--mine",), [1]),
        (("--cadre", "尹1001"), [1]),
        (("--stuck",), [2]),
    ],
)
def test_the_list_is_narrowed(desk: Esm, words: tuple[str, ...], numbers: list[int]) -> None:
    opened(desk, "--department", "财政局", "--support", "税务局")
    opened(desk, "--department", "税务局", code=CODES[1])
    opened(desk, code=CODES[2])
    request(desk, "withdraw", "3")
    request(desk, "elevate", "2", "--reason", "asked for")
    ran = desk("--actor", "1001", "request", "list", *words, "--format", "json", today=MONDAY)
    found = json.loads(ran.out)
    rows = found["requests"] if "--stuck" in words else found
    assert sorted(row["id"] for row in rows) == numbers


def test_elevating_records_each_reason_once_and_reading_records_nothing(desk: Esm, place: Place) -> None:
    opened(desk, "--department", "财政局", "--support", "税务局")
    late = "2026-11-25"  # five working days after the eighteenth
    before = database_content.digest(place)
    assert request(desk, "list", today=late)[0]["proposed"] == ["departments", "overdue"]
    assert database_content.digest(place) == before
    assert request(desk, "elevate", "--dry-run", today=late)["elevated"] == 1
    assert request(desk, "elevate", today=late)["requests"][0]["rung"] == "district_leader"
    assert request(desk, "elevate", today=late)["elevated"] == 0
    reasons = [event["reason"] for event in request(desk, "show", "1", today=late)["events"]]
    assert reasons == [None, None, "departments", "overdue"]


def test_the_stuck_list_names_days_waited_and_who_had_it(desk: Esm) -> None:
    opened(desk, "--department", "财政局")
    request(desk, "dispatch", "1", "--department", "税务局", today="2026-11-12")
    request(desk, "elevate", today="2026-11-12")
    (row,) = request(desk, "list", "--stuck", today="2026-11-19")["requests"]
    assert (row["days_waited"], row["handled_by"]) == (10, ["财政局 2026-11-09", "税务局 2026-11-12"])
    assert (row["department"], row["reasons"]) == ("税务局", ["dispatches"])
    page = desk("request", "list", "--stuck", today="2026-11-19").out
    assert all(words in page for words in ("dispatched twice without closing", "财政局 2026-11-09", "Signed: "))


def test_the_stuck_list_says_how_many_more_should_be_on_it(desk: Esm) -> None:
    opened(desk, "--department", "财政局", "--support", "税务局")
    assert "Due for escalation: 1" in desk("request", "list", "--stuck", today=MONDAY).out
    request(desk, "elevate")
    assert "Due for escalation" not in desk("request", "list", "--stuck", today=MONDAY).out


def test_a_stuck_request_that_the_office_has_itself_names_no_department_to_machines(desk: Esm) -> None:
    opened(desk)
    request(desk, "elevate", "1", "--reason", "the leader asks")
    (row,) = request(desk, "list", "--stuck")["requests"]
    assert (row["department"], row["reasons"], row["handled_by"]) == (None, ["by_hand"], [])
    page = desk("request", "list", "--stuck", today=MONDAY).out
    assert "(the office)" in page
    assert "the leader asks" in page


def test_three_enterprises_with_one_trouble_are_one_cluster(desk: Esm) -> None:
    for number in (0, 1):
        opened(desk, code=CODES[number])
    request(desk, "open", CODES[1], "仍未到账", "--class", "tax.refund")
    assert request(desk, "clusters") == []  # the same enterprise twice is one
    opened(desk, code=CODES[2])
    (found,) = request(desk, "clusters")
    assert (found["request_class"], found["industry"], found["subdistrict"]) == ("tax.refund", "C", "城东街道")
    assert (found["enterprises"], found["requests"], found["usccs"]) == (3, 4, list(CODES[:3]))


def test_a_cluster_looks_ninety_days_back_and_no_further(desk: Esm) -> None:
    for number in range(3):
        opened(desk, code=CODES[number])  # on 9 November; the ninetieth day is 6 February
    assert len(request(desk, "clusters", today="2027-02-06")) == 1
    assert request(desk, "clusters", today="2027-02-07") == []


def test_a_broad_cluster_takes_the_first_level_of_the_class(desk: Esm) -> None:
    for number, code in enumerate(("tax", "tax.fees", "tax.refund")):
        request(desk, "open", CODES[number], "税费", "--class", code)
    assert request(desk, "clusters") == []
    assert [found["request_class"] for found in request(desk, "clusters", "--broad")] == ["tax"]


def test_a_class_can_be_added_renamed_and_retired(desk: Esm) -> None:
    request(desk, "classes", "labour.training", "--name", "职业培训")
    assert request(desk, "open", CODES[0], "培训", "--class", "职业培训")["request_class"] == "labour.training"
    request(desk, "classes", "labour.training", "--retire")
    assert desk("request", "open", CODES[0], "培训", "--class", "labour.training").code == 3
    assert request(desk, "show", "1")["request_class"] == "labour.training"


def test_undo_takes_a_move_back(desk: Esm) -> None:
    opened(desk)
    request(desk, "accept", "1")
    assert desk("undo").code == 0
    assert request(desk, "show", "1")["state"] == "received"


def test_a_past_day_knows_only_what_had_happened(desk: Esm) -> None:
    opened(desk)
    request(desk, "accept", "1", today="2026-11-10")
    assert request(desk, "show", "1", today="2026-11-09")["state"] == "received"
    assert desk("request", "show", "1", today="2026-11-08").code == 3


BAD = [
    (("open", "X", "a refund", "--class", "tax"), 3, "No enterprise matches"),
    (("open", CODES[0], " ", "--class", "tax"), 2, "requires a subject"),
    (("open", CODES[0], "退" * 501, "--class", "tax"), 2, "501 characters; the maximum is 500"),
    (("edit", "1", "--subject", "退" * 10_000), 2, "the maximum is 500"),
    (("open", CODES[0], "退\0税", "--class", "tax"), 2, "cannot be stored"),
    (("open", CODES[0], "退税", "--class", "tax", "--department", "局" * 61, "--new-department"), 2, "not the name"),
    (("classes", "tax.new", "--name", "类" * 201), 2, "the maximum is 200"),
    (("open", CODES[0], "a refund", "--class", "taxx"), 3, "Did you mean tax"),
    (("open", CODES[0], "a refund", "--class", "退税款"), 3, "Did you mean 退税"),
    (("open", CODES[0], "a refund", "--class", "labour / refunds"), 3, "No request class"),
    (("open", CODES[0], "退税未到账", "--class", "tax"), 4, "Request 1 of 2026-11-09 has the same subject"),
    (("open", CODES[0], "a refund", "--class", "tax", "--on", "2025-11-07"), 4, "more than a year ago"),
    (("open", CODES[0], "a refund", "--class", "tax", "--support", "税务局"), 2, "--department"),
    (("edit", "1"), 2, "nothing to change"),
    (("list", "--mine"), 3, "Set ESM_ACTOR to your staff number"),
    (("list", "--mine", "--cadre", "尹1001"), 2, "cannot be used together"),
    (("open", CODES[0], "a refund", "--class", "tax", "--on", "2026-11-10"), 4, "in the future"),
    (("open", CODES[0], "a refund", "--class", "tax", "--on", "2026-02-30"), 2, "is not a date"),
    (("open", CODES[0], "a refund", "--class", "tax", "--visit", "9"), 3, "no visit 9"),
    (("open", CODES[0], "a refund", "--class", "tax", "--department", "财政"), 3, "Did you mean 财政局"),
    (("open", CODES[0], "a refund", "--class", "tax", "--department", "甲、乙", "--new-department"), 2, "not the name"),
    (("accept", "9"), 3, "no request 9"),
    (("accept", "9" * 20), 2, "out of range"),
    (("open", CODES[0], "a refund", "--class", "tax", "--visit", "9" * 20), 2, "out of range"),
    (("close", "1", "--outcome", "solved"), 4, "Possible actions: accept, reject, withdraw, escalate"),
    (("answer", "1"), 4, "Possible actions: accept"),
    (("reject", "1", "--reason", "no"), 4, "legal basis"),
    (("reject", "1", "--basis", "article 5"), 4, "reason"),
    (("accept", "1", "--on", "2026-11-10"), 4, "in the future"),
    (("accept", "1", "--on", "2026-11-08"), 4, "last action"),
    (("confirm", "1", "--satisfied"), 4, "not possible now"),
    (("close", "2"), 4, "requires an outcome"),
    (("close", "2", "--outcome", "explained"), 4, "legal basis"),
    (("close", "2", "--outcome", "withdrawn"), 4, "esm request withdraw"),
    (("dispatch", "2", "--department", "水务局"), 3, "No department matches"),
    (("dispatch", "2", "--department", "财政局", "--support", "财政局"), 4, "cannot be both"),
    (("extend", "2", "--until", "2026-11-01", "--reason", "late"), 4, "not after"),
    (("extend", "2", "--until", "2026-12-01"), 4, "reason"),
    (("elevate", "2"), 4, "reason"),
    (("elevate", "--reason", "because"), 2, "one request"),
    (("list", "--department", "水务局"), 3, "No department matches"),
    (("classes", "Labour!", "--name", "x"), 2, "not a class code"),
    (("classes", "newtop.sub", "--name", "x"), 2, "first level"),
]


@pytest.mark.parametrize(("words", "code", "says"), BAD, ids=[" ".join(words)[:60] for words, *_ in BAD])
def test_bad_input_is_refused_and_changes_nothing(
    desk: Esm, place: Place, words: tuple[str, ...], code: int, says: str
) -> None:
    opened(desk)
    opened(desk, code=CODES[1])
    request(desk, "accept", "2")
    before = database_content.dump(place)
    ran = desk("request", *words, today=MONDAY)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert database_content.dump(place) == before


@pytest.mark.parametrize(
    "words", ["两行\n内容", "\x1b[31m红\x07", "=1+1", "<b>x</b>[bold]x[/bold]", "{x} %s {0.a}", "\u202ex"]
)
def test_what_an_enterprise_asks_is_data_whatever_it_looks_like(desk: Esm, tmp_path: Path, words: str) -> None:
    assert request(desk, "open", CODES[0], words, "--class", "tax")["subject"] == words
    for form in ("table", "md", "html", "csv"):
        told = desk("request", "show", "1", "--format", form)
        assert told.code == 0
        assert not set("\x1b\x07\u202e") & set(told.out)
    assert "<b>" not in desk("request", "list", "--format", "html").out
    assert '"=1+1' not in desk("request", "list", "--format", "csv").out.replace(",=", ',"=')
    assert desk("request", "list", "-o", str(tmp_path / "a.xlsx")).code == 0


def test_a_new_department_is_taken_on_purpose_and_known_from_then_on(desk: Esm) -> None:
    opened(desk, "--department", "水务局", "--new-department")
    assert opened(desk, "--department", "水务局", code=CODES[1])["department"] == "水务局"


@pytest.mark.parametrize("column", ["kind = 'x'", "outcome = 'x'", "done_on = '2026-02-30'", "satisfied = 2"])
def test_the_database_itself_refuses_events_that_make_no_sense(desk: Esm, place: Place, column: str) -> None:
    opened(desk, "--department", "财政局")
    with (
        pytest.raises(Exception, match=r"(?i)check constraint"),
        connection.writing(place, HEADER) as writing,
    ):
        writing.connection.execute(f"UPDATE request_event SET {column}")


def test_a_visit_opens_requests_and_records_briefings_in_one_operation(desk: Esm, place: Place) -> None:
    assert desk("policy", "add", "R1", "--title", "稳岗补贴").code == 0
    ran = desk(
        "visit", "log", CODES[0], "--met", "Manager", "--on", "2026-11-05", "--request", "退税未到账",
        "--class", "tax.refund", "--request", "缺工", "--class", "labour", "--brief", "稳岗",
        "--format", "json", today=MONDAY,
    )  # fmt: skip
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    opened = [(row["request_class"], row["received_on"], row["staff_no"]) for row in found["requests"]]
    assert opened == [("tax.refund", "2026-11-05", "1001"), ("labour", "2026-11-05", "1001")]
    assert [(row["policy"], row["explained_on"]) for row in found["briefings"]] == [("R1", "2026-11-05")]
    assert desk("undo").code == 0
    dump = database_content.dump(place)
    assert (dump["visit"], dump["request"], dump["briefing"]) == ([], [], [])


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--request", "退税"), 2, "a --class for each --request"),
        (("--class", "tax"), 2, "a --class for each --request"),
        (
            ("--request", "a", "--request", "b", "--request", "c", "--class", "tax", "--class", "tax"),
            2,
            "in the same order",
        ),
        (("--request", "退税", "--class", "taxx"), 3, "Did you mean tax"),
        (("--brief", "R9"), 3, "No policy matches"),
        (("--request", "退税", "--class", "tax", "--outcome", "not_reached"), 4, "Nobody was met"),
    ],
)
def test_a_visit_with_a_faulty_request_is_not_recorded_at_all(
    desk: Esm, place: Place, words: tuple[str, ...], code: int, says: str
) -> None:
    before = database_content.dump(place)
    ran = desk("visit", "log", CODES[0], "--met", "Manager", *words, today=MONDAY)
    assert (ran.code, ran.out, says in ran.err) == (code, "", True), ran.err
    assert database_content.dump(place) == before


def test_the_chinese_names_of_the_classes_are_those_of_the_catalogue() -> None:
    known = {str(message.id): str(message.string) for message in catalogue.sentences(catalogue.translated())}
    assert {known[str(name)]: code for code, name in SHIPPED.items()} == CODES_BY_CHINESE


@pytest.mark.parametrize("words", ["Refunds", "taxation / refunds", "tax / 退税", "TAX.REFUND", "refund"])
def test_a_class_is_named_as_lists_show_it(desk: Esm, words: str) -> None:
    assert request(desk, "open", CODES[0], "a refund", "--class", words)["request_class"] == "tax.refund"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_class_is_named_in_chinese_whatever_language_esm_speaks(desk: Esm, lang: str) -> None:
    ran = desk("request", "open", CODES[0], "退税未到账", "--class", "退税", "--format", "json", lang=lang)
    assert json.loads(ran.out)["request_class"] == "tax.refund"


def brief(desk: Esm, code: str = CODES[0], today: str = MONDAY) -> Any:
    ran = desk("brief", code, "--format", "json", today=today)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_the_page_to_read_before_a_visit_shows_open_requests_and_news_to_bring(desk: Esm) -> None:
    opened(desk, "--department", "财政局")
    opened(desk, code=CODES[1])
    (row,) = brief(desk)["requests"]
    assert (row["on"], row["who"], row["what"], row["late"]) == (
        "2026-11-18",
        "财政局",
        "1 退税未到账 (dispatched)",
        False,
    )
    assert brief(desk, today="2026-11-19")["requests"][0]["late"] is True
    request(desk, "answer", "1")
    request(desk, "close", "1", "--outcome", "solved")
    page = brief(desk)
    assert (page["requests"], [row["on"] for row in page["news"]]) == ([], [MONDAY])
    assert "esm request confirm 1" in page["news"][0]["what"]
    request(desk, "confirm", "1", "--satisfied")
    assert brief(desk)["news"] == []


def closed(desk: Esm, on: str = MONDAY) -> None:
    """Open a request of the first enterprise and close it on that day."""
    opened(desk, today=on)
    request(desk, "accept", "1", today=on)
    request(desk, "close", "1", "--outcome", "solved", today=on)


@pytest.mark.parametrize(
    ("visit", "is_still_news"),
    [
        (("--on", "2026-11-10"), False),
        (("--on", MONDAY), True),  # perhaps it was made before the close
        (("--on", "2026-11-08"), True),
        (("--on", "2026-11-10", "--outcome", "not_reached"), True),
        (("--on", "2026-11-10", "--channel", "phone"), True),
    ],
)
def test_news_disappear_after_the_visit_that_brought_them_and_the_word_is_asked_for(
    desk: Esm, visit: tuple[str, ...], is_still_news: bool
) -> None:
    closed(desk)
    assert desk("visit", "log", CODES[0], "--met", "Manager", *visit, today="2026-11-12").code == 0
    page = brief(desk, today="2026-11-12")
    asked = [row for row in page["questions"] if "esm request confirm 1" in row["question"]]
    assert (len(page["news"]), len(asked)) == ((1, 0) if is_still_news else (0, 1))
    request(desk, "confirm", "1", "--satisfied", today="2026-11-12")
    page = brief(desk, today="2026-11-12")
    assert page["news"] == []
    assert "esm request confirm" not in str(page["questions"])


def test_a_cancelled_visit_has_brought_no_news(desk: Esm) -> None:
    closed(desk)
    desk("visit", "log", CODES[0], "--met", "Manager", "--on", "2026-11-10", today="2026-11-12")
    assert desk("visit", "cancel", "1", today="2026-11-12").code == 0
    assert len(brief(desk, today="2026-11-12")["news"]) == 1


def test_who_records_a_visit_is_asked_what_the_enterprise_says_to_the_news(desk: Esm) -> None:
    closed(desk, "2026-11-06")
    said = desk("visit", "log", CODES[0], "--met", "Manager", "--on", MONDAY, today=MONDAY).out
    assert "`esm request confirm 1 --satisfied`" in said
    assert "esm request confirm" not in desk("visit", "log", CODES[1], "M", "--cadre", "1001", today=MONDAY).out


def test_the_reminder_of_the_cadre_who_serves_the_enterprise_names_the_news(desk: Esm, tmp_path: Path) -> None:
    closed(desk)
    assert desk("due", "--digest", str(tmp_path / "d"), today="2026-11-12").code == 0
    found = {file.name: "退税未到账" in file.read_text(encoding="utf-8") for file in (tmp_path / "d").iterdir()}
    assert found["1001.md"] is True
    assert not any(told for name, told in found.items() if name != "1001.md")


def test_a_handover_tells_the_successor_which_news_are_to_be_brought(desk: Esm) -> None:
    closed(desk)
    ran = desk("handover", "1001", "--to", "1002", "--dry-run", "--format", "json", today=MONDAY)
    (matter,) = json.loads(ran.out)["matters"]
    assert (matter["text"], matter["due_on"]) == (
        "1 退税未到账 (solved): inform the enterprise, ask for feedback",
        None,
    )


def test_the_page_to_read_before_a_visit_shows_policies_not_explained_most_money_first(desk: Esm) -> None:
    for code, worth in (("R1", "5"), ("R2", "20万")):
        assert desk("policy", "add", code, "--title", f"政策{code}", "--worth", worth).code == 0
    told = [row["what"] for row in brief(desk)["policies"]]
    assert told == ["R2 政策R2: not yet briefed; worth 200,000 yuan", "R1 政策R1: not yet briefed; worth 5 yuan"]
    assert desk("policy", "brief", "R2", CODES[0], today=MONDAY).code == 0
    assert "briefed, not applied" in brief(desk)["policies"][0]["what"]
    assert desk("policy", "apply", "R2", CODES[0], today=MONDAY).code == 0
    assert len(brief(desk)["policies"]) == 1


def test_a_holiday_list_that_is_imported_moves_open_deadlines(desk: Esm, tmp_path: Path) -> None:
    opened(desk)
    request(desk, "accept", "1")
    assert request(desk, "show", "1")["due_on"] == "2026-11-18"
    file = tmp_path / "local.csv"
    file.write_text("date,kind,name\n2026-11-16,off,停电\n", encoding="utf-8")
    ran = desk("calendar", "import", str(file), "--format", "json", today=MONDAY)
    (moved,) = json.loads(ran.out)["deadlines"]
    assert (moved["id"], moved["before"], moved["due_on"]) == (1, "2026-11-18", "2026-11-19")
    assert request(desk, "show", "1")["due_on"] == "2026-11-19"
    again = desk("calendar", "import", str(file), "--format", "json", today=MONDAY)
    assert json.loads(again.out)["deadlines"] == []


def test_a_deadline_beyond_the_published_years_is_called_provisional_until_their_list_is_imported(
    desk: Esm, tmp_path: Path
) -> None:
    opened(desk, "--department", "财政局", today="2026-12-28")
    listed = desk("request", "list", today="2026-12-28")
    assert "Provisional deadlines" in listed.out
    assert (request(desk, "show", "1", today="2026-12-28")["due_on"], "not been published" in listed.out) == (
        "2027-01-07",  # 1 January is off by law
        True,
    )
    file = tmp_path / "2027.csv"
    off = sorted({*statutory_days_off(2027), date(2027, 1, 4), date(2027, 1, 5)})
    days = "".join(f"{on},off,假\n" for on in off)
    file.write_text(f"date,kind,name\n2027-01-02,work,元旦\n{days}", encoding="utf-8")
    ran = desk("calendar", "import", str(file), "--format", "json", today="2026-12-28")
    (moved,) = json.loads(ran.out)["deadlines"]
    # worked: 29, 30, 31 December, then the Saturday instead of the Friday, 6, 7 and 8 January
    assert (moved["before"], moved["due_on"]) == ("2027-01-07", "2027-01-08")
    assert "Provisional" not in desk("request", "list", today="2026-12-28").out


def test_a_handover_tells_the_successor_which_requests_are_open(desk: Esm) -> None:
    opened(desk)
    ran = desk("handover", "1001", "--to", "1002", "--dry-run", "--format", "json", today=MONDAY)
    assert ran.code == 0, ran.err
    (matter,) = json.loads(ran.out)["matters"]
    assert (matter["kind"], matter["text"], matter["due_on"]) == ("request", "1 退税未到账", "2026-11-10")


def test_a_move_cannot_be_recorded_before_a_move_that_is_on_record(desk: Esm) -> None:
    opened(desk)
    request(desk, "accept", "1", today="2026-11-10")
    ran = desk("request", "accept", "1", today=MONDAY)
    assert (ran.code, "last action on the request was on 2026-11-10" in ran.err) == (4, True), ran.err
    assert request(desk, "show", "1", today="2026-11-10")["state"] == "accepted"


def test_the_ladder_leaves_alone_what_was_moved_after_the_day_that_is_asked_about(desk: Esm) -> None:
    opened(desk, "--department", "财政局", "--support", "税务局")
    request(desk, "answer", "1", today="2026-11-12")
    assert request(desk, "elevate", today="2026-11-11")["elevated"] == 0
    assert request(desk, "elevate", today="2026-11-12")["elevated"] == 1


def test_a_move_is_not_undone_while_later_moves_build_on_it(desk: Esm) -> None:
    for words in (("accept", "1"), ("dispatch", "1", "--department", "财政局"), ("answer", "1")):
        opened(desk) if words[0] == "accept" else None
        request(desk, *words)
    *_, dispatch, answer = sorted(entry["id"] for entry in json.loads(desk("history", "--format", "json").out))
    ran = desk("undo", str(dispatch))
    assert (ran.code, f"`esm undo {answer}`" in ran.err) == (4, True), ran.err
    assert request(desk, "show", "1")["state"] == "answered"
    assert desk("undo", str(answer)).code == desk("undo", str(dispatch)).code == 0
    assert request(desk, "show", "1")["state"] == "accepted"


def test_a_deadline_is_not_extended_into_the_past(desk: Esm) -> None:
    opened(desk)
    request(desk, "accept", "1")
    words = ("extend", "1", "--on", "2026-11-16", "--until", "2026-11-20", "--reason", "a survey")
    ran = desk("request", *words, today="2026-11-23")
    assert (ran.code, "has already passed" in ran.err) == (4, True), ran.err


def test_a_weekend_after_the_deadline_is_late_without_a_working_day_gone_by(desk: Esm) -> None:
    opened(desk, today="2026-11-12")  # a Thursday: to be accepted on Friday
    told = [desk("request", "list", today=f"2026-11-{day}").out for day in (12, 13, 14, 16)]
    words = ("1 remaining", "due today", "just overdue", "1 late")
    assert [each in text for each, text in zip(words, told, strict=True)] == [
        True, True, True, True,
    ]  # fmt: skip


def test_the_page_of_a_request_shows_what_it_is_and_what_may_come_next(desk: Esm) -> None:
    opened(desk, "--department", "财政局")
    page = desk("request", "show", "1", today=MONDAY).out
    assert all(words in page for words in ("taxation / refunds", "help", MONDAY, "尹1001", CODES[0], "财政局"))
    assert request(desk, "show", "1")["possible"] == ["dispatch", "dispute", "answer", "extend", "withdraw", "elevate"]
    request(desk, "answer", "1")
    request(desk, "close", "1", "--outcome", "partly_solved")
    said = desk("request", "confirm", "1", "--dissatisfied", today=MONDAY).out
    assert all(words in said for words in ("partly solved", "confirmed", "Enterprise satisfied", "esm request reopen"))


def test_a_deadline_extended_to_a_day_off_is_said_to_move(desk: Esm) -> None:
    opened(desk, "--department", "财政局")
    said = desk("request", "extend", "1", "--until", "2026-12-19", "--reason", "a survey", today=MONDAY).out
    assert "2026-12-19 is a day off: the deadline is 2026-12-21." in said


LIFE = [
    ("open", CODES[0], "退税未到账", "--class", "tax.refund"),
    ("edit", "1", "--class", "tax.fees", "--nature", "complaint", "--subject", "退税仍未到账"),
    ("accept", "1", "--hard"),
    ("dispatch", "1", "--department", "财政局", "--support", "税务局"),
    ("dispute", "1", "--reason", "不属我局"),
    ("dispatch", "1", "--department", "税务局", "--support", "财政局"),
    ("extend", "1", "--until", "2026-12-18", "--reason", "须核实"),
    ("elevate",),
    ("elevate", "1", "--reason", "领导批示"),
    ("answer", "1", "--department", "财政局"),
    ("answer", "1", "--note", "已办"),
    ("close", "1", "--outcome", "explained", "--basis", "《税收征收管理法》第五十一条"),
    ("confirm", "1", "--dissatisfied"),
    ("reopen", "1", "--reason", "仍未到账"),
    ("withdraw", "1", "--reason", "已自行解决"),
    ("open", CODES[1], "改建", "--class", "land", "--department", "水务局", "--new-department"),
    ("open", CODES[2], "贷款", "--class", "finance.loan"),
    ("reject", "3", "--reason", "不属本区", "--basis", "《信访条例》第十五条"),
    ("classes", "labour.training", "--name", "职业培训"),
]


def test_every_move_is_tried_without_a_trace_and_taken_back_without_a_trace(desk: Esm, place: Place) -> None:
    for words in LIFE:
        before, stood = database_content.dump(place), database_content.business(place)
        tried = desk("request", *words, "--dry-run", "--format", "json", today=MONDAY)
        assert (tried.code, database_content.dump(place)) == (0, before), (words, tried.err)
        done = desk("request", *words, "--format", "json", today=MONDAY)
        assert done.out == tried.out, words
        after = database_content.business(place)
        assert after != stood, words
        assert desk("undo").code == 0, words
        assert database_content.business(place) == stood, words
        assert desk("request", *words, today=MONDAY).code == 0, words
        assert database_content.business(place) == after, words


@pytest.mark.parametrize(("asked", "code"), [("tax", 0), ("taxx", 3)])
def test_a_visit_from_a_form_opens_requests_in_the_same_operation_or_is_not_recorded(
    desk: Esm, place: Place, tmp_path: Path, asked: str, code: int
) -> None:
    form = tmp_path / "form.txt"
    form.write_text(f"Enterprise: {CODES[0]}\nDate: 2026-11-05\nMet with: 虚构甲\nMinutes: 谈退税\n", encoding="utf-8")
    before = database_content.dump(place)
    ran = desk("visit", "log", "--from", str(form), "--request", "退税未到账", "--class", asked, today=MONDAY)
    assert ran.code == code, ran.err
    if code:
        assert database_content.dump(place) == before
        return
    found = request(desk, "show", "1")
    assert (found["visited_on"], found["received_on"], found["staff_no"]) == ("2026-11-05", "2026-11-05", "1001")
    assert desk("undo").code == 0
    assert (database_content.dump(place)["visit"], database_content.dump(place)["request"]) == ([], [])


def test_a_visit_with_its_request_is_not_undone_while_the_request_goes_on(desk: Esm) -> None:
    desk("visit", "log", CODES[0], "--met", "Manager", "--request", "退税未到账", "--class", "tax", today=MONDAY)
    visit = max(entry["id"] for entry in json.loads(desk("history", "--format", "json").out))
    request(desk, "accept", "1")
    assert desk("undo", str(visit)).code == 4
    assert desk("undo").code == desk("undo", str(visit)).code == 0


@pytest.mark.parametrize("is_entered_again", [False, True])
def test_a_holiday_list_of_a_later_day_judges_nothing_that_was_done(
    desk: Esm, tmp_path: Path, is_entered_again: bool
) -> None:
    opened(desk, "--department", "税务局", today="2027-02-15")
    request(desk, "answer", "1", today="2027-02-24")
    request(desk, "close", "1", "--outcome", "solved", today="2027-02-24")
    opened(desk, today="2027-02-19")
    request(desk, "accept", "2", today="2027-02-22")
    before = figures_on(desk, "2027-03-01")
    assert (before["on_time"], before["late"], before["accepted_late"], before["median_days"]) == (1, 0, 0, 7)
    if is_entered_again:
        folder = tmp_path / "out"
        assert desk("export", str(folder), today="2027-03-01").code == 0
        again = [str(folder / f"{name}.csv") for name in ("requests", "request_events")]
        assert desk("import", *again, today="2027-03-01").code == 0
    file = tmp_path / "2027.csv"
    file.write_text("日期,类型,名称\n2027-01-01,休,元旦\n2027-02-20,班,春节\n", encoding="utf-8")
    ran = desk("calendar", "import", str(file), "--format", "json", today="2027-03-01")
    assert [(each["id"], each["before"], each["due_on"]) for each in json.loads(ran.out)["deadlines"]] == [
        (2, "2027-03-02", "2027-03-01")
    ]
    assert figures_on(desk, "2027-03-01") == before
    assert request(desk, "show", "1", today="2027-03-01")["close_by"] == "2027-02-24"


def test_what_was_done_before_deadlines_were_kept_is_judged_by_the_list_before(
    desk: Esm, place: Place, tmp_path: Path
) -> None:
    opened(desk, "--department", "税务局", today="2027-02-15")
    request(desk, "answer", "1", today="2027-02-24")
    request(desk, "close", "1", "--outcome", "solved", today="2027-02-24")
    before = figures_on(desk, "2027-03-01")
    small_district.write(place, forget_deadlines)
    assert figures_on(desk, "2027-03-01") == before
    file = tmp_path / "2027.csv"
    file.write_text("日期,类型,名称\n2027-01-01,休,元旦\n2027-02-20,班,春节\n", encoding="utf-8")
    assert desk("calendar", "import", str(file), today="2027-03-01").code == 0
    assert figures_on(desk, "2027-03-01") == before


def test_a_corrected_day_is_judged_anew(desk: Esm, tmp_path: Path) -> None:
    opened(desk)
    request(desk, "accept", "1", today="2026-11-10")
    assert figures_on(desk, MONDAY[:8] + "12")["accepted_late"] == 0
    file = tmp_path / "办理记录.csv"
    file.write_text("诉求编号,第几步,办理环节,办理日期\n1,1,受理,2026-11-11\n", encoding="utf-8")
    assert desk("import", str(file), today="2026-11-12").code == 0
    assert figures_on(desk, "2026-11-12")["accepted_late"] == 1


def figures_on(desk: Esm, on: str) -> Any:
    return json.loads(desk("report", "requests", "--format", "json", today=on).out)


def forget_deadlines(writing: connection.Writing) -> None:
    for (row_id,) in writing.rows("SELECT id FROM request_event"):
        writing.change("request_event", row_id, {"deadline_on": None, "days_taken": None})
