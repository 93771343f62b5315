"""Two desks at which the same command lines run, one on a file and one on a server, and where they are not alike.

The lines stand in `database/two_engines.txt`. Both run in this process, on the same day and at the same second, so that
not even the seals of the journal may differ.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path

import pytest
from tests.conftest import ROOT, TODAY

from esm.__main__ import main
from esm.cli.shell import context
from esm.errors import StorageRefused
from esm.storage.database import connection
from esm.storage.database.place import Place, ServerPlace, place_of

NIGHT = "night: "
SCRIPT = Path(__file__).parent / "database" / "two_engines.txt"
EXAMPLE = {
    "en": [str(file) for file in sorted((ROOT / "examples" / "district.en").glob("*.csv"))],
    "zh": [str(ROOT / "examples" / "district.zh.xlsx")],
}
FILES = {
    "visits.csv": "uscc,staff_no,done_on,minutes\nENTERPRISE,JP229,2026-11-20,Orders are full 订单饱满\n",
    "mixed.csv": "uscc,staff_no,done_on\nENTERPRISE,JP229,2026-11-22\nENTERPRISE,JP999,2026-11-20\n",
    "faults.csv": "uscc,name,tier,above_scale\n91339907MA0000001X,江畔一号,D,yes\n91339907MA0000002G,,A,maybe\n",
    "days.csv": "day,kind,name\n2026-12-07,off,Fair 展会\n2026-12-12,worked,Fair 展会\n",
    "no_table.csv": "\n",
}
CHOSEN = {
    "ENTERPRISE": "SELECT uscc FROM service JOIN enterprise ON enterprise.id = enterprise_id ORDER BY uscc",
    "UNSERVED": """SELECT uscc FROM clock WHERE end_on IS NULL
        AND enterprise_id NOT IN (SELECT enterprise_id FROM pairing WHERE end_on IS NULL) ORDER BY uscc""",
    "SUBDISTRICT": "SELECT subdistrict FROM profile ORDER BY subdistrict",
    "DEPARTMENT": "SELECT department FROM posting ORDER BY department",
}


class OneSecond(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> OneSecond:
        return cls(2026, 11, 23, 1, tzinfo=UTC).astimezone(tz)


@dataclass(frozen=True)
class Done:
    """What one command line did: all that a user sees of it, and the seal of the journal after it."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]
    head: str


