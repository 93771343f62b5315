"""Intervals end before a day; people are told the last day, and machines the end that is kept (docs/rules.md, Days)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import TODAY, Esm
from tests.district import code

from esm.__main__ import main

FIRM, QUIET, LEFT, APART = (code(number) for number in range(1, 5))
LAST, NEXT = "2026-12-18", "2026-12-19"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a database with an interval of every kind; the last day of each is the same."""
    path = Path(shutil.copy(empty_database, tmp_path_factory.mktemp("last_days") / "template.db"))
    common = ["--db", str(path), "--actor", "clerk", "--quiet"]
    for words in (
        *(["cadre", "add", number, "--name", f"尹{number}", "--capacity", "9"] for number in ("1001", "1002")),
        *(["enterprise", "add", firm, "--name", f"江畔{firm[:9]}号", "--above-scale", "--enrolled-on", "2026-10-16"]
          for firm in (FIRM, QUIET, LEFT, APART)),
        *(["pair", firm, "1001"] for firm in (FIRM, QUIET, LEFT, APART)),
        ["cadre", "absence", "1001", "--from", "2026-12-10", "--until", LAST],
        ["enterprise", "pause", QUIET, "--from", "2026-11-01", "--until", LAST, "--reason", "整修"],
        ["enterprise", "blackout", FIRM, "--from", "2026-12-14", "--until", LAST],
        ["enterprise", "exit", LEFT, "--on", NEXT],
        ["policy", "add", "N1", "--title", "稳岗", "--from", "2026-01-01", "--until", LAST],
    ):  # fmt: skip
        assert main([*common, "--today", TODAY, *words]) == 0, words
    assert main([*common, "--today", NEXT, "unpair", APART]) == 0
    return path


@pytest.fixture
def desk(esm: Esm, path: Path, template: Path) -> Esm:
    """Return the command line on it."""
    shutil.copy(template, path)
    return esm


def tells(said: str, day: str) -> bool:
    """Return whether a text tells a day, as ISO or as Chinese sentences write it."""
    year, month, number = map(int, day.split("-"))
    return day in said or f"{year}年{month}月{number}日" in said


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("cadre", "show", "1001"), 0),
        (("enterprise", "peace", FIRM), 0),
        (("enterprise", "peace", QUIET), 0),
        (("due", "--within", "99"), 0),
        (("due", "--within", "99", "--format", "json"), 0),
        (("check",), 1),
        (("check", "--format", "json"), 1),
        (("policy", "show", "N1"), 0),
        (("policy", "gaps"), 0),
        (("brief", FIRM), 0),
        (("visit", "plan", QUIET, "--on", "2026-12-17", "--cadre", "1001"), 4),
        (("visit", "plan", FIRM, "--on", "2026-12-17", "--cadre", "1001"), 4),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_place_tells_the_last_day(desk: Esm, words: tuple[str, ...], code: int, lang: str) -> None:
    ran = desk(*words, lang=lang)
    said = ran.out + ran.err
    assert (ran.code, tells(said, LAST), tells(said, NEXT)) == (code, True, False), ran


def test_an_end_is_told_from_the_day_on_that_it_was_entered(desk: Esm) -> None:
    shown = desk("enterprise", "show", APART).out
    assert (LAST in shown, NEXT in shown) == (False, False)
    shown = desk("enterprise", "show", APART, today=NEXT).out
    assert shown.count(LAST) == 1


def test_what_is_said_of_an_absence_to_a_new_cadre_is_its_last_day(desk: Esm) -> None:
    assert desk("unpair", FIRM, today="2026-12-15").code == 0
    said = desk("pair", FIRM, "1001", today="2026-12-15").out
    assert (f"is absent until {LAST}" in said, NEXT in said) == (True, False)


def test_an_exit_and_the_end_of_a_pairing_are_told_as_events_and_their_stretches_by_the_last_day(desk: Esm) -> None:
    shown = desk("enterprise", "show", LEFT).out
    assert [line.split()[-1] for line in shown.splitlines() if NEXT in line] == [NEXT]  # the exit itself
    assert shown.count(LAST) == 2  # in scope, paired
    unpaired = desk("unpair", FIRM, today=NEXT).out
    assert (f"Until (inclusive)  {LAST}" in unpaired, NEXT in unpaired) == (True, False)


def test_a_pairing_that_ends_on_its_first_day_has_no_last_one(desk: Esm) -> None:
    ran = desk("unpair", FIRM)
    assert "is removed" in ran.out
    assert "Until" not in ran.out


def test_machines_read_the_end_as_it_is_kept(desk: Esm) -> None:
    def told(*words: str) -> Any:
        return json.loads(desk(*words, "--format", "json").out)

    assert told("cadre", "show", "1001")["absences"][0]["end_on"] == NEXT
    assert [each["end_on"] for name in ("scopes", "pairings") for each in told("enterprise", "show", LEFT)[name]] == [
        NEXT, NEXT
    ]  # fmt: skip
    assert "last_day" not in desk("cadre", "show", "1001", "--format", "json").out
