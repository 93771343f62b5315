"""Industry codes and what the thresholds predict (docs/rules.md, Scope)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import budget

from esm.domain.register.above_scale_thresholds import Measure, MissingField, Prediction, all_thresholds, prediction
from esm.domain.values.industry import full_code, section

TODAY = date(2026, 11, 23)
RANGES = {
    "A": (1, 5), "B": (6, 12), "C": (13, 43), "D": (44, 46), "E": (47, 50), "F": (51, 52), "G": (53, 60),
    "H": (61, 62), "I": (63, 65), "J": (66, 69), "K": (70, 70), "L": (71, 72), "M": (73, 75), "N": (76, 79),
    "O": (80, 82), "P": (83, 83), "Q": (84, 85), "R": (86, 90), "S": (91, 96), "T": (97, 97),
}  # fmt: skip


# The table of docs/rules.md, Scope, and its history by the digits: first and last year, divisions or classes, line,
# employees.
SERVICES_1, SERVICES_2 = [*range(53, 61), *range(63, 66), *range(76, 80), 84], [*range(71, 76), 83]
TABLE = [
    (2007, 2010, range(6, 47), 500, None),
    (2011, 9999, range(6, 47), 2000, None),
    (2011, 9999, [51], 2000, None),
    (2011, 9999, [52], 500, None),
    (2011, 9999, [61, 62], 200, None),
    (2013, 2019, [*SERVICES_1, *SERVICES_2, 7020, 7030, 7040, 7090, 85], 1000, 50),
    (2013, 2019, [*range(80, 83), *range(86, 91)], 500, 50),
    (2020, 9999, SERVICES_1, 2000, None),
    (2020, 9999, [*SERVICES_2, 7020, 7030, 7040, 7090], 1000, None),
    (2020, 9999, [*range(80, 83), *range(86, 91), 85], 500, None),
]


def told(
    code: str | None, revenue: str | None, on: date = TODAY, *, employees: int | None = None,
    qualified: bool | None = None,
) -> Prediction:  # fmt: skip
    amount = None if revenue is None else Decimal(revenue)
    return prediction(code, revenue=amount, employees=employees, qualified=qualified, on=on)


def above(code: str, revenue: str | None, on: date = TODAY) -> bool | None:
    return told(code, revenue, on).above


def line(code: str, on: date = TODAY) -> int | None:
    threshold = told(code, None, on).threshold
    return None if threshold is None else threshold.line


def looked_up(code: int, revenue: Decimal | None, employees: int | None, year: int) -> tuple[bool | None, str | None]:
    """Return whether a class is above, or what is missing, by walking through the table."""
    for first, last, codes, least, people in TABLE:
        if first <= year <= last and (code // 100 in codes or code in codes):
            if (revenue is not None and revenue >= least) or (people and employees is not None and employees >= people):
                return True, None
            if revenue is None:
                return None, "revenue"
            return (None, "employees") if people and employees is None else (False, None)
    return None, "rule"


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
    assert told(text, "90000", qualified=True) == Prediction(None, MissingField.INDUSTRY_CODE)


@given(st.text("0123456789３９ACFTZact \u3000", max_size=6))
@budget(200)
def test_writing_a_code_in_full_twice_changes_nothing(text: str) -> None:
    assert full_code(full_code(text)) == full_code(text)


@pytest.mark.parametrize(
    ("codes", "least"),
    [
        ("0610 1711 3983 43 C D4411 B", 2000),
        ("5137 F51", 2000),
        ("5211 F52", 500),
        ("6110 6210 H61 62", 200),
        ("5430 6513 7810 8411 G I N Q84", 2000),
        ("7212 7519 8321 7020 7030 7040 7090 L M P K7020", 1000),
        ("8111 8622 8511 O R Q85", 500),
    ],
)
def test_revenue_on_the_line_is_above_and_a_fen_less_is_below(codes: str, least: int) -> None:
    for code in codes.split():
        assert above(code, f"{least}") is True, code
        assert above(code, f"{least - 1}.999999") is False, code
        assert line(code) == least, code


DIVISIONS = [*range(6, 47), 51, 52, *range(53, 61), 61, 62, *range(63, 70), *range(71, 98)]
CLASSES = [*[division * 100 + 10 for division in DIVISIONS], 7020, 7030, 7040, 7090, 110, 9700]


@given(
    code=st.sampled_from(CLASSES),
    revenue=st.none() | st.sampled_from(["0", "199.99", "200", "500", "999.9999", "1000", "1999", "2000", "30000"]),
    employees=st.none() | st.sampled_from([0, 49, 50, 4000]),
    on=st.dates(date(2006, 1, 1), date(2030, 12, 31)) | st.sampled_from([date(2019, 12, 31), date(2020, 1, 1)]),
)
@budget(500)
def test_a_prediction_is_what_a_look_up_in_the_table_says(
    code: int, revenue: str | None, employees: int | None, on: date
) -> None:
    amount = None if revenue is None else Decimal(revenue)
    found = told(f"{code:04}", revenue, on, employees=employees)
    assert (found.above, found.missing) == looked_up(code, amount, employees, on.year)


@pytest.mark.parametrize(("qualified", "missing"), [(True, None), (False, None), (None, "qualified")])
def test_construction_goes_by_the_qualification_alone(qualified: bool | None, missing: str | None) -> None:
    for revenue in (None, "0", "90000"):
        found = told("4710", revenue, qualified=qualified)
        assert (found.above, found.missing) == (qualified, missing)
    assert line("4710") is None


def test_every_property_developer_is_taken_as_above() -> None:
    assert (above("7010", None), above("7010", "1"), line("7010")) == (True, True, None)


def test_without_revenue_nothing_is_decided_but_the_line_is_told() -> None:
    found = told("C3983", None)
    assert (found.above, found.missing, line("C3983")) == (None, "revenue", 2000)


@pytest.mark.parametrize("code", [None, "F", "H", "K", "70", "K70", "K701", "Q"])
def test_a_code_too_short_to_tell_is_asked_for(code: str | None) -> None:
    assert told(code, "90000", qualified=True) == Prediction(None, MissingField.INDUSTRY_CODE)


@pytest.mark.parametrize("code", ["A", "0111", "J", "6621", "S", "9221", "T97"])
def test_what_no_rule_covers_is_said_to_want_a_rule(code: str) -> None:
    assert told(code, "90000", qualified=True) == Prediction(None, MissingField.RULE)


@pytest.mark.parametrize(
    ("code", "on", "least"),
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
def test_the_line_is_that_of_the_day_asked_about(code: str, on: date, least: int) -> None:
    assert line(code, on) == least
    assert (above(code, f"{least}", on), told(code, f"{least - 1}", on, employees=49).above) == (True, False)


@pytest.mark.parametrize(
    ("revenue", "employees", "expected"),
    [
        ("999", 50, Prediction(True)),
        (None, 50, Prediction(True)),
        ("1000", None, Prediction(True)),
        ("999", 49, Prediction(False)),
        ("999", None, Prediction(None, MissingField.EMPLOYEES)),
        (None, 49, Prediction(None, MissingField.REVENUE)),
        (None, None, Prediction(None, MissingField.REVENUE)),
    ],
)
def test_until_2019_fifty_people_were_enough_in_services_whatever_the_revenue(
    revenue: str | None, employees: int | None, expected: Prediction
) -> None:
    found = told("I6513", revenue, date(2019, 12, 31), employees=employees)
    assert (found.above, found.missing) == (expected.above, expected.missing)
    assert told("I6513", "999", date(2020, 1, 1), employees=4000).above is False


@pytest.mark.parametrize("code", ["C3983", "I6513", "F", "H"])
def test_before_the_first_threshold_there_is_no_rule(code: str) -> None:
    assert told(code, "90000", date(2006, 12, 31)) == Prediction(None, MissingField.RULE)


def test_no_two_thresholds_of_one_day_cover_the_same_code() -> None:
    started = [(each.effective_from, prefix) for each in all_thresholds() for prefix in each.code_prefixes]
    assert len(set(started)) == len(started)
    for since, prefix in started:
        assert not [other for day, other in started if day == since and other != prefix and other.startswith(prefix)]


def test_every_threshold_names_its_source_a_known_measure_and_industries_of_the_standard() -> None:
    for each in all_thresholds():
        assert each.source, each
        assert each.measure in tuple(Measure), each
        assert (each.line is None) == (each.measure in {"qualification", "activity"}), each
        assert all(section(prefix) for prefix in each.code_prefixes), each
