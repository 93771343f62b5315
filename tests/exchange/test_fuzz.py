"""No damage to a file brings anything to light but the input error: not in reading, not in storing what was read."""

from __future__ import annotations

import os
import random
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from tests import corpus_csv, corpus_files, corpus_structure, corpus_values
from tests.conftest import HEADER, TODAY
from tests.corpus import CASES, bytes_file

from esm.domain.exchange.import_summary import ImportSummary
from esm.errors import InputRefused
from esm.formats.read import file as intake
from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.usecases.exchange import load
from esm.usecases.exchange.roster import roster_parser as rostering

SECTIONS = (corpus_files, corpus_structure, corpus_values, corpus_csv)
MUTANTS = 6_000 if os.environ.get("ESM_HYPOTHESIS") == "nightly" else 150
LARGEST_SEED = 200_000
PIECES = (
    b"<c/>", b'r="XFD1048576"', b"\x00", b"9" * 20, b"</row>", b"]]>", b"&lt;", b'"', b",", b"\r", b"\xef\xbb\xbf",
    b"\xff\xfe", "年".encode(), "月".encode("gb18030"), b"\xed\xa0\x80", b'<c t="s"><v>-1</v></c>',
)  # fmt: skip


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bytes]]:
    """Return the files of the corpus that are worth mutating, by what they are; the name of one is too long to be."""
    found: dict[str, list[bytes]] = {"xlsx": [], "xls": [], "csv": []}
    for make in CASES.values():
        expected = make(tmp_path_factory.mktemp("seed"))
        file = expected.file
        data = file.read_bytes() if os.path.isfile(file) and os.path.getsize(file) < LARGEST_SEED else b""
        kind = "xlsx" if data.startswith(b"PK") else "xls" if data.startswith(b"\xd0\xcf") else "csv"
        found[kind] += [data] if data and (kind != "xls" or not expected.code) else []
    return found


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(
    seeds: dict[str, list[bytes]], path: Path, tmp_path: Path, kind: str
) -> None:
    """6 000 workbooks and as many texts in the nightly run; seeded, so that a failure can be had again."""
    before = path.read_bytes()
    answers: Counter[str] = Counter()
    for number in range(MUTANTS if kind != "xls" else MUTANTS // 3):
        chance = random.Random(f"{kind} {number}")  # noqa: S311 - not for secrets
        file = bytes_file(tmp_path, "mutant", mutant(chance.choice(seeds[kind]), chance))
        answers[answer(file, path)] += 1
    assert path.read_bytes() == before
    assert answers["without a remedy"] == 0
    assert min(answers["taken"] + answers["faulty"], answers["refused"]) > MUTANTS // 100


def answer(file: Path, path: Path) -> str:
    """Import the file as a dry run does and return what came of it."""
    try:
        read = rostering.read_sheets(intake.read(file))
    except InputRefused as refusal:
        return "refused" if refusal.hint is not None else "without a remedy"
    with connection.writing(FilePlace(path), HEADER) as writing:
        choices = load.Choices(skip_bad=True)
        summary: ImportSummary = load.load(
            writing, read, choices, files=["mutant"], today=date.fromisoformat(TODAY)
        )  # fmt: skip
        writing.abandon()
    return "faulty" if summary.problems else "taken"


def mutant(data: bytes, chance: random.Random) -> bytes:
    """Return a file with bytes changed, cut, doubled or swapped: in the file, or inside one part of an archive."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        try:
            target = chance.choice(zipfile.ZipFile(BytesIO(data)).namelist())
            return rezipped(data, lambda part, old: spoilt(old, chance) if part == target else old)
        except (zipfile.BadZipFile, NotImplementedError, KeyError, EOFError, ValueError, RuntimeError):
            pass
    return spoilt(data, chance, in_place=data.startswith(b"\xd0\xcf") and chance.random() < 0.7)


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with every part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return buffer.getvalue()


def spoilt(data: bytes, chance: random.Random, *, in_place: bool = False) -> bytes:
    """Return the bytes with up to forty of them, or of their short runs, changed; `in_place` moves none."""
    if len(data) < 4:
        return b"<"
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        place, end = sorted(chance.choices(range(len(changed) + 1), k=2))
        end = min(end, place + 64)
        match chance.randrange(2 if in_place else 5):
            case 0:
                changed[place : place + 1] = bytes([chance.randrange(256)]) if place < len(changed) else b""
            case 1:
                changed[place:end] = changed[place:end][::-1]
            case 2:
                del changed[place:end]
            case 3:
                changed[place:place] = changed[place:end]
            case _:
                changed[place:place] = chance.choice(PIECES)
    return bytes(changed)