@dataclass
class Desk:
    """A folder in which command lines run, and what ESM_DB says there."""

    folder: Path
    database: str
    known: dict[Path, int] = field(default_factory=dict)

    @cached_property
    def place(self) -> Place:
        return place_of(self.database)

    def run(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> Done:
        """Run one command line here; where it names the database, it may differ."""
        os.chdir(self.folder)
        os.environ["ESM_DB"] = self.database
        code = main(words)
        out, err = map(self._without_place, capsys.readouterr())
        return Done(code, out, err, self._written(), self._head())

    def rows(self, table: str) -> list[tuple[object, ...]]:
        with connection.reading(self.place) as reading:
            return reading.rows(f"SELECT * FROM {table} ORDER BY 1")

    def _head(self) -> str:
        try:
            with connection.reading(self.place) as reading:
                return reading.head()
        except StorageRefused:
            return "no database"

    def _without_place(self, text: str) -> str:
        """Return a text without where this database is, and where the one is that `esm db restore` put aside."""
        aside = re.escape(str(self.place).removesuffix(".db")) + r"[-_]before[-_]restore[-_][\w+-]+(\.db)?"
        return re.sub(aside, "ASIDE", text).replace(str(self.place), "DATABASE")

    def _written(self) -> dict[str, bytes]:
        """Return the files that are new or other than before, archives by what they hold; databases are left out."""
        files = (file for file in self.folder.rglob("*") if file.is_file() and ".db" not in file.name)
        there = {file: file.stat().st_mtime_ns for file in files}
        new = [file for file, at in there.items() if self.known.get(file) != at]
        self.known = there
        return {
            name: held.replace(str(self.place).encode(), b"DATABASE") for file in new for name, held in self._in(file)
        }

    def _in(self, file: Path) -> Iterator[tuple[str, bytes]]:
        name = str(file.relative_to(self.folder))
        if not zipfile.is_zipfile(file):
            yield name, file.read_bytes()
            return
        with zipfile.ZipFile(file) as archive:
            for inner in archive.namelist():
                yield f"{name}/{inner}", archive.read(inner)


class Desks:
    """The two desks, and what came of the command lines that ran on both."""

    def __init__(self, one: Desk, other: Desk, lang: str) -> None:
        self.one, self.other = one, other
        self.meant = {"EXAMPLE": EXAMPLE[lang]}
        self.has_files = False
        self.compared: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self.unlike: dict[tuple[str, str], list[tuple[str, object, object]]] = {}

    def run(self, group: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Run one command line on both desks."""
        if not self.has_files and any(name in line for name in FILES):
            self._make_files()
        words = [part for word in shlex.split(line) for part in self._meant(word)]
        one, other = self.one.run(words, capsys), self.other.run(words, capsys)
        self.compared[group] += 1
        self.codes[one.code] += 1
        if one != other:
            self.unlike[group, line] = list(differences(one, other))

    def table(self) -> str:
        """Return how many command lines of each group were compared, and how many were not alike."""
        unlike = Counter(group for group, _ in self.unlike)
        lines = [(group, count, unlike[group]) for group, count in self.compared.items()]
        total = ("all", self.compared.total(), len(self.unlike))
        return "\n".join(f"{group:20}{count:5} compared {differ:5} unlike" for group, count, differ in [*lines, total])

    def _meant(self, word: str) -> list[str]:
        """Return what a word stands for; what is chosen from the district is chosen when it is first asked for."""
        if word in CHOSEN and word not in self.meant:
            with connection.reading(self.one.place) as reading:
                self.meant[word] = [reading.value(CHOSEN[word])]
        return self.meant.get(word, [word])

    def _make_files(self) -> None:
        self.has_files = True
        for desk in (self.one, self.other):
            for name, text in FILES.items():
                (desk.folder / name).write_text(
                    text.replace("ENTERPRISE", self._meant("ENTERPRISE")[0]), encoding="utf-8"
                )


def differences(one: Done, other: Done) -> Iterator[tuple[str, object, object]]:
    """Yield what differs: its name, and what it is on one engine and on the other."""
    sides = [
        {"code": done.code, "out": done.out, "err": done.err, **done.files, "head": done.head} for done in (one, other)
    ]
    for name in dict.fromkeys([*sides[0], *sides[1]]):
        if sides[0].get(name) != sides[1].get(name):
            yield name, sides[0].get(name), sides[1].get(name)


def steps(*, by_night: bool = True) -> Iterator[tuple[str, str]]:
    """Yield the group and the text of each command line, by day without those that are marked."""
    group = ""
    for line in SCRIPT.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            group = line.removeprefix("## ")
        elif line and not line.startswith("#") and (by_night or not line.startswith(NIGHT)):
            yield group, line.removeprefix(NIGHT)


def set_up(folder: Path, address: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> Desks:
    """Set up a desk on a file and one on the schema of an address, in a folder, for whoever speaks a language."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(context, "datetime", OneSecond)
    monkeypatch.setattr(socket, "gethostname", lambda: "desk")
    for name, value in {"ESM_TODAY": TODAY, "ESM_LANG": lang, "ESM_ACTOR": "clerk", "ESM_DB": ""}.items():
        monkeypatch.setenv(name, value)
    file, server = folder / "file", folder / "server"
    file.mkdir()
    server.mkdir()
    desks = Desks(Desk(file, str(file / "district.db")), Desk(server, address), lang)
    assert isinstance(desks.other.place, ServerPlace)
    return desks
