"""The phrases of SQL: what they stand for, and that conditions say what the domain says."""

from __future__ import annotations

import calendar
import itertools
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dateutil.relativedelta import relativedelta
from tests.postgres import ON_SERVER, Server

from esm import storage
from esm.domain.register.cadres import Cadre
from esm.domain.schedule import cadence
from esm.domain.values import intervals
from esm.domain.visits.contact_made import Channel, Visit, VisitOutcome
from esm.storage.database import connection, creation
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import CONDITIONS, NUMBERS, POSTGRESQL, SQLITE, as_list, spelled_out, split
from esm.storage.database.place import FilePlace, Place, place_of
from esm.storage.database.row_values import iso
from esm.storage.database.schema import tables

STORAGE = Path(storage.__file__).parent
ONE_ENGINE_ONLY = re.compile(
    r"julianday|group_concat|json_(each|object)|strftime|\bdate\(\w+,|\bWHERE 1\b|LIMIT -1|\bchar\(\d|\bIS (NOT )?:\w"
    r"|\b(SELECT|THEN|ELSE|AND|WHERE) (max|min)\([^()]*,|\bGLOB\b|\bLIKE\b|FROM \([^()]*\)(?! AS)"
)
FIRST, SECOND, THIRD = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)
# Begin, end and day, with both borders and with neither side.
INTERVALS = [
    (start_on, end_on, on)
    for start_on, end_on in ((FIRST, SECOND), (FIRST, None), (SECOND, THIRD))
    for on in (date(2026, 1, 31), FIRST, date(2026, 2, 28), SECOND, THIRD)
]
POSTS = [
    (active_from, left_on, on)
    for active_from, left_on in itertools.product((None, FIRST), (None, SECOND))
    for on in (date(2026, 1, 31), FIRST, date(2026, 2, 28), SECOND)
]
CONTACTS = list(itertools.product(Channel, VisitOutcome, (None, FIRST)))
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


@pytest.fixture(scope="module")
def on_server(server: Server) -> Iterator[Place]:
    with server.schema() as name:
        place = place_of(server.address(name))
        creation.create(place)
        yield place


@pytest.fixture(params=["sqlite", "postgresql"])
def reading(request: pytest.FixtureRequest, path: Path) -> Iterator[Reading]:
    """Open a reading transaction on a fresh database of each engine."""
    place: Place = FilePlace(path)
    if request.param == "postgresql":
        request.node.user_properties.append((ON_SERVER, True))
        place = request.getfixturevalue("on_server")
    with connection.reading(place) as opened:
        yield opened


def is_so(reading: Reading, condition: str, row: str, **given: object) -> bool:
    """Return whether a condition holds of one row, told as a query."""
    return bool(reading.value(f"SELECT {condition} FROM ({row}) AS row", **given))


@pytest.mark.parametrize(("channel", "outcome", "cancelled_on"), CONTACTS)
def test_a_visit_counts_in_sql_when_it_counts(
    reading: Reading, channel: Channel, outcome: VisitOutcome, cancelled_on: date | None
) -> None:
    visit = Visit(
        uscc="", staff_no="", done_on=FIRST, recorded_on=FIRST, channel=channel, outcome=outcome,
        cancelled_on=cancelled_on,
    )  # fmt: skip
    row = "SELECT :channel AS channel, :outcome AS outcome, :cancelled_on AS cancelled_on"
    given = {"channel": channel, "outcome": outcome, "cancelled_on": iso(cancelled_on)}
    assert is_so(reading, "counts(row)", row, **given) == visit.counts
    assert visit.counts == ((channel, outcome, cancelled_on) == ("on_site", "met", None))


@pytest.mark.parametrize(("start_on", "end_on", "on"), INTERVALS)
def test_an_interval_holds_a_day_in_sql_when_it_does(
    reading: Reading, start_on: date, end_on: date | None, on: date
) -> None:
    holds = intervals.holds(start_on, end_on, on)
    assert holds == (start_on <= on < (end_on or date.max))
    row = "SELECT :start_on AS start_on, :end_on AS end_on"
    given = {"start_on": iso(start_on), "end_on": iso(end_on), "on": iso(on)}
    assert is_so(reading, "holds(row, :on)", row, **given) == holds
    assert is_so(reading, "NOT holds(row, :on)", row, **given) != holds
    assert is_so(reading, "touches(row, :on, :on)", row, **given) == holds
    assert is_so(reading, "lasts(row, :on)", row, **given) == intervals.holds(None, end_on, on)


