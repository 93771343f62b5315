"""What a visit tells: asked for on a terminal, refused in a script where nothing is told, and all of it said back."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests import database_content
from tests.conftest import TODAY, Esm
from tests.rosters import told
from tests.small_district import CODES

from esm.storage.database.place import Place

FIRM = CODES[0]


@pytest.mark.parametrize("words", [[], ["--promise", "the list", "--until", "2026-12-01"], ["--channel", "phone"]])
def test_a_meeting_of_which_nothing_is_told_is_refused(esm: Esm, settled_place: Place, words: list[str]) -> None:
    before = database_content.digest(settled_place)
    ran = esm("visit", "log", FIRM, *words, db=settled_place)
    assert (ran.code, database_content.digest(settled_place)) == (4, before)
    assert "neither whom they met nor what was said" in ran.err
    assert "--met or --minutes" in ran.err


@pytest.mark.parametrize(
    "words",
    [["--met", "Manager"], ["--minutes", "Orders are full"], ["Orders are full"], ["--outcome", "not_reached"]],
)
def test_one_of_both_is_enough_and_none_where_nobody_was_met(esm: Esm, settled_place: Place, words: list[str]) -> None:
    assert esm("visit", "log", FIRM, *words, db=settled_place).code == 0


def test_what_an_earlier_entry_of_the_day_tells_is_enough(esm: Esm, settled_place: Place) -> None:
    assert esm("visit", "log", FIRM, "Called them", "--channel", "phone", db=settled_place).code == 0
    assert told(esm, "visit", "log", FIRM, db=settled_place)["minutes"] == "Called them"


def test_the_minutes_may_follow_the_enterprise_and_are_not_told_twice(esm: Esm, settled_place: Place) -> None:
    assert (
        told(esm, "visit", "log", FIRM, "Orders are full", "--dry-run", db=settled_place)["minutes"]
        == "Orders are full"
    )
    assert esm("visit", "log", FIRM, "Orders", "--minutes", "Orders", db=settled_place).code == 2


def test_the_answer_has_all_that_was_stored_the_clock_the_plan_and_the_way_back(esm: Esm, settled_place: Place) -> None:
    """The last visit was on 1 September: due on 1 November, and two months after today's from now on."""
    assert esm("schedule", "--until", "2027-03-31", db=settled_place).code == 0
    words = (
        "visit",
        "log",
        FIRM,
        "Orders are full",
        "--met",
        "Manager",
        "--promise",
        "the list",
        "--until",
        "2026-12-01",
    )
    tried = told(esm, *words, "--dry-run", db=settled_place)
    found = told(esm, *words, db=settled_place)
    assert (found["met_with"], found["minutes"]) == ("Manager", "Orders are full")
    assert [(row["words"], row["due_on"]) for row in found["promises"]] == [("the list", "2026-12-01")]
    assert (found["due_before"], found["due_on"]) == ("2026-11-01", "2027-01-23")
    (planned, *_later) = told(esm, "visit", "list", "--planned", "--enterprise", FIRM, db=settled_place)
    assert found["planned_on"] == planned["planned_on"]
    assert found["operation"] == told(esm, "history", "--limit", "1", db=settled_place)[0]["id"]
    assert tried["operation"] is None
    left_out = {"operation", "notes"}
    assert {key: value for key, value in tried.items() if key not in left_out} == {
        key: value for key, value in found.items() if key not in left_out
    }
    assert f"To take it back: `esm undo {found['operation']}`." in found["notes"]
    assert esm("undo", str(found["operation"]), db=settled_place).code == 0
    due = {row["uscc"]: row["due_on"] for row in told(esm, "due", db=settled_place)}
    assert due[FIRM] == "2026-11-01"


def typed(place: Path, words: list[str], answers: bytes) -> tuple[int, str]:
    """Run a command line on a terminal on which somebody types; return its exit code and all that was shown."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "esm", "--db", str(place), "--today", TODAY, "--actor", "clerk", *words]
    running = subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env={"PATH": "", "ESM_LANG": "en", "TERM": "dumb"}
    )
    os.close(follower)
    os.write(leader, answers)
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # Linux ends a terminal that nobody holds open any more with an error
        pass
    os.close(leader)
    return running.wait(), shown.decode().replace("\r\n", "\n")


def test_on_a_terminal_what_is_missing_is_asked(esm: Esm, settled: Path) -> None:
    code, shown = typed(settled, ["visit", "log", FIRM], b"Li, director\nOrders are full\n")
    assert code == 0, shown
    assert "Who was met, with job title (Enter: not told): " in shown
    assert "What was said (Enter: not told): " in shown
    (visit,) = told(esm, "visit", "list", "--since", TODAY, db=settled)
    assert (visit["met_with"], visit["minutes"]) == ("Li, director", "Orders are full")


def test_on_a_terminal_only_what_is_missing_is_asked(esm: Esm, settled: Path) -> None:
    code, shown = typed(settled, ["visit", "log", FIRM, "Orders are full"], b"\n")
    assert (code, "What was said" in shown) == (0, False)
    assert typed(settled, ["visit", "log", FIRM, "--outcome", "refused"], b"")[0] == 0


def test_who_answers_nothing_records_nothing(settled: Path) -> None:
    before = database_content.digest(settled)
    code, shown = typed(settled, ["visit", "log", FIRM], b"\n\n")
    assert (code, database_content.digest(settled)) == (4, before), shown
    code, shown = typed(settled, ["visit", "log", "nowhere"], b"")
    assert (code, "Who was met" in shown) == (3, False)
