"""The form on the page of a week: filled in on a phone without a network, and taken in at the office."""

from __future__ import annotations

import json
import random
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ElementHandle, Page
from tests import browser as browsers
from tests.conftest import TODAY, Esm
from tests.phone_texts import in_a_chat
from tests.rosters import code, told

from esm.__main__ import main
from esm.domain.visits.check_code import check_code
from esm.sheets.exchange.visit_texts.found_texts import visit_texts
from esm.sheets.visits.text_labels import NEW_LINE, as_typed

EXAMPLES = json.loads((Path(__file__).parents[1] / "visits/check_codes.json").read_text(encoding="utf-8"))
PHONE: Mapping[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TOUCHED = "form input:not([type=checkbox]), form select, form textarea, form button, form summary, .tick"
NEXT_DAY = "2026-11-24"
FEW = 5
TELLING = [
    *" \n\u3000\t[]［】>（(↵\"'",
    "【日期】",
    "校验码",
    "👨\u200d👩\u200d👧",
    "❤️",
]  # blanks and what else could mean something
TYPE_AND_MAKE = """typed => typed.map(words => {
    const form = document.querySelector('form');
    form.elements.minutes.value = words;
    form.querySelector('.make').click();
    return form.querySelector('[readonly]').value;
})"""


class WeekPage(NamedTuple):
    """A page, whose week it is and an enterprise to go to."""

    file: Path
    staff_no: str
    uscc: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser once."""
    with browsers.chromium() as started:
        yield started


@pytest.fixture(scope="module")
def pages(districts: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, WeekPage]:
    """Return in each language the week of who goes to the first planned visit of the example district."""
    found = {}
    for lang, db in districts.items():
        folder = tmp_path_factory.mktemp(f"week-{lang}")
        common = ["--db", str(db), "--today", TODAY, "--lang", lang]
        assert main([*common, "visit", "list", "--planned", "--limit", "1", "-o", str(folder / "plan.json")]) == 0
        (plan,) = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        found[lang] = WeekPage(folder / "week.html", plan["staff_no"], plan["uscc"])
        assert main([*common, "week", "--cadre", plan["staff_no"], "-o", str(found[lang].file)]) == 0
    return found


@contextmanager
def phone(browser: Browser, file: Path, **options: Any) -> Iterator[browsers.Opened]:
    """Open a page on a phone, on the day of the tests; it complains of nothing and asks for nothing."""
    with browsers.opened(browser, file, **PHONE, **options) as shown:
        shown.page.clock.set_fixed_time(f"{TODAY}T10:00:00+00:00")
        yield shown
        assert (shown.complaints, set(shown.addresses)) == ([], {file.as_uri()})


def begun(page: Page, uscc: str) -> ElementHandle:
    """Touch the button of a card and return its form."""
    page.tap(f"[id='{uscc}'] > button")
    found = page.query_selector(f"[id='{uscc}'] form")
    assert found is not None
    return found


def fill(form: ElementHandle, entries: Mapping[str, str]) -> None:
    """Fill in a form; what stands in a part that is closed is opened before."""
    for part in form.query_selector_all("details:not([open]) summary"):
        part.tap()
    for key, words in entries.items():
        field = form.query_selector(f"[name={key}]")
        assert field is not None
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(words)
        else:
            field.fill(words)


def made(form: ElementHandle) -> str:
    """Touch the button that makes the text and return it, or what is wrong."""
    form.query_selector(".make").tap()  # type: ignore[union-attr]
    if form.query_selector(".made[hidden]"):
        return str(form.query_selector("[role=alert]").text_content())  # type: ignore[union-attr]
    return str(form.query_selector("[readonly]").input_value())  # type: ignore[union-attr]


def weeks(esm: Esm, db: Path, folder: Path, wanted: int) -> list[Path]:
    """Write the pages of all cadres; for a few visits those of the first who go somewhere."""
    if wanted > FEW:
        assert esm("week", "--all", "-o", str(folder), db=db, lang="zh").code == 0
    else:
        folder.mkdir()
        planned = told(esm, "visit", "list", "--planned", "--limit", str(wanted), db=db)
        for staff_no in dict.fromkeys(row["staff_no"] for row in planned):
            page = str(folder / f"{staff_no}.html")
            assert esm("week", "--cadre", staff_no, "-o", page, db=db, lang="zh").code == 0
    return sorted(folder.iterdir())


def cards_of(page: Page) -> list[str]:
    """Return the codes of the enterprises that a page has cards for."""
    return [str(card.get_attribute("id")) for card in page.query_selector_all("article")]


def test_page_and_program_compute_the_same_codes(browser: Browser, pages: dict[str, WeekPage]) -> None:
    """By the examples, and over all signs that Unicode had when this Python was made."""
    signs = [chr(each) for each in range(sys.maxunicode + 1) if unicodedata.category(chr(each)) not in {"Cn", "Cs"}]
    pieces = ["".join(signs[at : at + 4096]) for at in range(0, 65536, 4096)]
    asked = [[each["district"], each["text"]] for each in EXAMPLES] + [["3f9a1c20", each] for each in pieces]
    typed = [" a  b \r\n\n [c] 【d】", "👨\u200d👩\u200d👧 ❤️", "一\n 二\u3000三"]
    with phone(browser, pages["zh"].file) as shown:
        codes = shown.page.evaluate("asked => asked.map(([district, text]) => checkCode(district, text))", asked)
        assert codes[: len(EXAMPLES)] == [each["code"] for each in EXAMPLES]
        assert codes == [check_code(district, text) for district, text in asked]
        assert shown.page.evaluate("typed => typed.map(asTyped)", typed) == list(map(as_typed, typed))


def test_whatever_is_typed_comes_out_of_the_page_as_the_program_reads_it(
    browser: Browser, pages: dict[str, WeekPage]
) -> None:
    """A hundred texts of signs from all over Unicode, with blanks, line breaks and what else could mean something."""
    drawn = random.Random(16)  # noqa: S311 - no secret
    signs = [sign for sign in map(chr, range(0x21, 0x20000)) if unicodedata.category(sign)[0] not in "CZ"]
    typed = ["".join(drawn.choice(drawn.choice((signs, TELLING))) for _sign in range(18)) for _text in range(100)]
    file, _staff_no, uscc = pages["zh"]
    with phone(browser, file) as shown:
        begun(shown.page, uscc)
        made_texts = shown.page.evaluate(TYPE_AND_MAKE, typed)
    for words, text in zip(typed, made_texts, strict=True):
        (found,) = visit_texts(text, "").texts
        entries = {row[0]: row[1] for row in found.form.rows if row}
        assert entries["minutes"] == as_typed(words).replace(NEW_LINE, "\n")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_form_is_filled_in_by_touch_and_taken_in(
    browser: Browser, esm: Esm, districts: dict[str, Path], pages: dict[str, WeekPage], tmp_path: Path, lang: str
) -> None:
    db = tmp_path / "district.db"
    db.write_bytes(districts[lang].read_bytes())
    file, staff_no, uscc = pages[lang]
    entries = {
        "met_with": "王厂长 (安全) 📞", "minutes": "订单饱满。\nAsks for [two] fitters，“三季度”电费 12%",
        "promise_1": "送政策清单", "until_1": "2026-12-15", "request_2": "招钳工", "class_2": "labour.recruitment",
    }  # fmt: skip
    with phone(browser, file, color_scheme="dark") as shown:
        form = begun(shown.page, uscc)
        fill(form, entries)
        form.query_selector("[name=policies]").check()  # type: ignore[union-attr]
        text = made(form)
        (tmp_path / "texts.txt").write_text(f"hello\n{text}", encoding="utf-8")
        form.query_selector(".copy").tap()  # type: ignore[union-attr]
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 360
        heights = shown.page.eval_on_selector_all(
            TOUCHED, "all => all.filter(each => each.offsetParent).map(each => each.getBoundingClientRect().height)"
        )
        assert (len(heights) > 20, min(heights) >= 44) == (True, True)
    (row,) = told(esm, "import", str(tmp_path / "texts.txt"), db=db)["texts"]
    assert (row["uscc"], row["staff_no"], row["done_on"], row["line"]) == (uscc, staff_no, TODAY, 2)
    visit = told(esm, "visit", "show", str(row["visit_id"]), db=db)
    assert visit["met_with"] == entries["met_with"]
    assert visit["minutes"] == entries["minutes"].replace("[two]", "〔two〕")
    assert [each["words"] for each in visit["promises"]] == ["送政策清单"]
    asked = told(esm, "request", "list", "--enterprise", uscc, db=db)
    assert ("招钳工", "labour.recruitment") in [(each["subject"], each["request_class"]) for each in asked]


def test_names_are_no_markup_and_no_labels(browser: Browser, esm: Esm, path: Path, tmp_path: Path) -> None:
    """Whatever an enterprise and a cadre are called stands in the text as it is, but for its brackets."""
    name, cadre = '江畔"><img src=x onerror=alert(1)>【日期】厂', "尹</template><b>虚"
    assert esm("cadre", "add", "A(1", "--name", cadre, db=path, today="2026-09-01").code == 0
    firm = ("enterprise", "add", code(1), "--name", name, "--above-scale", "--enrolled-on", "2026-08-01")
    assert esm(*firm, db=path, today="2026-09-01").code == 0
    assert esm("pair", code(1), "A(1", db=path, today="2026-09-01").code == 0
    assert esm("week", "--cadre", "A(1", "-o", str(tmp_path / "week.html"), db=path, lang="zh").code == 0
    with phone(browser, tmp_path / "week.html") as shown:
        form = begun(shown.page, code(1))
        fill(form, {"minutes": "</script>"})
        text = made(form)
        assert shown.page.query_selector("img") is None
    head, sender, *_rest = text.splitlines()
    assert head == f"【esm 走访】{code(1)} ({name.replace('【', '〔').replace('】', '〕')})"
    assert sender == f"【经理人】A(1 ({cadre})"
    (tmp_path / "chat.txt").write_text(text, encoding="utf-8")
    (row,) = told(esm, "import", str(tmp_path / "chat.txt"), db=path)["texts"]
    assert (row["enterprise"], row["cadre"]) == (name, cadre)


def test_the_form_refuses_what_the_office_would(browser: Browser, pages: dict[str, WeekPage]) -> None:
    file, _staff_no, uscc = pages["en"]
    steps: Sequence[tuple[dict[str, str], str]] = [
        ({}, "Say whom you met, or what was said."),
        ({"met_with": "Manager"}, "[esm visit]"),
        ({"done_on": NEXT_DAY}, "Give the day of the visit; it cannot be in the future."),
        ({"done_on": TODAY, "promise_1": "list"}, "A promise needs its last day, and a request its class."),
        ({"until_1": "2026-12-15", "outcome": "not reached"}, "Nobody was met: omit promises, requests and policies."),
        ({"promise_1": "", "until_1": "", "met_with": ""}, "[esm visit]"),
    ]
    with phone(browser, file) as shown:
        form = begun(shown.page, uscc)
        for entries, answer in steps:
            fill(form, entries)
            assert made(form).startswith(answer)


def test_what_was_typed_is_there_again_until_the_form_is_cleared(browser: Browser, pages: dict[str, WeekPage]) -> None:
    file, _staff_no, uscc = pages["zh"]
    with phone(browser, file) as shown:
        fill(begun(shown.page, uscc), {"minutes": "一\n二", "class_2": "labour.recruitment"})
        shown.page.reload()
        form = shown.page.query_selector(f"[id='{uscc}'] form")
        assert form is not None
        assert form.eval_on_selector("[name=minutes]", "field => field.value") == "一\n二"
        assert form.eval_on_selector("[name=class_2]", "field => field.value") == "labour.recruitment"
        form.query_selector(".clear").tap()  # type: ignore[union-attr]
        shown.page.reload()
        assert shown.page.query_selector("form") is None


def test_a_phone_that_keeps_nothing_says_so_and_makes_the_text_all_the_same(
    browser: Browser, pages: dict[str, WeekPage]
) -> None:
    file, _staff_no, uscc = pages["en"]
    with phone(browser, file) as shown:
        shown.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
        shown.page.add_init_script("navigator.share = async (what) => { window.shared = what.text; }")
        shown.page.reload()
        form = begun(shown.page, uscc)
        assert "This phone keeps nothing" in str(form.query_selector(".keeping").text_content())  # type: ignore[union-attr]
        fill(form, {"met_with": "Manager"})
        text = made(form)
        assert text.startswith("[esm visit]")
        form.query_selector(".share").tap()  # type: ignore[union-attr]
        assert shown.page.evaluate("window.shared") == text


def test_without_scripts_the_page_is_read_and_says_what_is_missing(
    browser: Browser, pages: dict[str, WeekPage]
) -> None:
    file, _staff_no, _uscc = pages["en"]
    with browsers.opened(browser, file, **PHONE, java_script_enabled=False) as shown:
        assert shown.page.is_visible(".scripts")
        assert not shown.page.is_visible("article > button")


def test_nothing_hinders_who_cannot_see_the_form(browser: Browser, pages: dict[str, WeekPage]) -> None:
    file, _staff_no, uscc = pages["zh"]
    for scheme in ("light", "dark"):
        with browsers.opened(browser, file, **PHONE, color_scheme=scheme) as shown:
            form = begun(shown.page, uscc)
            fill(form, {"met_with": "王厂长"})
            assert made(form)
            found = Axe().run(shown.page)
            assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("wanted", [FEW, pytest.param(50, marks=pytest.mark.nightly)])
def test_visits_go_from_phones_to_the_report(
    browser: Browser, esm: Esm, districts: dict[str, Path], tmp_path: Path, wanted: int
) -> None:
    """As many visits as are wanted, each a text; all of them are in the figures, and none a second time."""
    db = tmp_path / "district.db"
    db.write_bytes(districts["zh"].read_bytes())
    files = weeks(esm, db, tmp_path / "weeks", wanted)
    before = told(esm, "report", db=db)
    known = {row["uscc"] for row in told(esm, "visit", "list", "--since", "2026-11-01", db=db) if row["counts"]}
    late = {row["uscc"] for row in told(esm, "due", db=db) if row["state"] == "overdue"}
    texts: dict[str, str] = {}
    for file in files:
        if len(texts) == wanted:
            break
        with phone(browser, file) as shown:
            for uscc in [each for each in cards_of(shown.page) if each not in texts][: wanted - len(texts)]:
                form = begun(shown.page, uscc)
                fill(form, {"met_with": f"王厂长 {len(texts)}", "minutes": f"第{len(texts)}户：订单饱满，\n缺人。"})
                texts[uscc] = made(form)
    assert len(texts) == wanted
    (tmp_path / "chat.txt").write_text(in_a_chat([*texts.values()]), encoding="utf-8")
    summary = told(esm, "import", str(tmp_path / "chat.txt"), db=db)
    assert [(row["uscc"], row["recorded"]) for row in summary["texts"]] == [(uscc, True) for uscc in texts]
    after = told(esm, "report", db=db)
    assert after["visited_in_period"] == before["visited_in_period"] + len(texts.keys() - known)
    assert after["overdue"] == before["overdue"] - len(texts.keys() & late)
    assert told(esm, "import", str(tmp_path / "chat.txt"), db=db)["unchanged"] == wanted
