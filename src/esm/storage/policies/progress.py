"""What enterprises did with policies: briefings, applications, relief; and who serves whom on the day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from esm.domain.policies.policy import Payment
from esm.domain.policies.relief import Relief
from esm.domain.values.industry import section
from esm.domain.values.money import Money
from esm.storage.database.connection import Reading, Writing
from esm.storage.database.row_values import record


class Server(NamedTuple):
    """The cadre who serves an enterprise."""

    staff_no: str
    name: str
    department: str | None


def servers(reading: Reading, on: date, *, uscc: str | None = None) -> dict[str, Server]:
    """Return who serves each enterprise, or one, on a day, by code."""
    rows = reading.rows(
        """SELECT enterprise.uscc, service.staff_no, service.cadre, posting.department FROM service
            JOIN enterprise ON enterprise.id = service.enterprise_id
            LEFT JOIN posting ON posting.cadre_id = service.cadre_id AND holds(posting, :on)
            WHERE holds(service, :on) AND is_of(service.enterprise_id, :uscc)""",
        on=on, uscc=uscc,
    )  # fmt: skip
    return {uscc: Server(*server) for uscc, *server in rows}


def reliefs(reading: Reading, until: date, *, since: date | None = None, uscc: str | None = None) -> list[Relief]:
    """Return the money that reached all enterprises, or one, up to a day, with the groups of that day, oldest first."""
    rows = reading.rows(
        """SELECT policy.code, policy.title, enterprise.uscc, relief.kind, relief.done_on, relief.amount,
                   profile.industry_code, profile.subdistrict
            FROM relief JOIN policy ON policy.id = policy_id JOIN enterprise ON enterprise.id = relief.enterprise_id
            LEFT JOIN profile ON profile.enterprise_id = enterprise.id AND holds(profile, :on)
            WHERE relief.done_on <= :on AND (:since IS NULL OR relief.done_on >= :since)
              AND is_of(relief.enterprise_id, :uscc)
            ORDER BY relief.done_on, relief.id""",
        on=until, since=since, uscc=uscc,
    )  # fmt: skip
    return [record(Relief, (*row, code and section(code), subdistrict)) for *row, code, subdistrict in rows]


def record_briefing(
    writing: Writing, *, policy_id: int, enterprise_id: int, done_on: date, cadre_id: int | None, visit_id: int | None
) -> bool:
    """Record that a policy was explained; return False when it is on record for that day already."""
    values = {"policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": done_on}
    known = writing.id_of("briefing", values)
    if known is None:
        writing.insert("briefing", [{**values, "cadre_id": cadre_id, "visit_id": visit_id}])
    elif visit_id is not None:
        writing.change("briefing", known, {"cadre_id": cadre_id, "visit_id": visit_id})
    return known is None


def is_briefed(reading: Reading, code: str, uscc: str, on: date) -> bool:
    """Return whether a policy is on record as explained to an enterprise on a day."""
    return bool(
        reading.value(
            """SELECT EXISTS (
                 SELECT 1 FROM briefing JOIN policy ON policy.id = policy_id
                 JOIN enterprise ON enterprise.id = briefing.enterprise_id
                 WHERE code = :code AND uscc = :uscc AND done_on = :on)""",
            code=code, uscc=uscc, on=on,
        )
    )  # fmt: skip


def record_answer(
    writing: Writing, *, policy_id: int, enterprise_id: int, kind: str, done_on: date, note: str | None
) -> None:
    """Record what an enterprise did about a policy; of one day the last word counts."""
    values = {"policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": done_on}
    known = writing.id_of("application", values)
    if known is None:
        writing.insert("application", [{**values, "kind": kind, "note": note}])
    else:
        writing.change("application", known, {"kind": kind, "note": note})


def record_relief(writing: Writing, *, policy_id: int, enterprise_id: int, payment: Payment) -> Money | None:
    """Record money that arrived; where some of that policy, kind and day is on record already and this is not said
    to be another one, record nothing and return how much that is."""
    values = {
        "policy_id": policy_id, "enterprise_id": enterprise_id, "done_on": payment.done_on, "kind": payment.kind,
    }  # fmt: skip
    known: int | None = writing.value(
        """SELECT sum(amount) FROM relief WHERE policy_id = :policy_id AND enterprise_id = :enterprise_id
           AND done_on = :done_on AND kind = :kind""",
        **values,
    )
    if known is not None and not payment.again:
        return Money(known)
    writing.insert("relief", [{**values, "amount": payment.amount}])
    return None
