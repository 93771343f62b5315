"""Planned visits as calendar files, read back by two parsers and by a calendar program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Esm
from tests.district import code

from esm.formats.write import file_set, ics
from esm.formats.write.cell_text import visible
from esm.sheets.schedule.invitations import Invitation

FIRM = code(1)


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on a district of two cadres and two enterprises, one visit planned in each."""
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一"], ["cadre", "add", "1002", "--name", "尹虚二", "--capacity", "2"],
        *(["enterprise", "add", code(n), "--name", f"江畔{n}号；机电, 有限公司", "--above-scale", "--enrolled-on",
           "2026-10-01", "--address", "启航路1号", "--contact-name", "虚构甲", "--contact-phone", "19900001234"]
          for n in (1, 2)),
        ["pair", FIRM, "1001"], ["pair", code(2), "1002"],
        ["visit", "plan", FIRM, "--on", "2026-12-09"], ["visit", "plan", code(2), "--on", "2026-12-10"],
    ):  # fmt: skip
        assert esm(*words).code == 0
    return esm


def exported(desk: Esm, tmp_path: Path, *words: str) -> bytes:
    file = tmp_path / "visits.ics"
    ran = desk("calendar", "export", *words, "-o", str(file), "--force")
    assert ran.code == 0, ran.err
    return file.read_bytes()


