"""The policies, and what is on record of each enterprise: briefings, applications, relief."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from esm import storage
from esm.domain.policy import Candidate, Policy, Progress
from esm.domain.size import size
from esm.storage.database import Reading, Writing
from esm.storage.days import day, iso
from esm.storage.enterprises import YUAN_A_UNIT

COLUMNS = tuple(field.name for field in fields(Policy))
LISTS = ("industries", "tiers", "sizes")
FLAGS = ("above_scale", "newly_entered")
DAYS = ("start_on", "until_on")
HOLDS = "{0}.start_on <= :on AND ({0}.end_on IS NULL OR {0}.end_on > :on)"


@dataclass(frozen=True, slots=True)
class Stored:
    """A policy with its row's id."""

    id: int
    policy: Policy


def load(reading: Reading) -> dict[str, Stored]:
    """Return the policies by code."""
    rows = reading.rows(f"SELECT id, {', '.join(COLUMNS)} FROM policy ORDER BY code")
    return {row[1]: Stored(row[0], _policy(row[1:])) for row in rows}


def names(reading: Reading) -> list[tuple[str, str]]:
    """Return (code, title) of all policies."""
    return reading.rows("SELECT code, title FROM policy ORDER BY code")


def add(writing: Writing, new: Sequence[Policy]) -> None:
    """Store new policies."""
    writing.insert(
        storage.tables.PolicyRow, [_columns({name: getattr(policy, name) for name in COLUMNS}) for policy in new]
    )


def edit(writing: Writing, stored: Stored, values: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Change what differs; return it as field -> (old, new)."""
    old = stored.policy
    changes = {name: (getattr(old, name), value) for name, value in values.items() if value != getattr(old, name)}
    row = writing.get(storage.tables.PolicyRow, stored.id)
    for column, value in _columns({name: new for name, (_, new) in changes.items()}).items():
        setattr(row, column, value)
    writing.session.flush()
    return changes


def candidates(reading: Reading, on: date, *, uscc: str | None = None) -> list[tuple[Candidate, int]]:
    """Return the enterprises in scope on a day with their rows' ids, by code: all, or one.

    `entered_on` is the first day on which it was ever in scope.
    """
    rows = reading.rows(
        f"""SELECT enterprise.uscc, profile.industry_code, profile.tier, enterprise.employees, enterprise.revenue,
                   scope.basis = 'register',
                   (SELECT min(start_on) FROM scope AS first WHERE first.enterprise_id = enterprise.id), enterprise.id
            FROM scope JOIN enterprise ON enterprise.id = scope.enterprise_id
            JOIN profile ON profile.enterprise_id = enterprise.id AND {HOLDS.format("profile")}
            WHERE {HOLDS.format("scope")} AND (:uscc IS NULL OR enterprise.uscc = :uscc) ORDER BY enterprise.uscc""",
        on=iso(on), uscc=uscc,
    )  # fmt: skip
    return [
        (
            Candidate(
                uscc=row[0], industry_code=row[1], tier=row[2],
                size=size(row[1], row[3], None if row[4] is None else Decimal(row[4]) / YUAN_A_UNIT),
                is_above_scale=bool(row[5]), entered_on=day(row[6]),
            ),
            row[7],
        )
        for row in rows
    ]  # fmt: skip


def progress(reading: Reading, on: date) -> dict[tuple[int, int], Progress]:
    """Return how far each enterprise has come with each policy up to a day, by the ids of policy and enterprise.

    A briefing on a visit that was cancelled does not count.
    """
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for policy_id, enterprise_id, explained_on in reading.rows(
        """SELECT policy_id, briefing.enterprise_id, max(briefing.done_on) FROM briefing
           LEFT JOIN visit ON visit.id = visit_id
           WHERE briefing.done_on <= :on AND visit.cancelled_on IS NULL GROUP BY 1, 2""",
        on=iso(on),
    ):
        found.setdefault((policy_id, enterprise_id), {})["explained_on"] = day(explained_on)
    for policy_id, enterprise_id, kind, done_on in reading.rows(
        "SELECT policy_id, enterprise_id, kind, done_on FROM application WHERE done_on <= :on ORDER BY done_on, id",
        on=iso(on),
    ):
        found.setdefault((policy_id, enterprise_id), {}).update(answer=kind, answered_on=day(done_on))
    for policy_id, enterprise_id, amount, received_on in reading.rows(
        """SELECT policy_id, enterprise_id, sum(amount), max(done_on) FROM relief WHERE done_on <= :on GROUP BY 1, 2""",
        on=iso(on),
    ):
        found.setdefault((policy_id, enterprise_id), {}).update(amount=amount, received_on=day(received_on))
    return {key: Progress(**values) for key, values in found.items()}


def brief(
    writing: Writing, *, policy_id: int, enterprise_id: int, done_on: date, cadre_id: int | None, visit_id: int | None
) -> bool:
    """Record that a policy was explained; return False when it is on record for that day already."""
    values = {"policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": iso(done_on)}
    known = writing.value(
        """SELECT id FROM briefing WHERE policy_id = :policy_id AND enterprise_id = :enterprise_id
           AND done_on = :done_on""",
        **values,
    )
    if known is None:
        writing.insert(storage.tables.BriefingRow, [{**values, "cadre_id": cadre_id, "visit_id": visit_id}])
    elif visit_id is not None:
        row = writing.get(storage.tables.BriefingRow, known)
        row.cadre_id, row.visit_id = cadre_id, visit_id
        writing.session.flush()
    return known is None


def answer(writing: Writing, *, policy_id: int, enterprise_id: int, kind: str, done_on: date, note: str | None) -> None:
    """Record what an enterprise did about a policy; of one day the last word counts."""
    values = {"policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": iso(done_on)}
    known = writing.value(
        """SELECT id FROM application WHERE policy_id = :policy_id AND enterprise_id = :enterprise_id
           AND done_on = :done_on""",
        **values,
    )
    if known is None:
        writing.insert(storage.tables.ApplicationRow, [{**values, "kind": kind, "note": note}])
        return
    row = writing.get(storage.tables.ApplicationRow, known)
    row.kind, row.note = kind, note
    writing.session.flush()


def relieve(
    writing: Writing, *, policy_id: int, enterprise_id: int, kind: str, done_on: date, amount: int, note: str | None
) -> bool:
    """Record money that arrived; return False when that policy, kind and day are on record already."""
    values = {"policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": iso(done_on), "kind": kind}
    known = writing.value(
        """SELECT id FROM relief WHERE policy_id = :policy_id AND enterprise_id = :enterprise_id
           AND done_on = :done_on AND kind = :kind""",
        **values,
    )
    if known is None:
        writing.insert(storage.tables.ReliefRow, [{**values, "amount": amount, "note": note}])
    return known is None


def _policy(row: tuple[Any, ...]) -> Policy:
    values = dict(zip(COLUMNS, row, strict=True))
    for name in LISTS:
        values[name] = tuple(values[name].split(",")) if values[name] else ()
    for name in FLAGS:
        values[name] = bool(values[name])
    for name in DAYS:
        values[name] = day(values[name])
    return Policy(**values)


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    columns = dict(values)
    for name in LISTS:
        if name in columns:
            columns[name] = ",".join(columns[name]) or None
    for name in FLAGS:
        if name in columns:
            columns[name] = int(columns[name])
    for name in DAYS:
        if columns.get(name) is not None:
            columns[name] = iso(columns[name])
    return columns
