"""The phrases on both engines: one table of examples, which SQLite and PostgreSQL answer alike."""

from __future__ import annotations

import calendar
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from typing import Any

import psycopg
import pytest
from dateutil.relativedelta import relativedelta
from tests.postgres import ON_SERVER, Server

from esm.storage.database.phrases import NUMBERS, POSTGRESQL, SQLITE, as_list, spelled_out
from esm.storage.database.schema import tables

Ask = Callable[..., Any]
MONTH_ENDS = [
    date(year, month, day)
    for year in range(2000, 2031)
    for month in range(1, 13)
    for day in range(28, calendar.monthrange(year, month)[1] + 1)
]
ROW = json.dumps({"id": 7, "name": "甲\"乙'", "left_on": None, "pinned": 0}, ensure_ascii=False)
NAMES = "(SELECT 'b' AS name UNION ALL SELECT NULL UNION ALL SELECT 'a, it''s') AS each"
EXAMPLES: list[tuple[str, dict[str, object], Any]] = [
    ("differs(:one, :other)", {"one": "a", "other": "a"}, False),
    ("differs(:one, :other)", {"one": "a", "other": None}, True),
    ("differs(:one, :other)", {"one": None, "other": "a"}, True),
    ("differs(:one, :other)", {"one": None, "other": None}, False),
    ("days_between(:one, :other)", {"one": "2024-02-28", "other": "2024-03-01"}, 2),
    ("days_between(:one, :other)", {"one": "2026-03-01", "other": "0001-01-01"}, -739675),
    ("days_between(:one, :other)", {"one": "2026-03-01", "other": None}, None),
    ("months_later(:day, :months)", {"day": None, "months": 2}, None),
    ("months_later(:day, :months)", {"day": "2026-03-01", "months": None}, None),
    ("later_of(:one, :other)", {"one": "2026-02-28", "other": "2026-10-01"}, "2026-10-01"),
    ("later_of(:one, :other)", {"one": None, "other": "2026-10-01"}, None),
    ("later_of(later_of(:one, ''), :other)", {"one": "2026-10-01", "other": "2026-02-28"}, "2026-10-01"),
    ("later_of(days_between(:one, :other), 3)", {"one": "2026-02-28", "other": "2026-10-01"}, 215),
    ("earlier_of(:one, :other)", {"one": "2026-02-28", "other": "2026-10-01"}, "2026-02-28"),
    ("earlier_of(:one, :other)", {"one": "2026-02-28", "other": None}, None),
    ("(SELECT among(name, :list) FROM (SELECT 'c''' AS name) AS each)", {"list": as_list(["a", "c'"])}, True),
    ("(SELECT among(name, :list) FROM (SELECT '甲' AS name) AS each)", {"list": as_list(["乙"])}, False),
    ("(SELECT among(name, :list) FROM (SELECT '甲' AS name) AS each)", {"list": as_list([])}, False),
    ("(SELECT among(each.row_id, :list) FROM (SELECT 7 AS row_id) AS each)", {"list": as_list([1, 7])}, True),
    ("(SELECT among(id, :list) FROM (SELECT 7 AS id) AS each)", {"list": as_list([1])}, False),
    ("field_of(:row, id) + 1", {"row": ROW}, 8),
    ("field_of(:row, name) = :name", {"row": ROW, "name": "甲\"乙'"}, True),
    ("field_of(:row, left_on)", {"row": ROW}, None),
    ("coalesce(field_of(:row, pinned), 1)", {"row": ROW}, 0),
    ("field_of(:row, name)", {"row": None}, None),
    (f"(SELECT joined(name) FROM {NAMES})", {}, "b\x1fa, it's"),
    (f"(SELECT joined(name) FROM {NAMES} WHERE name IS NULL)", {}, None),
    (f"(SELECT listed(name, '、') FROM {NAMES})", {}, "b、a, it's"),
    ("is_like(:text, :pattern)", {"text": "Acme Öl", "pattern": "%aCME_Ö%"}, True),
    ("is_like(:text, :pattern)", {"text": "Acme Öl", "pattern": "%öl"}, False),
    ("is_like(:text, :pattern)", {"text": "100%", "pattern": "100\\%"}, True),
    ("is_like(:text, :pattern)", {"text": "1000", "pattern": "100\\%"}, False),
    ("is_like(:text, :pattern)", {"text": None, "pattern": "%"}, None),
]  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def ask(request: pytest.FixtureRequest) -> Iterator[Ask]:
    """Return a function that has an engine compute an expression, which may call phrases."""
    if request.param == "sqlite":
        with closing(sqlite3.connect(":memory:")) as file:
            yield lambda told, **given: file.execute(f"SELECT {spelled_out(told)}", given).fetchone()[0]
        return
    request.node.user_properties.append((ON_SERVER, True))
    server: Server = request.getfixturevalue("server")
    with server.connect() as connection:
        cursor = psycopg.ClientCursor(connection)

        def asked(told: str, **given: object) -> Any:
            statement = re.sub(r":([a-z]+)", r"%(\1)s", spelled_out(told, "postgresql"))
            found = cursor.execute(f"SELECT {statement}".encode(), given).fetchone()
            assert found is not None
            return found[0]

        yield asked


def test_each_engine_has_words_for_the_same_phrases() -> None:
    assert POSTGRESQL.keys() == SQLITE.keys()
    tried = {name for told, _, _ in EXAMPLES for name in re.findall(r"\w+(?=\()", told)}
    assert {head.split("(")[0] for head in POSTGRESQL} <= tried


@pytest.mark.parametrize(("told", "given", "expected"), EXAMPLES)
def test_a_phrase_means_the_same_on_both_engines(ask: Ask, told: str, given: dict[str, object], expected: Any) -> None:
    assert ask(told, **given) == expected


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12, 14, 25])
def test_months_later_ends_with_a_short_month_on_both_engines(ask: Ask, months: int) -> None:
    days = ", ".join(f"('{each}')" for each in MONTH_ENDS)
    told = f"(SELECT joined(months_later(column1, {months})) FROM (VALUES {days}) AS each)"
    later = [(each + relativedelta(months=months)).isoformat() for each in MONTH_ENDS]
    assert ask(told).split("\x1f") == later


@pytest.mark.parametrize("told", ["'b' < field_of(:row, name)", "(SELECT 'b' < max(months_later('2026-01-31', 1)))"])
def test_what_is_computed_is_sorted_by_its_letters(ask: Ask, told: str) -> None:
    """Of a server that sorts by a language, 'B' comes after 'a'."""
    assert not ask(told, row='{"name": "B"}')


def test_it_is_known_which_columns_hold_numbers() -> None:
    held = {column.name: column.type.python_type for table in tables.metadata.sorted_tables for column in table.columns}
    assert {name for name, kind in held.items() if kind is int} == NUMBERS | {n for n in held if n.endswith("_id")}
