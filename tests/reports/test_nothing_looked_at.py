"""Where nothing was looked at, nothing is called good: no enterprise, no cadre, no policy, no visit."""

from __future__ import annotations

import json

import pytest
from tests.conftest import Esm
from tests.district import code

COMFORT = (
    "Nothing found", "No anomalies", "Every enterprise is served.", "No visit is overdue", "There are no gaps",
    "No change is needed", "Every cadre has", "Nobody will be overdue", "Promise kept", "Kept:", "will hold",
    "briefed on every policy",
)  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["check", "check --visits", "due", "report", "report overview", "report overview --format html", "forecast",
     "policy gaps", "assign", "report burden"],
)  # fmt: skip
def test_an_empty_district_is_not_called_good(esm: Esm, words: str) -> None:
    ran = esm(*words.split())
    assert ran.code == 0
    text = ran.out.split("<script", maxsplit=1)[0]
    assert [word for word in COMFORT if word in text] == []


def test_the_promises_of_an_empty_district_are_neither_kept_nor_broken(esm: Esm) -> None:
    page = json.loads(esm("report", "overview", "--format", "json").out)
    assert page["every_one_served"] is page["every_one_visited"] is None


def test_a_selection_without_an_enterprise_in_scope_says_so(esm: Esm) -> None:
    esm("cadre", "add", "1001", "--name", "尹虚一")
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    assert "none of these is in scope" in esm("due", "--cadre", "1001").out
    assert "No visit is overdue or due soon." in esm("due").out


def test_gaps_are_denied_only_where_a_policy_was_for_somebody(esm: Esm) -> None:
    esm("enterprise", "add", code(1), "--name", "江畔一号", "--above-scale", "--enrolled-on", "2026-11-20")
    esm("policy", "add", "P1", "--title", "补贴", "--tiers", "A")
    assert "There was nothing to look at" in esm("policy", "gaps").out
    esm("policy", "add", "P2", "--title", "减免", "--unasked")
    esm("policy", "brief", "P2", code(1))
    assert "There are no gaps." in esm("policy", "gaps").out
