"""What people type instead of codes, whole names and dates (docs/cli.md, Values)."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.small_district import CODES

from esm.cli.shell.context import CHINA

FIRM = "91339907MA015HRPJU"


def asked(esm: Esm, line: str, *words: str, key: str, db: Path) -> Any:
    ran = esm(*line.split(), *words, "--format", "json", db=db)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)[key]


@pytest.mark.parametrize("text", ["2026-11-20", "-3", "11-20", "11月20日", "last friday", "上周五"])
def test_the_day_of_a_visit_is_typed_in_words(esm: Esm, districts: dict[str, Path], text: str) -> None:
    line = f"visit log {FIRM} --cadre JP024 --met M --dry-run --on"
    assert asked(esm, line, text, key="done_on", db=districts["en"]) == "2026-11-20"


@pytest.mark.parametrize(
    ("line", "key", "day"),
    [
        ("report coverage --as-of 昨天", "as_of", "2026-11-22"),
        ("report coverage --as-of=-3", "as_of", "2026-11-20"),
        ("report coverage --against -60 --as-of today", "against_as_of", "2026-09-24"),
        ("forecast --until 11-30", "until", "2026-11-30"),
        ("schedule --until +7 --dry-run", "until", "2026-11-30"),
        (f"enterprise edit {FIRM} --enrolled-on 6-1 --dry-run", "enrolled_on", "2026-06-01"),
        ("policy add N1 --title t --until 明天 --dry-run", "until_on", "2026-11-24"),
        ("cadre leave JP024 --on tomorrow --dry-run", "left_on", "2026-11-24"),
        ("config set planned_until +90 --dry-run", "value", "2027-02-21"),
    ],
)
def test_every_option_for_a_day_takes_words(
    esm: Esm, districts: dict[str, Path], line: str, key: str, day: str
) -> None:
    assert asked(esm, line, key=key, db=districts["en"]) == day


def test_a_promise_a_deadline_and_an_absence_take_words(esm: Esm, districts: dict[str, Path]) -> None:
    lines = [
        f"visit log {FIRM} --met M --promise p --until 下周三",
        "cadre absence JP024 --from 明天 --until +9",
        f"enterprise pause {FIRM} --from today --until +30 --reason r",
        f"enterprise blackout {FIRM} --until +3",
        "visit list --since -30 --until 昨天",
        "check --visits --since 11-1",
    ]
    assert [esm(*line.split(), *([] if "list" in line or "check" in line else ["--dry-run"]), db=districts["en"]).code
            for line in lines] == [0] * len(lines)  # fmt: skip


def test_an_answer_from_what_was_known_yesterday(esm: Esm, settled: Path) -> None:
    by_date = esm("due", "--known-at", "2026-11-23", db=settled, today="2026-11-24")
    assert by_date.code == 0
    assert esm("due", "--known-at", "yesterday", db=settled, today="2026-11-24") == by_date


def test_today_itself_may_be_a_word(esm: Esm, settled: Path) -> None:
    before = datetime.now(CHINA).date()
    ran = esm("report", "coverage", "--format", "json", db=settled, today="-1")
    assert ran.code == 0, ran.err
    days = {before, datetime.now(CHINA).date()}  # midnight may pass meanwhile
    assert date.fromisoformat(json.loads(ran.out)["as_of"]) + timedelta(days=1) in days


@pytest.mark.parametrize(
    ("lang", "reason"),
    [
        ("en", "error: “周五” is not a date (this could be 2026-11-20 or 2026-11-27: write the date)."),
        ("zh", "错误：“周五”不是日期（可能是 2026-11-20，也可能是 2026-11-27：请写明日期）。"),
    ],
)
def test_a_day_that_could_be_two_is_refused_with_both(esm: Esm, settled: Path, lang: str, reason: str) -> None:
    ran = esm("visit", "log", CODES[1], "--met", "Manager", "--on", "周五", db=settled, lang=lang)
    assert (ran.code, ran.err.splitlines()[0]) == (2, reason)
