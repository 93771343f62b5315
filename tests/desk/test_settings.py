"""`esm config`: settings within their bounds, and what they do."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest
from tests import database_content
from tests.conftest import Esm
from tests.rosters import code, told

from esm.domain.values.settings import Setting, Settings, Weights, all_settings, parse
from esm.errors import Message, say
from esm.storage.database.place import Place


def test_every_field_is_a_setting_with_a_default_within_its_bounds() -> None:
    keys = {one.name for one in fields(Settings)} - {"weights"} | {f"weight_{one.name}" for one in fields(Weights)}
    assert all_settings().keys() == keys
    for key, setting in all_settings().items():
        assert setting.default == Settings().value_of(key)
        assert not isinstance(parse(setting, str(setting.default)), Message)


def test_a_text_is_bounded_by_its_length() -> None:
    setting = Setting("mail_host", "", 0, 5, say("A server."))
    assert parse(setting, "a.b.c") == "a.b.c"
    assert isinstance(parse(setting, "a.b.cd"), Message)


def test_a_list_shows_every_setting_with_its_default(esm: Esm) -> None:
    rows = {row["key"]: row for row in told(esm, "config", "list")}
    assert rows.keys() == all_settings().keys()
    assert (rows["due_soon_days"]["value"], rows["due_soon_days"]["default"]) == (14, 14)
    assert rows["scheme_start_on"]["default"] == "2012-01-01"
    assert not any(row["is_changed"] for row in rows.values())


def test_a_changed_setting_is_shown_until_it_is_set_to_its_default_again(esm: Esm) -> None:
    changed = told(esm, "config", "set", "weight-load", "3")
    assert (changed["key"], changed["value"], changed["before"]) == ("weight_load", 3, "1")
    assert told(esm, "config", "get", "weight_load")["is_changed"] is True
    assert told(esm, "config", "set", "weight_load", "1")["before"] == "3"
    assert told(esm, "config", "get", "weight_load")["is_changed"] is False


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("default_capacity", "-1"), ("default_capacity", "two"), ("default_capacity", "1.5"), ("wanted_rank_a", "6"),
        ("cadence_months_c", "0"), ("scheme_start_on", "2026-02-30"), ("weight_load", "10001"), ("ideal_days", "22"),
        ("window_days", "6"), ("stale_contact_days", ""),
    ],
)  # fmt: skip
def test_what_a_setting_cannot_be_is_refused_and_nothing_changes(esm: Esm, place: Place, key: str, word: str) -> None:
    before = database_content.digest(place)
    ran = esm("config", "set", key, word)
    assert (ran.code, database_content.digest(place)) == (2, before)
    assert key in ran.err


def test_an_unknown_setting_is_refused_with_its_likes(esm: Esm) -> None:
    for words in (["get", "weight_lode"], ["set", "weight_lode", "1"]):
        ran = esm("config", *words)
        assert ran.code == 3
        assert "weight_load" in ran.err


def test_a_setting_that_was_stored_wrongly_is_named_and_can_be_mended(esm: Esm, place: Place) -> None:
    from tests import small_district

    from esm.storage.database import settings

    small_district.write(place, lambda writing: settings.store(writing, "due_soon_days", "soon", date.min))
    ran = esm("due")
    assert ran.code == 6
    assert "due_soon_days" in ran.err
    assert esm("config", "set", "due_soon_days", "10").code == 0
    assert esm("due").code == 0


def test_a_changed_weight_is_visible_in_the_next_dry_run(esm: Esm) -> None:
    words = ["--name", "江畔一号", "--subdistrict", "甲街道", "--above-scale", "--enrolled-on", "2026-01-01"]
    assert esm("enterprise", "add", code(1), *words).code == 0
    assert esm("cadre", "add", "1001", "--name", "尹志恒", "--subdistrict", "乙街道").code == 0
    penalties = []
    for weight in ("4", "9"):
        assert esm("config", "set", "weight_subdistrict", weight).code == 0
        penalties.append(json.loads(esm("assign", "--dry-run", "--format", "json").out)["penalty"])
    assert penalties == [4, 9]


def test_a_shorter_cadence_moves_the_due_date_and_undo_moves_it_back(esm: Esm) -> None:
    words = ["--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-31"]
    assert esm("enterprise", "add", code(1), *words).code == 0
    assert told(esm, "enterprise", "show", code(1))["due_on"] == "2026-12-31"
    assert esm("config", "set", "cadence_months_c", "1").code == 0
    assert told(esm, "enterprise", "show", code(1))["due_on"] == "2026-11-30"
    assert esm("undo").code == 0
    assert told(esm, "enterprise", "show", code(1))["due_on"] == "2026-12-31"


def value_and_since(esm: Esm, key: str, today: str) -> tuple[int, str | None]:
    shown = told(esm, "config", "get", key, today=today)
    return shown["value"], shown["since"]


def test_a_change_holds_from_its_day_until_the_next_on_record(esm: Esm) -> None:
    words = ["--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-31"]
    assert esm("enterprise", "add", code(1), *words, today="2026-11-01").code == 0
    for day, value in (("2026-11-10", "5"), ("2026-11-20", "6")):
        assert esm("config", "set", "due_soon_days", value, today=day).code == 0
    # Entered late, it ends where the next change is on record.
    assert told(esm, "config", "set", "due_soon_days", "4", today="2026-11-05")["before"] == "14"
    days = ("2026-11-04", "2026-11-05", "2026-11-09", "2026-11-10", "2026-11-19", "2026-11-23")
    shown = {day: value_and_since(esm, "due_soon_days", day) for day in days}
    assert shown == {
        "2026-11-04": (14, None), "2026-11-05": (4, "2026-11-05"), "2026-11-09": (4, "2026-11-05"),
        "2026-11-10": (5, "2026-11-10"), "2026-11-19": (5, "2026-11-10"), "2026-11-23": (6, "2026-11-20"),
    }  # fmt: skip
    assert told(esm, "config", "list", today="2026-11-12")[15]["since"] == "2026-11-10"
    assert esm("undo").code == 0
    assert value_and_since(esm, "due_soon_days", "2026-11-05") == (14, None)


def test_what_is_set_before_or_when_the_first_enterprise_is_entered_holds_always(esm: Esm) -> None:
    words = ["--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-01-31"]
    assert esm("config", "set", "cadence_months_a", "3", today="2026-11-01").code == 0
    assert esm("enterprise", "add", code(1), *words, today="2026-11-10").code == 0
    assert esm("config", "set", "cadence_months_b", "4", today="2026-11-10").code == 0
    assert esm("config", "set", "cadence_months_c", "5", today="2026-11-11").code == 0
    found = [value_and_since(esm, f"cadence_months_{tier}", "2026-02-01") for tier in "abc"]
    assert found == [(3, None), (4, None), (2, None)]


@pytest.mark.parametrize(("key", "value"), [("scheme_start_on", "2026-03-01"), ("alarm_days", "3")])
def test_what_tells_a_day_itself_or_enters_no_figure_holds_always(esm: Esm, key: str, value: str) -> None:
    assert esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", today="2026-11-01").code == 0
    assert esm("config", "set", key, value, today="2026-11-20").code == 0
    shown = told(esm, "config", "get", key, today="2026-11-02")
    assert (str(shown["value"]), shown["since"]) == (value, None)
