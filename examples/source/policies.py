"""The policies of the example district: who was told of them, who applied, and the money that arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from examples.source.rosters import TODAY
from examples.source.service import LAST_VISIT_ON
from examples.source.words import MATTERS, Row, Rows, Words, pick

from esm.domain.policies.policy import Policy, PolicyCandidate, is_eligible
from esm.domain.register.size import size_of

TOLD_SINCE, PAID_UNTIL = date(2026, 1, 5), date(2026, 11, 20)
NEW_MONTHS = 12
WORDS = MATTERS["words"]
SIZES = {english: Words(chinese, english) for chinese, english in WORDS["sizes"]}
KINDS = {english: Words(chinese, english) for chinese, english in WORDS["kinds"]}
TYPED = ("title", "source", "gives")


def policies() -> Rows:
    """Return the measures as rows."""
    return [
        {
            **{key: Words(*value) if key in TYPED else value for key, value in each.items()},
            "industries": tuple(each.get("industries", ())) or None,
            "tiers": tuple(each.get("tiers", ())) or None,
            "sizes": _joined(each.get("sizes", ())),
            "above_scale": each.get("above_scale", False),
            "newly_entered": each.get("newly_entered", False),
            "unasked": each["path"] == "unasked",
        }
        for each in MATTERS["policies"]
    ]


def briefings(chance: Random, enterprises: Rows, visits: Rows) -> Rows:
    """Return what was explained on the visits of 2026: to those who are eligible, mostly once each."""
    known = {row["uscc"]: row for row in enterprises}
    rows: Rows = []
    told: set[tuple[str, str]] = set()
    for visit in visits:
        was_met = visit["channel"].en == "on_site" and visit["outcome"].en == "met"
        if visit["done_on"] < TOLD_SINCE or not was_met or chance.randrange(3):
            continue
        fitting = [code for code in _codes() if _is_for(code, known[visit["uscc"]], visit["done_on"])]
        fresh = [code for code in fitting if (code, visit["uscc"]) not in told]
        for code in sorted(chance.sample(fresh, min(len(fresh), chance.choice((1, 1, 2))))):
            told.add((code, visit["uscc"]))
            who = {key: visit[key] for key in ("uscc", "done_on", "staff_no")}
            rows.append({"policy": code, **who, "on_visit": True})
    return rows


def applications(chance: Random, briefings: Rows) -> Rows:
    """Return what the enterprises did about it, where one applies: about half of those who were told, a few decline."""
    rows: Rows = []
    unasked = _unasked()
    for told in briefings:
        if told["policy"] in unasked:
            continue
        roll = chance.randrange(100)
        kind = "applied" if roll < 45 else "declined" if roll < 51 else "not_applicable" if roll < 55 else None
        done_on = _weekday(told["done_on"] + timedelta(chance.randint(1, 30)))
        if kind is None or done_on > min(LAST_VISIT_ON, _measure(told["policy"]).until_on or date.max):
            continue
        answer = next(Words(*words) for words in WORDS["answers"] if words[1] == kind)
        note = None if kind == "applied" else pick(chance, kind, WORDS)
        rows.append({"policy": told["policy"], "uscc": told["uscc"], "done_on": done_on, "kind": answer, "note": note})
    return sorted(rows, key=_order)


def reliefs(chance: Random, enterprises: Rows, applications: Rows) -> Rows:
    """Return the money that arrived: after three applications of four, and unasked where the office pays by itself."""
    rows: Rows = []
    for applied in applications:
        paid_on = _weekday(applied["done_on"] + timedelta(chance.randint(12, 60)))
        if applied["kind"].en == "applied" and paid_on <= PAID_UNTIL and chance.randrange(4):
            rows.append(_relief(chance, applied["policy"], applied["uscc"], paid_on))
    for code, paid_on in zip(_unasked(), (date(2026, 9, 15), date(2026, 10, 28)), strict=True):
        fitting = [row for row in enterprises if _is_for(code, row, paid_on)]
        rows += [_relief(chance, code, row["uscc"], paid_on) for row in chance.sample(fitting, 24)]
    return sorted(rows, key=_order)


def _relief(chance: Random, code: str, uscc: str, done_on: date) -> Row:
    measure = next(each for each in MATTERS["policies"] if each["code"] == code)
    amount = measure["worth"] * chance.choice((20, 35, 50, 60, 80, 100, 100)) // 100
    if measure["kind"] in ("tax_cut", "fee_cut"):
        amount += chance.randrange(-measure["worth"] // 10, measure["worth"] // 10)
    return {"policy": code, "uscc": uscc, "done_on": done_on, "kind": KINDS[measure["kind"]], "amount": amount}


@cache
def _codes() -> tuple[str, ...]:
    return tuple(each["code"] for each in MATTERS["policies"])


def _unasked() -> list[str]:
    return [each["code"] for each in MATTERS["policies"] if each["path"] == "unasked"]


@cache
def _measure(code: str) -> Policy:
    told = next(each for each in MATTERS["policies"] if each["code"] == code)
    names = ("start_on", "until_on", "above_scale", "newly_entered")
    values: Row = {name: told[name] for name in names if name in told}
    values |= {name: tuple(told.get(name, ())) for name in ("industries", "tiers", "sizes")}
    return Policy(code=code, title=told["title"][0], worth=told["worth"], **values)


def _is_for(code: str, row: Row, on: date) -> bool:
    measure = _measure(code)
    return measure.is_in_force(on) and is_eligible(measure, _candidate(row), on=on, new_months=NEW_MONTHS) is True


def _candidate(row: Row) -> PolicyCandidate:
    is_above = bool(row["above_scale"]) and (row.get("exited_on") or date.max) > TODAY
    return PolicyCandidate(
        uscc=row["uscc"], enterprise=row["name"].zh, subdistrict=row["subdistrict"].zh, tier=row["tier"],
        industry_code=row["industry_code"], size=size_of(row["industry_code"], row["employees"], row["revenue"]),
        is_above_scale=is_above, entered_on=row.get("enrolled_on") if is_above else None,
    )  # fmt: skip


def _joined(codes: Iterable[str]) -> Words | None:
    found = [SIZES[code] for code in codes]
    return Words("、".join(each.zh for each in found), ";".join(each.en for each in found)) if found else None


def _order(row: Row) -> tuple[Any, ...]:
    return row["done_on"], row["policy"], row["uscc"]


def _weekday(day: date) -> date:
    return day + timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
