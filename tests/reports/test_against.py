"""`--against`: every change is the difference between the two reports, each asked for by itself."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.conftest import Esm

from esm.domain.values.ratio import Ratio
from esm.formats.write.cell_text import word
from esm.sheets.sheet.comparison import change, compared
from esm.sheets.sheet.sheet import Cell, Column, Fact, Money, Report, Sheet

# A report, the words for it now and before, and the rates of it: by key, numerator and denominator.
COVERAGE = {
    "service": ("served", ("in_scope",)), "visits": ("visited_of_due", ("due_in_period",)),
    "punctuality": ("on_time_rolling", ("on_time_rolling", "overdue")),
}  # fmt: skip
REQUESTS = {
    "closing": ("closed", ("counted",)), "solving": ("solved", ("counted",)),
    "punctuality": ("on_time", ("closed", "overdue")), "satisfaction": ("satisfied", ("replied",)),
    "response": ("replied", ("asked",)),
}  # fmt: skip
POLICIES = {"explaining": ("explained", ("eligible",)), "applying": ("applied", ("eligible",)),
            "receiving": ("received", ("eligible",))}  # fmt: skip
VISITS = {"minuted": ("with_minutes", ("visits",))}
CASES = [
    ("coverage", ("--period", "2026-09"), "2026-07", ("--period", "2026-07"), COVERAGE),
    ("coverage", (), "2026-09", ("--period", "2026-09"), COVERAGE),
    ("coverage", (), "2026-09-23", ("--as-of", "2026-09-23"), COVERAGE),
    ("coverage", ("--by", "tier,department"), "2026-09-23", ("--by", "tier,department", "--as-of", "2026-09-23"),
     COVERAGE),
    ("visits", ("--month", "2026-10"), "2026-09", ("--month", "2026-09"), VISITS),
    ("visits", ("--period", "2026-09"), "2025-12-20", ("--as-of", "2025-12-20"), VISITS),
    ("requests", ("--month", "2026-10"), "2026-09", ("--month", "2026-09"), REQUESTS),
    ("requests", (), "2026-08-31", ("--as-of", "2026-08-31"), REQUESTS),
    ("policies", (), "2026-08", ("--as-of", "2026-08-31"), POLICIES),
]  # fmt: skip
OF_TIME = ("by_month", "relief_by_year")
OF_THE_TOTAL = {"coverage": "punctuality"}  # no column of a breakdown


def shown(esm: Esm, db: Path, name: str, *words: str) -> Any:
    ran = esm("report", name, *words, "--format", "json", db=db, today="2026-11-23")
    assert ran.code == 0, ran.err
    return json.loads(ran.out, parse_float=Decimal)


def tenths(row: Any, rate: tuple[str, tuple[str, ...]]) -> Decimal | None:
    """Return a rate in percent as it is shown: one decimal, halves up."""
    part, whole = row[rate[0]], sum(row[key] for key in rate[1])
    return None if not whole else Decimal((2000 * part + whole) // (2 * whole)) / 10


def figures(row: Any, rates: dict[str, tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            yield key, value
    for key, rate in rates.items():
        if rate[0] in row:
            yield key, tenths(row, rate)


def expected(now: Any, before: Any, rates: dict[str, tuple[str, tuple[str, ...]]]) -> dict[str, Any]:
    """Return the changes of one row; where there was none before, of counts alone."""
    old = dict(figures(before, rates)) if before else {}
    found = {}
    for key, value in figures(now, rates):
        is_count = isinstance(value, int) and key != "median_days"
        other = old.get(key) if before else 0 if is_count else None
        found[f"{key}_change"] = None if value is None or other is None else value - other
    return found


def key_of(row: Any) -> tuple[Any, ...]:
    if "key" in row or "code" in row:
        return (row.get("key", row.get("code")),)
    return tuple(value for value in row.values() if isinstance(value, str | None))[:2]


@pytest.mark.parametrize(("name", "words", "against", "earlier", "rates"), CASES)
def test_every_change_is_the_difference_of_two_reports(
    esm: Esm, districts: dict[str, Path], name: str, words: tuple[str, ...], against: str, earlier: tuple[str, ...],
    rates: dict[str, tuple[str, tuple[str, ...]]],
) -> None:  # fmt: skip
    db = districts["en"]
    now, before = shown(esm, db, name, *words), shown(esm, db, name, *earlier)
    both = shown(esm, db, name, *words, "--against", against)
    assert both.pop("against_as_of") == before["as_of"]
    told_notes = both.pop("notes")
    assert told_notes[: len(now["notes"])] == now.pop("notes")
    assert len(told_notes) > 0
    compared_rows = 0
    for key, value in now.items():
        if not isinstance(value, list):
            assert both[key] == value
            continue
        old_rows = {key_of(row): row for row in before[key]}
        for row, with_change in zip(value, both[key], strict=True):
            assert {name: with_change[name] for name in row} == row
            added = {name: cell for name, cell in with_change.items() if name not in row}
            if key in OF_TIME or key == "unserved_enterprises":
                assert added == {}
            else:
                in_rows = {rate: parts for rate, parts in rates.items() if rate != OF_THE_TOTAL.get(name)}
                wanted = expected(row, old_rows.get(key_of(row)), in_rows)
                assert {name: cell for name, cell in added.items() if cell is not None} == {
                    name: cell for name, cell in wanted.items() if cell is not None
                }
                compared_rows += bool(added)
    assert compared_rows > 3
    changes = {key: value for key, value in both.items() if key.endswith("_change") and value is not None}
    head = {key: value for key, value in before.items() if not isinstance(value, list)}
    wanted_head = expected({key: value for key, value in now.items() if not isinstance(value, list)}, head, rates)
    assert changes == {key: value for key, value in wanted_head.items() if value is not None}


def test_a_csv_file_has_the_changes_as_columns(esm: Esm, districts: dict[str, Path]) -> None:
    ran = esm("report", "--against", "2026-09", "--format", "csv", db=districts["en"], today="2026-11-23")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert rows[0]["overdue_change"] == "13"
    assert {row["part"] for row in rows if row["service_change"]} >= {"summary", "by_subdistrict", "by_tier"}


def test_people_read_the_change_beside_the_figure_and_what_it_is_against(esm: Esm, districts: dict[str, Path]) -> None:
    told = esm("report", "--period", "2026-09", "--against", "2026-07", db=districts["en"]).out
    assert "251/309 (81.2%) -4.9" in told
    assert "66 +7" in told
    assert "Compared with               Jul–Aug 2026, as of 2026-08-31" in told
    assert "is not:" not in told
    so_far = esm("report", "--against", "2026-09", db=districts["en"], today="2026-11-23").out
    assert "That period is over, this one is not:" in so_far
    alike = esm("report", "--against", "2026-09-23", db=districts["en"], today="2026-11-23").out
    assert "is not:" not in alike


def summary(esm: Esm, db: Path, file: Path, *words: str) -> list[tuple[Any, ...]]:
    ran = esm("report", *words, "-o", str(file), db=db, today="2026-11-23")
    assert ran.code == 0, ran.err
    return [*load_workbook(file)["summary"].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("words", "span", "section"),
    [
        (("coverage",), ("--period", "2026-11"), "1. Overview"),
        (("coverage", "--period", "2026-09"), ("--period", "2026-09"), "1. Overview"),
        (("visits", "--month", "2026-10"), ("--month", "2026-10"), "2. Visits"),
        (("requests",), ("--year", "2026"), "3. Requests"), (("policies",), ("--year", "2026"), "4. Policies"),
    ],
)  # fmt: skip
def test_a_workbook_says_its_figures_in_the_sentences_of_the_bulletin(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, words: tuple[str, ...], span: tuple[str, ...], section: str
) -> None:
    rows = summary(esm, districts["en"], tmp_path / "report.xlsx", *words)
    said = {row[0] for row in rows}
    assert (
        esm("bulletin", *span, "-o", str(tmp_path / "bulletin.txt"), db=districts["en"], today="2026-11-23").code == 0
    )
    blocks = (tmp_path / "bulletin.txt").read_text(encoding="utf-8").split("\n\n")
    paragraphs = blocks[blocks.index(section) + 1].splitlines()
    assert paragraphs
    assert said.issuperset(paragraphs)


def test_no_sentence_speaks_of_another_day_than_the_figures(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    words = ("coverage", "--period", "2026-09", "--as-of", "2026-11-20")
    rows = summary(esm, districts["en"], tmp_path / "report.xlsx", *words)
    assert not any("in scope" in str(row[0]) and str(row[0]).startswith("On ") for row in rows)


def test_the_summary_of_a_workbook_has_every_change_beside_its_figure(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    rows = summary(esm, districts["en"], tmp_path / "report.xlsx", "coverage", "--against", "2026-09")
    (heads,) = (row for row in rows if row[0] == "Figure")
    assert [head for head in heads if head] == ["Figure", "Value", "Part", "Whole", "Change"]
    found = {row[0]: row[-1] for row in rows}
    told = shown(esm, districts["en"], "coverage", "--against", "2026-09")
    assert (found["Served"], found["Overdue"], found["Enterprises served"]) == (
        told["served_change"], told["overdue_change"], float(told["service_change"]),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--against", "2026-11"), 4, "which is not before"), (("--against", "2027-01"), 4, "which is not before"),
        (("--against", "2024-01"), 4, "records begin on 2025-09-01"), (("--against", "2026-13"), 2, "2026-13"),
        (("cadres", "--against", "2026-09"), 2, "coverage, visits, requests, policies"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(
    esm: Esm, districts: dict[str, Path], words: tuple[str, ...], code: int, said: str
) -> None:
    ran = esm("report", *words, db=districts["en"], today="2026-11-23")
    assert (ran.code, said in ran.err) == (code, True), ran.err


@pytest.mark.parametrize(
    ("now", "before", "by"),
    [
        (5, 7, -2), (Ratio(1, 3), Ratio(2, 3), Decimal("-33.4")), (Ratio(1, 1), Ratio(0, 0), None),
        (Money(1250), Money(1000), Decimal("2.5")), (Decimal("6.5"), Decimal(6), Decimal("0.5")), (True, False, None),
        ("12 days", 3, None), (3, None, None),
    ],
)  # fmt: skip
def test_the_change_of_a_figure(now: Cell, before: Cell, by: Cell) -> None:
    assert change(now, before) == by


def test_a_group_that_is_new_had_a_count_of_nothing_and_no_share() -> None:
    columns = (Column("key", "Group"), Column("count", "Count"), Column("share", "Share", data=False))
    day = Fact("as_of", "As of", "2026-11-23")

    def report(*rows: tuple[Cell, ...]) -> Report:
        return Report("Figures", (day,), (Sheet("by_group", "By group", columns, rows),))

    found = compared(report(("甲", 3, Ratio(1, 3)), ("乙", 2, Ratio(1, 2))), report(("乙", 5, Ratio(1, 4))))
    (sheet,) = found.sheets
    keys = [column.key for column in sheet.columns if column.data]
    rows = [[cell for cell, column in zip(row, sheet.columns, strict=True) if column.data] for row in sheet.rows]
    assert keys == ["key", "count", "count_change", "share_change"]
    assert rows == [["甲", 3, 3, None], ["乙", 2, -3, Decimal("25.0")]]
    people = [[word(cell) for cell, column in zip(row, sheet.columns, strict=True) if column.table]
              for row in sheet.rows]  # fmt: skip
    assert people == [["甲", "3 +3", "1/3 (33.3%)"], ["乙", "2 -3", "1/2 (50.0%) +25.0"]]
