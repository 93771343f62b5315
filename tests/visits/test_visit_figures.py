"""`esm report visits`, against cases made by hand and a naive count of the listed visits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.district import code

from esm.domain.values.ratio import Ratio
from esm.domain.visits.figures import VisitCounts

KEYS = ("contacts", "visits", "joint", "remote", "not_met", "enterprises", "with_minutes")
VISITS = f"""uscc,staff_no,done_on,channel,outcome,minutes
{code(1)},1001,2026-09-01,on_site,met,订单饱满
{code(1)},1002,2026-09-01,on_site,met,同去
{code(1)},1001,2026-10-31,on_site,met,
{code(2)},1002,2026-09-02,phone,met,打了电话
{code(2)},1002,2026-09-03,on_site,not_reached,
{code(2)},1002,2026-08-31,on_site,met,
{code(2)},1002,2026-11-01,meeting,met,
"""


@pytest.fixture
def desk(esm: Esm, tmp_path: Path) -> Esm:
    files = {
        "cadres.csv": "staff_no,name,department\n1001,尹一,税务局\n1002,尹二,\n",
        "enterprises.csv": f"uscc,name,above_scale,enrolled_on,subdistrict\n{code(1)},江畔一号,是,2026-01-01,甲街道\n"
        f"{code(2)},江畔二号,是,2026-01-01,\n",
        "visits.csv": VISITS,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert esm("import", *(str(tmp_path / name) for name in files)).code == 0
    return esm


def asked(esm: Esm, *words: str, **options: Any) -> Any:
    return json.loads(esm("report", "visits", *words, "--format", "json", **options).out)


def counts(row: Any) -> tuple[int, ...]:
    return tuple(row[key] for key in KEYS)


def test_where_nothing_was_done_every_count_is_nothing() -> None:
    assert set(astuple(VisitCounts())) == {0}
    assert VisitCounts(visits=4, with_minutes=3).minutes_share == Ratio(3, 4)


def test_every_contact_of_the_period_is_counted_for_what_it_was(desk: Esm) -> None:
    report = asked(desk, "--period", "2026-10")
    assert (report["period"], counts(report)) == ("2026-09", (5, 2, 1, 1, 1, 1, 1))


def test_a_contact_counts_for_the_cadre_the_department_and_the_subdistrict(desk: Esm) -> None:
    report = asked(desk, "--period", "2026-09")
    assert {row["key"]: counts(row) for row in report["by_cadre"]} == {
        "1001": (2, 2, 0, 0, 0, 1, 1), "1002": (3, 1, 0, 1, 1, 1, 1)
    }  # fmt: skip
    assert [(row["key"], row["contacts"]) for row in report["by_department"]] == [("税务局", 2), (None, 3)]
    assert [(row["key"], row["contacts"]) for row in report["by_subdistrict"]] == [("甲街道", 3), (None, 2)]


def test_a_visit_of_two_has_minutes_whoever_of_them_wrote(desk: Esm) -> None:
    for staff_no, words in (("1001", ()), ("1002", ("--minutes", "陪同走访"))):
        assert desk("visit", "log", code(1), "--met", "M", "--on", "2026-11-03", "--cadre", staff_no, *words).code == 0
    report = asked(desk, "--period", "2026-11")
    assert counts(report) == (3, 1, 1, 1, 0, 1, 1)
    assert counts(report["by_cadre"][0]) == (1, 1, 0, 0, 0, 1, 1)


def test_the_breakdown_by_cadre_tells_number_and_name(desk: Esm) -> None:
    rows = asked(desk, "--period", "2026-09")["by_cadre"]
    assert [(row["key"], row["cadre"]) for row in rows] == [("1001", "尹一"), ("1002", "尹二")]


def test_what_came_later_and_what_was_cancelled_is_not_counted(desk: Esm) -> None:
    assert counts(asked(desk, "--as-of", "2026-09-02", "--period", "2026-09")) == (3, 1, 1, 1, 0, 1, 1)
    first = json.loads(desk("visit", "list", "--until", "2026-09-01", "--format", "json").out)
    taken = next(each["id"] for each in first if each["staff_no"] == "1001")
    assert desk("visit", "cancel", str(taken)).code == 0
    assert counts(asked(desk, "--as-of", "2026-09-02", "--period", "2026-09")) == (2, 1, 0, 1, 0, 1, 1)


@pytest.mark.parametrize(
    ("entries", "cadres", "departments"),
    [
        ([("--cadre", "1001")], set(), set()),
        ([("--cadre", "1001", "--with", "1002")], {"1001", "1002"}, {"税务局", None}),
        ([("--cadre", "1001", "--with-department", "商务局")], {"1001"}, {"税务局", "商务局"}),
        ([("--cadre", "1001"), ("--cadre", "1002")], {"1001", "1002"}, {"税务局", None}),
        ([("--cadre", "1002", "--with", "1001"), ("--cadre", "1001")], {"1001", "1002"}, {"税务局", None}),
        ([("--cadre", "1001", "--with", "1002", "--channel", "phone")], set(), set()),
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_who_went_along_is_counted_beside_in_the_own_row_and_once_in_every_total(
    desk: Esm, entries: Any, cadres: set[str], departments: set[str | None], step: int
) -> None:
    before = asked(desk, "--period", "2026-11")
    for words in entries[::step]:
        assert desk("visit", "log", code(1), "--met", "Manager", "--on", "2026-11-03", *words).code == 0
    report = asked(desk, "--period", "2026-11")
    joint = {
        name: {
            row["key"]: row["joint_visits"] for row in report[name] if row["joint_visits"] and row["key"] != "2026-09"
        }
        for name in ("by_cadre", "by_department", "by_subdistrict", "by_month")
    }
    assert joint == {
        "by_cadre": dict.fromkeys(cadres, 1), "by_department": dict.fromkeys(departments, 1),
        "by_subdistrict": {"甲街道": 1} if cadres else {}, "by_month": {"2026-11": 1} if cadres else {},
    }  # fmt: skip
    assert report["joint_visits"] == len(joint["by_month"])
    assert report["contacts"] == before["contacts"] + len(entries)


def test_who_only_went_along_has_a_row_without_contacts_and_a_cancelled_visit_has_no_company(desk: Esm) -> None:
    logged = desk(
        "visit",
        "log",
        code(1),
        "--met",
        "Manager",
        "--on",
        "2026-11-03",
        "--cadre",
        "1002",
        "--with",
        "1001",
        "--format",
        "json",
    )
    (first, _second) = asked(desk, "--period", "2026-11")["by_cadre"]
    assert (first["key"], counts(first), first["joint_visits"]) == ("1001", (0,) * 7, 1)
    assert desk("visit", "cancel", str(json.loads(logged.out)["id"])).code == 0
    report = asked(desk, "--period", "2026-11")
    assert (report["joint_visits"], [row["key"] for row in report["by_cadre"]]) == (0, ["1002"])


def test_a_period_to_come_one_before_the_records_and_an_empty_one_are_told_apart(desk: Esm) -> None:
    assert desk("report", "visits", "--period", "2027-01").code == 4
    before = desk("report", "visits", "--period", "2026-03")
    assert (before.code, "records begin on 2026-" in before.err) == (4, True)
    assert counts(asked(desk, "--as-of", "2027-03-05")) == (0,) * 7


def test_a_month_has_the_figures_of_its_row_and_its_two_make_the_period(desk: Esm) -> None:
    months = [asked(desk, "--month", month) for month in ("2026-09", "2026-10")]
    assert [(found["period"], found["month"], found["as_of"]) for found in months] == [
        (None, "2026-09", "2026-09-30"), (None, "2026-10", "2026-10-31")
    ]  # fmt: skip
    whole = asked(desk, "--period", "2026-09")
    rows = {row["key"]: counts(row) for row in whole["by_month"]}
    assert [counts(found) for found in months] == [rows["2026-09"], rows["2026-10"]]
    added = tuple(map(sum, zip(*map(counts, months), strict=True)))
    assert [added[at] for at in (0, 1, 2, 3, 4, 6)] == [counts(whole)[at] for at in (0, 1, 2, 3, 4, 6)]
    assert (whole["period"], whole["month"], whole["as_of"]) == ("2026-09", None, "2026-10-31")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--month", "2026-10", "--period", "2026-09"), 2, "cannot be used together"),
        (("--month", "2026-13"), 2, "is not a month"),
        (("--month", "2027-02"), 4, "begins after"),
        (("--month", "2025-02"), 4, "records begin on"),
    ],
)
def test_a_month_that_cannot_be_is_refused(desk: Esm, words: tuple[str, ...], code: int, said: str) -> None:
    for name in ("visits", "requests"):
        ran = desk("report", name, *words)
        assert (ran.code, said in ran.err) == (code, True), ran.err


def naive(listed: Iterable[Any]) -> tuple[int, ...]:
    """Count once more, from what `esm visit list` says."""
    met: dict[tuple[str, str], list[Any]] = defaultdict(list)
    remote = not_met = 0
    for each in sorted(listed, key=lambda each: each["id"]):
        if each["channel"] != "on_site":
            remote += 1
        elif each["outcome"] != "met":
            not_met += 1
        else:
            met[each["uscc"], each["done_on"]].append(each)
    joint = sum(len(group) - 1 for group in met.values())
    minuted = sum(any(each["minutes"] for each in group) for group in met.values())
    firms = len({uscc for uscc, _ in met})
    return len(met) + joint + remote + not_met, len(met), joint, remote, not_met, firms, minuted


def test_the_figures_of_the_example_district_are_those_of_a_naive_count(esm: Esm, districts: dict[str, Path]) -> None:
    listed = json.loads(esm("visit", "list", "--since", "2025-12-01", "--format", "json", db=districts["zh"]).out)
    report = asked(esm, db=districts["zh"])
    of_period = [each for each in listed if each["done_on"] >= "2026-11-01"]
    assert counts(report) == naive(of_period)
    months = {row["key"]: counts(row) for row in report["by_month"]}
    assert months == {month: naive(e for e in listed if e["done_on"][:7] == month) for month in months}
    assert (min(months), len(months)) == ("2025-12", 12)
    cadres = {row["key"]: counts(row) for row in report["by_cadre"]}
    assert cadres == {staff_no: naive(e for e in of_period if e["staff_no"] == staff_no) for staff_no in cadres}
    for breakdown in ("by_cadre", "by_department", "by_subdistrict"):
        assert sum(row["contacts"] for row in report[breakdown]) == report["contacts"]
