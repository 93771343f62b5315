"""Where nothing was looked at, nothing is called good: no enterprise, no cadre, no policy, no visit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import Esm
from tests.district import code

COMFORT = (
    "Nothing found", "No anomalies", "Every enterprise is served.", "No visit is overdue", "There are no gaps",
    "No change is needed", "Every cadre has", "No enterprise will be overdue", "Promise kept", "Kept:", "will hold",
    "briefed on every policy", "Nothing is overdue", "No cadre has spare capacity",
    "No visit is due", "This list is empty", "None.", "due for escalation.", "request is blocked.", "No common issues",
    "No action is needed",
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["check", "check --visits", "due", "report", "report overview", "report overview --format html", "forecast",
     "policy gaps", "assign", "report burden", "report letters -o letters", "report cadres", "schedule",
     "scale --list at_risk", "request elevate", "request list --stuck", "request clusters", "due --digest reminders"],
)  # fmt: skip
def test_an_empty_district_is_not_called_good(
    esm: Esm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = esm(*words.split())
    assert ran.code == 0
    text = ran.out.split("<script", maxsplit=1)[0] + ran.err
    assert [word for word in COMFORT if word in text] == []


@pytest.mark.parametrize(
    "words",
    ["check", "check --visits", "due", "due --check", "due --digest reminders", "due --send", "forecast", "policy gaps",
     "visit promise list", "request list", "request list --stuck", "report", "today", "week --cadre 1001",
     "week --all -o reminders"],
)  # fmt: skip
def test_of_a_day_before_the_first_record_nothing_is_said_but_that(
    esm: Esm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2020-01-01")
    ran = esm(*words.split(), today="2026-11-22")
    assert (ran.code, ran.out) == (4, "")
    assert "Nothing is on record as of 2026-11-22; records begin on 2026-11-23." in ran.err
    assert not (tmp_path / "reminders").exists()


def test_open_promises_are_denied_of_so_many(esm: Esm) -> None:
    assert "no promise is on record" in esm("visit", "promise", "list").out
    esm("cadre", "add", "1001", "--name", "尹虚一")
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    esm("assign")
    esm("visit", "log", code(1), "--met", "甲", "--promise", "送表", "--until", "2026-12-01")
    esm("visit", "promise", "done", "1")
    assert "No promise is open: looked at 1 promise." in esm("visit", "promise", "list").out


def test_a_database_is_called_intact_with_how_much_was_looked_at(esm: Esm) -> None:
    esm("cadre", "add", "1001", "--name", "尹虚一")
    assert "Looked at: 1 operation and 2 records." in esm("db", "check").out


def test_the_promises_of_an_empty_district_are_neither_kept_nor_broken(esm: Esm) -> None:
    page = json.loads(esm("report", "overview", "--format", "json").out)
    assert page["every_one_served"] is page["every_one_visited"] is None


def test_a_selection_without_an_enterprise_in_scope_says_so(esm: Esm) -> None:
    esm("cadre", "add", "1001", "--name", "尹虚一")
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    assert "none of these is in scope" in esm("due", "--cadre", "1001").out
    assert "No visit is overdue or due by 2026-12-07: looked at 1 enterprise." in esm("due").out


def test_gaps_are_denied_only_where_a_policy_was_for_somebody(esm: Esm) -> None:
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    esm("policy", "add", "P1", "--title", "补贴", "--tiers", "A")
    assert "There was nothing to look at" in esm("policy", "gaps").out
    esm("policy", "add", "P2", "--title", "减免", "--unasked")
    esm("policy", "brief", "P2", code(1))
    assert "There are no gaps." in esm("policy", "gaps").out


@pytest.fixture
def unserved(esm: Esm) -> Esm:
    """Return commands on a district with one enterprise, due in eight days, and nobody to go there."""
    options = ("--above-scale", "--enrolled-on", "2026-10-01", "--subdistrict", "听潮街道", "--industry", "C3511")
    assert esm("enterprise", "add", code(1), "--name", "江畔一号", *options).code == 0
    return esm


def test_where_no_cadre_is_in_post_nobody_is_said_to_be_full_or_free(unserved: Esm) -> None:
    assert "No cadre is in post." in unserved("report", "cadres").out
    told = unserved("forecast").out
    assert ("No change was found." in told, "No cadre is in post." in told) == (True, True)
    assert [word for word in ("No change is needed", "Every cadre has") if word in told] == []
    assert "no cadre in post has spare capacity" in unserved("assign", "--dry-run").out


def test_reminders_tell_of_whom_nobody_is_reminded(unserved: Esm, tmp_path: Path) -> None:
    told = unserved("due", "--digest", str(tmp_path / "none")).err
    assert "none of these cadres is in post" in told
    assert "1 unserved enterprise is overdue or due soon, of which no cadre is reminded" in told
    unserved("cadre", "add", "1001", "--name", "尹虚一", "--department", "审计局")
    told = unserved("due", "--digest", str(tmp_path / "none"), "--department", "审计局").err
    assert ("1 cadre looked at: nothing" in told, "unserved" in told) == (True, False)


def test_what_is_fine_tells_of_how_many(unserved: Esm, tmp_path: Path) -> None:
    unserved("cadre", "add", "1001", "--name", "尹虚一", "--department", "审计局")
    unserved("pair", code(1), "1001")
    unserved("visit", "log", code(1), "--met", "虚构甲", "--minutes", "谈")
    unserved("request", "open", code(1), "招工", "--class", "labour")
    letters = unserved("report", "letters", "-o", str(tmp_path / "letters")).out
    assert "Nothing is overdue: looked at 1 enterprise in scope and 1 open request." in letters
    assert "No visit is overdue or due by 2026-12-07: looked at 1 enterprise." in unserved("due").out
    assert "Looked at: 1 open request." in unserved("request", "elevate", "--dry-run").out
    assert "Looked at: 1 open request." in unserved("request", "list", "--stuck").out
    assert "Looked at: 1 request." in unserved("request", "clusters").out
    assert "looked at 1 enterprise, 1 of them without the figures" in unserved("scale", "--list", "at_risk").out
    burden = unserved("report", "burden").out
    assert "no visit of another department since 2026-09-25 is on record" in burden
    assert unserved("visit", "log", code(1), "--department", "税务局").code == 0
    assert "another department" not in unserved("report", "burden").out


def test_requests_without_a_place_are_counted_as_left_out(esm: Esm) -> None:
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-10-01")
    esm("request", "open", code(1), "招工", "--class", "labour")
    told = esm("request", "clusters").out
    assert "no request of these days is on record" in told
    assert "Left out: 1 request of enterprises without an industry or a subdistrict on record." in told


@pytest.mark.parametrize(
    ("words", "whole"),
    [("visit list --channel phone", "No visit is on record."),
     ("visit list --planned --since 2026-12-01", "No visit is"),
     ("visit list --outside --until 2026-12-01", "No visit is on record."),
     ("request list --state closed", "No request is"),
     ("enterprise list --tier A", "No enterprise is on record.")],
)  # fmt: skip
def test_an_empty_part_of_a_list_is_not_called_the_whole(esm: Esm, words: str, whole: str) -> None:
    told = esm(*words.split()).out
    assert ("Nothing on record fits what was asked for." in told, whole in told) == (True, False)
    assert whole in esm(*words.split()[: 3 if "--planned" in words or "--outside" in words else 2]).out
