"""Several districts in files: listed, added up, checked and upgraded one by one (docs/rules.md, City)."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests import database_content, small_district
from tests.conftest import ROOT, TODAY, Esm
from tests.small_district import CODES

from esm.storage.database import connection as database
from esm.storage.database.place import FilePlace

NAMES = ("江北", "south", "east")
OLD = ROOT / "tests" / "released" / "0007.sql"
Told = Callable[..., Any]


@pytest.fixture
def city(
    esm: Esm, districts: dict[str, Path], settled_template: Path, empty_database: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:  # fmt: skip
    """Return the list of a city of three districts, the last of which nobody serves."""
    listed = tmp_path / "city.toml"
    monkeypatch.setenv("ESM_CITY", str(listed))
    for name, source in zip(NAMES, (districts["en"], settled_template, empty_database), strict=True):
        shutil.copy(source, tmp_path / f"{name}.db")
        assert esm("city", "add", name, str(tmp_path / f"{name}.db")).code == 0
    for number in (1, 2):
        small_district.enrol(tmp_path / "east.db", number)
    assert esm("request", "open", CODES[1], "钳工", "--class", "labour.recruitment", db=tmp_path / "east.db").code == 0
    return listed


@pytest.fixture
def told(esm: Esm) -> Told:
    """Return a function that runs a command and reads its JSON."""

    def run(*words: str, code: int = 0, db: Path | None = None) -> Any:
        ran = esm(*words, "--format", "json", db=db)
        assert ran.code == code
        return json.loads(ran.out)

    return run


def old(path: Path) -> None:
    """Make a district of an earlier schema."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))


def heads(city: Path) -> dict[str, str]:
    found = {}
    for name in NAMES:
        with database.reading(FilePlace(city.parent / f"{name}.db")) as reading:
            found[name] = reading.head()
    return found


def revisions(city: Path) -> list[str]:
    return [database.schema_at(FilePlace(city.parent / f"{name}.db")) for name in NAMES]


def counts(row: dict[str, Any]) -> dict[str, int]:
    other = {"longest_gap_days", "median_days"}
    return {key: value for key, value in row.items() if type(value) is int and key not in other}


@pytest.mark.parametrize(
    "words",
    [["coverage"], ["coverage", "--period", "2026-09"], ["requests"], ["requests", "--month", "2026-11"]],
    ids=" ".join,
)
def test_the_sums_are_those_of_the_reports_of_the_districts(city: Path, told: Told, words: list[str]) -> None:
    whole = told("city", "report", *words, code=0 if "2026-09" not in words else 1)
    rows = {row["key"]: row for row in whole["by_district"]}
    assert set(rows) == set(NAMES if "2026-09" not in words else NAMES[:2])
    by_hand: dict[str, int] = defaultdict(int)
    for name, row in rows.items():
        single = told("report", *words, db=city.parent / f"{name}.db")
        assert counts(single).items() <= row.items()
        for key, value in counts(single).items():
            by_hand[key] += value
        assert whole["as_of"] == single["as_of"]
    assert len(by_hand) > 10
    assert {key: whole[key] for key in by_hand} == by_hand


def test_the_periods_of_the_city_are_the_sums_of_those_of_the_districts(city: Path, told: Told) -> None:
    whole = told("city", "report", "trend", "--periods", "4")
    by_hand: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name in NAMES:
        single = told("report", "trend", "--periods", "4", db=city.parent / f"{name}.db")
        assert [{"key": name} | row for row in single] == [row for row in whole["by_district"] if row["key"] == name]
        for row in single:
            by_hand[row["period"]]["districts"] += 1
            for key, value in counts(row).items():
                by_hand[row["period"]][key] += value
    assert [row["period"] for row in whole["trend"]] == sorted(by_hand)
    for row in whole["trend"]:
        expected = dict(by_hand[row["period"]])
        if row["served"] is None:  # no pairing was ever made in the east
            del expected["served"]
        assert counts(row) == expected


def test_shares_come_from_the_sums_and_the_worst_district_is_first(city: Path, esm: Esm, told: Told) -> None:
    whole = told("city", "report")
    shown = esm("city", "report", "--format", "md").out
    assert f"| Enterprises served | {whole['served']}/{whole['in_scope']} (" in shown
    assert f"| Visited, of those due | {whole['visited_of_due']}/{whole['due_in_period']} (" in shown
    assert whole["longest_gap_days"] == max(row["longest_gap_days"] or 0 for row in whole["by_district"])
    share = {row["key"]: (row["unserved"] + row["overdue"]) / row["in_scope"] for row in whole["by_district"]}
    places = [shown.index(f"| {name} |") for name in sorted(NAMES, key=lambda name: share[name], reverse=True)]
    assert places == sorted(places)
    assert [row["key"] for row in whole["by_district"]] == list(NAMES)


