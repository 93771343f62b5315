"""Two commands, one answer: what they say of one enterprise agrees, after any commands and on any day."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import desk_at_work
from tests.conftest import Esm, budget
from tests.desk_at_work import COMMANDS, FIRMS, MONDAY

FAR = "400"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    return desk_at_work.make(tmp_path_factory.mktemp("one_answer"), empty_database)


@given(st.lists(COMMANDS, max_size=5), st.integers(-3, 60))
@budget(8)
def test_what_commands_say_of_one_enterprise_agrees(
    esm: Esm, path: Path, template: Path, tmp_path: Path, commands: Sequence[tuple[str, ...]], days: int
) -> None:
    shutil.copy(template, path)
    for words in commands:
        if words != ("undo",):
            esm(*words)
    today = str(MONDAY + timedelta(days=days))

    def answer(*words: str) -> Any:
        return json.loads(esm(*words, "--format", "json", today=today).out)

    due = {row["uscc"]: row for row in answer("due", "--within", FAR)}
    planned: dict[str, list[dict[str, Any]]] = {}
    for row in answer("visit", "list", "--planned"):
        planned.setdefault(row["uscc"], []).append(row)
    found = {(row["kind"], row["uscc"]) for row in answer("check")}
    coverage = answer("report", "coverage")
    assert coverage["in_scope"] == len(due)
    assert coverage["overdue"] == sum(row["state"] == "overdue" for row in due.values())
    assert coverage["unserved"] == sum(row["staff_no"] is None for row in due.values())
    assert planned.keys() <= due.keys()
    coming = {(uscc, row["planned_on"]) for uscc, rows in planned.items() for row in rows if row["planned_on"] > today}
    assert {event for event in calendar(esm, tmp_path, today) if event[1] > today} == coming
    for uscc in FIRMS:
        shown, brief = answer("enterprise", "show", uscc), answer("brief", uscc)
        row = due.get(uscc)
        assert shown["due_on"] == brief["due_on"] == (row and row["due_on"]), uscc
        assert brief["planned_on"] == (row and row["planned_on"]), uscc
        assert (("overdue", uscc) in found) == (row is not None and row["state"] == "overdue")
        assert (("unserved", uscc) in found) == (row is not None and row["staff_no"] is None)
        if row is not None:
            days_planned = [each["planned_on"] for each in planned.get(uscc, [])]
            assert row["planned_on"] == min(days_planned, default=None), uscc


def calendar(esm: Esm, folder: Path, today: str) -> set[tuple[str, str]]:
    """Return code and day of the events of the calendar file that are not called off."""
    file = folder / "visits.ics"
    assert esm("calendar", "export", "-o", str(file), "--force", today=today).code == 0
    text = file.read_text(encoding="utf-8").replace("\r\n ", "")
    found = set()
    for event in text.split("BEGIN:VEVENT")[1:]:
        if "STATUS:CANCELLED" not in event:
            uid = re.search(r"UID:plan-\d+-(\w+)@", event)
            start = re.search(r"DTSTART[^:]*:(\d{4})(\d\d)(\d\d)", event)
            assert uid is not None, event
            assert start is not None, event
            found.add((uid[1], "-".join(start.groups())))
    return found
