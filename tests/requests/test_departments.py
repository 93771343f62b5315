"""Departments that a text lists: any usual sign parts them, and a known name stays whole whatever it holds."""

from __future__ import annotations

import pytest

from esm.domain.requests.department_parsing import SEPARATOR, listed_departments

LONG = "经信局、商务局"


@pytest.mark.parametrize(
    "words", ["税务局、财政局", "税务局，财政局", "税务局, 财政局", " 税务局;财政局 ", "税务局；\n财政局；"]
)
def test_any_usual_sign_stands_between_two_departments(words: str) -> None:
    assert listed_departments(words, ()) == ("税务局", "财政局")


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        (f"{LONG}、税务局", (LONG, "税务局")),
        (f"税务局、{LONG}", ("税务局", LONG)),
        (f"{LONG}中心、税务局", ("经信局", "商务局中心", "税务局")),
        (f"{LONG}、财政局", (f"{LONG}、财政局",)),
        ("", ()),
    ],
)
def test_a_known_name_stays_whole_and_the_longest_goes_first(words: str, listed: tuple[str, ...]) -> None:
    assert listed_departments(words, [LONG, f"{LONG}、财政局", "税务局"]) == listed


def test_what_esm_wrote_is_parted_by_its_own_sign_alone() -> None:
    assert listed_departments("税务局、甲,乙中心", (), SEPARATOR) == ("税务局", "甲,乙中心")
