"""`esm scale` from a roster's cells to the lists, at every border of the table (docs/rules.md, Scope)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.rosters import code, csv_file, told

LISTS = ("not_registered", "below_line", "nursery", "at_risk", "undecidable", "unchecked")
HEADER = "uscc,name,industry_code,revenue,employees,qualified,above_scale"

# The lines (docs/rules.md, Scope), and codes of each group as rosters write them: with and without letter.
LINES = {
    2000: "B0610 0890 C3983 3983 C D4411 46 5137 F51 G5430 60 I6513 65 N7810 N 8411 Q84",
    1000: "L7212 71 M7519 P8321 83 7020 K7030 7040 7090 K7090",
    500: "5211 F5299 52 O8111 82 R8622 90 8511 Q85",
    200: "6110 H61 6220 H62",
}
# Revenue in percent of the line (and a fen more or less), what the register says, and the list that follows.
FEN = Decimal("0.000001")
BORDERS = [
    ("100", 0, "", "not_registered"),
    ("100", 0, "no", "not_registered"),
    ("100", 0, "yes", "at_risk"),
    ("100", -1, "", "nursery"),
    ("100", -1, "no", "nursery"),
    ("100", -1, "yes", "below_line"),
    ("100", 1, "", "not_registered"),
    ("90", 0, "", "nursery"),
    ("90", 0, "yes", "below_line"),
    ("90", -1, "", None),
    ("90", -1, "no", None),
    ("90", -1, "yes", "below_line"),
    ("110", -1, "yes", "at_risk"),
    ("110", 0, "yes", None),
    ("110", 0, "no", "not_registered"),
    ("0", 0, "", None),
    ("0", 0, "yes", "below_line"),
    (None, 0, "", "undecidable"),
    (None, 0, "no", "unchecked"),
    (None, 0, "yes", "unchecked"),
]


def taken(esm: Esm, folder: Path, rows: Iterable[Sequence[object]], **given: Any) -> None:
    lines = [f"{code(number)},江畔{number}号,{','.join(map(str, row))}" for number, row in enumerate(rows, start=1)]
    ran = esm("import", csv_file(folder, "enterprises", HEADER, *lines), **given)
    assert ran.code == 0, ran.err


def lists(esm: Esm, **given: Any) -> tuple[dict[str, list[str]], set[str], Any]:
    """Return the lists in which each enterprise stands, who stands in `no_line`, and the whole answer."""
    found = told(esm, "scale", **given)
    standing: dict[str, list[str]] = {}
    for kind in LISTS:
        for row in found[kind]:
            standing.setdefault(row["uscc"], []).append(kind)
    return standing, {row["uscc"] for row in found["no_line"]}, found


@pytest.mark.parametrize("line", LINES)
def test_every_group_is_held_against_its_line_at_every_border(esm: Esm, tmp_path: Path, line: int) -> None:
    rows, expected = [], {}
    for industry in LINES[line].split():
        for percent, fen, word, kind in BORDERS:
            revenue = "" if percent is None else line * Decimal(percent) / 100 + fen * FEN
            rows.append((industry, revenue, 10, "", word))
            expected[code(len(rows))] = [] if kind is None else [kind]
    taken(esm, tmp_path, rows)
    standing, no_line, found = lists(esm)
    assert {uscc: standing.get(uscc, []) for uscc in expected} == expected
    assert (no_line, found["enterprises"]) == (set(), len(rows))
    assert found["registered"] == sum(row[4] == "yes" for row in rows)
    listed = [row for kind in LISTS for row in found[kind]]
    assert {row["line"] for row in listed} == {line}
    assert {row["line_since"] for row in listed} <= {"2011-01-01", "2020-01-01"}
    assert all("国" in row["source"] for row in listed)


# Industries without a line, and codes that tell none: what the register says, the qualification, and the lists.
OTHERS = [
    ("E4710", "90000", "", "yes", ["unchecked"], True),
    ("4710", "", "yes", "", ["not_registered"], True),
    ("47", "0", "yes", "yes", [], True),
    ("E", "0", "no", "yes", ["below_line"], True),
    ("4999", "90000", "no", "", [], True),
    ("5010", "90000", "", "", ["undecidable"], True),
    ("5010", "90000", "", "no", ["unchecked"], True),
    ("7010", "", "", "", ["not_registered"], True),
    ("K7010", "1", "no", "no", ["not_registered"], True),
    ("7010", "", "", "yes", [], True),
    ("A0111", "90000", "yes", "", [], True),
    ("6621", "90000", "", "yes", [], True),
    ("S9221", "", "", "no", [], True),
    ("T97", "", "", "", [], True),
    ("", "90000", "", "", ["undecidable"], False),
    ("", "90000", "", "yes", ["unchecked"], False),
    ("F", "90000", "", "", ["undecidable"], False),
    ("K70", "90000", "", "no", ["unchecked"], False),
    ("Q", "90000", "", "", ["undecidable"], False),
    ("H", "90000", "", "", ["undecidable"], False),
]


def test_where_no_revenue_counts_the_qualification_or_the_activity_does(esm: Esm, tmp_path: Path) -> None:
    taken(esm, tmp_path, [(industry, money, 10, qualified, word) for industry, money, qualified, word, *_ in OTHERS])
    standing, no_line, found = lists(esm)
    for number, (*_, kinds, has_no_line) in enumerate(OTHERS, start=1):
        assert (standing.get(code(number), []), code(number) in no_line) == (kinds, has_no_line), OTHERS[number - 1]
    assert found["enterprises"] == len(OTHERS)


def test_who_stands_in_no_list_agrees_with_the_register_and_the_figures_reconcile(esm: Esm, tmp_path: Path) -> None:
    rows = [("C3983", "" if p is None else 2000 * int(p) // 100, 10, "", word) for p, _, word, _ in BORDERS]
    taken(esm, tmp_path, [*rows, *((*row[:2], 10, *row[2:4]) for row in OTHERS)])
    standing, _, found = lists(esm)
    assert all(len(kinds) == 1 for kinds in standing.values())
    assert found["enterprises"] == found["in_order"] + len(standing) == len(BORDERS) + len(OTHERS)
    registered = {row["uscc"] for row in told(esm, "enterprise", "list") if row["basis"] == "register"}
    assert len(registered) == found["registered"]
    outside = {uscc for uscc, (kind,) in standing.items() if kind in {"not_registered", "nursery", "undecidable"}}
    assert not outside & registered


def test_the_coverage_checker_finds_what_the_watch_lists(esm: Esm, tmp_path: Path) -> None:
    rows = [("C3983", "" if p is None else 2000 * int(p) // 100, 10, "", word) for p, _, word, _ in BORDERS]
    taken(esm, tmp_path, [*rows, *((*row[:2], 10, *row[2:4]) for row in OTHERS)])
    _, _, found = lists(esm)
    checked = told(esm, "check")
    for kind, listed in {
        "predicted_above_scale": "not_registered", "below_line": "below_line", "undecidable": "undecidable",
    }.items():  # fmt: skip
        assert {row["uscc"] for row in checked if row["kind"] == kind} == {row["uscc"] for row in found[listed]}, kind


# The changes of the thresholds: industry, revenue, people, the register, then the last day before and the first after.
CHANGES = [
    ("C3983", "500", 10, "yes", "2010-12-31", "at_risk", "2011-01-01", "below_line"),
    ("C3983", "500", 10, "no", "2010-12-31", "not_registered", "2011-01-01", None),
    ("C3983", "1999.99", 10, "yes", "2010-12-31", None, "2011-01-01", "below_line"),
    ("C3983", "2000", 10, "yes", "2010-12-31", None, "2011-01-01", "at_risk"),
    ("I6513", "1000", 10, "no", "2019-12-31", "not_registered", "2020-01-01", None),
    ("I6513", "999.99", 50, "no", "2019-12-31", "not_registered", "2020-01-01", None),
    ("I6513", "10", 50, "yes", "2019-12-31", None, "2020-01-01", "below_line"),
    ("I6513", "1999.99", 49, "yes", "2019-12-31", None, "2020-01-01", "below_line"),
    ("I6513", "999.99", "", "yes", "2019-12-31", "unchecked", "2020-01-01", "below_line"),
    ("Q8411", "2000", 10, "no", "2019-12-31", "not_registered", "2020-01-01", "not_registered"),
    ("L7212", "999.99", 49, "no", "2019-12-31", "nursery", "2020-01-01", "nursery"),
    ("L7212", "999.99", 50, "no", "2019-12-31", "not_registered", "2020-01-01", "nursery"),
    ("Q8511", "500", 10, "no", "2019-12-31", None, "2020-01-01", "not_registered"),
    ("Q8511", "1000", 10, "yes", "2019-12-31", "at_risk", "2020-01-01", None),
    ("O8111", "500", 10, "no", "2019-12-31", "not_registered", "2020-01-01", "not_registered"),
    ("R8622", "499.99", 50, "yes", "2019-12-31", None, "2020-01-01", "below_line"),
    ("7030", "10", 50, "yes", "2019-12-31", None, "2020-01-01", "below_line"),
]


@pytest.mark.parametrize(("first", "second"), [("2010-12-31", "2011-01-01"), ("2019-12-31", "2020-01-01")])
def test_each_day_is_judged_by_the_thresholds_in_force_on_it(esm: Esm, tmp_path: Path, first: str, second: str) -> None:
    cases = [case for case in CHANGES if case[4] == first]
    taken(esm, tmp_path, [(industry, money, people, "", word) for industry, money, people, word, *_ in cases],
          today="2010-01-01")  # fmt: skip
    for day, place in ((first, 5), (second, 7)):
        standing, _, _ = lists(esm, today=day)
        for number, case in enumerate(cases, start=1):
            assert standing.get(code(number), []) == ([] if case[place] is None else [case[place]]), (day, case)


@pytest.mark.parametrize(
    ("today", "annual", "monthly", "all_year"),
    [
        ("2026-09-30", (False, "2026-10-01"), (False, "2026-10-01"), (False, "2026-10-01")),
        ("2026-10-01", (True, "2026-10-01"), (True, "2026-10-01"), (True, "2026-10-01")),
        ("2026-10-07", (True, "2026-10-01"), (True, "2026-10-01"), (True, "2026-10-01")),
        ("2026-10-08", (True, "2026-10-01"), (False, "2026-11-01"), (False, "2026-11-01")),
        ("2026-11-08", (True, "2026-10-01"), (False, "2027-01-01"), (False, "2026-12-01")),
        ("2026-12-07", (True, "2026-10-01"), (False, "2027-01-01"), (True, "2026-12-01")),
        ("2026-12-08", (True, "2026-10-01"), (False, "2027-01-01"), (False, "2027-01-01")),
        ("2026-12-30", (True, "2026-10-01"), (False, "2027-01-01"), (False, "2027-01-01")),
        ("2026-12-31", (False, "2027-10-01"), (False, "2027-01-01"), (False, "2027-01-01")),
        ("2027-01-31", (False, "2027-10-01"), (True, "2027-01-01"), (True, "2027-01-01")),
        ("2027-02-01", (False, "2027-10-01"), (False, "2027-03-01"), (False, "2027-03-01")),
        ("2027-03-07", (False, "2027-10-01"), (True, "2027-03-01"), (True, "2027-03-01")),
        ("2027-03-08", (False, "2027-10-01"), (False, "2027-04-01"), (False, "2027-04-01")),
    ],
)
def test_the_answer_says_which_windows_are_open_or_open_next(
    esm: Esm, today: str, annual: Any, monthly: Any, all_year: Any
) -> None:
    windows = told(esm, "scale", today=today)["windows"]
    assert [(row["open"], row["opens_on"]) for row in windows] == [annual, monthly, all_year]


def test_the_windows_follow_the_settings(esm: Esm) -> None:
    for key, value in {"annual_entry_last_month": 11, "annual_entry_day": 15, "monthly_entry_day": 10}.items():
        assert esm("config", "set", key, str(value)).code == 0
    annual, monthly, _ = told(esm, "scale", today="2026-11-10")["windows"]
    assert (annual["closes_on"], monthly["open"], monthly["days_left"]) == ("2026-11-15", True, 0)
    annual, monthly, _ = told(esm, "scale", today="2026-11-16")["windows"]
    assert (annual["open"], annual["opens_on"]) == (False, "2027-10-01")
