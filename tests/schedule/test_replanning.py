"""What a command changes is planned anew in the same operation (docs/rules.md, Plans follow the facts)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import desk_at_work
from tests.conftest import Esm, budget
from tests.desk_at_work import COMMANDS, FIRMS, MONDAY, UNTIL


def answer(esm: Esm, *words: str, today: str = str(MONDAY)) -> Any:
    return json.loads(esm(*words, "--format", "json", today=today).out)


def planned(esm: Esm, today: str = str(MONDAY)) -> list[tuple[str, str, str, bool]]:
    """Return code, cadre and day of the planned visits, and whether they were agreed."""
    rows = answer(esm, "visit", "list", "--planned", today=today)
    return [(row["uscc"], row["staff_no"], row["planned_on"], row["confirmed"]) for row in rows]


@pytest.fixture
def one(esm: Esm) -> Esm:
    """Return the command line on one enterprise due on 10 December, its cadre 1001, another one, and a plan."""
    for number in ("1001", "1002"):
        esm("cadre", "add", number, "--name", f"尹虚{number}", "--active-from", "2020-01-01", "--capacity", "5")
    esm("enterprise", "add", FIRMS[0], "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-10")
    esm("pair", FIRMS[0], "1001")
    esm("schedule")
    assert [(who, day) for _, who, day, _ in planned(esm)] == [("1001", "2026-12-03"), ("1001", "2027-01-27")]
    return esm


@pytest.mark.parametrize(
    ("words", "called_off"),
    [
        (("enterprise", "exit", FIRMS[0], "--on", "2026-11-24"), 2),
        (("enterprise", "edit", FIRMS[0], "--below-scale"), 2),
        (("unpair", FIRMS[0]), 2),
        (("cadre", "leave", "1001"), 2),
        (("cadre", "leave", "1001", "--on", "2027-01-04"), 1),
        (("enterprise", "pause", FIRMS[0], "--from", "2026-11-23", "--until", "2027-12-31", "--reason", "停产"), 1),
    ],
    ids=["exit", "below_scale", "unpair", "leave", "leave_later", "pause"],
)
def test_plans_do_not_outlive_their_ground(one: Esm, words: tuple[str, ...], called_off: int) -> None:
    done = answer(one, *words)
    assert (done["called_off"], len(planned(one))) == (called_off, 2 - called_off)
    assert answer(one, "schedule", "--until", "2027-03-23")["moves"] == []


def test_nothing_is_planned_in_a_pause_and_the_first_day_after_it_is_taken(one: Esm) -> None:
    """The pause outlasts the window of 19 November to 10 December; 16 December is a Wednesday."""
    one("enterprise", "pause", FIRMS[0], "--from", "2026-11-23", "--until", "2026-12-15", "--reason", "搬迁")
    assert planned(one)[0][2] == "2026-12-16"
    one("enterprise", "resume", FIRMS[0], today="2026-11-25")
    assert planned(one, "2026-11-25")[0][2] == "2026-12-03"


def test_an_early_visit_uses_the_plan_up_and_the_next_is_seven_days_before_its_due_date(one: Esm) -> None:
    done = answer(one, "visit", "log", FIRMS[0], "--on", "2026-11-23", "--minutes", "已走访")
    assert done["replanned"] > 0
    assert planned(one)[0][2] == "2027-01-15"  # due on 23 January; the 16th is a Saturday
    one("undo")
    assert planned(one)[0][2] == "2026-12-03"


def test_a_blackout_moves_the_visit_for_that_reason(one: Esm) -> None:
    words = ("enterprise", "blackout", FIRMS[0], "--from", "2026-12-01", "--until", "2026-12-04", "--reason", "盘点")
    assert answer(one, *words)["replanned"] > 0
    assert planned(one)[0][2] == "2026-11-30"  # three days from the ideal 3 December, like the 7th: the earlier


@pytest.mark.parametrize(
    "commands",
    [
        (("pair", FIRMS[0], "1002"),),
        (("cadre", "leave", "1001"), ("assign",)),
        (("recuse", "1001", FIRMS[0], "--reason", "亲属"), ("assign",)),
        (("handover", "1001"),),
        (("unpair", FIRMS[0]), ("pair", FIRMS[0], "1002")),
    ],
    ids=["pair", "leave", "recuse", "handover", "unpair"],
)
def test_an_agreed_day_stays_and_who_goes_follows_the_pairing(one: Esm, commands: Sequence[Sequence[str]]) -> None:
    assert one("visit", "confirm", FIRMS[0]).code == 0
    for words in commands:
        assert one(*words).code in (0, 1)
    assert planned(one)[0] == (FIRMS[0], "1002", "2026-12-03", True)
    assert one("undo").code == 0


def test_a_day_called_off_by_hand_is_not_planned_again(one: Esm) -> None:
    number = answer(one, "visit", "list", "--planned")[0]["id"]
    one("visit", "cancel", number, "--reason", "当日不便")
    assert planned(one)[0][2] == "2026-12-02"  # one day from the ideal 3 December, like the 4th: the earlier
    one("schedule")
    assert planned(one)[0][2] == "2026-12-02"


def test_an_agreed_plan_follows_the_due_date_of_the_clock(one: Esm) -> None:
    one("visit", "confirm", FIRMS[0])
    one("config", "set", "cadence_months_c", "3")
    first = answer(one, "visit", "list", "--planned")[0]
    assert (first["planned_on"], first["due_on"]) == ("2026-12-03", "2027-01-10")
    assert answer(one, "due", "--within", "90")[0]["due_on"] == "2027-01-10"


def test_the_deputy_goes_while_the_cadre_is_away_for_long(one: Esm) -> None:
    words = ("cadre", "absence", "1001", "--from", "2026-11-30", "--until", "2026-12-31", "--deputy", "1002")
    one(*words)
    assert [(who, day) for _, who, day, _ in planned(one)] == [("1002", "2026-12-03"), ("1001", "2027-01-27")]


AWAY = ("cadre", "absence", "1001", "--from", "2026-11-30", "--until", "2026-12-31")


@pytest.fixture
def with_deputies(one: Esm) -> Esm:
    """Return the same with 1002 and then 1003 as deputies of the pairing."""
    one("cadre", "add", "1003", "--name", "尹虚1003", "--active-from", "2020-01-01", "--capacity", "5")
    assert one("pair", FIRMS[0], "1001", "--deputy", "1002", "--deputy", "1003").code == 0
    return one


def first_visit(esm: Esm) -> tuple[str, str]:
    """Return who makes the first planned visit, and when; a schedule of that day has nothing to do."""
    assert answer(esm, "schedule", "--until", "2027-03-23", "--dry-run")["moves"] == []
    return planned(esm)[0][1:3]


@pytest.mark.parametrize(
    ("commands", "goes"),
    [
        ((AWAY,), ("1002", "2026-12-03")),
        (((*AWAY, "--deputy", "1003"),), ("1003", "2026-12-03")),
        ((AWAY, ("cadre", "absence", "1002", "--from", "2026-12-02", "--until", "2026-12-04")), ("1003", "2026-12-03")),
        ((AWAY, ("cadre", "leave", "1002", "--on", "2026-12-03")), ("1003", "2026-12-03")),
        ((AWAY, ("recuse", "1002", FIRMS[0], "--reason", "亲属")), ("1003", "2026-12-03")),
        (((*AWAY, "--deputy", "1003"), ("recuse", "1003", FIRMS[0], "--reason", "亲属")), ("1002", "2026-12-03")),
        ((AWAY, ("pair", FIRMS[0], "1001", "--deputy", "1003")), ("1003", "2026-12-03")),
        ((AWAY, ("pair", FIRMS[0], "1001", "--no-deputy")), ("1001", "2026-11-27")),
        ((AWAY, ("cadre", "absence", "1001", "--from", "2026-11-30", "--cancel")), ("1001", "2026-12-03")),
        ((AWAY, ("pair", FIRMS[0], "1003")), ("1003", "2026-12-03")),
        ((("cadre", "absence", "1001", "--from", "2026-12-02", "--until", "2026-12-04"),), ("1001", "2026-12-01")),
    ],
    ids=["first", "of_the_absence", "away", "left", "recused", "its_deputy_recused", "changed", "none", "cancelled",
         "moved", "short"],
)  # fmt: skip
def test_while_the_cadre_is_away_for_long_the_first_deputy_who_is_there_goes(
    with_deputies: Esm, commands: Sequence[Sequence[str]], goes: tuple[str, str]
) -> None:
    for words in commands:
        assert with_deputies(*words).code in (0, 1)
    assert first_visit(with_deputies) == goes
    for _words in commands:
        assert with_deputies("undo").code == 0
    assert first_visit(with_deputies) == ("1001", "2026-12-03")


def test_a_deputy_of_the_pairing_stands_on_the_due_list_and_nobody_is_missed(with_deputies: Esm) -> None:
    with_deputies(*AWAY)
    (row,) = answer(with_deputies, "due", "--within", "30", today="2026-12-01")
    assert (row["staff_no"], row["deputy_no"]) == ("1001", "1002")
    kinds = {finding["kind"] for finding in answer(with_deputies, "check", today="2026-12-01")}
    assert "absent_without_deputy" not in kinds
    with_deputies("pair", FIRMS[0], "1001", "--no-deputy", today="2026-12-01")
    assert "absent_without_deputy" in {row["kind"] for row in answer(with_deputies, "check", today="2026-12-01")}


def test_a_visit_for_who_is_away_takes_a_place_of_the_deputys_day(with_deputies: Esm) -> None:
    """With one visit a day the deputy goes to the own enterprise, due earlier, and to the other on another day."""
    with_deputies("config", "set", "visits_per_day", "1")
    with_deputies("enterprise", "add", FIRMS[1], "--name", "江畔二号", "--above-scale", "--enrolled-on", "2026-10-10")
    with_deputies("pair", FIRMS[1], "1002")
    with_deputies(*AWAY)
    first = [(who, day) for _, who, day, _ in planned(with_deputies) if day < "2027"]
    assert {who for who, _ in first} == {"1002"}
    assert len({day for _, day in first}) == 2


def test_a_visit_planned_by_hand_is_the_deputys(with_deputies: Esm) -> None:
    with_deputies(*AWAY)
    assert answer(with_deputies, "visit", "plan", FIRMS[0], "--on", "2026-12-07")["staff_no"] == "1002"
    assert with_deputies("visit", "plan", FIRMS[0], "--on", "2026-12-08", "--cadre", "1003").code == 4


def test_an_absence_without_deputy_moves_the_visit_to_a_day_of_the_cadre(one: Esm) -> None:
    one("cadre", "absence", "1001", "--from", "2026-11-30", "--until", "2026-12-08")
    assert planned(one)[0][1:3] == ("1001", "2026-11-27")  # six days from the ideal 3 December, like 9 December


def test_after_a_handover_to_come_the_successor_goes(one: Esm) -> None:
    one("handover", "1001", "--to", "1002", "--on", "2027-01-04")
    assert [(who, day) for _, who, day, _ in planned(one)] == [("1001", "2026-12-03"), ("1002", "2027-01-27")]
    assert answer(one, "schedule", "--until", "2027-03-23")["moves"] == []


def test_a_lapsed_plan_is_made_anew_by_the_first_command_of_a_later_day(one: Esm) -> None:
    one("config", "set", "due_soon_days", "10", today="2026-12-07")
    assert planned(one, "2026-12-07")[0][2] == "2026-12-07"


def test_a_fact_entered_for_an_earlier_day_plans_as_of_the_latest_on_record(one: Esm) -> None:
    one("enterprise", "blackout", FIRMS[0], "--from", "2026-12-03", "--until", "2026-12-03", "--reason", "盘点",
        today="2026-11-10")  # fmt: skip
    assert planned(one)[0][2] == "2026-12-02"
    assert one("schedule", today="2026-11-10").code == 4


def test_before_the_first_schedule_nothing_is_planned(esm: Esm) -> None:
    esm("cadre", "add", "1001", "--name", "尹虚")
    esm("enterprise", "add", FIRMS[0], "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-10")
    assert answer(esm, "pair", FIRMS[0], "1001")["replanned"] == 0
    assert planned(esm) == []


def test_before_the_first_schedule_a_plan_made_by_hand_follows_the_pairing_and_loses_its_ground(esm: Esm) -> None:
    for number in ("1001", "1002"):
        esm("cadre", "add", number, "--name", f"尹虚{number}")
    esm("enterprise", "add", FIRMS[0], "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-10")
    esm("pair", FIRMS[0], "1001")
    esm("visit", "plan", FIRMS[0], "--on", "2026-12-01")
    esm("pair", FIRMS[0], "1002")
    assert planned(esm) == [(FIRMS[0], "1002", "2026-12-01", False)]
    assert answer(esm, "enterprise", "exit", FIRMS[0])["called_off"] == 1
    assert planned(esm) == []


def test_an_earlier_visit_is_undone_although_its_plans_moved_since(one: Esm) -> None:
    """Plans are no more than what follows: they do not stand in the way of taking a fact back."""
    assert one("visit", "log", FIRMS[0], "--on", "2026-11-20", "--cadre", "1001", "--minutes", "早访").code == 0
    before = planned(one)
    one("enterprise", "blackout", FIRMS[0], "--from", "2027-01-01", "--until", "2027-01-20", "--reason", "盘点")
    assert planned(one) != before
    later, first, *_ = answer(one, "history")
    assert ("blackout" in later["command"], " visit log " in first["command"]) == (True, True)
    assert one("undo", str(first["id"])).code == 0
    assert planned(one)[0][2] == "2026-12-03"
    assert answer(one, "schedule", "--until", "2027-03-23")["moves"] == []


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    return desk_at_work.make(tmp_path_factory.mktemp("replanning"), empty_database)


@given(st.lists(COMMANDS, min_size=1, max_size=6))
@budget(25)
def test_after_any_command_a_schedule_of_that_day_has_nothing_to_do(
    esm: Esm, path: Path, template: Path, commands: Sequence[tuple[str, ...]]
) -> None:
    shutil.copy(template, path)
    for words in commands:
        if words == ("undo",) and not [
            row for row in answer(esm, "history")[:-2] if not row["undone"] and not row["undoes"]
        ]:
            continue  # only the import and the schedule are left
        assert esm(*words).code in (0, 1, 3, 4), words
        again = answer(esm, "schedule", "--until", UNTIL, "--dry-run")
        assert (again["moves"], again["kept"]) == ([], again["planned"]), words


def test_an_undo_of_the_first_of_two_commands_leaves_no_day_too_full(one: Esm) -> None:
    """The pause freed a day, which another enterprise took: given back, both are planned by the rules."""
    one("config", "set", "visits_per_day", "1")
    assert (
        one("enterprise", "pause", FIRMS[0], "--from", "2026-11-23", "--until", "2027-12-31", "--reason", "停产").code
        == 0
    )
    number = answer(one, "history")[0]["id"]
    one("enterprise", "add", FIRMS[1], "--name", "江畔二号", "--above-scale", "--enrolled-on", "2026-10-10")
    assert one("pair", FIRMS[1], "1001").code == 0
    assert one("undo", str(number)).code == 0
    again = answer(one, "schedule", "--until", "2027-03-23", "--dry-run")
    assert (again["moves"], again["kept"]) == ([], again["planned"])
    days = [day for _uscc, _who, day, _agreed in planned(one)]
    assert len(days) == len(set(days)) == 4


def test_who_enters_scope_on_a_day_told_before_is_planned_by_the_first_command_after_it(one: Esm) -> None:
    assert one("enterprise", "edit", FIRMS[0], "--enrolled-on", "2026-12-10", today="2026-12-01").code == 0
    assert planned(one, "2026-12-01") == []
    done = answer(one, "cadre", "edit", "1002", "--title", "科员", today="2026-12-14")
    assert done["replanned"] == len(planned(one, "2026-12-14")) == 1
    again = answer(one, "schedule", "--until", "2027-03-23", "--dry-run", today="2026-12-14")
    assert (again["moves"], again["kept"]) == ([], again["planned"])
