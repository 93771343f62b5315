"""Every entry of the catalogue of bad input about files is answered by the rules, in both languages, without a trace.

The catalogue has eleven sections. A to E are about what an import reads and are answered here; F to K are about
the command line, outputs, the database, the clock, names and several people, and have tests of their own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests import corpus_csv, corpus_files, corpus_structure, corpus_values  # noqa: F401 - they fill CASES
from tests.conftest import Esm, Ran
from tests.corpus import CASES, Expected
from tests.rosters import told

ENTRIES = {"A": 24, "B": 24, "C": 20, "D": 30, "E": 19}
# Entries that no file of the corpus answers, and why.
ELSEWHERE = {
    "A14": "200 000 rows: their number is not limited, the size of the file is; time and memory stand in benchmarks/",
    "C18": "due dates at month ends are no input: tests/schedule/test_cadence.py holds them against a naive calendar",
    "C19": "anniversaries of 29 February: tests/schedule/test_cadence.py",
}
CHINESE = re.compile("[\u4e00-\u9fff]")


def test_every_entry_of_the_sections_about_files_has_a_case() -> None:
    entries = {f"{section}{number}" for section, count in ENTRIES.items() for number in range(1, count + 1)}
    answered = {name.split(" ")[0] for name in CASES}
    assert answered.isdisjoint(ELSEWHERE)
    assert answered | set(ELSEWHERE) == entries


def _place(name: str) -> tuple[str, int, str]:
    return name[0], int(name[1:].split(" ", maxsplit=1)[0]), name


NAMES: list[str] = sorted(CASES, key=_place)


@pytest.mark.parametrize("name", NAMES)
def test_an_entry_of_the_catalogue_is_answered_as_the_rules_say(
    esm: Esm, path: Path, tmp_path: Path, name: str
) -> None:
    expected = CASES[name](folder(tmp_path))
    for file in expected.before:
        assert esm("import", str(file)).code == 0
    before = path.read_bytes(), contents(tmp_path / "clerk")
    ran = esm("import", str(expected.file), "--format", "json")
    said = ran.out + ran.err
    assert (ran.code, "Traceback" in said) == (expected.code, False), said
    assert [words for words in expected.says if words not in said] == [], said
    assert [words for words in expected.silent_on if words in said] == [], said
    if expected.code == 0:
        taken(esm, expected, json.loads(ran.out))
    else:
        refused(expected, ran)
        refused(expected, esm("import", str(expected.file), "--format", "json", lang="zh"), in_chinese=True)
        assert (path.read_bytes(), contents(tmp_path / "clerk")) == before


def folder(tmp_path: Path) -> Path:
    (tmp_path / "clerk").mkdir()
    return tmp_path / "clerk"


def taken(esm: Esm, expected: Expected, summary: Any) -> None:
    """Hold what was taken against what is expected."""
    counts = {key: summary[key] for key in ("added", "updated", "rejected")}
    assert counts == {"added": expected.added, "updated": expected.updated, "rejected": 0}
    enterprises = told(esm, "enterprise", "list", "--exact") if expected.values else []
    found = {key: {each[key] for each in enterprises} for key in expected.values}
    assert found == {key: {value} for key, value in expected.values.items()}


def refused(expected: Expected, ran: Ran, *, in_chinese: bool = False) -> None:
    """Hold a refusal against the rule: which file, which cells, what stands there, why, and what to do next."""
    first, remedy, *listed = ran.err.splitlines()
    problems = json.loads(ran.out)["errors"] if ran.out else []
    shown = str(expected.file).encode("unicode_escape").decode()
    assert expected.file.name in ran.err or shown in ran.err or repr(str(expected.file))[1:-1] in ran.err
    assert {problem["cell"] for problem in problems if problem["cell"]} == expected.cells
    for problem in problems:
        line = next(line for line in listed if problem["cell"] in line and problem["reason"] in line)
        assert problem["value"][:20] in line or not problem["value"].isprintable()
        assert any(problem["sheet"] in line for line in listed)
    sentences = [first, remedy, *(problem["reason"] for problem in problems)]
    assert ran.code == 5
    assert all(map(CHINESE.search, sentences)) if in_chinese else all(re.search("[a-z]{3}", each) for each in sentences)


def contents(folder: Path) -> dict[Path, bytes]:
    """Return what stands in the clerk's folder: nothing there may change or be left behind."""
    return {each: each.read_bytes() if each.is_file() else b"" for each in folder.rglob("*")}
