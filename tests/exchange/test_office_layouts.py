"""The office's own sheets go in as the rules say, or are refused with a way out; none goes in wrong."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.office.allotments import ALLOTMENTS
from tests.office.cadres import CADRES
from tests.office.changes import CHANGES
from tests.office.headings import HEADINGS
from tests.office.layout import Layout, written
from tests.office.leaders import LEADERS
from tests.office.ledgers import LEDGERS
from tests.office.pairings import PAIRINGS
from tests.office.persons import PERSONS
from tests.office.register import ENTERPRISES
from tests.office.requests import POLICIES, REQUESTS
from tests.office.titled import TITLED
from tests.office.visits import VISITS

LAYOUTS = (
    *PAIRINGS, *ALLOTMENTS, *PERSONS, *LEADERS, *HEADINGS, *CHANGES, *VISITS, *ENTERPRISES, *CADRES, *REQUESTS,
    *POLICIES,
    *LEDGERS, *TITLED,
)  # fmt: skip


def answer(esm: Esm, layout: Layout, folder: Path) -> tuple[int, dict[str, Any], str]:
    """Import a layout; return the exit code, the answer and all that was said."""
    if layout.desk:
        assert esm("import", written(folder / "desk.xlsx", layout.desk)).code == 0
    ran = esm("import", layout.write(folder / "sheet.xlsx"), *layout.options, "--format", "json", lang="zh")
    return ran.code, json.loads(ran.out), ran.out + ran.err


def on_record(esm: Esm, folder: Path, what: str) -> list[str]:
    """Return the rows of a sheet of the export, `what` being its name and its columns."""
    name, _, columns = what.partition(":")
    if not (folder / f"{name}.csv").exists():
        return []  # a sheet without rows has no file
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(" ".join("".join(row[key].split()) or "-" for key in columns.split()) for row in rows)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_a_layout_is_understood_or_refused_with_a_way_out(esm: Esm, layout: Layout, tmp_path: Path) -> None:
    code, told, said = answer(esm, layout, tmp_path)
    fields = [each["field"] or "-" for each in sorted(told["understood"], key=lambda each: each["column"])]
    if layout.code == 0:
        assert fields == layout.fields.split()
        assert sorted({each["field"] for each in told["assumed"]}) == sorted(layout.assumed.split())
    assert sorted(each["kind"] for each in told["questions"] if each["kind"] != "similar_name") == layout.asked.split()
    assert code == layout.code, said
    assert all(word in said for word in layout.words), said
    export = tmp_path / "export"
    assert esm("export", str(export), "--with-phones").code == 0
    for what, rows in layout.stored.items():
        assert on_record(esm, export, what) == sorted(rows), what


def test_there_are_sixty_layouts_of_every_kind() -> None:
    assert len(LAYOUTS) >= 60
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS)
