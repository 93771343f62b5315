"""The figures of policies, counted twice: by esm, and by a naive reader of the example district's files."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Esm
from tests.rosters import EXAMPLES

from esm.domain.register.size import size_of

Record = dict[str, str]
DAYS = ["2025-12-31", "2026-03-31", "2026-06-14", "2026-09-30", "2026-11-23"]


@cache
def rows(sheet: str) -> list[Record]:
    with (EXAMPLES / "district.en" / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def predicted() -> frozenset[str]:
    """Return the codes of the enterprises that the example predicts to be above scale, as its README says: 8."""
    silent = [row for row in rows("enterprises") if not row["above_scale"]]
    lines = {"C": 2000, "E": None, "F51": 2000, "F52": 500, "H": 200, "G": 2000, "I": 2000, "L": 1000, "M": 1000,
             "N": 2000, "O": 500, "K7020": 1000}  # fmt: skip
    found = set()
    for row in silent:
        line = next(line for prefix, line in lines.items() if row["industry_code"].startswith(prefix))
        is_above = row["qualified"] == "yes" if line is None else Decimal(row["revenue"]) >= line
        found |= {row["uscc"]} if is_above else set()
    return frozenset(found)


def began(row: Record) -> str | None:
    """Return the first day in scope: that of the register, or of the import where the register does not say."""
    if row["above_scale"] == "no" or (not row["above_scale"] and row["uscc"] not in predicted()):
        return None
    return row["enrolled_on"] or "2026-11-23"


def is_for(policy: Record, row: Record, on: str) -> bool:
    begin, is_gone = began(row), bool(row["exited_on"]) and row["exited_on"] <= on
    is_above = begin is not None and begin <= on and not is_gone
    year_ago = (date.fromisoformat(on) - timedelta(days=365)).isoformat()
    return (
        not is_gone
        and (row["enrolled_on"] or "2026-11-23") <= on
        and (not policy["industries"] or row["industry_code"].startswith(tuple(policy["industries"].split(";"))))
        and (not policy["tiers"] or row["tier"] in policy["tiers"].split(";"))
        and (not policy["sizes"] or sized(row) in policy["sizes"].split(";"))
        and (policy["above_scale"] == "no" or is_above)
        and (policy["newly_entered"] == "no" or (begin is not None and year_ago < begin <= on))
    )


def sized(row: Record) -> str | None:
    return size_of(row["industry_code"], int(row["employees"]), Decimal(row["revenue"]))


def in_force(on: str) -> Iterator[Record]:
    yield from (row for row in rows("policies") if row["start_on"] <= on <= (row["until_on"] or "9999"))


def counts(policy: Record, on: str, key: Callable[[Record], str]) -> dict[str, Counter[str]]:
    """Count the eligible enterprises by a group of theirs."""
    code = policy["code"]
    happened: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for sheet in ("briefings", "applications", "reliefs"):
        for row in rows(sheet):
            if row["policy"] == code and row["done_on"] <= on:
                happened[row["uscc"]].append((sheet, row["kind"] if sheet == "applications" else ""))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows("enterprises"):
        did = happened[row["uscc"]]
        if not is_for(policy, row, on):
            is_over = {("applications", "declined"), ("applications", "not_applicable")} & set(did)
            found[key(row)]["outside"] += bool(did) and not is_over
        elif ("applications", "not_applicable") in did:  # in the example nobody is told or paid after that
            found[key(row)]["not_applicable"] += 1
        else:
            found[key(row)].update(
                eligible=1, explained=any(sheet == "briefings" for sheet, _ in did),
                applied=("applications", "applied") in did, received=("reliefs", "") in did,
                unasked=("reliefs", "") in did and ("applications", "applied") not in did,
                declined=("applications", "declined") in did,
            )  # fmt: skip
    return found


STAGES = ("eligible", "explained", "applied", "received", "unasked", "declined", "not_applicable", "outside")


def told(esm: Esm, path: Path, *words: str, today: str = "2026-11-23") -> Any:
    return json.loads(esm(*words, "--format", "json", db=path, today=today).out)


@pytest.mark.parametrize("on", DAYS)
def test_the_funnels_of_a_day_are_counted_alike_by_a_naive_reader(
    esm: Esm, districts: dict[str, Path], on: str
) -> None:
    found = told(esm, districts["en"], "report", "policies", "--as-of", on)
    total: Counter[str] = Counter()
    for policy in in_force(on):
        expected = counts(policy, on, lambda _row: "")[""]
        total += expected
        (shown,) = [row for row in found["by_policy"] if row["code"] == policy["code"]]
        assert {key: shown[key] for key in STAGES} == {key: expected[key] for key in STAGES}, policy["code"]
    assert found["policies"] == len(found["by_policy"]) == len(list(in_force(on)))
    assert {key: found[key] for key in STAGES} == {key: total[key] for key in STAGES}


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize(("name", "length"), [("subdistrict", None), ("industry", 1)])
def test_the_breakdowns_are_counted_alike_and_add_up(
    esm: Esm, districts: dict[str, Path], on: str, name: str, length: int | None
) -> None:
    column = {"subdistrict": "subdistrict", "industry": "industry_code"}[name]
    expected: dict[str, Counter[str]] = defaultdict(Counter)
    for policy in in_force(on):
        for key, counted in counts(policy, on, lambda row: row[column][:length]).items():
            expected[key] += counted
    found = told(esm, districts["en"], "report", "policies", "--as-of", on)
    shown = {row["key"]: {key: row[key] for key in STAGES} for row in found[f"by_{name}"]}
    assert shown == {key: {name: each[name] for name in STAGES} for key, each in expected.items() if any(each.values())}
    for breakdown in ("by_subdistrict", "by_industry", "by_department"):
        assert {key: sum(row[key] for row in found[breakdown]) for key in STAGES} == {key: found[key] for key in STAGES}


@pytest.mark.parametrize("on", DAYS)
def test_the_money_is_summed_alike_in_every_way(esm: Esm, districts: dict[str, Path], on: str) -> None:
    enterprises = {row["uscc"]: row for row in rows("enterprises")}
    paid = [row for row in rows("reliefs") if row["done_on"] <= on]
    keys: dict[str, Callable[[Record], str]] = {
        "policy": lambda row: row["policy"],
        "kind": lambda row: row["kind"],
        "industry": lambda row: enterprises[row["uscc"]]["industry_code"][0],
        "subdistrict": lambda row: enterprises[row["uscc"]]["subdistrict"],
        "year": lambda row: row["done_on"][:4],
    }
    found = told(esm, districts["en"], "policy", "relief", today=on)
    for name, key in keys.items():
        sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for row in paid:
            sums[key(row)][row["kind"] == "loan"] += int(row["amount"])
            sums[key(row)][2] += 1
        assert {row["key"]: [row["amount"], row["loans"], row["cases"]] for row in found[f"by_{name}"]} == sums
        for part in ("amount", "loans", "cases"):
            assert sum(row[part] for row in found[f"by_{name}"]) == found[part]
    assert found["enterprises"] == len({row["uscc"] for row in paid})


def test_the_gaps_are_those_of_a_naive_reader_by_cadre_and_most_money_first(
    esm: Esm, districts: dict[str, Path]
) -> None:
    on, done = "2026-11-23", defaultdict(set)
    for sheet in ("briefings", "applications", "reliefs"):
        for row in rows(sheet):
            done[row["policy"], row["uscc"]].add(sheet)
    expected = set()
    for policy in in_force(on):
        for row in rows("enterprises"):
            did = done[policy["code"], row["uscc"]]
            missing = {(): "never_explained", ("briefings",): "not_applied"}.get(tuple(did))
            if missing == "not_applied" and policy["unasked"] == "yes":
                continue
            if missing and is_for(policy, row, on):
                expected.add((policy["code"], row["uscc"], missing))
    found = told(esm, districts["en"], "policy", "gaps")
    assert {(gap["policy"], gap["uscc"], gap["gap"]) for gap in found} == expected
    assert len(found) == len(expected)
    order = [(gap["staff_no"] or "~", -gap["worth"]) for gap in found]
    assert order == sorted(order)
    soon = {gap["policy"] for gap in found if gap["expiring"]}
    assert soon == {"J02", "J03", "J08"}  # 22, 27 and 30 days away
