"""What calendars are told when an appointment changes or no longer stands (RFC 5545, RFC 5546)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from tests.conftest import Esm
from tests.district import code

FIRM, OTHER = code(1), code(2)
Exported = Callable[..., dict[str, Any]]


@pytest.fixture
def desk(esm: Esm) -> Esm:
    """Return the command line on two enterprises, each paired with a cadre, planned to the end of January."""
    for words in (
        ["cadre", "add", "1001", "--name", "尹虚一"], ["cadre", "add", "1002", "--name", "尹虚二"],
        *(["enterprise", "add", code(n), "--name", f"江畔{n}号", "--above-scale", "--enrolled-on", "2026-10-10"]
          for n in (1, 2)),
        ["pair", FIRM, "1001"], ["pair", OTHER, "1002"],
        ["schedule", "--until", "2027-01-31"],
    ):  # fmt: skip
        assert esm(*words).code == 0, words
    return esm


@pytest.fixture
def exported(desk: Esm, tmp_path: Path) -> Exported:
    """Return a function that exports as of a day, and returns the events by number, read alike by two parsers."""

    def export(*words: str, today: str = "2026-11-23", lang: str = "en") -> dict[str, Any]:
        file = tmp_path / "visits.ics"
        ran = desk("calendar", "export", *words, "-o", str(file), "--force", today=today, lang=lang)
        assert ran.code == 0, ran.err
        theirs = vobject.readOne(file.read_text())
        theirs.validate()
        found = {}
        for event in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT"):
            found["P" + str(event["UID"]).split("-")[1]] = event
        assert {each.uid.value: each.status.value for each in theirs.vevent_list} == {
            str(event["UID"]): str(event["STATUS"]) for event in found.values()
        }
        return found

    return export


def is_later(new: Any, old: Any) -> bool:
    """Return whether both that decides between two versions of an event says which holds (RFC 5546, 2.1.5)."""
    return bool(new["SEQUENCE"] > old["SEQUENCE"] and new.decoded("DTSTAMP") > old.decoded("DTSTAMP"))


def test_a_visit_made_earlier_calls_its_appointment_off_with_the_reason(desk: Esm, exported: Exported) -> None:
    desk("visit", "confirm", "P1")
    (before,) = [event for event in exported("--cadre", "1001").values() if event["STATUS"] == "CONFIRMED"]
    assert desk("visit", "log", FIRM, "--minutes", "一切正常", today="2026-11-25").code == 0
    after = exported("--cadre", "1001", today="2026-11-25")["P1"]
    assert (after["UID"], str(after["STATUS"])) == (before["UID"], "CANCELLED")
    assert "Cancelled: visit recorded in the meantime" in after["DESCRIPTION"]
    assert after.walk("VALARM") == []
    assert is_later(after, before)


def test_a_visit_made_on_its_day_leaves_the_appointment_as_it_was(desk: Esm, exported: Exported) -> None:
    before = exported()["P1"]
    on = before.decoded("DTSTART").isoformat()
    assert desk("visit", "log", FIRM, "--minutes", "一切正常", today=on).code == 0
    after = exported(today=on)["P1"]
    for name in ("UID", "STATUS", "DTSTART", "DTEND"):
        assert after[name] == before[name]


def test_the_reason_is_told_in_the_language_of_the_file(desk: Esm, exported: Exported) -> None:
    desk("visit", "cancel", "P1", "--reason", "企业停电")
    told = exported(lang="zh")["P1"]["DESCRIPTION"]
    assert "已取消：人工取消（企业停电）" in told
    desk("enterprise", "exit", OTHER, "--on", "2026-11-23")
    gone = [event for event in exported(lang="zh").values() if "江畔2号" in event["SUMMARY"]]
    assert gone
    for event in gone:
        assert str(event["STATUS"]) == "CANCELLED"
        assert "当日不在服务范围" in event["DESCRIPTION"]


CHANGES = (
    ["enterprise", "edit", FIRM, "--address", "新街二号"],
    ["enterprise", "edit", FIRM, "--name", "江畔新名"],
    ["enterprise", "edit", FIRM, "--contact-name", "虚构乙"],
    ["cadre", "edit", "1001", "--name", "尹虚新"],
    ["visit", "confirm", "P1"],
    ["visit", "log", FIRM, "--outcome", "refused", "--minutes", "改日再访"],
    ["request", "open", FIRM, "融资困难", "--class", "finance.loan"],
    ["config", "set", "alarm_days", "3"],
)


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_every_change_of_content_is_a_later_version(desk: Esm, exported: Exported, words: list[str]) -> None:
    before = exported()["P1"]
    ran = desk(*words)
    assert ran.code == 0, ran.err
    after = exported()["P1"]
    assert _content(after) != _content(before)
    assert is_later(after, before)
    assert desk("undo").code == 0
    back = exported()["P1"]
    assert _content(back) == _content(before)
    assert is_later(back, after)


def test_the_day_of_the_export_is_the_day_of_the_version(exported: Exported) -> None:
    """DTSTAMP is when this object was made (RFC 5545, 3.8.7.2): in UTC, on the day of `--today` in China."""
    for today in (date(2026, 11, 23), date(2026, 11, 24)):
        stamps = {event.decoded("DTSTAMP") for event in exported(today=today.isoformat()).values()}
        assert stamps == {datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=8)}


def test_the_office_is_the_organizer_of_every_event(desk: Esm, exported: Exported) -> None:
    """RFC 5546, 3.2.1: one ORGANIZER; where no address is set it is one that RFC 2606 keeps free."""
    desk("visit", "cancel", "P1")
    assert {str(event["ORGANIZER"]) for event in exported().values()} == {"mailto:visits@esm.invalid"}
    desk("config", "set", "mail_sender", "desk@office.example")
    assert {str(event["ORGANIZER"]) for event in exported().values()} == {"mailto:desk@office.example"}


def test_a_reminder_does_not_come_on_a_day_off(desk: Esm, exported: Exported) -> None:
    """Monday 7 December is announced on Friday at nine: 63 hours before its midnight."""
    desk("visit", "plan", FIRM, "--on", "2026-12-07")
    (alarm,) = exported()["P1"].walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(hours=-63)


def test_the_same_database_on_the_same_day_gives_the_same_file(desk: Esm, tmp_path: Path) -> None:
    desk("visit", "cancel", "P1")
    files = [tmp_path / "one.ics", tmp_path / "two.ics"]
    for file in files:
        assert desk("calendar", "export", "-o", str(file)).code == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_change_elsewhere_is_no_new_version(desk: Esm, exported: Exported) -> None:
    before = exported("--cadre", "1001")
    desk("enterprise", "edit", OTHER, "--address", "新街二号")
    after = exported("--cadre", "1001")
    assert {key: event["SEQUENCE"] for key, event in before.items()} == {key: after[key]["SEQUENCE"] for key in before}


def test_planning_that_is_undone_is_called_off_and_its_numbers_are_not_given_again(
    desk: Esm, exported: Exported
) -> None:
    made = exported()
    assert desk("undo").code == 0
    undone = exported()
    assert undone.keys() == made.keys()
    assert {str(event["STATUS"]) for event in undone.values()} == {"CANCELLED"}
    desk("visit", "plan", FIRM, "--on", "2026-12-08")
    assert {str(exported()[key]["STATUS"]) for key in made} == {"CANCELLED"}


def _content(event: Any) -> str:
    versionless = event.copy()
    for component in event.subcomponents:
        versionless.add_component(component)
    for name in ("SEQUENCE", "DTSTAMP"):
        del versionless[name]
    return str(versionless.to_ical().decode())


def test_an_enterprise_whose_import_is_undone_is_called_off_with_its_reason(
    desk: Esm, exported: Exported, tmp_path: Path
) -> None:
    """What was given out is taken back, though the journal alone still knows enterprise and cadre."""
    files = {
        "cadres.csv": "staff_no,name\n2001,尹虚九\n",
        "enterprises.csv": f"uscc,name,address,above_scale,enrolled_on\n{code(9)},江畔九号,滨江路9号,是,2026-10-10\n",
        "pairings.csv": f"uscc,staff_no,start_on\n{code(9)},2001,2026-10-10\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before_import = exported()
    assert desk("import", *(str(tmp_path / name) for name in files)).code == 0
    given = {number: event for number, event in exported().items() if number not in before_import}
    assert given
    assert {str(event["SUMMARY"]) for event in given.values()} == {"Visit: 江畔九号"}
    assert desk("undo").code == 0
    assert (
        desk("enterprise", "add", code(8), "--name", "江畔八号").code == 0
    )  # takes the number of the row that is gone
    assert desk("cadre", "add", "2008", "--name", "尹虚八").code == 0
    after = exported()
    for number, event in given.items():
        told = after[number]
        assert (str(told["UID"]), str(told["STATUS"])) == (str(event["UID"]), "CANCELLED")
        assert "Cancelled: not in scope on that date" in told["DESCRIPTION"]
        for name in ("SUMMARY", "LOCATION", "DTSTART"):
            assert told[name] == event[name]
        assert is_later(told, event)
    assert after.keys() == given.keys() | before_import.keys()
    folder = tmp_path / "calendars"
    assert desk("calendar", "export", "--all", "-o", str(folder)).code == 0
    assert any("江畔九号" in file.read_text() and "尹虚九" in file.read_text() for file in folder.iterdir())
