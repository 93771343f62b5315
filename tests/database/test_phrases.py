"""The phrases of SQL: what they stand for, and that conditions say what the domain says."""

from __future__ import annotations

import itertools
import re
from datetime import date
from pathlib import Path

import pytest

from esm import storage
from esm.domain.register.cadres import Cadre
from esm.domain.schedule import cadence
from esm.domain.values import intervals
from esm.domain.visits.visit import Channel, Visit, VisitOutcome
from esm.storage.database.connection import Reading
from esm.storage.database.phrases import CONDITIONS, as_list, spelled_out, split
from esm.storage.database.row_values import iso

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


def test_days_between_counts_days_and_is_negative_backwards(reading: Reading) -> None:
    sql = "SELECT days_between(:one, :other), days_between(:other, :one), days_between(:one, NULL)"
    assert reading.row(sql, one="2024-02-28", other="2024-03-01") == (2, -2, None)


def test_the_later_and_the_earlier_of_two_are_nothing_where_one_is(reading: Reading) -> None:
    sql = """SELECT later_of(:one, :other), earlier_of(:one, :other), later_of(:one, NULL), earlier_of(NULL, :one),
                    differs(:one, NULL), differs(NULL, NULL), differs(:one, :one)"""
    found = reading.row(sql, one="2026-02-28", other="2026-10-01")
    assert found == ("2026-10-01", "2026-02-28", None, None, 1, 0, 0)


def test_texts_that_were_joined_come_apart_as_they_were(reading: Reading) -> None:
    names = ["甲, 乙", "it's (1)", "丙、丁"]
    rows = " UNION ALL ".join(f"SELECT :n{number} AS name" for number in range(3))
    joined = reading.value(f"SELECT joined(name) FROM ({rows}) AS each", n0=names[0], n1=names[1], n2=names[2])
    assert split(joined) == tuple(names)
    assert split(None) == ()


@pytest.mark.parametrize(("asked", "found"), [(["a", "c'"], 1), ([], 0), (["b"], 0)])
def test_a_value_is_among_those_of_a_list(reading: Reading, asked: list[str], found: int) -> None:
    assert reading.value("SELECT among('c''', :list)", list=as_list(asked)) == found


def test_a_phrase_reaches_into_its_arguments_and_stays_out_of_texts() -> None:
    found = spelled_out("SELECT later_of(days_between(a, (SELECT max(b, ',)') FROM c)), 1), 'holds(a, b)'")
    assert found.count("julianday") == 2
    assert "(SELECT max(b, ',)') FROM c)" in found
    assert "'holds(a, b)'" in found


def test_the_index_of_visits_that_count_holds_those_of_the_phrase(reading: Reading) -> None:
    (sql,) = reading.rows("SELECT sql FROM sqlite_master WHERE name = 'ix_visit_counted'")
    assert sql[0].endswith(CONDITIONS["counts(visit)"].replace("{visit}.", ""))


@pytest.mark.parametrize(
    "path",
    [path for path in STORAGE.rglob("*.*") if path.suffix in {".py", ".sql"} and path.parent.name != "database"],
    ids=lambda path: str(path.relative_to(STORAGE)),
)
def test_queries_speak_no_words_of_one_engine(path: Path) -> None:
    if "database" in path.relative_to(STORAGE).parts:
        return
    assert [found[0] for found in ONE_ENGINE_ONLY.finditer(path.read_text(encoding="utf-8"))] == []