@pytest.mark.parametrize(("active_from", "left_on", "on"), POSTS)
def test_a_cadre_is_in_post_in_sql_when_in_post(
    reading: Reading, active_from: date | None, left_on: date | None, on: date
) -> None:
    cadre = Cadre(staff_no="1", name="尹一", active_from=active_from, left_on=left_on)
    row = "SELECT :active_from AS active_from, :left_on AS left_on"
    given = {"active_from": iso(active_from), "left_on": iso(left_on), "on": iso(on)}
    assert is_so(reading, "in_post(row, :on)", row, **given) == cadre.is_in_post(on)


@pytest.mark.parametrize("months", [1, 2, 3, 12, 14])
@pytest.mark.parametrize(
    "on", [date(2025, 12, 31), date(2027, 12, 31), date(2026, 8, 30), date(2026, 2, 28), date(2026, 11, 1)]
)
def test_months_later_ends_with_a_short_month(reading: Reading, on: date, months: int) -> None:
    found = reading.value("SELECT months_later(:on, :months)", on=iso(on), months=months)
    assert found == iso(cadence.due_on(on, months))


def test_texts_that_were_joined_come_apart_as_they_were(reading: Reading) -> None:
    names = ["甲, 乙", "it's (1)", "丙、丁"]
    rows = " UNION ALL ".join(f"SELECT :n{number} AS name" for number in range(3))
    joined = reading.value(f"SELECT joined(name) FROM ({rows}) AS each", n0=names[0], n1=names[1], n2=names[2])
    assert split(joined) == tuple(names)
    assert split(None) == ()


def test_a_phrase_reaches_into_its_arguments_and_stays_out_of_texts() -> None:
    found = spelled_out("SELECT later_of(days_between(a, (SELECT max(b, ',)') FROM c)), 1), 'holds(a, b)'")
    assert found.count("julianday") == 2
    assert "(SELECT max(b, ',)') FROM c)" in found
    assert "'holds(a, b)'" in found


def test_the_index_of_visits_that_count_holds_those_of_the_phrase() -> None:
    (index,) = [each for each in tables.metadata.tables["visit"].indexes if each.name == "ix_visit_counted"]
    condition = str(index.dialect_options["sqlite"]["where"])
    assert condition == CONDITIONS["counts(visit)"].replace("{visit}.", "")


@pytest.mark.parametrize(
    "path",
    [path for path in STORAGE.rglob("*.*") if path.suffix in {".py", ".sql"} and path.parent.name != "database"],
    ids=lambda path: str(path.relative_to(STORAGE)),
)
def test_queries_speak_no_words_of_one_engine(path: Path) -> None:
    if "database" in path.relative_to(STORAGE).parts:
        return
    assert [found[0] for found in ONE_ENGINE_ONLY.finditer(path.read_text(encoding="utf-8"))] == []


def test_each_engine_has_words_for_the_same_phrases() -> None:
    assert POSTGRESQL.keys() == SQLITE.keys()
    tried = {name for told, _, _ in EXAMPLES for name in re.findall(r"\w+(?=\()", told)}
    assert {head.split("(")[0] for head in POSTGRESQL} <= tried


@pytest.mark.parametrize(("told", "given", "expected"), EXAMPLES)
def test_a_phrase_means_the_same_on_both_engines(
    reading: Reading, told: str, given: dict[str, object], expected: Any
) -> None:
    assert reading.value(f"SELECT {told}", **given) == expected


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12, 14, 25])
def test_months_later_ends_with_a_short_month_on_both_engines(reading: Reading, months: int) -> None:
    days = ", ".join(f"('{each}')" for each in MONTH_ENDS)
    told = f"(SELECT joined(months_later(column1, {months})) FROM (VALUES {days}) AS each)"
    later = [(each + relativedelta(months=months)).isoformat() for each in MONTH_ENDS]
    assert split(reading.value(f"SELECT {told}")) == tuple(later)


@pytest.mark.parametrize("told", ["'b' < field_of(:row, name)", "(SELECT 'b' < max(months_later('2026-01-31', 1)))"])
def test_what_is_computed_is_sorted_by_its_letters(reading: Reading, told: str) -> None:
    """Of a server that sorts by a language, 'B' comes after 'a'."""
    assert not reading.value(f"SELECT {told}", row='{"name": "B"}')


def test_it_is_known_which_columns_hold_numbers() -> None:
    held = {column.name: column.type.python_type for table in tables.metadata.sorted_tables for column in table.columns}
    assert {name for name, kind in held.items() if kind is int} == NUMBERS | {n for n in held if n.endswith("_id")}
