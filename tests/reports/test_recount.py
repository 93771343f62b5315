"""Every figure of `esm report`, counted once more from the files of `esm export`, with and without `--against`."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests import district_oracle, exported_district
from tests.conftest import Esm
from tests.district import District, Enterprise

from esm.domain.reports.coverage import CoverageCounters

Keys = tuple[str | None, ...]
Row = dict[str, Any]
TODAY = "2026-11-23"
USUAL = ("subdistrict", "industry", "tier", "department")
SHARES = {
    "service": ("served", ("in_scope",)), "visits": ("visited_of_due", ("due_in_period",)),
    "punctuality": ("on_time_rolling", ("on_time_rolling", "overdue")),
}  # fmt: skip
# What is asked for now and before, as words and as the day and a day of the period.
NOW = [
    (("--by", "cadre"), "2026-11-23", "2026-11-23", "2026-09-23", "2026-09-23"),
    (("--period", "2026-09", "--by", "subdistrict,tier"), "2026-10-31", "2026-09-01", "2026-07", "2026-08-31"),
    (("--as-of", "2026-03-15", "--by", "department,industry"), "2026-03-15", "2026-03-15", "2026-01", "2026-02-28"),
]


@pytest.fixture
def lived(esm: Esm, districts: dict[str, Path], tmp_path: Path) -> Path:
    """Return the example after an exit, pauses, a departure and moves to another tier and subdistrict."""
    path = tmp_path / "lived.db"
    shutil.copy(districts["en"], path)
    firms = [row["uscc"] for row in json.loads(esm("enterprise", "list", "--format", "json", db=path).out)][:9]
    due = json.loads(esm("due", "--within", "90", "--format", "json", db=path, today=TODAY).out)
    serving = next(row["staff_no"] for row in due if row["staff_no"] and row["uscc"] not in firms)
    for words in (
        ("enterprise", "exit", firms[0], "--on", "2026-11-10"),
        ("enterprise", "pause", firms[1], "--reason", "moving"),
        ("enterprise", "pause", firms[2], "--from", "2026-11-24", "--reason", "moving"),
        ("enterprise", "edit", firms[3], "--tier", "A"),
        ("enterprise", "edit", firms[4], "--subdistrict", "Qingfeng Town"),
        ("cadre", "leave", serving),
    ):
        ran = esm(*words, db=path, today=TODAY)
        assert ran.code == 0, (words, ran.err)
    return path


class Recount:
    """The counters of every enterprise on a day and in a period, and the groups that it is in that day."""

    def __init__(self, told: District, on: str, within: str) -> None:
        as_of, (first, after) = date.fromisoformat(on), district_oracle.period_bounds(date.fromisoformat(within))
        own = {firm.uscc: _only(told, firm) for firm in told.enterprises}
        concerned = [firm for firm in told.enterprises if district_oracle.concerned(own[firm.uscc], as_of, first)]
        self.counted = [
            (
                {name: key(own[firm.uscc], firm, as_of) for name, key in district_oracle.KEYS.items()},
                district_oracle.counters(own[firm.uscc], firm, as_of, first, after),
            )
            for firm in concerned
        ]
        self.unserved = {
            firm.uscc
            for firm in concerned
            if district_oracle.scope_on(firm, as_of)
            and district_oracle.server(own[firm.uscc], firm.uscc, as_of) is None
        }

    def rows(self, *groups: str) -> dict[Keys, Row]:
        """Return the figures by these groups; by none of all together."""
        members: dict[Keys, list[CoverageCounters]] = defaultdict(list)
        for keys, counters in self.counted:
            members[tuple(keys[group] for group in groups)].append(counters)
        return {keys: _figures(each) for keys, each in members.items()}


def _only(told: District, firm: Enterprise) -> District:
    """Return the district as far as one enterprise is concerned."""
    return replace(
        told,
        enterprises=(firm,),
        pairings=tuple(pair for pair in told.pairings if pair.uscc == firm.uscc),
        visits=tuple(visit for visit in told.visits if visit.uscc == firm.uscc),
        plans=tuple(plan for plan in told.plans if plan.uscc == firm.uscc),
    )


def _figures(counted: Iterable[CoverageCounters]) -> Row:
    found = asdict(district_oracle.total(counted))
    found["gap_since_records_began"] = found.pop("is_gap_since_records_began")
    return found


def tenths(row: Row, share: str) -> Decimal | None:
    part, whole = row[SHARES[share][0]], sum(row[key] for key in SHARES[share][1])
    return Decimal((2000 * part + whole) // (2 * whole)) / 10 if whole else None


def changes(now: Row, before: Row | None, shares: Iterable[str]) -> Row:
    """Return what `--against` adds to a row; a group that was not there had nobody, and no share or gap."""
    found: Row = {}
    for key, value in now.items():
        if key != "gap_since_records_began":
            other = before[key] if before else 0
            found[f"{key}_change"] = None if value is None or other is None else value - other
    for share in shares:
        rates = tenths(now, share), tenths(before, share) if before else None
        found[f"{share}_change"] = None if None in rates else rates[0] - rates[1]  # type: ignore[operator]
    return found


def require_rows(told: list[Row], names: tuple[str, ...], now: dict[Keys, Row], before: dict[Keys, Row] | None) -> None:
    assert {tuple(row[name] for name in names) for row in told} == now.keys()
    for row in told:
        keys = tuple(row[name] for name in names)
        expected = dict(now[keys])
        if before is not None:
            expected |= changes(now[keys], before.get(keys), ("service", "visits"))
        assert {key: value for key, value in row.items() if key not in names} == expected, (names, keys)


def test_every_figure_of_the_report_is_that_of_the_exported_files(esm: Esm, lived: Path, tmp_path: Path) -> None:
    assert esm("export", str(tmp_path / "files"), db=lived, today=TODAY).code == 0
    told = exported_district.read(tmp_path / "files")
    for words, on, within, against, on_before in NOW:
        now, before = Recount(told, on, within), Recount(told, on_before, on_before)
        for more in ((), ("--against", against)):
            ran = esm("report", *words, *more, "--format", "json", db=lived, today=TODAY)
            assert ran.code == 0, ran.err
            found = json.loads(ran.out, parse_float=Decimal)
            (total,) = now.rows().values()
            (earlier,) = before.rows().values()
            expected = total | (changes(total, earlier, SHARES) if more else {})
            assert {key: found[key] for key in expected} == expected
            for group in USUAL:
                require_rows(found[f"by_{group}"], ("key",), now.rows(group), before.rows(group) if more else None)
            groups = tuple(words[-1].split(","))
            names = ("key",) if len(groups) == 1 else groups
            crossed = found[f"by_{'_and_'.join(groups)}"]
            require_rows(crossed, names, now.rows(*groups), before.rows(*groups) if more else None)
            assert {row["uscc"] for row in found["unserved_enterprises"]} == now.unserved


def test_every_month_of_the_trend_is_that_of_the_exported_files(esm: Esm, lived: Path, tmp_path: Path) -> None:
    assert esm("export", str(tmp_path / "files"), db=lived, today=TODAY).code == 0
    made = {
        (visit.uscc, visit.done_on)
        for visit in exported_district.read(tmp_path / "files").visits
        if (visit.channel, visit.outcome) == ("on_site", "met")
    }
    received = [row["received_on"][:7] for row in exported_district.rows(tmp_path / "files", "requests")]
    rows = json.loads(esm("report", "trend", "--months", "15", "--format", "json", db=lived, today=TODAY).out)
    assert {row["month"] for row in rows} == {day.isoformat()[:7] for _uscc, day in made}
    for row in rows:
        firms = [uscc for uscc, day in made if day.isoformat()[:7] == row["month"]]
        assert (row["visits"], row["enterprises"]) == (len(firms), len(set(firms)))
        assert row["received"] == (None if row["month"] < min(received) else received.count(row["month"]))
