"""`esm import` of visits told in texts: what a messenger or a mail does to them, and what must not be taken."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests import database_content, phone_texts
from tests.conftest import Esm, budget
from tests.phone_texts import mark_of, phone_text, plain, texts_taken
from tests.rosters import told
from tests.small_district import CODES

from esm.domain.visits.check_code import folded
from esm.sheets.exchange.visit_texts import found_texts
from esm.sheets.visits.text_labels import as_typed
from esm.storage.database.place import Place

FIRM, OTHER = CODES[0], CODES[1]
MARK = "3f9a1c20"
VISIT = {
    "enterprise": FIRM, "done_on": "2026-11-20", "cadre": "1001", "channel": "实地", "outcome": "已联系上",
    "met_with": "王厂长", "business": "平稳", "promise_1": "送政策清单", "until_1": "2026-12-01",
    "request_1": "招两名钳工", "class_1": "用工人才 / 招工",
    "minutes": "订单饱满, 三季度用电1.2万度 (比去年多).\n“扩产”在谈：缺两名钳工，明年再说 -- 见附件 [1].",
}  # fmt: skip
TEXT = phone_text(MARK, VISIT)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="↵"), min_size=1)
TYPED = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
CARRIERS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "wrapped": lambda text: phone_texts.wrapped(text, 30),
    "quoted": phone_texts.quoted,
    "quoted twice": lambda text: phone_texts.quoted(phone_texts.quoted(text)),
    "wrapped, then quoted": lambda text: phone_texts.quoted(phone_texts.wrapped(text, 38)),
    "other widths": phone_texts.as_an_input_method_writes,
    "on one line": lambda text: text.replace("\n", " "),
    "without line breaks": lambda text: text.replace("\n", ""),
    "of Windows": lambda text: text.replace("\n", "\r\n"),
    "with empty lines": lambda text: text.replace("\n", "\n\n"),
    "after a name": lambda text: f"王小明: {text}",
    "before a time": lambda text: f"{text.strip()} 10:22",
}


@pytest.fixture
def chat(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes words into a file of a chat."""

    def written(*texts: str, name: str = "chat.txt") -> Path:
        file = tmp_path / name
        file.write_text("".join(texts), encoding="utf-8", newline="")
        return file

    return written


@pytest.fixture
def text(settled_place: Place) -> str:
    """Return a text for the small district."""
    return phone_text(mark_of(settled_place), VISIT)


@pytest.mark.parametrize("carry", CARRIERS.values(), ids=CARRIERS)
def test_what_messengers_and_mails_do_to_a_text_does_no_harm(carry: Callable[[str], str]) -> None:
    found = found_texts.visit_texts(f"早上好[微笑]\n{carry(TEXT)}\n【政策】转发", "chat.txt")
    assert (found.problems, [each.code for each in found.texts]) == ([], [TEXT[-18:].strip()])
    entries = {row[0]: row[1] for row in found.texts[0].form.rows if row}
    assert {key: folded(str(words)) for key, words in entries.items()} == {
        key: folded(words.replace("[", "〔").replace("]", "〕")) if key not in {"enterprise", "cadre"}
        else f"{words}(某某)" for key, words in VISIT.items()
    }  # fmt: skip


@given(TYPED, TYPED, st.integers(5, 80), st.booleans())
def test_words_come_back_as_they_were_typed(minutes: str, met_with: str, width: int, is_wrapped: bool) -> None:
    """Where a line was broken, a blank may be lost or stand in a long word; nothing else changes."""
    text = phone_text(MARK, {**VISIT, "met_with": met_with, "minutes": minutes})
    (found,) = found_texts.visit_texts(phone_texts.wrapped(text, width) if is_wrapped else text, "").texts
    entries = {str(row[0]): str(row[1]) for row in found.form.rows if row}
    clean = plain if is_wrapped else str
    for key, words in (("minutes", minutes), ("met_with", met_with)):
        assert clean(entries[key]) == clean(as_typed(words))


