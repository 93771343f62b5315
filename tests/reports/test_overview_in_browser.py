"""The leader's page as a browser shows it: the figures are those of the JSON, and each leads to its rows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser import Opened, chromium, opened
from tests.conftest import TODAY, Esm

from esm.__main__ import main

A4_WIDTH = 703  # CSS pixels between the margins of a sheet of A4, 186 mm
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def pages(districts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Any]]:
    """Return the page of the example district in each language, with the JSON of the same report."""
    made = {}
    for lang, database in districts.items():
        folder = tmp_path_factory.mktemp(f"overview-{lang}")
        for ending in ("html", "json"):
            common = ["--db", str(database), "--today", TODAY, "--lang", lang]
            assert main([*common, "report", "overview", "-o", str(folder / f"page.{ending}")]) == 0
        made[lang] = folder / "page.html", json.loads((folder / "page.json").read_text(encoding="utf-8"))
    return made


@pytest.fixture(params=["en", "zh"])
def seen(request: pytest.FixtureRequest, browser: Browser, pages: dict[str, tuple[Path, Any]]) -> Iterator[Opened]:
    file, _told = pages[request.param]
    with opened(browser, file) as found:
        yield found
        assert found.complaints == []
        assert found.addresses == [file.as_uri()]


def told_by(seen: Opened, pages: dict[str, tuple[Path, Any]]) -> Any:
    return next(told for file, told in pages.values() if file.as_uri() == seen.addresses[0])


def as_number(text: str) -> int:
    return int(text.replace(",", ""))


def test_every_figure_is_that_of_the_json(seen: Opened, pages: dict[str, tuple[Path, Any]]) -> None:
    told = told_by(seen, pages)
    facts = seen.page.eval_on_selector_all("[data-fact]", "cells => cells.map(c => [c.dataset.fact, c.innerText])")
    assert {key for key, _text in facts} >= {"in_scope", "served", "overdue", "requests_open", "relief"}
    for key, text in facts:
        assert as_number(text) == told[key]
    cells = seen.page.eval_on_selector_all(
        "table[data-sheet] td[data-key]",
        """cells => cells.map(c => [c.closest('table').dataset.sheet, Number(c.parentElement.dataset.row),
                                    c.dataset.key, c.textContent.trim()])""",
    )
    counted = [
        (told[sheet][row][key], text)
        for sheet, row, key, text in cells
        if isinstance(told[sheet][row].get(key), int) and not isinstance(told[sheet][row][key], bool)
    ]
    assert len(counted) > 300
    for number, text in counted:
        assert as_number(text) == number
    heat = seen.page.eval_on_selector_all(
        ".heat td small", "cells => cells.map(c => [Number(c.closest('td').dataset.row), c.innerText])"
    )
    assert len(heat) == sum(row["due_in_period"] > 0 for row in told["by_subdistrict"])
    for row, text in heat:
        figures = told["by_subdistrict"][row]
        assert text == f"{figures['visited_of_due']}/{figures['due_in_period']}"


def test_every_figure_leads_to_as_many_rows_as_it_says(seen: Opened) -> None:
    links = "links => links.map(a => [a.getAttribute('href'), a.innerText])"
    of_cadres = "[data-key=capacity], [data-key=room], [data-key=most]"  # see the test after this one
    figures = seen.page.eval_on_selector_all(
        f"[data-fact] a, table[data-sheet]:not(.heat) td.number:not({of_cadres}) a", links
    )
    assert len(figures) > 200
    is_sum = {target: target.startswith("#payments") or "+" in target for target, _text in figures}
    counted = [(target, text) for target, text in figures if not is_sum[target]]
    counts = seen.counts_of([target for target, _text in counted])
    assert list(zip(counted, counts, strict=True)) == [((target, text), as_number(text)) for target, text in counted]
    sums = [(target, text) for target, text in figures if is_sum[target]]
    assert len(sums) > 15
    for target, text in sums:
        seen.count_of(target)
        seen.page.evaluate("while (!document.getElementById('more').hidden) document.getElementById('more').click()")
        place = 5 if target.startswith("#payments") else 9
        amounts = seen.page.eval_on_selector_all(
            "#rows tbody tr", "(rows, place) => rows.map(r => r.cells[place].innerText)", place
        )
        assert sum(map(as_number, amounts)) == as_number(text), target
    cells = seen.page.eval_on_selector_all(
        ".heat td a", "links => links.map(a => [a.getAttribute('href'), a.innerText])"
    )
    shares = [text.split("\n")[-1].split("/") for _target, text in cells]
    assert seen.counts_of([target for target, _text in cells]) == [int(due) - int(done) for done, due in shares]


def test_the_workload_of_a_department_leads_to_the_cadres_who_make_it_up(seen: Opened) -> None:
    for key, place in {"capacity": 4, "room": 5, "most": 3}.items():
        figures = seen.page.eval_on_selector_all(
            f"table[data-sheet=loads] td[data-key={key}] a",
            "all => all.map(a => [a.getAttribute('href'), a.innerText])",
        )
        assert figures or key == "room"  # of which none may be left
        for target, text in figures[:4]:
            seen.count_of(target)
            seen.page.evaluate(
                "while (!document.getElementById('more').hidden) document.getElementById('more').click()"
            )
            amounts = seen.page.eval_on_selector_all(
                "#rows tbody tr", "(rows, place) => rows.map(r => r.cells[place].innerText)", place
            )
            numbers = [as_number(each) for each in amounts]
            assert (max(numbers) if key == "most" else sum(numbers)) == as_number(text), target


def test_rows_are_filtered_and_sorted(seen: Opened, pages: dict[str, tuple[Path, Any]]) -> None:
    told = told_by(seen, pages)
    place = next(place for place, row in enumerate(told["enterprises"]) if row["state"] == "overdue")
    name = told["enterprises"][place]["enterprise"]
    every = seen.count_of("#enterprises?")
    assert every == len(told["enterprises"])
    seen.page.fill("#rows input", name)
    assert seen.page.locator("#rows tbody tr").count() == sum(name in row["enterprise"] for row in told["enterprises"])
    seen.page.fill("#rows input", "")
    seen.page.click("#rows th:nth-child(7) button")
    shown = seen.page.eval_on_selector_all("#rows tbody tr", "rows => rows.map(r => r.cells[6].innerText)")
    assert shown == sorted(shown)
    assert len(shown) == 200 < every
    seen.page.click("#more")
    assert seen.page.locator("#rows tbody tr").count() == min(every, 400)
    seen.page.click("#close")
    assert seen.page.locator("#rows").is_hidden()
    table = "table[data-sheet=trend]"
    seen.page.click(f"{table} th:nth-child(8) button")
    overdue = seen.page.eval_on_selector_all(f"{table} tbody tr", "rows => rows.map(r => Number(r.cells[7].innerText))")
    assert overdue == sorted(row["overdue"] for row in told["trend"])
    seen.page.click(f"{table} th:nth-child(3) button")  # a share is sorted by its size, not by its text
    shares = seen.page.eval_on_selector_all(f"{table} tbody tr", "rows => rows.map(r => r.cells[2].innerText)")
    known = [row["visited_of_due"] / row["due_in_period"] for row in told["trend"] if row["due_in_period"]]
    assert [int(one) / int(other.split()[0].split("（")[0]) for one, other in (text.split("/") for text in shares)] == (
        sorted(known)
    )


@pytest.mark.parametrize(
    ("lang", "scheme"),
    [("en", "light"), ("zh", "dark"),
     *(pytest.param(*other, marks=pytest.mark.nightly) for other in (("en", "dark"), ("zh", "light")))],
)  # fmt: skip
def test_nothing_hinders_who_cannot_see_it(
    browser: Browser, pages: dict[str, tuple[Path, Any]], lang: str, scheme: str
) -> None:
    with opened(browser, pages[lang][0], color_scheme=scheme) as found:
        found.count_of("#enterprises?state=")
        violations = [each for each in Axe().run(found.page).response["violations"] if each["impact"] in SERIOUS]
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_telephone_shows_it_without_scrolling_sideways(
    browser: Browser, pages: dict[str, tuple[Path, Any]], lang: str
) -> None:
    with opened(browser, pages[lang][0], viewport={"width": 360, "height": 740}, has_touch=True) as found:
        assert found.page.evaluate("document.documentElement.scrollWidth") == 360
        found.page.tap(".verdict a >> nth=0")
        found.page.wait_for_selector("#rows tbody tr")
        assert found.page.evaluate("document.documentElement.scrollWidth") == 360
        broken = found.page.eval_on_selector_all(
            "td.number, td.fixed, .verdict b",
            "cells => cells.filter(c => getComputedStyle(c).whiteSpace !== 'nowrap').length",
        )
        assert broken == 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_sheet_of_a4_cuts_no_table(browser: Browser, pages: dict[str, tuple[Path, Any]], lang: str) -> None:
    with opened(browser, pages[lang][0], viewport={"width": A4_WIDTH, "height": 1000}) as found:
        found.page.emulate_media(media="print")
        widths = found.page.eval_on_selector_all(
            "table, svg.chart", "all => all.map(one => one.getBoundingClientRect().right)"
        )
        assert widths
        assert max(widths) <= A4_WIDTH
        assert found.page.pdf(format="A4", prefer_css_page_size=True).startswith(b"%PDF")


def test_names_are_no_markup(browser: Browser, esm: Esm, settled: Path, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)></script><script>alert(2)</script>&amp;'\""
    listed = json.loads(esm("enterprise", "list", "--format", "json", db=settled).out)
    database = Path(shutil.copy(settled, tmp_path / "renamed.db"))
    assert esm("enterprise", "edit", listed[0]["uscc"], "--name", name, db=database).code == 0
    file = tmp_path / "page.html"
    assert esm("report", "overview", "-o", str(file), db=database).code == 0
    with opened(browser, file) as found:
        assert found.count_of("#enterprises?") > 0
        assert name in found.page.locator("#rows tbody").inner_text()
        assert found.complaints == []
        assert found.addresses == [file.as_uri()]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_closes_the_rows_goes_on_at_the_figure(
    browser: Browser, pages: dict[str, tuple[Path, Any]], lang: str
) -> None:
    with opened(browser, pages[lang][0], viewport={"width": 1280, "height": 800}) as found:
        figure = found.page.locator("table[data-sheet=months] td.number a").first
        figure.click()
        found.page.wait_for_selector("#rows tbody tr")
        assert found.page.locator("#rows [role=status]").inner_text().endswith(figure.inner_text())
        found.page.click("#close")
        assert found.page.locator("#rows").is_hidden()
        assert figure.evaluate("link => document.activeElement === link")
        assert 0 <= figure.evaluate("link => link.getBoundingClientRect().top") < 800


def test_a_district_without_anybody_is_no_broken_promise(browser: Browser, esm: Esm, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert esm("report", "overview", "-o", str(file)).code == 0
    with opened(browser, file) as found:
        assert found.page.locator(".verdict.open").count() == 2
        assert found.page.locator(".verdict.broken, .verdict.kept, .heat, svg.chart").count() == 0
        assert "–" not in found.page.locator("section > p.quiet").all_inner_texts()
        assert found.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_long_names_and_those_from_right_to_left_stay_in_their_columns(
    browser: Browser, esm: Esm, settled: Path, tmp_path: Path, width: int
) -> None:
    listed = json.loads(esm("enterprise", "list", "--format", "json", db=settled).out)
    names = ["W" * 200, "شركة النهر للتجارة المحدودة", "🏭🚀 表情公司 🇨🇳"]
    for firm, name in zip(listed, names, strict=False):
        words = ("enterprise", "edit", firm["uscc"], "--name", name, "--subdistrict", name[:60])
        assert esm(*words, db=settled).code == 0
    file = tmp_path / "page.html"
    assert esm("report", "overview", "-o", str(file), db=settled, today="2027-03-01").code == 0
    with opened(browser, file, viewport={"width": width, "height": 800}) as found:
        found.count_of("#enterprises?")
        assert found.page.evaluate("document.documentElement.scrollWidth") == width
        assert all(name in found.page.content() for name in names[: len(listed)])
        if width == 1280:
            cut = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.innerText)"
            assert found.page.eval_on_selector_all(".scroll", cut) == []
        assert found.complaints == []
