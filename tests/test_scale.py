"""Industry codes and what the thresholds predict (rules.md, Scope)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.industry import full_code, section
from esm.domain.scale import THRESHOLDS, Prediction, predict

TODAY = date(2026, 11, 23)
RANGES = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip


def above(code: str, revenue: str | None, on: date = TODAY) -> bool | None:
    return predict(code, None if revenue is None else Decimal(revenue), None, on).above


@pytest.mark.parametrize(("letter", "divisions"), RANGES.items())
def test_the_letter_follows_from_the_division(letter: str, divisions: tuple[int, int]) -> None:
    for division in range(divisions[0], divisions[1] + 1):
        assert full_code(f"{division:02}") == f"{letter}{division:02}"
        assert section(f"{division:02}10") == letter


@pytest.mark.parametrize("text", ["3983", "C3983", "c3983", " C 3983 ", "Ｃ３９８３", "３９８３"])
def test_a_code_is_the_same_with_and_without_its_letter(text: str) -> None:
    assert full_code(text) == "C3983"


@pytest.mark.parametrize("text", ["C", "C3", "C39", "C398", "C3983"])
def test_a_short_code_has_a_section_too(text: str) -> None:
    assert section(text) == "C"


@pytest.mark.parametrize("text", ["", "3", "00", "98", "U12", "F39", "C99", "C39831", "machinery"])
def test_what_is_no_industry_has_no_section_and_no_prediction(text: str) -> None:
    assert section(text) is None
    assert predict(text, Decimal(90000), True, TODAY) == Prediction(None, "industry_code")


@given(st.text("0123456789３９ACFTZact \u3000", max_size=6))
@budget(200)
def test_writing_a_code_in_full_twice_changes_nothing(text: str) -> None:
    assert full_code(full_code(text)) == full_code(text)


@pytest.mark.parametrize(
    ("codes", "line"),
    [
        ("0610 1711 3983 43 C D4411 B", 2000),
        ("5137 F51", 2000),
        ("5211 F52", 500),
        ("6110 6210 H 62", 200),
        ("5430 6513 7810 8411 G I N Q84", 2000),
        ("7212 7519 8321 7020 7030 7040 7090 L M P K702", 1000),
        ("8111 8622 8511 O R Q85", 500),
    ],
)
def test_revenue_on_the_line_is_above_and_a_fen_less_is_below(codes: str, line: int) -> None:
    for code in codes.split():
        assert above(code, f"{line}") is True, code
        assert above(code, f"{line - 1}.999999") is False, code
        assert predict(code, Decimal(line), None, TODAY).line == line, code


@pytest.mark.parametrize(("qualified", "missing"), [(True, None), (False, None), (None, "qualified")])
def test_construction_goes_by_the_qualification_alone(qualified: bool | None, missing: str | None) -> None:
    for revenue in (None, Decimal(0), Decimal(90000)):
        prediction = predict("4710", revenue, qualified, TODAY)
        assert (prediction.above, prediction.missing, prediction.line) == (qualified, missing, None)


def test_every_property_developer_is_taken_as_above() -> None:
    assert predict("7010", None, None, TODAY) == Prediction(True, None, "property_development", None)


def test_without_revenue_nothing_is_decided_but_the_line_is_told() -> None:
    assert predict("C3983", None, None, TODAY) == Prediction(None, "revenue", "industry", 2000)


@pytest.mark.parametrize("code", [None, "F", "K", "70", "K70", "Q"])
def test_a_code_too_short_to_tell_is_asked_for(code: str | None) -> None:
    assert predict(code, Decimal(90000), True, TODAY) == Prediction(None, "industry_code")


@pytest.mark.parametrize("code", ["A", "0111", "J", "6621", "S", "9221", "T97"])
def test_what_no_rule_covers_is_said_to_want_a_rule(code: str) -> None:
    assert predict(code, Decimal(90000), True, TODAY) == Prediction(None, "rule")


@pytest.mark.parametrize(
    ("code", "on", "line"),
    [
        ("C3983", date(2010, 12, 31), 500),
        ("C3983", date(2011, 1, 1), 2000),
        ("I6513", date(2019, 12, 31), 1000),
        ("I6513", date(2020, 1, 1), 2000),
        ("Q8511", date(2019, 12, 31), 1000),
        ("Q8511", date(2020, 1, 1), 500),
        ("L7212", date(2019, 12, 31), 1000),
        ("O8111", date(2019, 12, 31), 500),
    ],
)
def test_the_line_is_that_of_the_day_asked_about(code: str, on: date, line: int) -> None:
    assert predict(code, Decimal(line), None, on).line == line
    assert (above(code, f"{line}", on), above(code, f"{line - 1}", on)) == (True, False)


@pytest.mark.parametrize("code", ["C3983", "I6513", "F", "H"])
def test_before_the_first_threshold_there_is_no_rule(code: str) -> None:
    assert predict(code, Decimal(90000), None, date(2006, 12, 31)) == Prediction(None, "rule")


def test_no_two_thresholds_of_one_day_cover_the_same_code() -> None:
    started = [(each.effective_from, prefix) for each in THRESHOLDS for prefix in each.code_prefixes]
    assert len(set(started)) == len(started)
    assert all(each.source for each in THRESHOLDS)
    for since, prefix in started:
        assert not [other for day, other in started if day == since and other != prefix and other.startswith(prefix)]
