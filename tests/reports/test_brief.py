"""The page to read before a visit: what it holds, and that it is a page which asks for nothing."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Esm
from tests.district import code

from esm.formats.write import html
from esm.sheets.sheet.sheet import Column, Report, Sheet

FIRM = code(1)


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on a district of one enterprise, of which only the name is known, and two cadres."""
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一"], ["cadre", "add", "1002", "--name", "尹虚二"],
        ["enterprise", "add", FIRM, "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-06-01"], ["assign"],
    ):  # fmt: skip
        esm(*words)
    return esm


def page(desk: Esm, today: str = "2026-11-23") -> Any:
    ran = desk("brief", FIRM, "--format", "json", today=today)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def questions(desk: Esm, today: str = "2026-11-23") -> str:
    return " ".join(each["question"] for each in page(desk, today)["questions"])


def log(desk: Esm, on: str, *words: str) -> None:
    assert desk("visit", "log", FIRM, "--met", "Manager", "--cadre", "1001", "--on", on, *words).code == 0


def test_the_last_three_minutes_stand_first(desk: Esm) -> None:
    for day in (1, 2, 3, 4):
        log(desk, f"2026-11-0{day}", "--minutes", f"minutes {day}")
    assert [each["what"] for each in page(desk)["minutes"]] == ["minutes 4", "minutes 3", "minutes 2"]


def test_the_heading_of_the_contacts_names_the_days_that_the_setting_counts(desk: Esm) -> None:
    desk("config", "set", "burden_days", "10")
    assert "Visits of the last 10 days and upcoming visits" in desk("brief", FIRM).out


def test_open_promises_stand_there_until_they_are_kept(desk: Esm) -> None:
    log(desk, "2026-11-20", "--promise", "回复", "--until", "2026-11-22")
    assert [(each["on"], each["late"]) for each in page(desk)["promises"]] == [("2026-11-22", True)]
    assert "“回复” was promised by 2026-11-22" in questions(desk)
    desk("visit", "promise", "done", "1")
    assert page(desk)["promises"] == []


def test_other_visits_of_sixty_days_and_plans_stand_there(desk: Esm) -> None:
    for day in ("2026-09-23", "2026-09-24"):
        desk("visit", "log", FIRM, "--department", "消防", "--on", day)
    desk("pair", FIRM, "1002")
    desk("visit", "plan", FIRM, "--on", "2026-12-01")
    found = [(each["on"], each["who"]) for each in page(desk)["contacts"]]
    assert found == [("2026-09-24", "消防"), ("2026-12-01", "尹虚二")]


def test_what_is_unknown_is_asked_for_and_what_is_known_is_not(desk: Esm) -> None:
    assert "main activity" in questions(desk)
    desk("enterprise", "edit", FIRM, "--industry", "C3983")
    assert "main activity" not in questions(desk)


def test_a_stale_contact_is_asked_about(desk: Esm) -> None:
    desk("enterprise", "edit", FIRM, "--contact-name", "虚构甲", today="2026-11-23")
    assert "虚构甲" not in questions(desk, "2027-05-22")  # 180 days later
    assert "虚构甲" in questions(desk, "2027-05-23")


@pytest.mark.parametrize(
    ("words", "asked"),
    [(["--business", "shrinking"], "Business was poor on 2026-11-20"), (["--outcome", "moved"], "still operating"),
     (["--satisfaction", "partly"], "not fully satisfied")],
)  # fmt: skip
def test_what_the_last_visit_left_open_is_asked_first(desk: Esm, words: list[str], asked: str) -> None:
    log(desk, "2026-11-20", *words)
    assert asked in page(desk)["questions"][0]["question"]
    log(desk, "2026-11-21", "--business", "growing", "--satisfaction", "satisfied")
    assert asked not in questions(desk)


def test_numbers_are_masked_unless_asked_for(desk: Esm) -> None:
    desk("enterprise", "edit", FIRM, "--contact-phone", "19900001234")
    assert "19900001234" not in desk("brief", FIRM).out
    assert "19900001234" in desk("brief", FIRM, "--with-phones").out
    assert "brief" in desk("history", "--limit", "1").out


def test_on_a_past_day_later_visits_are_not_known(desk: Esm) -> None:
    log(desk, "2026-11-20", "--minutes", "later")
    assert page(desk, "2026-11-19")["minutes"] == []


class Page(HTMLParser):
    """Collects the tags, the addresses and the texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href", "action", "srcset"}]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(text: str) -> Page:
    found = Page()
    found.feed(text)
    return found


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zl", "Zp", "Cn"]), min_size=1))
def test_a_name_is_data_in_a_page_and_never_markup(name: str) -> None:
    sheet = Sheet("x", name, (Column("a", name),), [(name,), (date(2026, 1, 1),)])
    bare = parsed(html.text(Report("t", (), (Sheet("x", "t", (Column("a", "t"),), [("t",), ("t",)]),))))
    found = parsed(html.text(Report(name, (), (sheet,))))
    assert found.tags == bare.tags
    assert "".join(found.texts).count(name) >= 3


def test_a_page_asks_for_nothing_and_runs_nothing(desk: Esm) -> None:
    text = desk("brief", FIRM, "--format", "html").out
    found = parsed(text)
    assert "default-src 'none'" in text
    assert (found.addresses, "script" in found.tags) == ([], False)
    assert not re.search(r"https?://|@import|url\(", text)


def test_a_page_tells_its_language(desk: Esm) -> None:
    assert '<html lang="zh-CN">' in desk("brief", FIRM, "--format", "html", lang="zh").out
    assert '<html lang="en">' in desk("brief", FIRM, "--format", "html").out


def test_the_page_tells_revenue_as_a_band_only(desk: Esm) -> None:
    desk("enterprise", "edit", FIRM, "--revenue", "2438.79", "--industry", "C3983")
    assert "2438" not in desk("brief", FIRM).out
    assert page(desk)["revenue"] is not None
