"""Settings, capacities and recusals hold from the day of a change on: none moves a figure of an earlier day."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import desk_at_work
from tests.conftest import Esm, budget
from tests.desk_at_work import FIRMS, STAFF, on

from esm.__main__ import main
from esm.domain.values.settings import all_settings

DATED = {key: setting for key, setting in all_settings().items() if setting.is_dated}
UNDATED = {"alarm_days", "mail_host", "mail_port", "mail_sender", "mail_tls", "planned_until", "records_began_on",
           "scheme_start_on"}  # fmt: skip
LAST = 40  # days after the first Monday on which facts are entered
QUESTIONS = (
    ("report", "coverage"), ("report", "cadres"), ("report", "visits"), ("report", "requests"), ("report", "policies"),
    ("report", "burden"), ("due", "--within", "400"), ("check",), ("cadre", "list"), ("enterprise", "list"), ("scale",),
    ("request", "list"), ("request", "clusters"), ("policy", "gaps"), ("assign", "--what-if", "cadres+1"),
    ("assign", "--explain", FIRMS[0]), ("visit", "list", "--late"), ("config", "list"), ("cadre", "show", STAFF[0]),
    ("enterprise", "show", FIRMS[0]), ("brief", FIRMS[1]),
)  # fmt: skip
FACTS = (
    (0, "recuse", "1001", FIRMS[3], "--reason", "亲属"),
    (0, "policy", "add", "Z1", "--title", "稳岗补贴", "--newly-entered", "--until", on(60)),
    (0, "request", "open", FIRMS[0], "退税", "--class", "tax"),
    (3, "visit", "log", FIRMS[1], "--minutes", "走访"),
    (5, "request", "open", FIRMS[2], "开票", "--class", "tax"),
    (9, "visit", "log", FIRMS[1], "--minutes", "再访"),
    (9, "pair", FIRMS[4], "1001"),
    (20, "visit", "log", FIRMS[2], "--on", on(2), "--minutes", "补登"),
    (25, "cadre", "edit", "1002", "--capacity", "1"),
    (30, "config", "set", "cadence_months_a", "1"),
    (LAST, "recuse", "1001", FIRMS[3], "--end"),
)


def run(path: Path, today: str, *words: str) -> int:
    return main(["--db", str(path), "--today", today, "--actor", "clerk", "--quiet", *words])


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a district without plans in which something has happened in every report."""
    path = desk_at_work.make(tmp_path_factory.mktemp("dated"), empty_database, is_planned=False)
    for days, *words in FACTS:
        assert run(path, on(days), *words) == 0, words
    return path


def answers(esm: Esm, today: str, questions: Sequence[tuple[str, ...]] = QUESTIONS) -> dict[str, Any]:
    return {" ".join(words): json.loads(esm(*words, "--format", "json", today=today).out) for words in questions}


def numbers(key: str) -> st.SearchStrategy[int]:
    setting = DATED[key]
    least, most = int(str(setting.least)), min(int(str(setting.most)), int(str(setting.default)) * 3 + 2)
    return st.integers(least, max(least, most))


EDITS = st.one_of(
    st.sampled_from(sorted(DATED)).flatmap(
        lambda key: numbers(key).map(lambda value: ("config", "set", key, str(value)))
    ),
    st.builds(lambda c, n: ("cadre", "edit", c, "--capacity", str(n)), st.sampled_from(STAFF), st.integers(0, 4)),
    st.builds(lambda c, f: ("recuse", c, f, "--reason", "持股"), st.sampled_from(STAFF), st.sampled_from(FIRMS)),
    st.builds(lambda c, f: ("recuse", c, f, "--end"), st.sampled_from(STAFF), st.sampled_from(FIRMS)),
)


@given(st.integers(-20, LAST + 30), st.lists(st.tuples(st.integers(1, 20), EDITS), min_size=1, max_size=8))
@budget(15)
def test_no_later_edit_of_a_rule_changes_what_is_said_of_a_past_day(
    esm: Esm, path: Path, template: Path, past: int, edits: Sequence[tuple[int, tuple[str, ...]]]
) -> None:
    shutil.copy(template, path)
    before, day = answers(esm, on(past)), max(past, LAST)
    for days, words in edits:
        day += days
        esm(*words, today=on(day))
    assert answers(esm, on(past)) == before
    assert esm("db", "check").code == 0


def test_every_setting_that_enters_a_figure_is_dated() -> None:
    assert all_settings().keys() - DATED.keys() == UNDATED