@given(st.data())
@budget(200)
def test_a_sign_that_changed_or_is_missing_anywhere_leaves_nothing_to_take(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(TEXT.strip()) - 1))
    other = data.draw(st.one_of(st.just(""), st.sampled_from("0a一、[]【】>(-"), st.characters(codec="utf-8")))
    changed = TEXT[:place] + other + TEXT[place + 1 :]
    assume(folded(changed) != folded(TEXT))
    found = found_texts.visit_texts(changed, "chat.txt")
    assert found.texts == []
    assert [problem.cell for problem in found.problems] in (["1"], ["13"])


def test_each_damaged_text_is_named_and_the_whole_ones_beside_it_are_found() -> None:
    cut, headless = TEXT[: TEXT.index("【校验码】")], TEXT.partition("\n")[2]
    found = found_texts.visit_texts("\n".join(["a", cut, TEXT, TEXT.replace("钳", "铣"), headless, cut]), "chat.txt")
    assert [each.form.first_row for each in found.texts] == [15]
    assert [(problem.cell, str(problem.reason).partition(":")[0]) for problem in found.problems] == [
        ("2", "the text has no check code at its end"),
        ("29", "the check code does not fit"),
        ("54", "the beginning of the text is missing or was changed"),
        ("56", "the text has no check code at its end"),
    ]


def test_a_text_is_recorded_as_visit_log_records_it(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    (row,) = texts_taken(esm, chat("hello\n", text), "--actor", "clerk", db=settled_place)
    assert (row["uscc"], row["staff_no"], row["done_on"], row["line"]) == (FIRM, "1001", "2026-11-20", 2)
    assert (row["recorded"], row["due_on"]) == (True, "2027-01-20")
    shown = told(esm, "visit", "show", str(row["visit_id"]), db=settled_place)
    assert (shown["met_with"], shown["business"], shown["outcome"]) == ("王厂长", "steady", "met")
    assert shown["minutes"] == VISIT["minutes"].replace("[1]", "〔1〕")
    assert [(each["words"], each["due_on"]) for each in shown["promises"]] == [("送政策清单", "2026-12-01")]
    (asked,) = told(esm, "request", "list", db=settled_place)
    assert (asked["subject"], asked["request_class"]) == ("招两名钳工", "labour.recruitment")
    operation = told(esm, "history", "--limit", "1", db=settled_place)[0]
    assert operation["actor"] == "clerk"
    assert esm("undo", db=settled_place).code == 0
    assert told(esm, "request", "list", db=settled_place) == []


def test_a_policy_is_explained_on_the_visit(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    assert esm("policy", "add", "甬〔2026〕[3]号", "--title", "电费补贴", db=settled_place).code == 0
    told_text = phone_text(mark_of(settled_place), {**VISIT, "policies": "甬〔2026〕[3]号"})
    summary = told(esm, "import", str(chat(told_text)), db=settled_place)
    assert {each["sheet"]: each["added"] for each in summary["sheets"] if each["added"]} == {
        "visits": 1, "promises": 1, "requests": 1, "briefings": 1,
    }  # fmt: skip
    assert texts_taken(esm, chat(told_text), db=settled_place)[0]["recorded"] is False
    assert esm("import", str(chat(text)), db=settled_place).code == 0  # tells less, and nothing new


def test_a_text_sent_twice_is_told_and_taken_once(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    ran = esm("import", str(chat(text, "王小明: \n", phone_texts.quoted(text))), db=settled_place)
    assert (ran.code, "the same text as in line 1" in ran.out) == (0, True)
    before = database_content.digest(settled_place)
    summary = told(esm, "import", str(chat(text)), db=settled_place)
    assert (summary["added"], summary["unchanged"], summary["texts"][0]["recorded"]) == (0, 1, False)
    assert database_content.digest(settled_place) == before


def test_a_call_before_the_visit_of_the_day_is_known_again_although_both_are_one_entry(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    call = {**VISIT, "channel": "电话", "outcome": "未联系上", "minutes": "无人接听"}
    for key in ("met_with", "business", "promise_1", "until_1", "request_1", "class_1"):
        del call[key]
    first = phone_text(mark_of(settled_place), call)
    assert esm("import", str(chat(first, text)), db=settled_place).code == 0
    again = told(esm, "import", str(chat(first, text)), db=settled_place)
    assert (again["added"], again["unchanged"]) == (0, 2)


def test_a_cancelled_visit_is_not_brought_back(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    (row,) = texts_taken(esm, chat(text), db=settled_place)
    assert esm("visit", "cancel", str(row["visit_id"]), db=settled_place).code == 0
    (again,) = texts_taken(esm, chat(text), db=settled_place)
    assert (again["recorded"], again["notes"]) == (False, ["It was cancelled and is not brought back."])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"done_on": "2026-11-24"}, "The visit date 2026-11-24 is in the future."),
        ({"done_on": "2026-05-31"}, "The enterprise was enrolled on 2026-06-01, after 2026-05-31."),
        ({"met_with": "", "minutes": ""}, "Nothing is told of the visit: neither whom they met nor what was said."),
        ({"enterprise": "913302050000000000"}, "no enterprise has this code"),
        ({"cadre": "9999"}, "no cadre has this staff number"),
        ({"class_1": "nothing.known"}, "No request class matches “nothing.known”."),
        ({"policies": "P404"}, "No policy matches “P404”."),
        ({"until_1": ""}, "Until 1 is missing"),
        ({"until_1": "2026-11-19"}, "“送政策清单” is promised by 2026-11-19, before the visit."),
        ({"done_on": "20 Nov?"}, "this is not a date"),
        ({"outcome": "未联系上"}, "Nobody was met on that visit: there can be no requests or policy briefings."),
    ],
)  # fmt: skip
def test_what_visit_log_refuses_is_refused_and_nothing_of_it_is_kept(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], changes: dict[str, str], reason: str
) -> None:
    bad = phone_text(mark_of(settled_place), {key: words for key, words in {**VISIT, **changes}.items() if words})
    before = database_content.digest(settled_place)
    ran = esm("import", str(chat("a\n\n", bad)), db=settled_place)
    assert (ran.code, database_content.digest(settled_place)) == (5, before)
    assert reason in ran.err
    assert "Texts that cannot be taken: 1; nothing was imported." in ran.err
    (problem,) = told(esm, "import", str(chat("a\n\n", bad)), db=settled_place)["errors"]
    assert int(problem["cell"]) in range(3, 16)


