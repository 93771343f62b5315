"""The policies, and what is on record of each enterprise: briefings, applications, relief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from esm.domain.policies.policy import Policy, PolicyAnswer, PolicyCandidate, PolicyProgress
from esm.domain.register.enterprise_record import Changes
from esm.domain.register.size import size_of
from esm.domain.values.money import Money
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import day, differences, iso, record, units_of

COLUMNS = tuple(field.name for field in fields(Policy))


@dataclass(frozen=True, slots=True)
class StoredPolicy:
    """A policy with its row's id."""

    id: int
    policy: Policy


def load(reading: Reading) -> dict[str, StoredPolicy]:
    """Return the policies by code."""
    rows = reading.rows(f"SELECT id, {', '.join(COLUMNS)} FROM policy ORDER BY code")
    return {row[1]: StoredPolicy(row[0], record(Policy, row[1:])) for row in rows}


def names(reading: Reading) -> list[tuple[str, str]]:
    """Return (code, title) of all policies."""
    return reading.rows("SELECT code, title FROM policy ORDER BY code")


def add(writing: Writing, new: Sequence[Policy]) -> None:
    """Store new policies."""
    writing.insert("policy", [{name: getattr(policy, name) for name in COLUMNS} for policy in new])


def edit(writing: Writing, stored: StoredPolicy, values: Mapping[str, Any]) -> Changes:
    """Change what differs; return it."""
    changes = differences(stored.policy, values)
    writing.change("policy", stored.id, {name: new for name, (_, new) in changes.items()})
    return changes


def candidates(reading: Reading, on: date, *, uscc: str | None = None) -> list[tuple[int, PolicyCandidate]]:
    """Return all enterprises, or one, as they are on a day, with their rows' ids, by code.

    `entered_on` is the first day on which it was ever in scope. Employees and revenue are those on record now.
    """
    rows = reading.rows(
        """SELECT enterprise.id, enterprise.uscc, enterprise.name, profile.subdistrict, profile.industry_code,
                   profile.tier, enterprise.employees, enterprise.revenue, scope.id IS NOT NULL,
                   (SELECT min(start_on) FROM scope AS first WHERE first.enterprise_id = enterprise.id),
                   enrolled(enterprise, scope, :on)
            FROM enterprise
            JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :on)
            LEFT JOIN scope ON scope.enterprise_id = enterprise.id AND holds(scope, :on)
            WHERE :uscc IS NULL OR enterprise.uscc = :uscc ORDER BY enterprise.uscc""",
        on=on, uscc=uscc,
    )  # fmt: skip
    return [(row[0], _candidate(row[1:])) for row in rows]


def _candidate(row: tuple[Any, ...]) -> PolicyCandidate:
    *known, industry_code, tier, employees, revenue, is_above_scale, entered_on, is_there = row
    size = size_of(industry_code, employees, None if revenue is None else units_of(revenue))
    return record(PolicyCandidate, (*known, industry_code, tier, size, is_above_scale, entered_on, is_there))


def progress(reading: Reading, on: date, *, uscc: str | None = None) -> dict[tuple[int, int], PolicyProgress]:
    """Return how far every enterprise, or one, has come with each policy up to a day, by the ids of both.

    A briefing on a visit that was cancelled does not count.
    """
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for policy_id, enterprise_id, explained_on in reading.rows(
        """SELECT policy_id, briefing.enterprise_id, max(briefing.done_on) FROM briefing
            LEFT JOIN visit ON visit.id = visit_id
            WHERE briefing.done_on <= :on AND visit.cancelled_on IS NULL AND is_of(briefing.enterprise_id, :uscc)
            GROUP BY 1, 2""",
        on=on, uscc=uscc,
    ):  # fmt: skip
        found.setdefault((policy_id, enterprise_id), {})["explained_on"] = day(explained_on)
    for policy_id, enterprise_id, kind, done_on in reading.rows(
        """SELECT policy_id, enterprise_id, kind, done_on FROM application
            WHERE done_on <= :on AND is_of(enterprise_id, :uscc) ORDER BY done_on, id""",
        on=on, uscc=uscc,
    ):  # fmt: skip
        values = found.setdefault((policy_id, enterprise_id), {})
        values.update(answer=PolicyAnswer(kind), answered_on=day(done_on))
        if kind == "applied":
            values["applied_on"] = day(done_on)
    for policy_id, enterprise_id, amount, loans, received_on in reading.rows(
        """SELECT policy_id, enterprise_id, coalesce(sum(amount) FILTER (WHERE kind <> 'loan'), 0),
                   coalesce(sum(amount) FILTER (WHERE kind = 'loan'), 0), max(done_on) FROM relief
            WHERE done_on <= :on AND is_of(enterprise_id, :uscc) GROUP BY 1, 2""",
        on=on, uscc=uscc,
    ):  # fmt: skip
        found.setdefault((policy_id, enterprise_id), {}).update(
            amount=Money(amount), loans=Money(loans), received_on=day(received_on)
        )
    return {key: PolicyProgress(**values) for key, values in found.items()}


def uses_later_figures(reading: Reading, on: date) -> bool:
    """Return whether what is on record now, such as employees and revenue, may be later than this day."""
    last: str | None = reading.value("SELECT max(today) FROM operation")
    return last is not None and str(iso(on)) < last
