"""The leader's page on paper: what each sheet of A4 holds, read from the PDF that Chromium prints."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader
from tests.browser import Opened, chromium, opened
from tests.conftest import TODAY

from esm.__main__ import main


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(params=["en", "zh"])
def seen(
    request: pytest.FixtureRequest, browser: Browser, districts: dict[str, Path], tmp_path: Path
) -> Iterator[Opened]:
    lang, file = request.param, tmp_path / "page.html"
    common = ["--db", str(districts[lang]), "--today", TODAY, "--lang", lang]
    assert main([*common, "report", "overview", "-o", str(file)]) == 0
    with opened(browser, file) as found:
        yield found
        assert found.complaints == []


# Fonts have one glyph for a character and a radical or variant that looks like it, and a PDF tells the latter.
LOOKALIKES = str.maketrans(
    "\u2ea0\u2ed1\u2ed3\u2ed4\u2ecb\u2ed8\u2eda\u2edb\u2edd\u2ee2\u2ee9\u3b35", "民长长门车青页风食马黄胶"
)


def compact(text: str) -> str:
    """Return a text without blanks and ligatures, which a PDF has where it likes."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(LOOKALIKES).split())
    return re.sub("[\u2010-\u2015\u2500\u2e3a]+", "-", plain)  # a dash is whichever the font has


def printed(seen: Opened) -> list[str]:
    """Return the text of each sheet of paper."""
    pdf = seen.page.pdf(prefer_css_page_size=True)
    return [compact(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def table(seen: Opened, chosen: str) -> tuple[str, list[str]]:
    """Return the head of a table and its rows, each as one text; a PDF has what stands on bars in another place."""
    head, *rows = seen.page.eval_on_selector_all(
        f"{chosen} tr",
        "rows => rows.map(row => [...row.cells].filter(c => !c.matches('.barred')).map(c => c.textContent).join(''))",
    )
    return compact(head), [compact(row) for row in rows]


def test_a_table_that_goes_on_has_its_head_on_every_sheet_and_no_row_on_two(seen: Opened) -> None:
    for button in seen.page.query_selector_all(".all"):
        button.click()
    seen.count_of("#enterprises?")
    sheets = printed(seen)
    went_on = 0
    for chosen in ("#rows table", *(f"table[data-sheet={key}]" for key in ("trend", "departments", "actions"))):
        head, rows = table(seen, chosen)
        places = [[place for place, text in enumerate(sheets) if row in text] for row in rows]
        assert all(places), chosen  # each is whole on some sheet
        first, last = min(map(min, places)), max(map(min, places))
        assert all(head in text for text in sheets[first : last + 1]), chosen
        went_on += last > first
    assert went_on > 1
    assert sum(map(len, sheets)) > 10_000
