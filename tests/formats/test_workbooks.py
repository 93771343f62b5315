"""What a workbook that an office sends on looks like, read back with another library."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from tests.sample_cells import CELLS, HOSTILE

from esm import formats
from esm.domain.values.money import Money
from esm.domain.values.ratio import Ratio
from esm.errors import UsageRefused
from esm.sheets.sheet.sheet import Bar, Cell, Chart, Column, Document, Fact, Report, Sheet, Term

OFFICE = ("Period: November–December 2026   As of 23 November 2026", "Economy & Trade Office")
RED = "FF9C0006"


def listing(rows: list[tuple[Cell, ...]], *columns: Column | str, **more: Any) -> Sheet:
    named = (each if isinstance(each, Column) else Column(each, each.upper()) for each in columns)
    return Sheet("listing", "Listing", tuple(named), rows, **more)


def book(shown: Document) -> Any:
    return load_workbook(io.BytesIO(formats.data(shown, "xlsx")))


def values(page: Any) -> list[list[object]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def kinds() -> Any:
    columns = [*CELLS, "paid"]
    page = book(listing([(*CELLS.values(), Money(123456))], *columns))["Listing"]
    return {cell.value: below for cell, below in zip(page[2], page[3], strict=True)}


def test_cells_have_the_type_of_their_value() -> None:
    row = kinds()
    assert (row["COUNT"].value, row["REVENUE"].value, row["PAID"].value) == (7, 1250.5, 1234.56)
    assert row["DUE_ON"].value == datetime(2026, 3, 1)  # noqa: DTZ001 - a worksheet has no time zone
    assert row["STAFF_NO"].value is None
    words = [row[key].value for key in ("NAME", "IS_PAUSED", "STATE", "EXPERTISE")]
    assert words == ["晨光机械", "yes", "逾期", "C39, C4"]


def test_a_share_is_a_number_beside_its_part_and_its_whole() -> None:
    row = kinds()
    assert (row["RATE: part"].value, row["RATE: whole"].value, row["RATE"].value) == (3, 4, 0.75)
    formatted = {key: row[key].number_format for key in ("RATE", "PAID", "DUE_ON", "COUNT", "REVENUE", "WHOLE")}
    assert formatted == {
        "RATE": "0.0%", "PAID": "#,##0.00", "DUE_ON": "yyyy-mm-dd", "COUNT": "0", "REVENUE": "#,##0.00####",
        "WHOLE": "#,##0",
    }  # fmt: skip


def test_counts_that_a_share_names_stand_before_it_and_are_not_repeated() -> None:
    columns = (
        Column("name", "Name"), Column("share", "Visited", of=("met", "due")), Column("due", "Due", table=False),
        Column("met", "Visited", table=False), Column("code", "Code", table=False),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [("甲", Ratio(1, 4), 4, 1, "x"), ("乙", Ratio(0, 0), 0, 0, "y")]
    page = book(listing(rows, *columns))["Listing"]
    assert values(page)[1:] == [
        ["Name", "Visited", "Due", "Visited (%)", "Code"], ["甲", 1, 4, 0.25, "x"], ["乙", 0, 0, "–", "y"],
    ]  # fmt: skip
    assert page.print_area == "'Listing'!$A$1:$D$6"


def test_text_stays_text_and_is_never_a_formula_or_link() -> None:
    names = [*HOSTILE, "007", "1e5", "{=1+1}"]
    shown = Report("=1+1", (Fact("a", "=2+2", "=3+3"),), (listing([(name,) for name in names], "name"),), ("=4+4",))
    pages = book(shown)
    cells = [row[0] for row in pages["Listing"].iter_rows(min_row=3, max_row=2 + len(names))]
    assert [cell.value for cell in cells] == [*HOSTILE.values(), "007", "1e5", "{=1+1}"]
    filled = [cell for page in pages for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}
    assert not any(cell.hyperlink for cell in filled)


def test_title_and_heading_stand_over_a_bordered_table_with_a_frozen_header() -> None:
    page = book(listing([("a", 1), ("b", None)], "name", "count", heading=OFFICE))["Listing"]
    assert [page[f"A{row}"].value for row in (1, 2, 3, 4)] == ["Listing", *OFFICE, "NAME"]
    assert page["A1"].font.bold
    assert [cell.font.bold for cell in page[4]] == [True, True]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A5", "A4:B6", "$4:$4")
    assert {cell.border.bottom.style for row in page["A4:B6"] for cell in row} == {"thin"}


def test_a_worksheet_prints_on_a4_with_page_numbers_and_its_issuer() -> None:
    page = book(listing([("a",)], "name", heading=OFFICE))["Listing"]
    assert (page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (9, None, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.oddFooter.center.text, page.oddFooter.right.text) == ("Page &P of &N", "Listing")
    assert page.oddFooter.left.text == "Economy && Trade Office"


def test_columns_that_people_do_not_see_stand_outside_the_print_area() -> None:
    columns = (Column("code", "Code", table=False), Column("name", "Name"), Column("days", "Days", data=False))
    page = book(listing([("x", "甲", "3 left")], *columns))["Listing"]
    assert [cell.value for cell in page[2]] == ["Name", "Days", "Code"]
    assert page.print_area == "'Listing'!$A$1:$B$5"


def test_at_most_as_many_columns_are_printed_as_fit_on_paper() -> None:
    page = book(listing([("晨光" * 30,) * 30], *(f"column{number}" for number in range(30))))["Listing"]
    last = column_index_from_string(page.print_area.split("$")[3])
    wide = [each.width for each in page.column_dimensions.values() for _at in range(each.min, each.max + 1)]
    assert 146 < sum(wide[:last]) < 215 < sum(wide)
    assert page.page_setup.orientation == "landscape"
    assert page.max_column == 30
    assert page["A3"].alignment.wrap_text


def test_a_narrow_listing_is_printed_upright() -> None:
    assert book(listing([("a", 1)], "name", "count"))["Listing"].page_setup.orientation in (None, "portrait")


def alarms(page: Any) -> dict[str, list[str]]:
    """Return the rules by which cells of a worksheet are red, by their range."""
    found = {str(each.sqref): each.rules for each in page.conditional_formatting}
    assert {rule.dxf.font.color.rgb for rules in found.values() for rule in rules} <= {RED}
    return {place: [rule.formula[0] for rule in rules] for place, rules in found.items()}


def test_overdue_late_and_unserved_are_red_and_nothing_else_is() -> None:
    columns = ("enterprise", "overdue", "unserved", "due", "late", "state", "days", "days_overdue")
    rows: list[tuple[Cell, ...]] = [
        ("甲", 3, 0, 5, True, Term("overdue", '逾"期'), "3 overdue", 3),
        ("乙", 0, 1, 5, False, Term("upcoming", "将到期"), "2 left", -2),
    ]
    assert alarms(book(listing(rows, *columns))["Listing"]) == {
        "B3:B4": ["AND(ISNUMBER($B3),$B3>0)"],
        "C3:C4": ["AND(ISNUMBER($C3),$C3>0)"],
        "E3:E4": ['$E3="yes"'],
        "F3:F4": ['$F3="逾""期"'],
        "G3:G4": ["AND(ISNUMBER($H3),$H3>0)"],
        "H3:H4": ["AND(ISNUMBER($H3),$H3>0)"],
    }
    facts = tuple(Fact(key, key.title(), number) for key, number in (("overdue", 2), ("unserved", 0), ("due", 9)))
    assert list(alarms(book(Report("R", facts))["summary"])) == ["B3"]


@pytest.mark.parametrize(("is_line", "kind"), [(True, "LineChart"), (False, "BarChart")])
def test_a_trend_and_a_breakdown_have_a_native_chart(is_line: bool, kind: str) -> None:
    rows: list[tuple[Cell, ...]] = [("一", Ratio(1, 2), Bar("██")), ("二", Ratio(1, 4), Bar("█"))]
    shown = listing(rows, "name", "share", "bar", chart=Chart(is_line, "name", ("share",)))
    page = book(shown)["Listing"]
    (chart,) = page._charts
    assert type(chart).__name__ == kind
    assert [each.val.numRef.f for each in chart.series] == ["Listing!$D$3:$D$4"]
    assert "BAR" not in values(page)[1]
    assert book(listing([], "name", "share", chart=shown.chart))["Listing"]._charts == []


def test_what_is_of_another_size_is_drawn_along_an_axis_of_its_own() -> None:
    columns = (Column("month", "Month"), Column("visits", "Visits"), Column("received", "Requests"))
    rows = [("2026-10", 170, 4), ("2026-11", 80, 11)]
    chart = Chart(True, "month", ("visits", "received"), aside=("received",))
    (drawn,) = book(Sheet("months", "Months", columns, rows, chart=chart))["Months"]._charts
    parts = [drawn, *drawn._charts[1:]]
    assert [[each.val.numRef.f for each in part.series] for part in parts] == [
        ["Months!$B$3:$B$4"],
        ["Months!$C$3:$C$4"],
    ]
    assert len({part.y_axis.axId for part in parts}) == 2


def test_columns_are_as_wide_as_their_text_but_at_most_fifty() -> None:
    page = book(listing([("晨光精密机械制造", "x" * 400)], "name", "note"))["Listing"]
    assert 16 <= page.column_dimensions["A"].width <= 22
    assert page.column_dimensions["B"].width == pytest.approx(50, abs=1)


def test_a_report_has_its_facts_first_and_no_empty_worksheet() -> None:
    facts = (
        Fact("in_scope", "in scope", 4), Fact("rate", "走访率", Ratio(1, 2)), Fact("told_day", "Day", "1 May"),
        Fact("day", "The day", date(2026, 5, 1), table=False), Fact("moved", "moved", 1, table=False),
    )  # fmt: skip
    empty = Sheet("gone", "Gone", (Column("k", "k"),), [], empty="nobody")
    pages = book(Report("Coverage", facts, (listing([("A",)], "tier"), empty), ("so far; see `esm check`.",), OFFICE))
    assert pages.sheetnames == ["summary", "Listing"]
    assert [row for row in values(pages["summary"]) if any(row)] == [
        ["Coverage", None, None, None], [OFFICE[0], None, None, None], [OFFICE[1], None, None, None],
        ["Figure", "Value", "Part", "Whole"], ["in scope", 4, None, None], ["走访率", 0.5, 1, 2],
        ["Day", "1 May", None, None], ["so far.", None, None, None], ["Gone: nobody", None, None, None],
    ]  # fmt: skip
    assert pages["Listing"]["A1"].value == "Coverage · Listing"
    assert [page.print_area is None for page in pages] == [False, False]


def test_an_empty_listing_says_so_under_its_header() -> None:
    assert [row[0] for row in values(book(listing([], "tier", empty="nobody"))["Listing"])] == [
        "Listing", "TIER", None, "nobody",
    ]  # fmt: skip


def test_a_list_to_sign_is_one_worksheet_with_room_for_a_pen_and_no_command() -> None:
    columns = (Column("name", "Name"), Column("why", "Why"), Column("sign", "Signature", by_hand=True))
    sheet = listing([("甲", "x" * 200, None), ("乙", "short", None)], *columns)
    notes = ("Due: 3; run `esm request elevate`.", "Signed: ……")
    pages = book(Report("To sign", (Fact("stuck", "Blocked", 2),), (sheet,), notes, OFFICE))
    (page,) = pages.worksheets
    assert [page[f"A{row}"].value for row in (1, 2, 3, 4, 5)] == ["To sign", *OFFICE, "Blocked: 2", "Name"]
    assert (page.page_setup.orientation, page.column_dimensions["C"].width >= 25) == ("landscape", True)
    assert page.row_dimensions[6].height > page.row_dimensions[7].height >= 40
    assert [row[0] for row in values(page)][-2:] == ["Due: 3.", "Signed: ……"]


def test_worksheet_names_are_ones_that_excel_takes() -> None:
    titles = ["a/b:c*?[d]\\e", "x" * 40, "X" * 40, "𬭊" * 40, "'quoted'", "History", "???", "summary", ""]
    sheets = [Sheet(f"key{number}", title, (Column("k", "k"),), [("v",)]) for number, title in enumerate(titles)]
    names = book(Report("Coverage", (Fact("a", "a b", 1),), tuple(sheets))).sheetnames
    assert all(0 < len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\") for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    assert len({name.lower() for name in [*names, "history"]}) == len(titles) + 2


def test_more_rows_than_a_worksheet_holds_are_refused() -> None:
    with pytest.raises(UsageRefused, match="cannot hold 1048576 rows"):
        formats.data(listing([(1,)] * 1_048_576, "count"), "xlsx")


def test_a_date_before_the_calendar_of_excel_is_text() -> None:
    shown = listing([(date(1899, 12, 31), Decimal(1))], "since", "count")
    assert book(shown)["Listing"]["A3"].value == "1899-12-31"