def events(data: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_a_visit_is_an_all_day_event_with_place_brief_and_alarm(desk: Esm, tmp_path: Path) -> None:
    (event,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    assert event.decoded("DTSTART") == date(2026, 12, 9)
    assert event.decoded("DTEND") == date(2026, 12, 10)
    assert (str(event["LOCATION"]), str(event["STATUS"]), event["SEQUENCE"]) == ("启航路1号", "TENTATIVE", 0)
    assert "江畔1号；机电, 有限公司" in event["SUMMARY"]
    assert "2026-12-01" in event["DESCRIPTION"]
    assert "What is its main activity?" in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=-15)


def test_no_telephone_number_leaves_in_a_calendar(desk: Esm, tmp_path: Path) -> None:
    data = exported(desk, tmp_path)
    assert b"1990000" not in data
    assert b"1234" not in data


def test_two_parsers_read_the_same(desk: Esm, tmp_path: Path) -> None:
    data = exported(desk, tmp_path)
    ours = {str(event["UID"]): (str(event["SUMMARY"]), event.decoded("DTSTART")) for event in events(data)}
    theirs = {
        event.uid.value: (event.summary.value, event.dtstart.value)
        for event in vobject.readOne(data.decode()).vevent_list
    }
    assert ours == theirs
    assert len(ours) == 2


def test_a_moved_visit_keeps_its_name_and_counts_up(desk: Esm, tmp_path: Path) -> None:
    (before,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    desk("visit", "plan", FIRM, "--cadre", "1001", "--on", "2026-12-11")
    (moved,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    desk("visit", "confirm", FIRM)
    (agreed,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    assert before["UID"] == moved["UID"] == agreed["UID"]
    assert [event["SEQUENCE"] for event in (before, moved, agreed)] == [0, 1, 2]
    assert str(agreed["STATUS"]) == "CONFIRMED"


def test_a_visit_called_off_is_sent_as_cancelled(desk: Esm, tmp_path: Path) -> None:
    (before,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    desk("visit", "cancel", "P1", "--reason", "企业停电")
    (after,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    assert (after["UID"], str(after["STATUS"]), after["SEQUENCE"]) == (before["UID"], "CANCELLED", 1)
    assert "企业停电" in after["DESCRIPTION"]
    assert after.walk("VALARM") == []


def test_a_visit_given_to_another_cadre_is_cancelled_for_the_first(desk: Esm, tmp_path: Path) -> None:
    assert desk("pair", FIRM, "1002").code == 0
    assert desk("visit", "plan", FIRM, "--on", "2026-12-11").code == 0
    (gone,) = events(exported(desk, tmp_path, "--cadre", "1001"))
    assert str(gone["STATUS"]) == "CANCELLED"
    names = {str(event["UID"]) for event in events(exported(desk, tmp_path))}
    assert len(names) == 3


def test_the_number_of_a_plan_is_never_used_again(desk: Esm, tmp_path: Path) -> None:
    desk("visit", "cancel", "P2")
    plan = json.loads(desk("visit", "plan", code(2), "--cadre", "1002", "--on", "2026-12-12", "--format", "json").out)
    assert plan["id"] == "P3"


def test_planning_anew_moves_events_and_doubles_none(desk: Esm, tmp_path: Path) -> None:
    desk("assign")
    desk("schedule")
    before = {
        str(each["UID"]): each["SEQUENCE"] for each in events(exported(desk, tmp_path)) if each["STATUS"] != "CANCELLED"
    }
    desk("schedule")
    same = {
        str(each["UID"]): each["SEQUENCE"] for each in events(exported(desk, tmp_path)) if each["STATUS"] != "CANCELLED"
    }
    assert before == same


def test_all_writes_a_file_for_each_cadre_or_none(desk: Esm, tmp_path: Path) -> None:
    folder = tmp_path / "calendars"
    assert desk("calendar", "export", "--all", "-o", str(folder)).code == 0
    assert sorted(file.name for file in folder.iterdir()) == ["1001.ics", "1002.ics"]
    (folder / "1001.ics").unlink()
    assert desk("calendar", "export", "--all", "-o", str(folder)).code == 4
    assert sorted(file.name for file in folder.iterdir()) == ["1002.ics"]


@given(st.lists(st.text(), max_size=6))
def test_file_names_are_harmless_and_different(keys: list[str]) -> None:
    names = file_set.names(keys, ".md")
    assert len({name.casefold() for name in names.values()}) == len(set(keys))
    for name in names.values():
        stem = name.removesuffix(".md")
        assert stem.replace("-", "").replace("_", "").isalnum() or set(stem) <= {"_", "-"} or stem[0] == "_"
        assert stem.isascii()
        assert stem.upper() not in {"CON", "NUL", "AUX", "PRN", "COM1", ""}
        assert len(name) < 80


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


@given(WORDS, WORDS, WORDS)
def test_any_text_is_folded_at_75_octets_and_read_back(summary: str, place: str, told: str) -> None:
    starts = datetime(2027, 2, 28)  # noqa: DTZ001 - a local day
    invitation = Invitation("a@esm", 1, "CONFIRMED", starts, False, summary, place, told, None)
    data = ics.content([invitation], "n", today=date(2027, 1, 1), organizer="a@esm.invalid")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    for line in data.split(b"\r\n"):
        line.decode("utf-8")  # no character is cut in two
    (event,) = events(data)
    assert str(event["SUMMARY"]) == visible(summary)


@pytest.fixture
def khal(tmp_path: Path) -> Callable[..., str]:
    """Return khal on a calendar of its own."""
    program = shutil.which("khal")
    if program is None:
        pytest.skip("khal is not installed")
    config = tmp_path / "khal.conf"
    (tmp_path / "calendar").mkdir()
    config.write_text(
        f"[calendars]\n[[office]]\npath = {tmp_path}/calendar\n"
        "[locale]\nlocal_timezone = Asia/Shanghai\ndefault_timezone = Asia/Shanghai\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        "timeformat = %H:%M\n[default]\ndefault_calendar = office\n"
        f"[sqlite]\npath = {tmp_path}/khal.db\n"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(tmp_path)}

    def run(*words: str) -> str:
        done = subprocess.run(
            [program, "-c", str(config), *words], capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout

    return run


@pytest.mark.slow
def test_a_calendar_program_takes_it_in_again_without_doubling(
    desk: Esm, tmp_path: Path, khal: Callable[..., str]
) -> None:
    def listed() -> list[str]:
        file = tmp_path / "visits.ics"
        exported(desk, tmp_path, "--cadre", "1001")
        khal("import", "--batch", str(file))
        shown = khal("list", "2026-12-01", "30d", "--format", "{start-date} {title} {status}", "--day-format", "")
        return [line for line in shown.splitlines() if line.strip()]

    (first,) = listed()
    assert first.startswith("2026-12-09")
    assert "江畔1号；机电, 有限公司" in first
    desk("visit", "plan", FIRM, "--cadre", "1001", "--on", "2026-12-11")
    (moved,) = listed()
    assert moved.startswith("2026-12-11")
    desk("visit", "cancel", "P1")
    (gone,) = listed()
    assert "CANCELLED" in gone
