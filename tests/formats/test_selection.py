"""What a listing shows of itself: columns, order and part agree with a plain computation on its JSON."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esm import formats
from esm.domain.values.ratio import Ratio
from esm.errors import UsageRefused
from esm.sheets.sheet.selection import Selection, selected, total_line
from esm.sheets.sheet.sheet import Column, Sheet, Term

words = st.text("ab中", max_size=2)
terms = words.map(lambda code: Term(code, f"<{code}>"))
KINDS = {
    "count": st.integers(-3, 3),
    "amount": st.integers(-8, 8).map(lambda quarters: Decimal(quarters) / 4),
    "day": st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    "is_late": st.booleans(),
    "name": words,
    "state": terms,
    "share": st.builds(lambda part, more: Ratio(part, part + more), st.integers(0, 3), st.integers(0, 3)),
    "kinds": st.lists(st.one_of(words, terms), max_size=2).map(tuple),
    "value": st.one_of(st.integers(-1, 1), words),
}


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Return a listing with columns of every kind, some hidden in tables, one kept from machines."""
    columns = [Column(key, key.upper(), table=draw(st.booleans())) for key in KINDS]
    columns.insert(2, Column("told", "TOLD", data=False))
    cells = [st.one_of(st.none(), kind) for kind in KINDS.values()]
    rows = draw(st.lists(st.tuples(*cells).map(lambda row: (*row[:2], "in words", *row[2:])), max_size=6))
    return Sheet("things", "Things", tuple(columns), rows, empty="Nothing is there.")


keys = st.sampled_from(list(KINDS))
selections = st.builds(
    Selection,
    columns=st.lists(keys, max_size=3).map(tuple),
    sort=st.lists(st.builds(str.__add__, st.sampled_from(["", "-"]), keys), max_size=3).map(tuple),
    limit=st.none() | st.integers(1, 7),
    offset=st.integers(0, 7),
)


def machine(sheet: Sheet) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(formats.text(sheet, "json"))
    return answer


def naive(records: list[dict[str, Any]], selection: Selection) -> list[dict[str, Any]]:
    """Return the answer by hand: ordered key by key from the last, cut, then narrowed."""
    for word in reversed(selection.sort):
        key, sign = word.lstrip("-"), word.startswith("-")
        known = [each for each in records if not is_unknown(each[key])]
        unknown = [each for each in records if is_unknown(each[key])]
        records = [*sorted(known, key=lambda each: weight(each[key]), reverse=sign), *unknown]
    part = records[selection.offset :][: selection.limit]
    wanted = selection.columns or tuple(KINDS)
    return [{key: each[key] for key in wanted} for each in part]


def is_unknown(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and value["whole"] == 0)


def weight(value: Any) -> tuple[int, Any]:
    if isinstance(value, dict):
        return (0, value["part"] / value["whole"])
    return (("list", "str").index(type(value).__name__) + 1 if isinstance(value, list | str) else 0, value)


@given(sheet=sheets(), selection=selections)
def test_columns_order_and_part_are_those_of_its_json(sheet: Sheet, selection: Selection) -> None:
    assert machine(selected(sheet, selection)) == naive(machine(sheet), selection)


@given(sheet=sheets(), selection=selections)
def test_every_format_for_machines_has_the_same_rows(sheet: Sheet, selection: Selection) -> None:
    part = selected(sheet, selection)
    lines = formats.text(part, "ndjson").splitlines()
    assert [json.loads(line) for line in lines] == machine(part)
    table = list(csv.reader(io.StringIO(formats.text(part, "csv"))))
    assert len(table) == len(lines) + 1
    assert table[0] == list(selection.columns or KINDS)


@given(sheet=sheets(), selection=selections)
def test_a_column_that_is_asked_for_stands_in_the_table(sheet: Sheet, selection: Selection) -> None:
    part = selected(sheet, selection)
    if selection.columns and part.rows:
        assert formats.text(part, "plain").splitlines()[1].split() == [key.upper() for key in selection.columns]


@given(sheet=sheets(), limit=st.integers(1, 7), offset=st.integers(0, 7))
def test_the_total_counts_every_row_whatever_is_shown(sheet: Sheet, limit: int, offset: int) -> None:
    part = selected(sheet, Selection(limit=limit, offset=offset))
    many, shown = len(sheet.rows), len(sheet.rows[offset : offset + limit])
    told = str(total_line(part, offset))
    assert told.startswith(f"{many} in all")
    if shown == many:
        assert told == f"{many} in all."
    elif shown and offset:
        assert told == f"{many} in all, {offset + 1} to {offset + shown} shown."
    else:
        assert told == f"{many} in all, {f'the first {shown}' if shown else 'none'} shown."


@given(sheet=sheets(), limit=st.integers(1, 7), offset=st.integers(0, 7))
def test_the_first_rows_with_the_total_beside_them_are_as_good_as_all(sheet: Sheet, limit: int, offset: int) -> None:
    selection = Selection(limit=limit, offset=offset)
    head = Sheet("things", "Things", sheet.columns, sheet.rows[: selection.reach], total=len(sheet.rows))
    assert selected(head, selection).rows == selected(sheet, selection).rows
    assert total_line(selected(head, selection), offset) == total_line(selected(sheet, selection), offset)


def test_an_order_needs_all_rows() -> None:
    assert Selection(sort=("name",), limit=3).reach is None


@pytest.mark.parametrize("selection", [Selection(columns=("nam",)), Selection(sort=("-nam",))])
def test_a_slip_in_a_key_gets_a_suggestion(selection: Selection) -> None:
    with pytest.raises(UsageRefused) as refused:
        selected(Sheet("things", "Things", (Column("name", "Name"), Column("day", "Day")), []), selection)
    assert str(refused.value.hint) == "Did you mean name?"


def test_what_only_people_read_is_no_key() -> None:
    with pytest.raises(UsageRefused) as refused:
        selected(
            Sheet("things", "Things", (Column("day", "Day"), Column("told", "", data=False)), []), Selection(("told",))
        )
    assert str(refused.value.hint) == "Available columns: day."