def test_a_district_that_cannot_be_counted_is_named(city: Path, esm: Esm, told: Told) -> None:
    whole = told("city", "report")
    (city.parent / "south.db").write_bytes(b"no database of anybody, but long enough to be looked at" * 99)
    old(city.parent / "east.db")
    listed = {row["district"]: row for row in told("city", "list", code=1)}
    assert [listed[name]["problem"] is None for name in NAMES] == [True, False, False]
    assert [listed[name]["revision"] for name in NAMES] == [database.REVISION, None, "0007"]
    assert [row["district"] for row in told("city", "check", code=1)] == ["south", "east"]
    rest = told("city", "report", code=1)
    assert (rest["districts"], rest["districts_counted"]) == (3, 1)
    assert [row["district"] for row in rest["not_counted"]] == ["south", "east"]
    assert rest["in_scope"] == next(row["in_scope"] for row in whole["by_district"] if row["key"] == "江北")
    assert "1 of 3" in esm("city", "report").out
    for lang, names in (("en", "south, east"), ("zh", "south、east")):
        assert names in esm("city", "report", "trend", lang=lang).out


def test_nothing_is_added_up_where_no_district_can_be_counted(city: Path, told: Told) -> None:
    for name in NAMES:
        (city.parent / f"{name}.db").unlink()
    for report in ("coverage", "requests", "trend"):
        whole = told("city", "report", report, code=1)
        assert (whole["districts"], whole["districts_counted"]) == (3, 0)
        assert "in_scope" not in whole
        assert len(whole["not_counted"]) == 3


def test_a_district_without_records_on_the_day_is_not_counted_as_zero(city: Path, told: Told) -> None:
    whole = told("city", "report", "--as-of", "2026-10-01", code=1)
    assert [row["key"] for row in whole["by_district"]] == ["江北", "south"]
    assert [row["district"] for row in whole["not_counted"]] == ["east"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["city", "report", "overview"], 2),
        (["city", "report", "coverage", "--month", "2026-10"], 2),
        (["city", "report", "coverage", "--periods", "3"], 2),
        (["city", "report", "requests", "--period", "2026-09", "--month", "2026-10"], 2),
        (["city", "report", "--period", "2027-01"], 4),
        (["city", "report", "--known-at", "3"], 2),
        (["city", "list", "--columns", "colour"], 2),
    ],
)
def test_what_a_city_cannot_be_asked(city: Path, esm: Esm, words: list[str], code: int) -> None:
    assert esm(*words).code == code


def test_a_district_is_made_where_none_stands_and_else_taken_in(city: Path, esm: Esm, told: Told) -> None:
    assert esm("city", "add", "west").code == 0
    assert database_content.flaws(city.parent / "west.db") == []
    shutil.copy(city.parent / "south.db", city.parent / "copy.db")
    before = database_content.digest(city.parent / "copy.db")
    assert esm("city", "add", "南新区", str(city.parent / "copy.db")).code == 0
    assert database_content.digest(city.parent / "copy.db") == before
    assert [row["district"] for row in told("city", "list")] == [*NAMES, "west", "南新区"]


def test_a_name_or_a_database_is_taken_once(
    city: Path, esm: Esm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link.db").symlink_to("south.db")
    (tmp_path / "other.db").write_bytes(b"something else")
    before = city.read_bytes(), sorted(tmp_path.iterdir())
    assert esm("city", "add", "south", "new.db").code == 4
    assert esm("city", "add", "another", "../" + tmp_path.name + "/south.db").code == 4
    assert esm("city", "add", "another", "link.db").code == 4
    assert esm("city", "add", "another", "other.db").code == 6
    assert esm("city", "add", "another", "postgresql://clerk:secret@nowhere/esm").code == 6
    assert esm("city", "add", "a\nb").code == 2
    assert (city.read_bytes(), sorted(tmp_path.iterdir())) == before


def test_paths_go_from_the_folder_of_the_list(
    city: Path, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("ESM_CITY", "../city.toml")
    assert [row["problem"] for row in told("city", "list")] == [None] * 3
    assert '"south" = "south.db"' in city.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江北 = ", 5),
        ('"a" = 1', 5),
        ('["a"]\nplace = "south.db"', 5),
        ('"a" = "south.db"\n"a" = "east.db"', 5),
        ('"a" = { standby = "postgresql://b/c" }', 5),
        ('"a" = { database = "south.db", standbye = "x" }', 5),
        ('"a" = { database = 1 }', 5),
        ('"a" = "south.db"\n"b" = "./south.db"', 5),
        ("", 0),
        (None, 6),
    ],
)
def test_a_list_that_cannot_be_trusted_is_refused(city: Path, esm: Esm, text: str | None, code: int) -> None:
    city.unlink() if text is None else city.write_text(text, encoding="utf-8")
    for words in (["list"], ["report"], ["check"], ["upgrade"]):
        assert esm("city", *words).code == code