def test_of_good_and_bad_texts_none_or_the_good_ones_are_taken(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str
) -> None:
    late = phone_text(mark_of(settled_place), {**VISIT, "enterprise": OTHER, "class_1": "nothing.known"})
    foreign = phone_text("00000000", {**VISIT, "enterprise": OTHER})
    file = chat(phone_texts.in_a_chat([text, late, foreign, text.replace("钳", "铣")]))
    before = database_content.digest(settled_place)
    assert esm("import", str(file), db=settled_place).code == 5
    assert database_content.digest(settled_place) == before
    assert esm("import", str(file), "--skip-bad", "--dry-run", db=settled_place).code == 1
    assert database_content.digest(settled_place) == before
    ran = esm("import", str(file), "--skip-bad", "--format", "json", db=settled_place)
    assert (ran.code, "another district" in ran.out) == (1, True)
    assert [row["enterprise"] for row in told(esm, "visit", "list", "--since", "2026-11-20", db=settled_place)] == [
        told(esm, "enterprise", "show", FIRM, db=settled_place)["name"]
    ]
    assert len(told(esm, "request", "list", db=settled_place)) == 1


def test_texts_come_on_standard_input_and_beside_a_roster(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = chat("统一社会信用代码,工号,走访日期,走访纪要\n", f"{OTHER},1001,2026-11-19,订单平稳\n", name="走访.csv")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-16"))))
    summary = told(esm, "import", str(roster), "-", db=settled_place)
    assert {each["sheet"]: each["added"] for each in summary["sheets"]}["visits"] == 2


def test_damaged_texts_are_no_cells_to_mark(
    esm: Esm, settled_place: Place, chat: Callable[..., Path], text: str, tmp_path: Path
) -> None:
    ran = esm("import", str(chat(text[:-9])), "--errors", str(tmp_path / "e.xlsx"), db=settled_place)
    assert ran.code == 5
    assert not (tmp_path / "e.xlsx").exists()
