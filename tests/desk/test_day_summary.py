"""`esm today`, which `esm` alone is: its figures are those of the listings, its commands run, and it is one screen."""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import TODAY, Esm
from tests.rosters import told

from esm.__main__ import main
from esm.cli.shell import language_choice
from esm.formats.write.screen import terminal
from esm.sheets.desk.day_summary import beginning_report, day_report
from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.usecases.desk.day_summary import day_summary, last_workday_before

SCREEN = 24
PROMISES = ["served", "in_scope", "unserved", "due_in_period", "visited_of_due", "overdue"]
KEYS = ["today", "promises", "due_this_week", "requests_late", "promises_late", "plans_called_off", "since", "changed"]


@pytest.fixture
def example(districts: dict[str, Path], tmp_path: Path) -> Path:
    """Return a copy of the example district to write in."""
    return Path(shutil.copy(districts["en"], tmp_path / "district.db"))


def first_planned(esm: Esm, db: Path) -> str:
    found: str = told(esm, "visit", "list", "--planned", "--limit", "1", db=db)[0]["uscc"]
    return found


def recounted(esm: Esm, db: Path, today: str, sunday: str, since: str) -> dict[str, Any]:
    """Return the figures as the listings have them, counted row by row."""
    coverage = told(esm, "report", "coverage", db=db, today=today)
    due = told(esm, "due", "--within", "6", db=db, today=today)
    requests = told(esm, "request", "list", db=db, today=today)
    promises = told(esm, "visit", "promise", "list", db=db, today=today)
    called_off = told(esm, "visit", "list", "--called-off", "--since", since, db=db, today=today)
    return {
        "promises": {key: coverage[key] for key in PROMISES},
        "due_this_week": sum(
            row["state"] != "paused" and today <= row["due_on"] <= sunday for row in due
        ),
        "requests_late": sum(row["late"] for row in requests),
        "promises_late": sum(row["due_on"] < today for row in promises),
        "plans_called_off": len(called_off),
    }  # fmt: skip


def test_the_figures_are_those_of_the_listings(esm: Esm, example: Path) -> None:
    paused = first_planned(esm, example)
    assert esm("enterprise", "pause", paused, "--reason", "rebuilding", db=example).code == 0
    other = first_planned(esm, example)
    words = (
        "--met",
        "Manager",
        "--promise",
        "the list",
        "--until",
        "2026-11-24",
        "--promise",
        "news",
        "--until",
        TODAY,
    )
    assert esm("visit", "log", other, *words, db=example).code == 0
    for today, since in ((TODAY, "2026-11-20"), ("2026-11-25", "2026-11-24")):
        found = told(esm, "today", db=example, today=today)
        expected = recounted(esm, example, today, "2026-11-29", since)
        assert list(found) == [*KEYS, "notes"]
        assert {key: found[key] for key in expected} == expected
        assert (found["today"], found["since"]) == (today, since)
    assert found["promises_late"] == 2
    assert found["plans_called_off"] == 0
    assert told(esm, "today", db=example)["plans_called_off"] >= 1


def test_on_sunday_this_week_is_this_day_and_on_monday_all_of_it(esm: Esm, example: Path) -> None:
    on_sunday = told(esm, "today", db=example, today="2026-11-29")
    due = told(esm, "due", "--within", "0", db=example, today="2026-11-29")
    assert on_sunday["due_this_week"] == sum(row["due_on"] == "2026-11-29" for row in due)
    on_monday = told(esm, "today", db=example, today="2026-11-30")
    due = told(esm, "due", "--within", "6", db=example, today="2026-11-30")
    assert on_monday["due_this_week"] == sum("2026-11-30" <= row["due_on"] <= "2026-12-06" for row in due)


def test_alone_it_is_the_day_with_options_only_too(esm: Esm) -> None:
    alone = esm()
    assert (alone.code, alone.err) == (0, "")
    assert alone.out == esm("today").out
    assert alone.out.startswith("Today: Monday, 2026-11-23\n")


def all_rows(path: Path) -> dict[str, dict[int, tuple[object, ...]]]:
    """Return every journalled row by table and number, as any SQLite shell reads it."""
    with closing(sqlite3.connect(path)) as shell:
        names = {subject for (subject,) in shell.execute("SELECT DISTINCT subject FROM change")}
        return {name: {row[0]: row for row in shell.execute(f"SELECT * FROM {name}")} for name in names}


def test_what_changed_is_what_differs_from_the_evening_before_the_last_working_day(esm: Esm, example: Path) -> None:
    """Thursday's change is old, Friday's and Saturday's are counted; one that was undone is none."""
    one, two = (row["uscc"] for row in told(esm, "due", "--limit", "2", db=example))
    assert esm("config", "set", "due_soon_days", "15", db=example, today="2026-11-26").code == 0
    before = all_rows(example)
    assert esm("visit", "log", one, "--met", "Manager", db=example, today="2026-11-27").code == 0
    assert (
        esm("request", "open", two, "Two fitters", "--class", "labour.recruitment", db=example, today="2026-11-28").code
        == 0
    )
    assert esm("config", "set", "due_soon_days", "21", db=example, today="2026-11-28").code == 0
    assert esm("enterprise", "edit", two, "--contact-name", "A", db=example, today="2026-11-30").code == 0
    assert esm("undo", db=example, today="2026-11-30").code == 0
    after = all_rows(example)
    expected = {}
    for table in after:
        old, new = before.get(table, {}), after[table]
        counts = (
            len(new.keys() - old.keys()),
            sum(old[key] != new[key] for key in old.keys() & new.keys()),
            len(old.keys() - new.keys()),
        )
        if any(counts):
            expected[table] = counts
    changed = told(esm, "today", db=example, today="2026-11-30")["changed"]
    assert {row["subject"]: (row["added"], row["changed"], row["removed"]) for row in changed} == expected
    assert expected["visit"] == (1, 0, 0)
    assert "enterprise" not in expected
    assert [row["subject"] for row in changed][:2] == ["visit", "request"]
    assert {actor for row in changed for actor in row["actors"]} == {"clerk"}


