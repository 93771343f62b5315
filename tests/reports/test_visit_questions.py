"""What the page before a visit asks: one enterprise for each reason, and the most important question first."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.district import code

FIRM = code(1)
KNOWN = (
    "--contact-name", "虚构甲", "--contact-phone", "19900001234", "--address", "虚构路一号", "--industry", "C3983",
    "--revenue", "3000", "--employees", "40",
)  # fmt: skip


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on a district of one enterprise of which all is known, visited of late."""
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一", "--department", "局"],
        ["enterprise", "add", FIRM, "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-06-01", *KNOWN],
        ["assign"],
        ["visit", "log", FIRM, "--met", "Manager", "--cadre", "1001", "--on", "2026-11-20"],
    ):  # fmt: skip
        assert esm(*words).code == 0
    return esm


def asked(desk: Esm, today: str = "2026-11-23") -> list[str]:
    ran = desk("brief", FIRM, "--format", "json", today=today)
    return [each["question"] for each in json.loads(ran.out)["questions"]]


def test_where_nothing_is_open_the_page_says_what_is_known_and_since_when(desk: Esm) -> None:
    assert asked(desk) == []
    assert "last visit on 2026-11-20, contact verified on 2026-11-23" in desk("brief", FIRM).out


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("enterprise pause {firm} --from 2026-11-22 --reason 改造", "Visits are paused (改造)"),
        ("visit log {firm} --cadre 1001 --on 2026-11-21 --outcome not_reached", "Nobody was met on 2026-11-21"),
        ("visit cancel 1 --reason 误录", "Never visited, in scope since 2026-06-01"),
        (
            "visit log {firm} M --cadre 1001 --on 2026-11-21 --business shrinking",
            "Business was poor on 2026-11-21",
        ),
        ("enterprise edit {firm} --revenue 2400", "Revenue fell by 20%"),
        ("enterprise edit {firm} --revenue 900", "Revenue fell by 70%"),
        ("visit log {firm} M --cadre 1001 --on 2026-11-21 --satisfaction partly", "The enterprise was not fully"),
        (
            "visit log {firm} M --cadre 1001 --on 2026-11-21 --promise 回复 --until 2026-11-22",
            "“回复” was promised by",
        ),
        (
            "visit log {firm} M --cadre 1001 --on 2026-11-21 --promise 回复 --until 2026-12-22",
            "“回复” is promised by",
        ),
    ],
)
def test_each_reason_is_asked_about_first_where_it_stands_alone(desk: Esm, words: str, begins: str) -> None:
    assert desk(*words.format(firm=FIRM).split()).code == 0
    assert asked(desk)[0].startswith(begins)


def test_an_overdue_enterprise_is_asked_what_has_changed(desk: Esm) -> None:
    assert asked(desk, "2027-02-01")[0].startswith("Not visited since 2026-11-20, 12 days overdue")


def test_figures_below_the_line_ask_for_what_is_expected(desk: Esm) -> None:
    desk("enterprise", "edit", FIRM, "--revenue", "900")
    assert any("below the threshold" in each for each in asked(desk))
    desk("enterprise", "edit", FIRM, "--revenue", "9000")
    assert asked(desk) == []


def test_a_contact_that_nobody_verified_for_long_is_asked_about_last(desk: Esm) -> None:
    assert asked(desk, "2027-06-01")[-1] == "Is 虚构甲 still the contact person?"


def test_requests_are_asked_about_from_the_deadline_to_the_word_of_the_enterprise(desk: Esm) -> None:
    desk("request", "open", FIRM, "招工", "--class", "labour", "--department", "局", "--on", "2026-11-20")
    assert asked(desk) == []
    assert any("Request 1" in each and "is open" in each for each in asked(desk, "2027-01-15"))
    for step in (["answer", "1", "--note", "已办"], ["close", "1", "--outcome", "solved"]):
        assert desk("request", *step).code == 0
    assert "has not been informed" in asked(desk)[0]
    desk("visit", "log", FIRM, "--met", "Manager", "--cadre", "1001", "--on", "2026-11-24", today="2026-11-24")
    assert "informed on 2026-11-24" in asked(desk, "2026-11-24")[0]
    desk("request", "confirm", "1", "--satisfied", today="2026-11-24")
    assert asked(desk, "2026-11-24") == []


def test_a_policy_that_it_is_eligible_for_is_asked_about_until_it_was_explained(desk: Esm) -> None:
    desk("policy", "add", "P1", "--title", "补贴", "--from", "2026-01-01")
    assert asked(desk) == ["Eligible for P1 补贴 and not briefed. Will it apply?"]
    assert desk("policy", "brief", "P1", FIRM).code == 0
    assert asked(desk) == []


def test_no_policy_for_an_enterprise_is_not_called_all_explained(desk: Esm) -> None:
    text = desk("brief", FIRM).out
    assert "No policy in force is known to be for this enterprise." in text
    assert "briefed on every policy" not in text


def test_the_most_important_question_stands_first(desk: Esm) -> None:
    desk("policy", "add", "P1", "--title", "补贴", "--from", "2026-01-01")
    desk("visit", "log", FIRM, "--met", "Manager", "--cadre", "1001", "--on", "2026-11-21", "--business", "stopped",
         "--promise", "回复", "--until", "2026-11-22")  # fmt: skip
    begins = ["Not visited since", "Business was poor", "“回复” was promised", "Eligible for P1", "Is 虚构甲 still"]
    for begin, found in zip(begins, asked(desk, "2027-06-01"), strict=True):
        assert found.startswith(begin)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_sentence_is_asked_of_more_than_a_third_of_the_example(
    esm: Esm, districts: dict[str, Path], lang: str
) -> None:
    db = districts[lang]
    firms = json.loads(esm("due", "--within", "3000", "--format", "json", "--sort", "uscc", db=db).out)[:60]
    told: Counter[str] = Counter()
    for firm in firms:
        page = json.loads(esm("brief", firm["uscc"], "--format", "json", db=db, lang=lang).out)
        told.update({each["question"] for each in page["questions"]})
        assert page["never_visited"] == firm["never_visited"]
    assert len(firms) == 60
    assert max(told.values()) <= 20
