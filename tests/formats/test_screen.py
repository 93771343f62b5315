"""A report on a screen: one page at eighty columns, and what it leaves out is said and stands in the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import Esm

from esm import formats
from esm.cli.shell import language_choice as languages
from esm.domain.reports.coverage import CoverageGroup
from esm.domain.values.ratio import Ratio
from esm.domain.visits.check_findings import Finding, FindingKind, worst_first
from esm.errors import say
from esm.formats.write.cell_text import for_people, sheets_for_people, width
from esm.formats.write.screen import terminal
from esm.formats.write.screen.table_layout import fitted_columns, table_layout
from esm.sheets.pairing.load_balance import load_balance_report
from esm.sheets.reports.check_findings import finding_sheet, page_by_kind
from esm.sheets.reports.coverage import coverage_excerpt, coverage_report
from esm.sheets.reports.request_and_policy_figures import policy_figures_report, request_figures_report
from esm.sheets.sheet.comparison import compared
from esm.sheets.sheet.report_excerpt import excerpt
from esm.sheets.sheet.sheet import Chart, Column, Fact, Report, Sheet
from esm.sheets.visits.burden import burden_report
from esm.sheets.visits.figures import visit_figures_report
from esm.storage.database import connection
from esm.storage.database.connection import Reading
from esm.storage.database.place import FilePlace
from esm.usecases.policies import policy_queries
from esm.usecases.reports.coverage import coverage, load_balance_on
from esm.usecases.requests import request_queries
from esm.usecases.visits.burden import burden
from esm.usecases.visits.figures import visit_figures

TODAY, BEFORE = date(2026, 11, 23), date(2026, 10, 31)
BY = [(), *((group,) for group in CoverageGroup), *combinations(CoverageGroup, 2)]


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Speak one language after the other."""
    languages.choose(request.param)
    yield request.param
    languages.choose("en")


@pytest.fixture
def printed(capsys: pytest.CaptureFixture[str]) -> Callable[[Report], list[str]]:
    """Print on a terminal of eighty columns."""

    def lines(shown: Report) -> list[str]:
        terminal.print_rich(shown, color=False, width=80)
        return capsys.readouterr().out.splitlines()

    return lines


def reports(reading: Reading) -> dict[str, tuple[Report, Report]]:
    """Return each long report of a day, and of the one that it is compared with."""

    def both(layout: Callable[[Any], Report], figures: Callable[..., Any]) -> tuple[Report, Report]:
        return layout(figures(reading, TODAY)), layout(figures(reading, BEFORE))

    return {
        "visits": both(visit_figures_report, visit_figures),
        "requests": both(request_figures_report, request_queries.request_figures),
        "policies": both(policy_figures_report, policy_queries.figures),
        "cadres": both(load_balance_report, load_balance_on),
        "burden": both(burden_report, burden),
    }


def coverages(reading: Reading, by: tuple[CoverageGroup, ...]) -> Iterator[Report]:
    for day, period in ((TODAY, None), (BEFORE, "2026-09")):
        before = date(2026, 8, 31) if period else BEFORE
        now, earlier = (coverage_report(coverage(reading, on, None, by), by) for on in (day, before))
        yield coverage_excerpt(now)
        yield coverage_excerpt(compared(now, earlier, is_further_on=period is None))


def require_one_page(shown: Report, lines: list[str]) -> None:
    assert len(lines) <= 50
    assert max(map(width, lines)) <= 80
    assert len(formats.text(shown, "table").splitlines()) <= 50


@pytest.mark.parametrize("by", BY)
def test_the_coverage_is_fifty_lines_at_eighty_columns_by_whatever_groups(
    districts: dict[str, Path], language: str, by: tuple[CoverageGroup, ...], printed: Callable[[Report], list[str]]
) -> None:
    with connection.reading(FilePlace(districts[language])) as reading:
        for shown in coverages(reading, by):
            require_one_page(shown, printed(shown))


def test_the_other_reports_are_fifty_lines_too(
    districts: dict[str, Path], language: str, printed: Callable[[Report], list[str]]
) -> None:
    with connection.reading(FilePlace(districts[language])) as reading:
        for now, before in reports(reading).values():
            for shown in (excerpt(now), excerpt(compared(now, before))):
                require_one_page(shown, printed(shown))


def test_no_breakdown_falls_apart_into_one_table_a_row(districts: dict[str, Path], language: str) -> None:
    with connection.reading(FilePlace(districts[language])) as reading:
        found = [each for now, before in reports(reading).values() for each in (now, compared(now, before))]
        for report in (*found, *coverages(reading, ())):
            for sheet in filter(lambda sheet: sheet.rows, map(for_people, sheets_for_people(report))):
                for part in filter(None, fitted_columns(sheet, 80, may_break=True)):
                    assert table_layout(part).fits(80), (report.title, part.title)


