"""What a page says about itself, and what stands whole or red on it."""

from __future__ import annotations

import re
from datetime import date

import pytest

from esm import formats
from esm.domain.values.ratio import Ratio
from esm.formats.write.pages.line_chart import line_chart
from esm.sheets.sheet.sheet import Column, Fact, Report, Sheet

COLUMNS = (
    Column("enterprise", "Enterprise"), Column("due_on", "Due"), Column("days", "Days", data=False),
    Column("days_overdue", "Days overdue", table=False), Column("share", "Share"),
)  # fmt: skip
ROWS = [("<甲>", date(2026, 3, 1), "3 overdue", 3, Ratio(1, 2)), ("乙", date(2026, 4, 1), "9 left", -9, Ratio(0, 1))]


def page(*columns: Column) -> str:
    sheet = Sheet("due", "Visits due", columns or COLUMNS, ROWS)
    facts = (Fact("overdue", "Overdue", 1), Fact("served", "Served", 4))
    return formats.text(Report("Coverage", facts, (sheet,), (), ("As of <today>", "Office & Co.")), "html")


def test_a_page_says_of_when_it_is_and_who_issues_it() -> None:
    assert re.findall(r"<h1>(.*)</h1>\n<p[^>]*>(.*)</p>\n<p[^>]*>(.*)</p>", page()) == [
        ("Coverage", "As of &lt;today&gt;", "Office &amp; Co.")
    ]


def test_days_and_numbers_stay_on_one_line_and_broken_promises_are_red() -> None:
    assert re.findall(r'<td class="([^"]*)">([^<]*)</td>', page()) == [
        ("text", "&lt;甲&gt;"), ("whole", "2026-03-01"), ("text bad", "3 overdue"), ("number", "1/2 (50.0%)"),
        ("text", "乙"), ("whole", "2026-04-01"), ("text", "9 left"), ("number", "0/1 (0.0%)"),
    ]  # fmt: skip
    assert re.findall(r'<dd class="([^"]*)">(\d)</dd>', page()) == [("number bad", "1"), ("number", "4")]
    assert re.search(r"td\.number, td\.whole,[^}]*white-space: nowrap", page())


def test_a_page_has_dark_colours_a_table_that_scrolls_and_numbered_pages_on_paper() -> None:
    assert "prefers-color-scheme: dark" in page()
    assert '<div class="wide" tabindex="0" role="region" aria-label="Visits due">' in page()
    assert "@bottom-center { content: counter(page)" in page()
    assert "size: A4;" in page()


def test_a_list_to_sign_lies_across_and_has_room_for_a_pen() -> None:
    signed = page(*COLUMNS[:-1], Column("share", "Signature", by_hand=True))
    assert "size: A4 landscape;" in signed
    assert signed.count('<td class="by-hand"></td>') == 2


@pytest.mark.parametrize(
    ("shares", "has_line"),
    [([], False), ([Ratio(1, 2)], False), ([Ratio(1, 2), None, Ratio(1, 2)], False), ([None, Ratio(1, 2)] * 2, False),
     ([Ratio(1, 2), Ratio(2, 3)], True), ([Ratio(0, 0), Ratio(2, 3)], False)],
)  # fmt: skip
def test_a_chart_without_two_shares_beside_each_other_is_not_drawn(shares: list[Ratio | None], has_line: bool) -> None:
    labels = [f"P{number}" for number in range(len(shares))]
    assert line_chart(labels, [("Visited", shares)])["has_line"] is has_line
