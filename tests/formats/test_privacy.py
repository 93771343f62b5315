"""No output shows a phone number in full unless `--with-phones` asks for it, and then the journal says who asked."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

from esm.domain.values import phones as written_phone

MOBILES = ["19900007777", "19900005678"]
LANDLINE = "0574-87654321"
FIRM, STAFF = code(1), "1001"
# Every command that reads something about people, as a user types it.
SHOWING = [
    ["due"], ["check"], ["check", "--visits"], ["report", "coverage"], ["report", "requests"], ["report", "policies"],
    ["report", "cadres"], ["report", "burden"], ["report", "visits"], ["assign", "--dry-run"],
    ["assign", "--explain", FIRM], ["schedule", "--dry-run"], ["brief", FIRM],
    ["visit", "list"], ["visit", "show", "1"], ["visit", "promise", "list"],
    ["cadre", "list"], ["cadre", "show", STAFF], ["enterprise", "list"], ["enterprise", "show", FIRM], ["scale"],
    ["scale", "--exact"], ["history"], ["request", "list"], ["request", "show", "1"], ["policy", "list"],
    ["handover", STAFF, "--dry-run"], ["db", "check"], ["undo", "--dry-run"],
    ["cadre", "edit", STAFF, "--phone", "0574-87654322", "--dry-run"],
]  # fmt: skip


@pytest.fixture
def phones(esm: Esm, tmp_path: Path) -> Esm:
    cadres = csv_file(
        tmp_path, "cadres", "staff_no,name,phone", f"{STAFF},虚构甲,{MOBILES[0]}", f"1002,虚构丙,{LANDLINE}"
    )
    firms = csv_file(
        tmp_path, "firms", "uscc,name,above_scale,enrolled_on,contact_name,contact_phone",
        f"{FIRM},江畔一号,yes,2026-01-01,虚构乙,{LANDLINE}", f"{code(2)},江畔二号,yes,2026-01-01,虚构丁,{MOBILES[1]}",
    )  # fmt: skip
    for words in (
        ["import", cadres, firms], ["assign"], ["schedule"],
        ["visit", "log", FIRM, "--cadre", STAFF, "--met", "虚构乙", "--promise", "回复", "--until", "2026-12-01"],
        ["request", "open", FIRM, "贷款难", "--class", "finance.loan"],
        ["enterprise", "edit", FIRM, "--contact-phone", "0574 8765 4329"],
        ["enterprise", "edit", FIRM, "--contact-phone", LANDLINE],
        ["cadre", "edit", STAFF, "--phone", "+86 199-0000-9876"],
        ["cadre", "edit", STAFF, "--phone", MOBILES[0]],
    ):  # fmt: skip
        assert esm(*words).code == 0, words
    return esm


def bare(text: str) -> list[str]:
    """Return the phone numbers in a text that are not masked, however they are written."""
    digits = re.sub(r"[ -]", "", text)
    return re.findall(r"199000(?:07777|05678|09876)|057487654[0-9]{3}|87654[0-9]{3}", digits)


def inside(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_command_shows_a_phone_in_any_format(phones: Esm, tmp_path: Path, lang: str) -> None:
    for words in SHOWING:
        for format in ("table", "json", "csv", "md"):
            ran = phones(*words, "--format", format, lang=lang)
            assert ran.code in (0, 1), (words, ran.err)
            assert bare(ran.out + ran.err) == [], (words, format)
        for name in ("answer.xlsx", "answer.html"):
            ran = phones(*words, "-o", str(tmp_path / name), "--force", lang=lang)
            assert ran.code == 2 or bare(inside(tmp_path / name)) == [], (words, name)


@pytest.mark.parametrize(
    "words",
    [["export", "OUT"], ["export", "OUT.xlsx"], ["template", "OUT.xlsx"], ["due", "--digest", "OUT"],
     ["calendar", "export", "--all", "-o", "OUT"], ["visit", "form", "-o", "OUT.xlsx"]],
)  # fmt: skip
def test_no_file_holds_a_phone(phones: Esm, tmp_path: Path, words: list[str]) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    ran = phones(*(word.replace("OUT", str(folder / "out")) for word in words))
    assert (ran.code, bare(ran.out + ran.err)) == (0, [])
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert [path for path in files if bare(inside(path))] == []


@pytest.mark.parametrize(
    "words",
    [["cadre", "list"], ["cadre", "show", STAFF], ["enterprise", "list"], ["enterprise", "show", FIRM],
     ["brief", FIRM], ["export", "OUT.xlsx"]],
)  # fmt: skip
def test_whoever_asks_for_phones_gets_them_and_stands_in_the_journal(
    phones: Esm, tmp_path: Path, words: list[str]
) -> None:
    before = told(phones, "history")
    ran = phones(*(word.replace("OUT", str(tmp_path / "out")) for word in words), "--with-phones")
    shown = inside(tmp_path / "out.xlsx") if words[0] == "export" else ran.out
    assert bare(shown)
    newest, *others = told(phones, "history")
    assert (others, newest["actor"], "--with-phones" in newest["command"]) == (before, "clerk", True)


def test_an_import_repeats_no_phone_that_stands_in_a_wrong_cell_or_in_a_note(esm: Esm, tmp_path: Path) -> None:
    rows = (
        f"{code(1)},江畔一号,{MOBILES[0]},",
        f"{code(2)},江畔二号,,199 0000 56789",
        f"填表人：虚构甲 电话 {LANDLINE},,,",
    )
    roster = csv_file(tmp_path, "r", "uscc,name,enrolled_on,contact_phone", *rows)
    for words in ([], ["--skip-bad"], ["--format", "json"]):
        ran = esm("import", roster, *words, "--errors", str(tmp_path / "marked.xlsx"), "--force")
        assert ran.code in (1, 5)
        assert bare(ran.out + ran.err) == [], words


def test_a_traceback_for_whoever_looks_after_esm_holds_no_phone(esm: Esm, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER broken BEFORE INSERT ON cadre BEGIN SELECT raise(ABORT, 'broken'); END")
        connection.commit()
    ran = esm("--debug", "cadre", "add", "1001", "--name", "虚构甲", "--phone", MOBILES[0])
    assert ran.code != 0
    assert "Traceback" in ran.err
    assert bare(ran.err) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话19900001234，转", "电话199****1234，转"),
        ("+86 199-0000-1234", "+86**********1234"),
        ("0574-87654321", "057******4321"),
        ("05748765432", "057****5432"),
        ("91339907MA00000017", "91339907MA00000017"),
        ("913399071990000123", "913399071990000123"),
        ("2026-11-23 52000000", "2026-11-23 52000000"),
    ],
)
def test_phones_within_a_text_are_masked_and_codes_days_and_amounts_are_not(text: str, expected: str) -> None:
    assert written_phone.mask_within(text) == expected


def test_a_phone_inside_a_name_or_a_text_is_masked_in_every_listing(phones: Esm, tmp_path: Path) -> None:
    texts = ["--met", f"虚构乙 {MOBILES[1]}", "--minutes", f"回电 {LANDLINE}"]
    assert phones("visit", "log", code(2), "--met", "Manager", "--cadre", STAFF, "--on", "2026-11-20", *texts).code == 0
    assert phones("enterprise", "edit", code(2), "--address", f"江畔路一号 {MOBILES[0]}").code == 0
    for words in (*SHOWING, ["brief", code(2)], ["visit", "show", "2"], ["enterprise", "show", code(2)]):
        for format in ("table", "json", "csv", "md"):
            ran = phones(*words, "--format", format)
            assert bare(ran.out + ran.err) == [], (words, format)
    assert bare(phones("brief", code(2), "--with-phones").out)


@pytest.fixture
def written(phones: Esm) -> Esm:
    """Return an office in whose free texts phones stand."""
    for words in (
        ["visit", "log", code(2), "--cadre", STAFF, "--on", "2026-11-20", "--met", f"虚构乙 {MOBILES[1]}",
         "--minutes", f"回电 {LANDLINE}", "--promise", f"周五前致电 {MOBILES[0]}", "--until", "2026-12-01"],
        ["enterprise", "edit", code(2), "--address", f"江畔路一号 {MOBILES[0]}", "--name", f"江畔二号 {MOBILES[0]}"],
        ["request", "open", code(2), f"贷款难，致电 {MOBILES[1]}", "--class", "finance.loan"],
        ["schedule"],
    ):  # fmt: skip
        assert phones(*words).code == 0, words
    return phones


@pytest.mark.parametrize(
    "words",
    [["export", "OUT"], ["export", "OUT.xlsx"], ["due", "--digest", "OUT"],
     ["calendar", "export", "--all", "-o", "OUT"], ["calendar", "export", "-o", "OUT.ics"],
     ["visit", "form", code(2), "-o", "OUT.xlsx"]],
)  # fmt: skip
def test_no_file_holds_a_phone_of_a_free_text(written: Esm, tmp_path: Path, words: list[str]) -> None:
    test_no_file_holds_a_phone(written, tmp_path, words)


def test_an_export_with_masked_texts_changes_none_of_them(written: Esm, tmp_path: Path) -> None:
    before = tmp_path / "before"
    assert written("export", str(before), "--with-phones").code == 0
    for name in ("masked", "masked.xlsx"):
        assert written("export", str(tmp_path / name)).code == 0
        files = [str(path) for path in sorted((tmp_path / name).iterdir())] if name == "masked" else [name]
        answer = told(written, "import", *(str(tmp_path / file) for file in files))
        assert (answer["added"], answer["updated"]) == (0, 0), answer["changes"]
    assert written("export", str(tmp_path / "after"), "--with-phones").code == 0
    for path in before.iterdir():
        assert (tmp_path / "after" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_masked_text_that_was_edited_keeps_the_number(written: Esm, tmp_path: Path) -> None:
    roster = csv_file(tmp_path, "r", "uscc,name,address", f"{code(2)},江畔二号,江畔路二号 199****7777")
    assert written("import", roster).code == 0
    shown = told(written, "enterprise", "show", code(2), "--with-phones")
    assert f"江畔路二号 {MOBILES[0]}" in str(shown)