def test_what_the_screen_leaves_out_is_said_and_the_whole_has_it(esm: Esm, districts: dict[str, Path]) -> None:
    for name in ("coverage", "visits", "requests", "policies", "cadres", "burden"):
        short, whole = (
            esm("report", name, *words, db=districts["en"], today="2026-11-23").out for words in ((), ("--full",))
        )
        titles = [block.splitlines()[0] for block in whole.split("\n\n")[1:] if "\n" in block]
        told = short.replace("\n", " ")
        assert "Everything: --full." in told
        assert all(title in told for title in titles), name
        assert "Everything: --full." not in whole
        for total, first in re.findall(r"(\d+) in all, the first (\d+) shown", short):
            assert int(first) < int(total)


SERIES = Chart(True, "name", ("count",))
COLUMNS = (Column("name", "Name"), Column("count", "Count"))
names = st.text(alphabet="ab 街道", max_size=60)
drawn_listings = st.lists(
    st.tuples(names, st.integers(0, 400), st.none() | st.just(SERIES), st.none() | st.integers(1, 20)),
    min_size=1, max_size=3,
)  # fmt: skip


def listing(number: int, name: str, size: int, chart: Chart | None, short: int | None) -> Sheet:
    rows = [(f"L{number}R{row} {name}", Ratio(row, 400)) for row in range(size)]
    return Sheet(f"listing_{number}", f"Listing {number}", COLUMNS, rows, short=short, chart=chart)


@given(drawn=drawn_listings, count=st.integers(0, 12))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_report_is_fifty_lines_and_each_cut_listing_says_how_many_there_are(
    drawn: list[tuple[str, int, Chart | None, int | None]], count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    sheets = [listing(number, *each) for number, each in enumerate(drawn)]
    shown = excerpt(Report("Report", tuple(Fact(str(n), "fact", n) for n in range(count)), tuple(sheets)))
    terminal.print_rich(shown, color=False, width=80)
    for text in (capsys.readouterr().out, formats.text(shown, "table")):
        assert len(text.splitlines()) <= 50
        for number, sheet in enumerate(sheets):
            part = text[text.index(sheet.title) :].split("\n\n")[0]
            kept, total = len(re.findall(rf"^L{number}R", part, re.MULTILINE)), re.search(r"(\d+) in all", part)
            assert kept >= min(1, len(sheet.rows))
            assert kept <= (sheet.short or kept)
            assert (int(total[1]) if total else kept) == len(sheet.rows)


def test_of_a_series_the_latest_rows_stay() -> None:
    columns = (Column("month", "Month"), Column("visits", "Visits"))
    months = Sheet("by_month", "By month", columns, [(f"M{n:03}", n) for n in range(99)], chart=SERIES)
    text = formats.text(excerpt(Report("Visits", (), (months,))), "table")
    assert "M098" in text
    assert "M000" not in text
    assert re.search(r"99 in all, \d+ to 99 shown\.", text)


drawn_kinds = st.lists(st.sampled_from(FindingKind), unique=True, min_size=1, max_size=len(FindingKind))
texts = st.text(alphabet="ab 街道", min_size=1, max_size=120)


@given(kinds=drawn_kinds, size=st.integers(1, 60), name=texts, words=texts, days=st.none() | st.integers(1, 900))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_findings_are_one_page_and_each_kind_left_out_is_named_with_its_number(
    kinds: list[FindingKind], size: int, name: str, words: str, days: int | None,
    printed: Callable[[Report], list[str]],
) -> None:  # fmt: skip
    found = worst_first(
        Finding(kind, None, None, f"N{number} {name}", say(words.replace("{", "")), days, words[:9], words, words)
        for kind in kinds
        for number in range(size)
    )
    lines = printed(page_by_kind(finding_sheet(found, 1), found))
    assert len(lines) <= 50
    assert max(map(width, lines)) <= 80
    told = " ".join(" ".join(lines).split())
    assert f"Found {len(found)}:" in told
    for kind in kinds:
        assert f"{kind.label}: {size}" in told
    totals = re.findall(r"(\d+) in all, the first (\d+) shown", told)
    assert all(int(total) == size > int(first) for total, first in totals)


def test_a_broken_promise_has_a_table_whatever_else_was_found(printed: Callable[[Report], list[str]]) -> None:
    found = worst_first(Finding(kind, None, None, "N", say("x")) for kind in FindingKind)
    lines = printed(page_by_kind(finding_sheet(found, 1), found))
    assert {"unserved: 1", "overdue: 1"} <= set(lines)
