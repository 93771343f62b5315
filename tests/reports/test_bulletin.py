"""The bulletin: its figures are those of the reports, its comparisons those of the earlier bulletins."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Esm

from esm.domain.reports.bulletin import (
    MOST_RANKED,
    BulletinSpan,
    UnitFigures,
    best_and_worst,
    change,
    corresponding_day,
)
from esm.domain.values.money import Money
from esm.domain.values.ratio import Ratio
from esm.storage.database import connection
from esm.storage.database.place import FilePlace

Ask = Callable[..., Any]
LABELS = {"en": ("Main figures", "Annex: by subdistrict"), "zh": ("主要指标", "附表：各街道（镇）情况")}
DAYS = st.dates(date(2011, 1, 1), date(2099, 12, 31))


@pytest.fixture
def ask(esm: Esm, districts: dict[str, Path]) -> Ask:
    """Return what a command on the example district answers in JSON."""

    def answer(*words: str) -> Any:
        ran = esm(*words, "--format", "json", db=districts["en"])
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return answer


def tables(file: Path) -> list[list[list[str]]]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(file)).tables]


def texts(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)


def test_the_figures_of_a_period_are_those_of_the_reports(ask: Ask) -> None:
    found = ask("bulletin", "--period", "2026-09")
    on = ("--as-of", "2026-10-31", "--period", "2026-09")
    coverage, visits, requests = (ask("report", name, *on) for name in ("coverage", "visits", "requests"))
    policies = ask("report", "policies", "--as-of", "2026-10-31")
    assert found["as_of"] == "2026-10-31"
    assert (found["in_scope"], found["unserved"], found["overdue"]) == (
        coverage["in_scope"], coverage["unserved"], coverage["overdue"],
    )  # fmt: skip
    assert found["promise"] == {"part": coverage["visited_of_due"], "whole": coverage["due_in_period"]}
    assert found["service"] == {"part": coverage["served"], "whole": coverage["in_scope"]}
    assert found["never_visited_overdue"] == coverage["never_visited_overdue"]
    for key in ("visits", "enterprises", "remote", "not_met"):
        assert found[key] == visits[key], key
    assert found["minutes"] == {"part": visits["with_minutes"], "whole": visits["visits"]}
    assert (found["received"], found["closed"]) == (requests["received"], requests["closed"])
    assert found["closing"] == {"part": requests["closed"], "whole": requests["counted"]}
    assert found["solving"] == {"part": requests["solved"], "whole": requests["counted"]}
    assert found["satisfaction"] == {"part": requests["satisfied"], "whole": requests["replied"]}
    assert found["policies"] == policies["policies"]
    assert found["explained"] == {"part": policies["explained"], "whole": policies["eligible"]}
    by_subdistrict = {row["key"]: row for row in coverage["by_subdistrict"]}
    visited = {row["key"]: row["visits"] for row in visits["by_subdistrict"]}
    for row in found["by_subdistrict"]:
        theirs = by_subdistrict.pop(row["key"])
        assert (row["in_scope"], row["overdue"]) == (theirs["in_scope"], theirs["overdue"])
        assert row["promise"] == {"part": theirs["visited_of_due"], "whole": theirs["due_in_period"]}
        assert row["visits"] == visited.get(row["key"], 0)
    assert by_subdistrict == {}
    assert [row["key"] for row in found["by_month"]] == [row["key"] for row in visits["by_month"]][-12:]
    assert [row["visits"] for row in found["by_month"]] == [row["visits"] for row in visits["by_month"]][-12:]


def test_the_figures_of_a_month_and_a_year_are_counted_naively(ask: Ask, districts: dict[str, Path]) -> None:
    spans = (("--month", "2026-10", "2026-10-01", "2026-10-31"), ("--year", "2026", "2026-01-01", "2026-11-23"),
             ("--month", "2026-11", "2026-11-01", "2026-11-23"))  # fmt: skip
    with connection.reading(FilePlace(districts["en"])) as reading:
        for option, value, since, until in spans:
            found = ask("bulletin", option, value)
            between = {"since": since, "until": until}
            assert found["visits"] == reading.value(
                """SELECT count(*) FROM (SELECT DISTINCT enterprise_id, done_on FROM visit WHERE channel = 'on_site'
                   AND outcome = 'met' AND cancelled_on IS NULL AND done_on BETWEEN :since AND :until) AS met""",
                **between,
            )
            assert found["received"] == reading.value(
                "SELECT count(*) FROM request WHERE received_on BETWEEN :since AND :until", **between
            )
            assert found["relief"] * 100 == reading.value(
                "SELECT sum(amount) FROM relief WHERE kind <> 'loan' AND done_on BETWEEN :since AND :until", **between
            )


def test_open_and_late_requests_are_those_of_the_list(ask: Ask) -> None:
    found, listed = ask("bulletin", "--month", "2026-11"), ask("request", "list")
    assert found["open_requests"] == len(listed)
    assert found["late_requests"] == sum(row["late"] for row in listed)


@pytest.mark.parametrize("option", ["--month", "--period"])
def test_comparisons_are_the_figures_of_the_earlier_bulletins(ask: Ask, option: str) -> None:
    now = ask("bulletin", option, "2026-09")
    before = ask("bulletin", option, {"--month": "2026-08", "--period": "2026-07"}[option])
    year_before = ask("bulletin", option, "2025-09")
    period_before = ask("bulletin", "--month", "2026-07")
    compared = {row["key"]: row for row in now["comparison"]}
    assert all(row["now"] == now[key] for key, row in compared.items())
    for key, row in compared.items():
        same_stage = period_before if key == "promise" and option == "--month" else before
        assert row["before"] == same_stage[key], key
        assert row["year_before"] in (None, year_before[key]), key
    assert compared["visits"]["before"] is not None


def test_a_span_that_goes_on_is_compared_with_the_corresponding_days(ask: Ask) -> None:
    now = ask("bulletin", "--month", "2026-11")
    before = ask("bulletin", "--month", "2026-10", "--as-of", "2026-10-23")
    compared = {row["key"]: row for row in now["comparison"]}
    assert [compared[key]["before"] for key in compared if key != "promise"] == [
        before[key] for key in compared if key != "promise"
    ]
    assert compared["promise"]["before"] == ask("bulletin", "--month", "2026-09", "--as-of", "2026-09-23")["promise"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_document_has_the_figures_and_is_the_same_each_time(
    esm: Esm, districts: dict[str, Path], tmp_path: Path, lang: str
) -> None:
    words, db = ("bulletin", "--period", "2026-09", "--issue", "5"), districts[lang]
    found = json.loads(esm(*words, "--format", "json", db=db).out)
    for name in ("a.docx", "b.docx"):
        assert esm(*words, "-o", str(tmp_path / name), db=db, lang=lang).code == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    main, subdistricts, *_others = tables(tmp_path / "a.docx")
    assert [row[1] for row in main[1:3]] == [str(found["in_scope"]), share(found["service"], lang)]
    assert [row[1:] for row in subdistricts[1:]] == [
        [str(row["in_scope"]), share(row["service"], lang), share(row["promise"], lang), str(row["overdue"]),
         str(row["visits"])]
        for row in found["by_subdistrict"]
    ]  # fmt: skip
    page = texts(tmp_path / "a.docx")
    assert all(label in page for label in LABELS[lang])
    assert "esm" not in page
    assert "{" not in page
    assert ("2026年9—10月" if lang == "zh" else "September–October 2026") in page
    assert ("2026年10月31日" if lang == "zh" else "31 October 2026") in page
    assert not re.search(r"\d{4}-\d{2}", page)
    if lang == "zh":
        assert not re.search(r"[(),;:]", page)


def share(ratio: dict[str, int], lang: str) -> str:
    part, whole = ratio["part"], ratio["whole"]
    tenths = (2000 * part + whole) // (2 * whole) if whole else 0
    percent = f"{tenths // 10}.{tenths % 10}%" if whole else "–"
    return f"{percent}（{part}/{whole}）" if lang == "zh" else f"{percent} ({part}/{whole})"


def test_markdown_and_the_page_have_the_sections_in_order(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    for name in ("b.md", "b.html"):
        assert (
            esm("bulletin", "--month", "2026-10", "-o", str(tmp_path / name), db=districts["zh"], lang="zh").code == 0
        )
        text = (tmp_path / name).read_text()
        places = [
            text.index(head)
            for head in (
                "一、总体情况",
                "二、走访情况",
                "三、诉求办理",
                "四、惠企政策",
                "五、存在问题",
                "六、下一步工作",
            )
        ]
        assert places == sorted(places)


def test_the_issuing_office_stands_at_the_head_where_it_is_set(
    esm: Esm, districts: dict[str, Path], tmp_path: Path
) -> None:
    db = Path(shutil.copy(districts["zh"], tmp_path / "district.db"))
    file = tmp_path / "b.docx"
    assert esm("bulletin", "--month", "2026-10", "-o", str(file), db=db, lang="zh").code == 0
    assert "第" not in texts(file).partition("2026年10月")[0]
    assert esm("config", "set", "issuing_office", "江畔区<办公室> & 13812345678", db=db).code == 0
    assert esm("bulletin", "--month", "2026-10", "-o", str(file), "--force", db=db, lang="zh").code == 0
    assert "江畔区<办公室> & 138****5678" in texts(file)


def test_what_was_not_on_record_is_told_as_absent(ask: Ask, esm: Esm, districts: dict[str, Path]) -> None:
    found = ask("bulletin", "--month", "2025-09")
    assert all(row["before"] is None and row["year_before"] is None for row in found["comparison"])
    assert found["received"] is None
    page = esm("bulletin", "--month", "2025-10", db=districts["en"]).out
    assert "no request is on record" in page
    assert "no briefing is on record" in page
    assert "Not on record for the time a year earlier" in page


def test_a_span_to_come_or_before_any_record_is_refused(esm: Esm, districts: dict[str, Path]) -> None:
    for words, code, reason in (
        (("--month", "2026-12"), 4, "2026-12-01"), (("--year", "2027"), 4, "2027-01-01"),
        (("--month", "2020-01"), 4, "the records begin on 2025-"), (("--year", "26"), 2, "not a year"),
        (("--month", "2026-13"), 2, "not a month"), ((), 2, "--month"),
        (("--month", "2026-10", "--year", "2026"), 2, "--month"),
        (("--month", "2026-10", "--as-of", "2026-09-30"), 4, "2026-10-01"),
        (("--month", "2026-10", "--template", "x.docx"), 2, "-o FILE.docx"),
        (("--month", "2026-10", "-o", "b.xyz"), 2, ".xyz"),
    ):  # fmt: skip
        ran = esm("bulletin", *words, db=districts["en"])
        assert (ran.code, ran.out) == (code, ""), words
        assert reason in ran.err


def test_a_bulletin_of_what_was_known_then_says_so(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> None:
    words = ("bulletin", "--month", "2026-10", "--known-at", "1")
    assert json.loads(esm(*words, "--format", "json", db=districts["en"]).out)["known_at"] == 1
    assert esm(*words, "-o", str(tmp_path / "b.docx"), db=districts["en"]).code == 0
    assert "Known up to operation 1." in texts(tmp_path / "b.docx")
    assert esm("report", "letters", "--known-at", "1", "-o", str(tmp_path / "letters"), db=districts["en"]).code == 0
    assert "Known up to operation 1." in texts(next((tmp_path / "letters").iterdir()))


def test_an_empty_database_is_told(esm: Esm) -> None:
    ran = esm("bulletin", "--month", "2026-10")
    assert (ran.code, "Nothing is on record yet." in ran.err) == (4, True)


def test_a_district_without_anybody_in_scope_has_a_bulletin(esm: Esm, settled: Path, tmp_path: Path) -> None:
    listed = json.loads(esm("enterprise", "list", "--format", "json", db=settled, today="2026-12-20").out)
    for row in listed:
        esm("enterprise", "exit", row["uscc"], "--on", "2026-12-20", db=settled, today="2026-12-20")
    file = tmp_path / "b.docx"
    ran = esm("bulletin", "--month", "2026-12", "-o", str(file), db=settled, today="2026-12-31")
    assert ran.code == 0, ran.err
    assert "0 enterprises were in scope" in texts(file)
    assert "– (0 of 0)" in texts(file)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 500), st.integers(1, 500))
def test_a_change_is_what_a_reader_would_count(first: int, second: int, whole: int, other: int) -> None:
    moved = change(second, first)
    assert moved is not None
    assert moved.direction == (second > first) - (second < first)
    if first:
        exact = abs(second - first) * 1000 / first
        assert moved.tenths is not None
        assert abs(moved.tenths - exact) <= 0.5
    else:
        assert moved.tenths == (0 if second == 0 else None)
    assert change(Money(second), Money(first)) == moved
    now, before = Ratio(min(second, whole), whole), Ratio(min(first, other), other)
    points = change(now, before)
    assert points is not None
    assert points.direction * (points.tenths or 0) == (now.tenths or 0) - (before.tenths or 0)
    assert change(now, None) is change(None, first) is change(Ratio(0, 0), before) is None


@given(DAYS, st.sampled_from([1, 2, 12]))
def test_the_corresponding_day_is_as_far_on(on: date, months: int) -> None:
    earlier = corresponding_day(on, months)
    assert (on.year * 12 + on.month) - (earlier.year * 12 + earlier.month) == months
    is_last = (on + timedelta(days=1)).day == 1
    last = (earlier.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert earlier.day == (last.day if is_last else min(on.day, last.day))
    span = BulletinSpan(on.replace(day=1), months)
    assert corresponding_day(span.last_day, months) == span.earlier(months).last_day


SHARES = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=9)


@given(SHARES)
def test_the_best_and_the_worst_are_apart(parts: list[tuple[int, int]]) -> None:
    units = [
        UnitFigures(name=f"{place}", in_scope=0, service=Ratio(0, 0), promise=Ratio(min(pair), max(pair)), overdue=0,
                    visits=0)
        for place, pair in enumerate(parts)
    ]  # fmt: skip
    top, low = best_and_worst(units)
    known = sorted(unit.promise.tenths or 0 for unit in units if unit.promise.whole)
    assert len(top) <= MOST_RANKED
    assert len(low) <= MOST_RANKED
    for unit in top:
        assert unit.promise.tenths in known[len(known) - len(known) // 2 :]
        assert unit.promise.tenths != known[0]
    for unit in low:
        assert unit.promise.tenths in known[: len(known) // 2]
        assert unit.promise.tenths != known[-1]
    if len(set(known)) > 1:
        assert (top[0].promise.tenths, low[0].promise.tenths) == (known[-1], known[0])
