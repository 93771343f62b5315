"""The documents say what is true: what the source cites exists, and what they list is what the program has."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests import console_sessions
from tests.conftest import Ran

from esm.cli.shell.commands import COMMANDS
from esm.cli.shell.usage.command_names import meant
from esm.domain.exchange.sheet_catalogue import BOOK
from esm.domain.register import above_scale_thresholds
from esm.domain.requests.states import TRANSITIONS
from esm.domain.values import settings
from esm.domain.values.industry import full_code

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
CITATION = re.compile(r"docs/(rules|cli)\.md(?:, ([A-Z][A-Za-z -]*[a-z]))?")


def text(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    return text(name).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(name: str, heading: str) -> list[list[str]]:
    """Return the rows of the tables in a section, each as its cells without code marks."""
    lines = re.findall(r"^\| (.+) \|$", section(name, heading), re.MULTILINE)
    return [[cell.replace("`", "").strip() for cell in line.split(" | ")] for line in lines]


def entries(heading: str) -> Iterator[tuple[str, str]]:
    """Yield what the block of a section lists: a name at the start of a line, and what stands behind or below it."""
    (block,) = [shown for kind, shown in console_sessions.blocks(section("cli.md", heading)) if kind == "text"]
    for entry in re.split(r"\n+(?=\S)", block.strip()):
        name, _, listed = entry.partition("\n") if heading == "JSON" else entry.partition(" ")
        yield name, " ".join(listed.split())


def cited() -> Iterator[tuple[str, str, str]]:
    """Yield (file, document, section) of every citation in the source."""
    for folder in ("src", "tests", "benchmarks"):
        for path in (path for ending in ("py", "sql", "toml") for path in (ROOT / folder).rglob(f"*.{ending}")):
            if path != Path(__file__):
                yield from ((path.name, *found) for found in CITATION.findall(path.read_text(encoding="utf-8")))


def test_every_section_that_the_source_cites_exists() -> None:
    known = {name: re.findall("^## (.+)$", text(f"{name}.md"), re.MULTILINE) for name in ("rules", "cli")}
    found = list(cited())
    assert len(found) > 20
    assert [(file, document, heading) for file, document, heading in found if heading not in known[document]] == []


@pytest.mark.parametrize("setting", settings.all_settings().values(), ids=lambda setting: str(setting.key))
def test_every_setting_stands_in_the_rules_with_its_default_and_a_reason(setting: settings.Setting) -> None:
    (row,) = [cells for cells in rows("rules.md", "Settings") if cells[0] == setting.key]
    assert row[1] == (str(setting.default) or "–")
    assert row[2]


def test_the_thresholds_of_the_rules_are_those_in_force() -> None:
    def codes(cell: str) -> frozenset[str]:
        return frozenset(map(full_code, cell.split(", ")))

    said = {codes(cells[1]): cells[2].replace(" ", "") for cells in rows("rules.md", "Scope")[1:]}
    in_force: dict[frozenset[str], above_scale_thresholds.Threshold] = {}
    for threshold in sorted(above_scale_thresholds.all_thresholds(), key=lambda each: each.effective_from):
        found = [each for each in in_force if each & set(threshold.code_prefixes)]
        for each in found:
            del in_force[each]
        in_force[frozenset(threshold.code_prefixes)] = threshold
    assert said == {key: "–" if each.line is None else str(each.line) for key, each in in_force.items()}


def test_the_moves_of_requests_in_the_rules_are_those_of_the_table() -> None:
    table = [(states.split(", "), moves.split(", ")) for states, moves in rows("rules.md", "Requests")[1:]]
    said = {state: set(moves) for states, moves in table for state in states}
    assert said == {state: set(moves) - {"support"} or {"none"} for state, moves in TRANSITIONS.items()}


def test_every_command_that_the_contract_names_exists() -> None:
    named = set(re.findall(r"`esm ([a-z]+)", text("cli.md")))
    assert named
    known = {command.name for command in COMMANDS}
    assert {meant(name, known, is_root=True)[0] for name in named} <= known


def test_the_columns_of_the_contract_exist_and_a_star_marks_the_required() -> None:
    known = {sheet.key: [column.key + "*" * column.is_required for column in sheet.columns] for sheet in BOOK}
    for name, listed in entries("Columns"):
        keys = listed.split(" ")[1:]
        assert [key for key in keys if key not in known[name]] == [], name


def test_the_keys_of_the_contract_are_there(
    districts: dict[str, Path], esm: Callable[..., Ran], tmp_path: Path
) -> None:
    shutil.copy(districts["en"], tmp_path / "copy.db")
    db = tmp_path / "copy.db"
    first = json.loads(esm("due", "--limit", "1", "--format", "json", db=db).out)[0]
    words = {"esm import": [str(ROOT / "examples" / "district.zh.xlsx"), "--dry-run"], "esm assign": ["--dry-run"],
             "esm schedule": ["--dry-run"], "esm pair": [first["uscc"], first["staff_no"], "--pin", "--dry-run"],
             "esm report letters": ["-o", str(tmp_path / "letters")], "esm bulletin": ["--month", "2026-10"],
             "esm week": ["--cadre", first["staff_no"]], "esm brief --mine": ["--actor", first["staff_no"]],
             "esm recuse": [first["staff_no"], first["uscc"], "--reason", "亲属", "--dry-run"]}  # fmt: skip
    for command, shape in entries("JSON"):
        ran = esm(*command.split(" ")[1:], *words.get(command, []), "--format", "json", db=db)
        wanted = json.loads(re.sub("([a-z_]+)(:?)", lambda key: f'"{key[1]}":' + ("" if key[2] else "null"), shape))
        assert list(missing(wanted, json.loads(ran.out))) == [], command


def missing(wanted: Any, answer: Any) -> Iterator[str]:
    """Yield the keys that an answer lacks; of a list the first row stands for all."""
    if isinstance(wanted, list):
        yield from missing(wanted[0], answer[0]) if answer else ()
    if isinstance(wanted, dict):
        for key, below in wanted.items():
            if key not in answer:
                yield key
            else:
                yield from missing(below, answer[key])


def test_decisions_are_numbered_without_gaps() -> None:
    assert [path.name[:5] for path in DECISIONS] == [f"{number:04}-" for number in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: str(path.stem))
def test_a_decision_is_short_and_says_when_it_was_taken_and_whether_it_stands(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} – ")
    assert re.fullmatch("Date: 20[0-9]{2}-[0-9]{2}-[0-9]{2}", lines[2])
    assert re.fullmatch("Status: (accepted|replaced by 0[0-9]{3})", lines[4])
    assert len(lines) <= 40
    assert [line for line in lines if len(line) > 120] == []


def test_every_decision_that_is_cited_exists() -> None:
    places = [path for ending in ("py", "sql", "md") for path in ROOT.glob(f"[bdst]*/**/*.{ending}")]
    written = [path.read_text(encoding="utf-8") for path in places]
    numbers = [number for each in written for number in re.findall(r"(?:docs/decisions/|\()(0[0-9]{3})\b", each)]
    assert len(numbers) > 5
    assert set(numbers) <= {path.name[:4] for path in DECISIONS}


def test_every_module_that_a_document_names_exists() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]
    named = {
        path
        for page in pages
        for path in re.findall(r"`((?:domain|sheets|storage|formats|usecases|cli)/[a-z_/]+\.py)`", page.read_text())
    }
    assert len(named) > 10
    assert sorted(path for path in named if not (ROOT / "src" / "esm" / path).is_file()) == []


def test_the_house_of_the_readme_is_the_house() -> None:
    (house,) = [block for kind, block in console_sessions.blocks((ROOT / "README.md").read_text()) if kind == "text"]
    _questions, rooms, bases, *shelves = [line.split() for line in house.splitlines()]
    places = [(room, base) for room, base in zip(rooms, bases[1:], strict=True) if base != "–"]
    for shelf, *topics in shelves:
        places += [(room + shelf, f"{topic}.py") for room, topic in zip(rooms, topics, strict=True) if topic != "–"]
    assert [place for place in places if not (ROOT / "src" / "esm" / "".join(place)).exists()] == []
    known = {path.parent.name for room in rooms for path in (ROOT / "src" / "esm" / room).glob("*/*.py")}
    assert known == {shelf.strip("/") for shelf, *_ in shelves} | {base.strip("/") for base in bases[1:] if base != "–"}


def test_the_map_of_the_tests_names_every_helper_and_no_other() -> None:
    named = set(re.findall(r"`([a-z_]+\.py)`", (ROOT / "tests" / "README.md").read_text(encoding="utf-8")))
    assert {name for name in named if not name.startswith("test_")} == {
        path.name for path in (ROOT / "tests").glob("*.py") if not path.name.startswith("test_")
    }


def test_no_test_module_imports_another() -> None:
    """What two of them need stands in a helper."""
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    assert [path.name for path, source in sources.items() if re.search(r"from tests[.\w]*\.test_", source)] == []
