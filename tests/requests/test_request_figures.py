"""The figures of a year of requests, counted twice: by esm and by a naive reader of the plan (request_oracle)."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import request_oracle
from tests.conftest import HEADER, ROOT, Esm
from tests.request_case import CALENDAR, opened
from tests.request_oracle import Entry, Move

from esm.domain.requests import figures
from esm.domain.requests.progress import RequestProgress, replay
from esm.domain.requests.states import Transition, TransitionKind
from esm.domain.values.ratio import Ratio
from esm.storage.database import connection
from esm.storage.database.place import FilePlace
from esm.usecases.requests import request_queries


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Entry]]:
    """Return the example district with 400 requests of 2025, and the plan they follow."""
    from esm.__main__ import main

    path = tmp_path_factory.mktemp("year") / "district.db"
    example = str(ROOT / "examples" / "district.zh.xlsx")
    assert main(["--db", str(path), "--today", "2026-11-23", "--actor", "clerk", "-q", "import", example]) == 0
    with connection.reading(FilePlace(path)) as reading:
        usccs = [uscc for (uscc,) in reading.rows("SELECT uscc FROM enterprise ORDER BY uscc")]
        rows = reading.rows("SELECT DISTINCT department FROM posting WHERE department IS NOT NULL ORDER BY 1 LIMIT 12")
    entries = request_oracle.plan("2025", usccs, [name for (name,) in rows], year=2025, count=400)
    with connection.writing(FilePlace(path), HEADER) as writing:
        request_oracle.perform(writing, entries)
    return path, entries


def report(esm: Esm, path: Path, *words: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(esm("report", "requests", *words, "--format", "json", db=path).out)
    return found


@pytest.mark.parametrize("as_of", ["2025-01-15", "2025-03-31", "2025-06-30", "2025-10-08", "2025-12-31"])
def test_a_year_of_requests_is_counted_alike_by_a_naive_reader(
    esm: Esm, year: tuple[Path, list[Entry]], as_of: str
) -> None:
    path, entries = year
    expected = request_oracle.figures(entries, since=date(2025, 1, 1), as_of=date.fromisoformat(as_of))
    found = report(esm, path, "--as-of", as_of)
    assert {key: found[key] for key in expected} == expected
    assert (found["as_of"], found["since"]) == (as_of, "2025-01-01")


def test_the_year_has_something_of_everything(year: tuple[Path, list[Entry]]) -> None:
    counts = request_oracle.figures(year[1], since=date(2025, 1, 1), as_of=date(2025, 12, 31))
    assert counts["received"] == 400
    assert [key for key, count in counts.items() if count == 0] == []


def test_every_breakdown_adds_up_to_the_total(esm: Esm, year: tuple[Path, list[Entry]]) -> None:
    found = report(esm, year[0], "--as-of", "2025-12-31")
    for name in ("by_class", "by_department", "by_month"):
        rows = found[name]
        assert isinstance(rows, list)
        for key in request_oracle.figures([], since=date.min, as_of=date.max):
            if key != "median_days" and not key.startswith("by_"):
                assert sum(row[key] for row in rows) == found[key], (name, key)


def test_a_period_holds_the_requests_received_in_it(esm: Esm, year: tuple[Path, list[Entry]]) -> None:
    path, entries = year
    inside = [entry for entry in entries if date(2025, 3, 1) <= entry.received_on <= date(2025, 4, 30)]
    expected = request_oracle.figures(inside, since=date(2025, 3, 1), as_of=date(2025, 12, 31))
    found = report(esm, path, "--as-of", "2025-12-31", "--period", "2025-04")
    assert {key: found[key] for key in expected} == expected


def test_every_percentage_stands_beside_its_numbers(esm: Esm, year: tuple[Path, list[Entry]]) -> None:
    path, entries = year
    counts = request_oracle.figures(entries, since=date(2025, 1, 1), as_of=date(2025, 12, 31))
    printed = esm("report", "requests", "--as-of", "2025-12-31", "--full", db=path).out
    for part, whole in (
        (counts["closed"], counts["counted"]),
        (counts["solved"], counts["counted"]),
        (counts["on_time"], counts["closed"] + counts["overdue"]),
        (counts["satisfied"], counts["replied"]),
        (counts["replied"], counts["asked"]),
    ):
        assert str(Ratio(part, whole)) in printed


def test_a_printed_breakdown_says_what_it_leaves_out_and_how_many_answered(
    esm: Esm, year: tuple[Path, list[Entry]]
) -> None:
    path, entries = year
    (march,) = (
        row
        for row in request_oracle.figures(entries, since=date(2025, 1, 1), as_of=date(2025, 12, 31))["by_month"]
        if row["key"] == "2025-03"
    )
    printed = esm("report", "requests", "--as-of", "2025-12-31", "--full", db=path).out
    without_bars = re.sub("[█-▏]+", "", printed)
    shares, course = (line.split() for line in without_bars.splitlines() if line.startswith("2025-03"))
    assert shares[1:3] == [str(march["received"]), str(march["rejected"] + march["withdrawn"])]
    assert course[1] == f"{march['satisfied']}/{march['replied']}"
    assert course[3] == f"{march['replied']}/{march['asked']}"
    assert course[5:] == [str(march[name]) for name in ("late", "extended", "reopened", "elevated")]


def life(*moves: Move) -> RequestProgress:
    """Return a request of Monday 3 March 2025 after these moves, as it stands on the fifteenth of April."""
    request = replace(opened().request, received_on=date(2025, 3, 3))
    events = [Transition(kind=TransitionKind(move.kind), done_on=move.on, **move.values) for move in moves]
    found = replay(request, events, CALENDAR, date(2025, 4, 15))
    assert found is not None
    return found


ACCEPT = Move("accept", date(2025, 3, 3))
LATE = Move("close", date(2025, 3, 20), {"outcome": "solved"})
NAY = Move("confirm", date(2025, 3, 21), {"is_satisfied": False})


def test_rejected_and_withdrawn_requests_are_in_no_denominator() -> None:
    gone = life(ACCEPT, Move("withdraw", date(2025, 3, 4))), life(Move("reject", date(2025, 3, 4)))
    counts = figures.counters([*gone, life(ACCEPT, LATE)])
    assert (counts.received, counts.rejected, counts.withdrawn) == (3, 1, 1)
    assert (counts.closed_share, counts.solved_share) == (Ratio(1, 1), Ratio(1, 1))


def test_a_late_close_counts_late_even_when_extended_and_an_overdue_request_cannot_hide() -> None:
    extend = Move("extend", date(2025, 3, 4), {"until_on": date(2025, 4, 30)})
    counts = figures.counters([life(ACCEPT, extend, LATE), life(ACCEPT), life(ACCEPT, extend)])
    assert (counts.late, counts.on_time, counts.overdue) == (1, 0, 1)
    assert counts.punctuality == Ratio(0, 2)


def test_satisfaction_counts_the_latest_word_of_those_who_answered() -> None:
    reopened = life(ACCEPT, LATE, Move("reopen", date(2025, 3, 21)), replace(LATE, on=date(2025, 3, 24)))
    counts = figures.counters([life(ACCEPT, LATE), life(ACCEPT, LATE, NAY), reopened, life(ACCEPT)])
    assert (counts.satisfaction, counts.response) == (Ratio(0, 2), Ratio(2, 3))


@given(st.lists(st.integers(0, 300), min_size=1))
def test_the_median_halves_the_counts(days: list[int]) -> None:
    middle = figures.median(days)
    assert middle is not None
    assert 2 * sum(Decimal(day) < middle for day in days) <= len(days)
    assert 2 * sum(Decimal(day) > middle for day in days) <= len(days)


@pytest.mark.parametrize("as_of", [date(2025, 2, 1), date(2025, 7, 15), date(2026, 3, 1)])
def test_the_list_of_open_requests_leaves_none_out(year: tuple[Path, list[Entry]], as_of: date) -> None:
    with connection.reading(FilePlace(year[0])) as reading:
        every = request_queries.records(reading, as_of)
        listed = request_queries.listing(reading, as_of).records
    assert {record.id for record in listed} == {record.id for record in every if record.progress.is_open}
    assert [record.progress.days_late for record in listed] == sorted(
        (r.progress.days_late for r in listed), reverse=True
    )
