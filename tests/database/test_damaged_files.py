"""Damaged files: whatever became of a database, a command answers or refuses it in words; none is at fault."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import damaged_files
from tests.conftest import Esm

AT_FAULT = 70
GROUPS = ("header", "page of", "anywhere", "cut", "longer", "value", "missing", "schema", "file", "beside")


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """Return a district with something in most tables, made once; copy it."""
    return damaged_files.district(tmp_path_factory.mktemp("whole"), empty_database)


def faults(esm: Esm, district: Path, folder: Path, names: list[str], each: int) -> Iterator[str]:
    """Yield the command lines that end as a fault of esm; to each kind of damage come a few, drawn by its name."""
    kinds = damaged_files.kinds(district)
    for name in names:
        drawn = random.Random(name)  # noqa: S311 - a choice that anyone can make again
        damaged, desk = folder / "damaged", folder / "desk"
        damaged.mkdir()
        kinds[name](Path(shutil.copy(district, damaged / "district.db")), drawn)
        for words in drawn.sample(damaged_files.command_lines(), each):
            shutil.copytree(damaged, desk)
            ran = esm(
                *(str(desk / word) if word.startswith("new") else word for word in words), db=desk / "district.db"
            )
            if ran.code == AT_FAULT or "Traceback" in ran.err:
                yield f"{name}: esm {' '.join(words)}: {ran.err}"
            shutil.rmtree(desk)
        shutil.rmtree(damaged)


def members(district: Path, group: str) -> list[str]:
    return [name for name in damaged_files.kinds(district) if name.startswith(group)]


@pytest.mark.parametrize("group", GROUPS)
def test_each_kind_of_damage_is_told_in_words(group: str, esm: Esm, district: Path, tmp_path: Path) -> None:
    """By day one member of each kind, drawn by its name, meets two commands."""
    by_kind: dict[str, list[str]] = {}
    for name in members(district, group):
        by_kind.setdefault(damaged_files.like(name), []).append(name)
    drawn = [random.Random(kind).choice(names) for kind, names in by_kind.items()]  # noqa: S311 - as above
    assert not list(faults(esm, district, tmp_path, drawn, each=2))


@pytest.mark.nightly
@pytest.mark.parametrize("group", GROUPS)
def test_all_damage_is_told_in_words(group: str, esm: Esm, district: Path, tmp_path: Path) -> None:
    assert not list(faults(esm, district, tmp_path, members(district, group), each=10))


def test_every_kind_is_in_a_group_and_there_are_many(district: Path) -> None:
    names = set(damaged_files.kinds(district))
    assert names == {name for group in GROUPS for name in members(district, group)}
    assert len({damaged_files.like(name) for name in names}) >= 100


def test_the_check_goes_on_behind_what_it_cannot_read(esm: Esm, district: Path, tmp_path: Path) -> None:
    """It names the table; the journal and the rest is checked, and whole tables are not named."""
    path = Path(shutil.copy(district, tmp_path / "district.db"))
    kinds = damaged_files.kinds(district)
    for name in ("value: visit.minutes no UTF-8", "value: operation.command half of a JSON"):
        kinds[name](path, random.Random(0))  # noqa: S311 - as above
    ran = esm("db", "check", "--format", "csv", db=path)
    assert ran.code == 1
    assert "unreadable,visit cannot be read whole" in ran.out
    assert "journal,operation 1 was changed after it was sealed" in ran.out
    assert "cadre cannot be read" not in ran.out