def test_a_change_of_thursday_is_none_on_monday(esm: Esm, settled: Path) -> None:
    assert esm("config", "set", "due_soon_days", "15", db=settled, today="2026-11-26").code == 0
    assert told(esm, "today", db=settled, today="2026-11-30")["changed"] == []
    assert [row["subject"] for row in told(esm, "today", db=settled, today="2026-11-27")["changed"]] == ["setting"]
    assert "since 2026-11-27: none" in esm("today", db=settled, today="2026-11-30").out


@pytest.mark.parametrize(
    ("today", "since"),
    [
        ("2026-11-23", "2026-11-20"),
        ("2026-11-24", "2026-11-23"),
        ("2026-10-08", "2026-09-30"),
        ("2026-10-11", "2026-10-10"),
    ],
)
def test_the_last_working_day_is_that_of_the_calendar(settled: Path, today: str, since: str) -> None:
    """After a weekend, a day, the National Day holidays, and on a Sunday after a Saturday that was worked."""
    with connection.reading(FilePlace(settled)) as reading:
        assert last_workday_before(reading, date.fromisoformat(today)) == date.fromisoformat(since)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("prefix", ["esm", "esm --lang zh --db /home/li/district/jiangpan.db --today 2026-11-23"])
def test_it_is_one_screen(
    districts: dict[str, Path], capsys: pytest.CaptureFixture[str], lang: str, prefix: str
) -> None:
    language_choice.choose(lang)
    with connection.reading(FilePlace(districts[lang])) as reading:
        summary = day_summary(reading, date.fromisoformat(TODAY))
    for width in (80, 120):
        terminal.print_rich(
            day_report(summary, lambda *words: " ".join([prefix, *words])), color=False, width=width
        )  # fmt: skip
        assert len(capsys.readouterr().out.splitlines()) <= SCREEN


def printed_commands(text: str) -> list[list[str]]:
    lines = [line.strip() for line in text.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("esm ")]


def test_every_command_on_the_screen_runs_as_it_is_printed(
    esm: Esm, districts: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    commands = printed_commands(esm("today", db=districts["en"]).out)
    assert len(commands) == 7
    for words in commands:
        assert words[:2] == ["--db", str(districts["en"])]
        assert main(words) in (0, 1), words
    capsys.readouterr()


def test_what_the_environment_says_is_not_said_again(
    esm: Esm, districts: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    esm("today")  # takes the variables of the tests away
    monkeypatch.setenv("ESM_DB", str(districts["zh"]))
    monkeypatch.setenv("ESM_TODAY", TODAY)
    monkeypatch.setenv("ESM_LANG", "zh")
    capsys.readouterr()
    assert main([]) == 0
    assert ["due", "--within", "6"] in printed_commands(capsys.readouterr().out)


def test_without_a_database_it_says_how_to_begin(esm: Esm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = esm(db="new.db")
    assert (ran.code, ran.err) == (0, "")
    demo, *steps = printed_commands(ran.out)
    assert demo[-1] == "demo"
    assert [main(words) for words in steps] == [0, 0]
    assert told(esm, "today", db="new.db")["promises"]["in_scope"] == 0  # the row of the template is an example
    nothing = told(esm, "today", db="none.db")
    assert list(nothing) == [*KEYS, "notes"]
    assert nothing["promises"] == dict.fromkeys(PROMISES)
    assert nothing["changed"] == []
    assert not Path("none.db").exists()


def test_the_way_to_begin_is_one_screen(capsys: pytest.CaptureFixture[str]) -> None:
    report = beginning_report(date.fromisoformat(TODAY), "/home/li/esm.db", lambda *words: " ".join(["esm", *words]))
    terminal.print_rich(report, color=False, width=80)
    assert len(capsys.readouterr().out.splitlines()) <= SCREEN


def test_an_empty_district_is_told_what_to_fill_in(esm: Esm) -> None:
    ran = esm("today")
    assert "No enterprise is in scope." in ran.out
    assert ran.code == 0
    assert printed_commands(ran.out)[0][-2:] == ["template", "roster.xlsx"]


def test_a_file_names_no_command(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    for ending in ("txt", "md", "html", "json"):
        file = tmp_path / f"day.{ending}"
        assert esm("today", "-o", str(file), db=districts["en"]).code == 0
        assert "esm due" not in file.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "day.json").read_text())["promises"]["in_scope"] == 314
    for ending in ("txt", "md", "json"):
        assert esm("verify", str(tmp_path / f"day.{ending}"), db=districts["en"]).code == 0
