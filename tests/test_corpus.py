"""Every file of the corpus is answered as it must be, and no damage to a workbook brings anything else to light."""

from __future__ import annotations

import os
import random
import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from tests import corpus
from tests.conftest import Ran
from tests.rosters import told

from esm.errors import InputRefused
from esm.formats import intake
from esm.usecases import rostering

Esm = Callable[..., Ran]
MUTANTS = 6_000 if os.environ.get("ESM_HYPOTHESIS") == "nightly" else 300


def test_the_corpus_has_at_least_sixty_files() -> None:
    assert len(corpus.CASES) >= 60


@pytest.mark.parametrize("name", corpus.CASES)
def test_a_file_of_the_corpus_is_answered_as_expected(esm: Esm, path: Path, tmp_path: Path, name: str) -> None:
    expected = corpus.CASES[name](tmp_path)
    before = path.read_bytes()
    ran = esm("import", str(expected.file))
    assert ran.code == expected.code, ran.out + ran.err
    assert all(words in ran.out + ran.err for words in expected.says), ran.out + ran.err
    enterprises = told(esm, "enterprise", "list", "--exact")
    assert len(enterprises) == expected.added
    for key, value in expected.values.items():
        assert {each[key] for each in enterprises} == {value}
    if expected.code:
        assert path.read_bytes() == before
        assert "Traceback" not in ran.err
    if expected.cells:
        shutil.copy(path, tmp_path / "other.db")
        errors = told(esm, "import", str(expected.file), db=tmp_path / "other.db")["errors"]
        assert {error["cell"] for error in errors} == expected.cells


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return a workbook with bytes changed, cut, doubled or swapped: in the file, or inside one of its parts."""
    if chance.random() < 0.5 and data.startswith(b"PK"):
        try:
            target = chance.choice(zipfile.ZipFile(BytesIO(data)).namelist())
            return corpus.rezipped(data, lambda part, old: spoilt(old, chance) if part == target else old)
        except (zipfile.BadZipFile, NotImplementedError, KeyError, EOFError, ValueError):
            pass
    return spoilt(data, chance)


def spoilt(data: bytes, chance: random.Random) -> bytes:
    if len(data) < 4:
        return b"<"
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place, end = sorted(chance.choices(range(len(changed) + 1), k=2))
        end = min(end, place + 64)
        match chance.randrange(5):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[place:end]
            case 2:
                changed[place:place] = changed[place:end]
            case 3:
                changed[place:place] = chance.choice(
                    (b"<c/>", b'r="XFD1048576"', b"\x00", b"9" * 20, b"</row>", b"]]>")
                )
            case _:
                changed[place:end] = changed[place:end][::-1]
    return bytes(changed)


def test_no_mutated_workbook_raises_anything_but_the_input_error(tmp_path: Path) -> None:
    """6 000 of them in the nightly run, 300 otherwise; seeded, so that a failure can be had again."""
    seeds = corpus.seeds(tmp_path)
    file = tmp_path / "mutant.xlsx"
    read, hints = 0, []
    for number in range(MUTANTS):
        chance = random.Random(number)  # noqa: S311 - not for secrets
        file.write_bytes(mutant(chance.choice(seeds), chance))
        try:
            rostering.read_roster(intake.read(file))
            read += 1
        except InputRefused as refusal:
            hints.append(refusal.hint)
    assert all(hints)
    assert min(read, len(hints)) > MUTANTS // 20