def test_a_password_in_the_list_is_shown_to_nobody(city: Path, esm: Esm) -> None:
    city.write_text('"far" = "postgresql://clerk:secret@nowhere/esm"\n', encoding="utf-8")
    for words in (["list"], ["report"], ["check"], ["upgrade"]):
        ran = esm("city", *words)
        assert ran.code == 1
        assert "secret" not in ran.out + ran.err


@pytest.mark.parametrize("ending", ["html", "md", "xlsx", "csv", "json"])
def test_a_file_of_a_city_is_never_called_right_and_says_why(city: Path, esm: Esm, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"city.{ending}"
    assert esm("city", "report", "requests", "-o", str(file)).code == 0
    ran = esm("verify", str(file))
    said = "is an answer of several districts" if ending in {"html", "md", "xlsx"} else "an answer of several districts"
    assert (ran.code, said in ran.err, "nothing of it was verified" in ran.err) == (5, True, True)
    assert not file.with_name(f"{file.name}.proof").exists()


def test_without_a_city_the_command_says_how_to_name_one(esm: Esm) -> None:
    ran = esm("city", "list")
    assert ran.code == 2
    assert "ESM_CITY" in ran.err


def test_an_answer_is_never_written_over_a_district_and_names_no_other_office(
    city: Path, esm: Esm, path: Path, tmp_path: Path
) -> None:
    assert esm("config", "set", "issuing_office", "Office of another district").code == 0
    (tmp_path / "south.db").rename(tmp_path / "south.csv")
    city.write_text('"south" = "south.csv"\n', encoding="utf-8")
    assert esm("city", "list", "-o", str(tmp_path / "south.csv"), "--force").code == 2
    assert esm("city", "report", "-o", str(tmp_path / "report.html")).code == 0
    assert "Office of another district" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert esm("city", "list", db=tmp_path / "missing.db").code == 0


def test_an_undo_in_one_district_leaves_the_heads_of_the_others(city: Path, esm: Esm) -> None:
    before = heads(city)
    assert esm("undo", db=city.parent / "south.db").code == 0
    after = heads(city)
    assert [name for name in NAMES if after[name] != before[name]] == ["south"]


def test_an_upgrade_leaves_alone_who_is_there_and_goes_past_who_cannot_be(city: Path, told: Told) -> None:
    old(city.parent / "江北.db")
    (city.parent / "south.db").write_bytes(b"no database of anybody, but long enough to be looked at" * 99)
    east = database_content.digest(city.parent / "east.db")
    rows = told("city", "upgrade", code=1)
    assert [(row["before"], row["after"]) for row in rows] == [
        ("0007", database.REVISION), (None, None), (database.REVISION, database.REVISION),
    ]  # fmt: skip
    assert [row["problem"] is None for row in rows] == [True, False, True]
    assert Path(rows[0]["backup"]).exists()
    assert database_content.digest(city.parent / "east.db") == east
    assert database_content.flaws(city.parent / "江北.db") == []


def test_an_upgrade_killed_between_two_districts_is_completed_by_the_next(city: Path, esm: Esm) -> None:
    for name in NAMES:
        old(city.parent / f"{name}.db")
    with closing(sqlite3.connect(city.parent / "south.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # here the upgrade has to wait
        upgrading = subprocess.Popen(
            [sys.executable, "-m", "esm", "--today", TODAY, "--actor", "clerk", "city", "upgrade"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        while database.schema_at(FilePlace(city.parent / "江北.db")) != database.REVISION:
            assert upgrading.poll() is None
            time.sleep(0.1)
        upgrading.send_signal(signal.SIGKILL)
        upgrading.wait()
        other.execute("ROLLBACK")
    assert revisions(city) == [database.REVISION, "0007", "0007"]
    first = database_content.digest(city.parent / "江北.db")
    assert esm("city", "upgrade").code == 0
    assert revisions(city) == [database.REVISION] * 3
    assert database_content.digest(city.parent / "江北.db") == first
    assert [database_content.flaws(city.parent / f"{name}.db") for name in NAMES] == [[], [], []]


def test_one_day_holds_for_all_districts(city: Path, told: Told) -> None:
    whole = told("city", "report", "--as-of", "2026-12-10")
    singles = [told("report", "--as-of", "2026-12-10", db=city.parent / f"{name}.db") for name in NAMES]
    assert (whole["as_of"], whole["overdue"]) == ("2026-12-10", sum(each["overdue"] for each in singles))
    assert whole["overdue"] != told("city", "report")["overdue"]
